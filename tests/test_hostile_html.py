"""Promise 9 against everything that is known to get past cleaners: what is stored is what may be shown.

In a browser the same cases run in tests/browser/test_hostile_html.py."""

import re
from html import unescape
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.html import sanitize, text_of
from news.models import Article
from tests.factories import ArticleFactory
from tests.hostile import FAMILIES

# Written once more here: a tag that slips into the list of the site is noticed.
ALLOWED = dict.fromkeys("p h2 h3 ul ol li strong em blockquote hr br".split(), frozenset()) | {
    "a": {"href", "hreflang", "title", "rel"},
    "figure": {
        "class",
        "data-photo",
        "data-gallery",
        "data-results",
        "data-facts",
        "data-video",
        "data-title",
    },
    "figcaption": set(),
    "aside": {"class", "data-date"},
}
# Of blocks the whole tag, in the only spelling that there is.
BLOCK = re.compile(
    r'<figure class="quote">|<aside class="anzeige">|<aside class="correction" data-date="\d{4}-\d\d-\d\d">|'
    r"<figure data-(?:"
    r'(?:photo|results|facts)="[1-9][0-9]{0,14}"|gallery="[1-9][0-9]{0,14}(?:,[1-9][0-9]{0,14})*"|'
    r'video="(?:youtube:[0-9A-Za-z_-]{11}|vimeo:[0-9]{6,12})"(?: data-title="[^"<>]+")?)></figure>',
    re.ASCII,
)
TAG = re.compile(
    r'</?(?:p|h2|h3|ul|ol|li|strong|em|a|blockquote|hr|br|figcaption)(?: [a-z]+="[^"<>]*")*>|</(?:figure|aside)>|'
    + BLOCK.pattern,
    re.ASCII,
)
ADDRESS = re.compile(r"(?:https?:|mailto:|tel:)|[^:]*$|[^:]*[/?#]", re.I)


class Reader(HTMLParser):
    """Notes whatever stored text holds that it may not hold, and whether each element is closed in its turn."""

    def __init__(self, text):
        super().__init__()
        self.wrong, self.open = [], []
        self.feed(text)
        self.close()
        self.wrong += self.open

    def handle_starttag(self, tag, attrs):
        names = {name for name, _value in attrs}
        if tag not in ALLOWED or names - ALLOWED[tag]:
            self.wrong.append((tag, attrs))
        if tag not in ("br", "hr"):
            self.open.append(tag)
        if tag == "a":
            self._look_at(dict(attrs))

    def _look_at(self, link):
        href = link.get("href") or ""
        # Browsers leave these out wherever they stand, and look for the scheme in the rest.
        read = re.sub(r"[\t\n\r]", "", href).strip("".join(map(chr, range(33))))
        if read != href or not ADDRESS.match(read) or re.match(r"[/\\]{2}", read):
            self.wrong.append(("href", href))
        if link.get("rel") != "noopener":
            self.wrong.append(("rel", link.get("rel")))

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}>")

    def handle_other(self, *what):
        self.wrong.append(what)

    handle_comment = handle_decl = handle_pi = unknown_decl = handle_other


def wrong_in(text):
    """What is wrong with text that is to be stored: [] when a browser cannot read anything else into it."""
    found = Reader(text).wrong
    if "<" in TAG.sub("", text) or ">" in TAG.sub("", text):
        found.append("a bracket that belongs to no tag")
    if "\0" in unescape(text):
        found.append("a null byte")
    return found


def short(case):
    return case if len(case) < 200 else f"{case[:100]}…{case[-60:]}"


def test_there_are_enough_cases_and_none_twice():
    cases = [case for family in FAMILIES.values() for case in family]
    assert len(cases) >= 1_000 and len(FAMILIES) >= 16
    assert len(set(cases)) == len(cases)


@pytest.mark.django_db
@pytest.mark.parametrize("family", FAMILIES)
def test_what_is_stored_holds_nothing_but_what_an_article_may(family):
    for number, case in enumerate(FAMILIES[family]):
        ArticleFactory(body=case, headline=short(case)[:140].replace("\0", ""), slug=f"fall-{number}")
    stored = Article.objects.order_by("pk").values_list("headline", "body")
    assert len(stored) == len(FAMILIES[family])
    assert {headline: wrong for headline, body in stored if (wrong := wrong_in(body))} == {}


@pytest.mark.parametrize("family", FAMILIES)
def test_sanitizing_again_changes_nothing(family):
    once = {case: sanitize(case) for case in FAMILIES[family]}
    assert {short(case): text for case, text in once.items() if sanitize(text) != text} == {}


@pytest.mark.parametrize("family", FAMILIES)
def test_harmless_words_are_kept(family):
    lost = [
        short(case)
        for case in FAMILIES[family]
        for text in [text_of(sanitize(f"<p>before</p>{case}"))]
        if not text.startswith("before") or text.count("stays") < case.count("stays")
    ]
    assert lost == []


@pytest.mark.parametrize("family", FAMILIES)
def test_a_case_inside_a_text_does_no_harm_to_what_is_around_it(family):
    """As pasted in the middle of a paragraph, a quote, a list, a link."""
    around = (
        "<p>a {} b</p>",
        "<blockquote><p>{}</p></blockquote>",
        "<ul><li>{}</li></ul>",
        '<a href="/">{}</a>',
    )
    found = {
        (short(case), place): text
        for case in FAMILIES[family]
        if len(case) < 1_000
        for place in around
        for text in [sanitize(place.replace("{}", case))]
        if wrong_in(text) or sanitize(text) != text
    }
    assert found == {}


PIECES = [
    *'<figure <figure> </figure> data-photo="1" data-gallery="1,2" data-video="youtube:dQw4w9WgXcQ"'.split(),
    *'<aside </aside> class="quote" class="anzeige" class="correction" data-date="2026-11-28"'.split(),
    *"<figcaption> </figcaption> <blockquote> </blockquote> data-title=".split(),
    *"<>/=\"'& \t\n-!?`",
    *"<p> </p> <a <a> </a> href= javascript: // <strong> <li> <ul> <table> <td> <svg> <math> <mtext>".split(),
    *"<style> </style> <script> <!-- --> <![CDATA[ ]]> <template> <noscript> <form> <button> <select>".split(),
    *"onclick=run() title= &quot; &lt; &#0; x <br> <hr> <h1> <b> <div> <foreignObject> <title> <textarea>".split(),
    *"\0\u00a0\u3000\ufeff\u2028",
]


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_pieces_in_any_order_are_harmless_and_stay_so(text):
    clean = sanitize(text)
    assert wrong_in(clean) == []
    assert sanitize(clean) == clean


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (
            '<p>Ein <a href="/rennen/">Rennen</a></p>',
            '<p>Ein <a href="/rennen/" rel="noopener">Rennen</a></p>',
        ),
        ('<a href=" https://vln.de/x?a=1:2 ">x</a>', '<a href="https://vln.de/x?a=1:2" rel="noopener">x</a>'),
        ('<a href="/x?at=10:30#c:d">x</a>', '<a href="/x?at=10:30#c:d" rel="noopener">x</a>'),
        ('<a href="#top">x</a>', '<a href="#top" rel="noopener">x</a>'),
        ('<a href="TEL:+49110">x</a>', '<a href="TEL:+49110" rel="noopener">x</a>'),
        ("<p>eins<strong> </strong>zwei</p>", "<p>eins zwei</p>"),
        ('<p>eins</p><blockquote><p> </p></blockquote><ul><li></li></ul><a href="/x"></a>', "<p>eins</p>"),
        ('<p>x <a href="/x"><br></a>y</p>', "<p>x <br>y</p>"),
    ],
)
def test_what_is_meant_well_stays_as_it_was_meant(typed, kept):
    assert sanitize(typed) == kept


@pytest.mark.django_db
@pytest.mark.parametrize("strange", ["\x0b", "\x0c", "\x01", "\x1f", "\ufffe", "\uffff"])
def test_what_slips_into_a_headline_takes_no_feed_down(client, strange):
    words = f"Platz{strange}zwei"
    article = ArticleFactory(
        headline=words, teaser=words, dateline=words, byline=words, body=f"<p>{words}</p>"
    )
    assert article.headline in ("Platz zwei", "Platzzwei")
    for address in ("/feed/", "/sitemap-news.xml"):
        assert article.headline in "".join(ElementTree.fromstring(client.get(address).content).itertext())
    assert client.get("/feed.json").json()["items"][0]["title"] == article.headline
