"""The text editor: blocks by their buttons, links by typing, what is pasted, typography, on a desk and on a phone."""

from datetime import date
from pathlib import Path

import pytest
from django.utils import timezone

from news.models import Article
from tests.browser.newsroom import fits, log_in, until_in
from tests.factories import (
    ArticleFactory,
    ClassificationFactory,
    DriverFactory,
    EntryFactory,
    PhotoFactory,
    RaceFactory,
    ResultFactory,
    SessionFactory,
)

pytestmark = pytest.mark.one_database

PASTED = Path(__file__).parent.parent / "data" / "pasted"
NAMES = sorted(path.stem for path in PASTED.glob("*.html") if not path.stem.endswith(".stored"))
PASTE = """(html) => {
  const data = new DataTransfer();
  data.setData("text/html", html);
  document.querySelector("[contenteditable=true]").dispatchEvent(
    new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
}"""
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}


@pytest.fixture
def library(monkeypatch):
    """Two photos and the result of a race."""
    monkeypatch.setattr("news.pictures.WIDTHS", (480,))
    photos = [
        PhotoFactory(caption_de="In der Boxengasse", credit="Foto: Muster", renditions=True),
        PhotoFactory(caption_de="Am Abend", caption_en="Am Abend", renditions=True),
    ]
    race = RaceFactory(name="Qualifikationsrennen", slug="quali", first_day=date(2014, 4, 6))
    entry = EntryFactory(race=race, number="20", drivers=[DriverFactory(last_name="Klingmann", ours=True)])
    result_list = ClassificationFactory(session=SessionFactory(race=race))
    ResultFactory(classification=result_list, entry=entry, position=2, grid="11")
    return photos, result_list.session


def new_article(page, user):
    log_in(page, user)
    page.goto("/admin/news/article/add/")
    page.locator("[data-name=photo]").wait_for(state="attached")
    page.locator("#id_headline").fill("Von elf auf zwei")
    editable = page.locator("[contenteditable=true]").first
    editable.click()
    return editable


def stored(page):
    page.locator("[name=_save]").click()
    page.locator(".messagelist .success").wait_for()
    return Article.objects.get(headline="Von elf auf zwei")


def choose(page, button, words=""):
    """Open a dialog by its button, type, and take what is found first."""
    page.locator(f"[data-name={button}]").click()
    search = page.locator(".editor-dialog input[type=search]")
    search.fill(words)
    page.locator(".editor-dialog .option", has_text=words).first.wait_for()
    search.press("Enter")
    page.locator(".editor-dialog").wait_for(state="detached")


def test_a_report_with_everything_is_written_and_read(desktop, open_page, watch, editor, library):
    watched = watch(desktop)
    photos, session = library
    ArticleFactory(headline="Die Vorschau", slug="vorschau")
    editable = new_article(desktop, editor)
    editable.press_sequentially("Ein Satz. Mehr: ")
    choose(desktop, "link", "Vorschau")
    editable.press("Enter")
    choose(desktop, "photo", "Boxengasse")
    choose(desktop, "results", "Qualifikationsrennen")
    choose(desktop, "facts", "Qualifikationsrennen")
    desktop.locator("[data-name=gallery]").click()
    for words in ("Am Abend", "In der Boxengasse"):
        desktop.locator(".editor-dialog .option", has_text=words).click()
    desktop.locator(".editor-dialog footer button").click()
    desktop.locator("[data-name=video]").click()
    desktop.locator(".editor-dialog [name=address]").fill("https://youtu.be/dQw4w9WgXcQ?t=3")
    desktop.locator(".editor-dialog [name=title]").fill("An Bord")
    desktop.locator(".editor-dialog footer button").click()
    editable.press_sequentially("Reifen von Muster.")
    desktop.locator("[data-name=anzeige]").click()
    for _twice in range(2):
        editable.press("Enter")
    editable.press_sequentially("Es waren 24 Runden.")
    desktop.locator("[data-name=correction]").click()
    desktop.locator(".editor-dialog [name=date]").fill("2026-11-28")
    desktop.locator(".editor-dialog footer button").click()
    article = stored(desktop)
    article.stage, article.published_at = Article.Stage.RELEASED, timezone.now()
    article.save()
    first, second = (photo.pk for photo in photos)
    assert article.body.replace("&nbsp;", " ") == (
        '<p>Ein Satz. Mehr: <a href="/news/vorschau/" rel="noopener">Die Vorschau</a> </p>'
        f'<figure data-photo="{first}"></figure><figure data-results="{session.pk}"></figure>'
        f'<figure data-facts="{session.pk}"></figure><figure data-gallery="{second},{first}"></figure>'
        '<figure data-video="youtube:dQw4w9WgXcQ" data-title="An Bord"></figure>'
        '<aside class="anzeige"><p>Reifen von Muster.</p></aside>'
        '<aside class="correction" data-date="2026-11-28"><p>Es waren 24 Runden.</p></aside>'
    )
    assert watched.complaints == [] and watched.foreign == []
    reads_without_scripts(open_page, article)
    reads_on_a_phone(open_page, watch, article)


def reads_without_scripts(open_page, article):
    page = open_page(java_script_enabled=False, **PHONE)
    page.goto(article.get_absolute_url())
    text = page.locator(".prose").inner_text()
    words = ("In der Boxengasse", "Foto: Muster", "Klingmann", "Anzeige", "28. November 2026", "An Bord")
    assert [word for word in words if word not in text] == []
    assert page.locator(".prose img").count() == 3
    assert page.locator(".video a").first.get_attribute("href").endswith("v=dQw4w9WgXcQ")
    assert not page.locator(".video button").is_visible()


def reads_on_a_phone(open_page, watch, article):
    """Nothing stands beside the page, nothing moves, and no other host is asked before the click."""
    page = open_page(**PHONE)
    watched = watch(page)
    page.route("https://www.youtube-nocookie.com/**", lambda route: route.fulfill(body="the player"))
    page.goto(article.get_absolute_url())
    assert fits(page)
    board = page.locator(".prose .video")
    before = board.bounding_box()
    assert watched.foreign == [] and page.locator("iframe").count() == 0
    page.locator("#consent button[value=none]").click()
    board.locator("button").click()
    board.locator("iframe").wait_for()
    assert "youtube-nocookie.com/embed/dQw4w9WgXcQ" in board.locator("iframe").get_attribute("src")
    assert board.bounding_box()["height"] == before["height"]


@pytest.mark.parametrize("name", NAMES)
def test_what_is_pasted_is_clean_at_once(desktop, watch, editor, name):
    watched = watch(desktop)
    editable = new_article(desktop, editor)
    desktop.evaluate(PASTE, (PASTED / f"{name}.html").read_text())
    assert editable.locator("font, table, img, [class*=Mso], [style]:not(ol)").count() == 0
    wanted = (PASTED / f"{name}.stored.html").read_text()
    assert stored(desktop).body == "".join(wanted.splitlines())
    assert watched.complaints == [] and watched.foreign == []


def test_a_picture_that_is_dropped_does_not_take_the_place_of_the_text(desktop, editor):
    editable = new_article(desktop, editor)
    editable.press_sequentially("Ein Satz.")
    is_stopped = editable.evaluate("""(text) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File(["x"], "x.jpg", {type: "image/jpeg"}));
      return !text.dispatchEvent(new DragEvent("drop", {dataTransfer, bubbles: true, cancelable: true}));
    }""")
    assert is_stopped and "zuerst dort hoch" in desktop.locator(".editor-dialog").inner_text()
    assert desktop.locator("#id_body").input_value() == "<p>Ein Satz.</p>"


def test_a_link_says_where_it_leads_and_is_changed_or_removed(desktop, editor):
    ArticleFactory(headline="Die Vorschau", slug="vorschau")
    body = '<p><a href="https://vln.de/alt">Mehr</a></p>'
    article = ArticleFactory(headline="Von elf auf zwei", body=body, stage="writing", published_at=None)
    log_in(desktop, editor)
    desktop.goto(f"/admin/news/article/{article.pk}/change/")
    desktop.locator("[contenteditable=true] a").click()
    desktop.locator("[data-name=link]").click()
    desktop.locator(".editor-dialog .option", has_text="https://vln.de/alt").wait_for()
    desktop.keyboard.press("Escape")
    choose(desktop, "link", "Vorschau")
    link = desktop.locator("[contenteditable=true] a")
    assert (link.get_attribute("href"), link.inner_text()) == ("/news/vorschau/", "Mehr")
    desktop.locator("[data-name=unlink]").click()
    assert desktop.locator("#id_body").input_value() == "<p>Mehr</p>"


def test_typography_is_one_step_to_take_back(desktop, editor):
    editable = new_article(desktop, editor)
    value = desktop.locator("#id_body")
    typed = 'Er sagte: "Stark" - 8:31 min.'
    editable.press_sequentially(typed)
    desktop.locator("[data-name=tidy]").click()
    until_in(desktop, "() => document.querySelector('#id_body').value.includes('„Stark“ – 8:31')")
    editable.press("Control+z")
    assert value.input_value() == f"<p>{typed}</p>"
    headline = desktop.locator("#id_headline")
    headline.fill("2012-2014...")
    desktop.locator(".field-headline .tidy-words").click()
    until_in(desktop, "() => document.querySelector('#id_headline').value === '2012–2014…'")


def test_an_old_quote_comes_back_with_its_speaker(desktop, editor):
    body = "<blockquote><p>„Stark.“</p><p>Jens Klingmann</p></blockquote>"
    article = ArticleFactory(body=body, headline="Von elf auf zwei")
    log_in(desktop, editor)
    desktop.goto(f"/admin/news/article/{article.pk}/change/")
    name = desktop.locator("[contenteditable=true] .quote figcaption")
    assert name.inner_text() == "Jens Klingmann"
    name.click()
    desktop.keyboard.press("End")
    desktop.keyboard.type(", BMW")
    wanted = "<blockquote><p>„Stark.“</p></blockquote><figcaption>Jens Klingmann, BMW</figcaption>"
    assert stored(desktop).body == f'<figure class="quote">{wanted}</figure>'


def test_on_a_phone_in_english_the_bar_is_one_line_and_speaks_english(open_page, watch, editor, library):
    page = open_page(locale="en-GB", **PHONE)
    watched = watch(page)
    editable = new_article(page, editor)
    bar = page.get_by_role("toolbar", name="Formatting")
    assert bar.bounding_box()["height"] < 60 and fits(page)
    words = bar.locator("button:not(.hidden)").evaluate_all("all => all.map(one => one.title)")
    assert "Quote with speaker" in words and "Result table" in words and "Tidy typography" in words
    # By the keyboard alone: one stop, then the arrows.
    bar.locator("[tabindex='0']").focus()
    page.keyboard.press("End")
    assert page.evaluate("document.activeElement.title") == "Tidy typography"
    editable.click()
    choose(page, "photo", "Abend")
    page.locator(".embed img").wait_for()
    assert fits(page)
    page.locator(".embed button", has_text="Remove").click()
    assert page.locator(".embed").count() == 0
    assert watched.complaints == []
