"""Promise 9 in a real browser: what is stored of hostile text runs nothing, asks no other host and leads nowhere."""

from itertools import chain

import pytest
from django.db import transaction

from news.models import Article
from tests.factories import (
    ArticleFactory,
    ClassificationFactory,
    PhotoFactory,
    RaceFactory,
    ResultFactory,
    SessionFactory,
    TagFactory,
)
from tests.hostile import FAMILIES

pytestmark = pytest.mark.one_database
A_PAGE = 100
RAN = "hostile text ran"
# In every frame, before anything of the page; the policy of the page has no say in it.
MARKER = f"""
window.run = () => console.warn("{RAN}");
for (const name of ["alert", "confirm", "prompt", "print", "open"]) window[name] = window.run;
"""
# What a visitor's hands can set off, on everything in the text; links are not followed, where they lead is looked at.
# The button of a video is left alone: whoever presses it wants the player.
TOUCH = """() => {
  addEventListener("click", (event) => event.preventDefault(), true);
  const events = ["mouseover", "pointerdown", "focus", "click", "keydown", "toggle", "animationstart", "load", "error"];
  for (const element of document.querySelectorAll(".prose, .prose *:not(.video button)"))
    for (const name of events)
      element.dispatchEvent(new MouseEvent(name, {bubbles: false, cancelable: true}));
}"""
# Whatever stands in the text, as this browser has read it, and an article may not hold. What is drawn in the place of
# a mark holds more, but nothing that runs, and leads to this site and to the two where videos are.
STRANGE = """() => {
  const tags = "P H2 H3 UL OL LI STRONG EM A BLOCKQUOTE HR BR FIGCAPTION".split(" ");
  const names = ["href", "hreflang", "title", "rel"];
  const drawn = ".photo-block, .gallery-block, .results-block, .prose > .facts, .box > .facts, .video, .box > .label";
  const running = "SCRIPT IFRAME OBJECT EMBED FORM INPUT STYLE LINK META BASE TEMPLATE".split(" ");
  const isQuiet = (element) => !running.includes(element.tagName)
    && element.getAttributeNames().every((name) => !name.startsWith("on") && name !== "style" && name !== "srcdoc");
  const isBlock = (element) => element.matches("figure.quote, aside.box") && isQuiet(element);
  const kept = (element) => element.closest(drawn) ? isQuiet(element) : isBlock(element)
    || (tags.includes(element.tagName) && element.namespaceURI.endsWith("/xhtml")
    && element.getAttributeNames().every((name) => element.tagName === "A" && names.includes(name)));
  const videos = ["www.youtube.com", "vimeo.com"];
  const leads = (link) => link.closest(drawn) ? [location.host, ...videos].includes(link.host)
    : ["http:", "https:", "mailto:", "tel:"].includes(link.protocol) && link.rel === "noopener"
    && (/^(https?|mailto|tel):/i.test(link.getAttribute("href")) || link.host === location.host);
  const found = [...document.querySelectorAll(".prose *")];
  return found.filter((element) => !kept(element) || (element.tagName === "A" && !leads(element)))
    .map((element) => element.outerHTML.slice(0, 200));
}"""


@pytest.fixture
def visitor(open_page, watch):
    """`visitor(bypass_csp=True)`: a page, and what it does that it should not."""

    def visit(**options):
        page = open_page(**options)
        page.add_init_script(MARKER)
        page.on("dialog", lambda dialog: dialog.dismiss())
        return page, watch(page)

    return visit


@pytest.fixture
def pages():
    """Articles with many cases each, every one as it was stored when an article of its own was saved; the photos and
    the session that their marks name are there."""
    for key in (1, 2):
        PhotoFactory(pk=key, caption_de="'\"><img src=x onerror=run()>")
    ResultFactory(
        classification=ClassificationFactory(session=SessionFactory(pk=1)), note="<svg onload=run()>"
    )
    with transaction.atomic():
        for number, case in enumerate(chain(*FAMILIES.values())):
            ArticleFactory(body=case, slug=f"fall-{number}", stage="writing", published_at=None)
    bodies = list(Article.objects.order_by("pk").values_list("body", flat=True))
    return [article_with("".join(bodies[start : start + A_PAGE])) for start in range(0, len(bodies), A_PAGE)]


def article_with(body):
    """The page of an article that holds just this, cleaned or not."""
    article = ArticleFactory(dateline="", byline="")
    Article.objects.filter(pk=article.pk).update(body=f"{body}<p>the end</p>")
    return article.get_absolute_url()


@pytest.mark.parametrize("bypass_csp", [False, True], ids=["with the policy", "without any policy"])
def test_no_case_runs_loads_or_leads_astray(visitor, pages, base_url, bypass_csp):
    page, watched = visitor(bypass_csp=bypass_csp)
    shown = set()
    for address in pages:
        page.goto(address)
        page.evaluate(TOUCH)
        assert page.evaluate(STRANGE) == [], address
        assert page.locator(".prose > :last-child").inner_text() == "the end", address
        shown |= set(
            page.evaluate("[...document.querySelectorAll('.prose [class]')].map((e) => e.classList[0])")
        )
        assert page.url == base_url + address and len(page.frames) == len(page.context.pages) == 1
    page.wait_for_timeout(300)
    assert watched.foreign == [] and watched.complaints == []
    assert len(pages) >= 12
    assert shown > {"photo-block", "gallery-block", "results-block", "facts", "video", "box", "quote"}


def test_this_browser_would_run_and_load_what_is_not_cleaned(visitor):
    """Or the test above would find nothing, whatever was stored."""
    page, watched = visitor(bypass_csp=True)
    for family in ("pictures", "vectors", "frames-and-forms", "listeners"):
        page.goto(article_with("".join(FAMILIES[family])), wait_until="commit")
        page.wait_for_timeout(500)
    assert RAN in watched.complaints
    assert any("evil.example" in address for address in watched.foreign)


def test_under_the_policy_of_the_site_not_even_uncleaned_text_runs(visitor):
    page, watched = visitor()
    for family in ("attributes", "scripts", "pictures", "vectors", "mutation", "listeners"):
        page.goto(article_with("".join(FAMILIES[family])), wait_until="commit")
        page.wait_for_timeout(500)
    assert RAN not in watched.complaints
    assert any("Content Security Policy" in text for text in watched.complaints)


WORDS = [
    "</script><script>run()</script>",
    "<!--<script>run()//",
    '"><img src=x onerror=run()>',
    "'><svg onload=run()>",
    "{{ run() }}",
    "</title><img src=x onerror=run()>",
]


@pytest.mark.parametrize("words", WORDS)
def test_fields_of_plain_words_are_plain_words(visitor, words):
    page, watched = visitor(bypass_csp=True)
    race = RaceFactory(name=words, name_en=words, slug="race")
    photo = PhotoFactory(alt_de=words, caption_de=words, credit=words, renditions=True)
    article = ArticleFactory(
        headline=words, teaser=words, byline=words, dateline=words, race=race, lead_photo=photo, slug="words"
    )
    article.gallery_photos.create(photo=photo)
    article.tags.add(TagFactory(name_de=words, name_en=words))
    for address in (article.get_absolute_url(), "/", "/news/", race.get_absolute_url(), "/galerie/"):
        page.goto(address)
        page.evaluate(TOUCH)
    page.goto(article.get_absolute_url())
    assert page.locator("h1").inner_text() == words
    page.wait_for_timeout(200)
    assert watched.foreign == [] and watched.complaints == []
