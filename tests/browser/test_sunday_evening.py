"""A Sunday evening from the first word to the correction: two people, a bad network, one wrong number."""

import re
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from news.models import Article
from tests.browser.newsroom import PASSWORD, choose, log_in
from tests.factories import (
    ClassificationFactory,
    DriverFactory,
    EntryFactory,
    RaceFactory,
    ResultFactory,
    SessionFactory,
    member,
    picture_file,
)

BERLIN = ZoneInfo("Europe/Berlin")
FROM_WORD = (Path(__file__).parent.parent / "data" / "pasted" / "word.html").read_text()
EDITABLE = ".prose-editor [contenteditable=true]"
PASTE = """(editable, html) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/html", html);
  editable.dispatchEvent(new ClipboardEvent("paste", {clipboardData, bubbles: true, cancelable: true}));
}"""


@pytest.fixture
def reporter():
    return member("Reporter", "reporterin", password=PASSWORD)


@pytest.fixture(autouse=True)
def race():
    """We were second, our best lap was 8:27.415."""
    race = RaceFactory(name="Qualifikationsrennen", first_day=date(2014, 4, 6))
    ours = DriverFactory(first_name="Jens", last_name="Klingmann", ours=True)
    ResultFactory(
        classification=ClassificationFactory(session=SessionFactory(race=race)),
        entry=EntryFactory(race=race, number="20", drivers=[ours]),
        position=2,
        best_lap_ms=507415,
    )
    return race


def upload_a_photo(page, tmp_path):
    (tmp_path / "ziel.jpg").write_bytes(picture_file(size=(1600, 1000)).read())
    page.goto("/admin/news/photo/upload/")
    page.locator("#id_credit").fill("Foto: Patrick Liepertz")
    page.locator("#id_files").set_input_files(tmp_path / "ziel.jpg")
    page.locator(".answer.is-stored").wait_for()
    page.locator("#answers_form [type=submit]").click()
    page.locator("#id_form-0-alt_de").fill("Die Nummer 20 im Ziel")
    page.locator("#id_form-0-alt_en").fill("Number 20 at the finish")
    page.locator("#id_form-0-caption_de").fill("Zweite im Ziel")
    page.locator("#complete_form [type=submit]").click()
    page.locator(".messagelist .success").wait_for()


def open_form(page, article):
    page.goto(f"/admin/news/article/{article.pk}/change/")
    page.locator(EDITABLE).wait_for()


def write(page, words):
    """At the end of the text."""
    page.locator(EDITABLE).click()
    page.keyboard.press("Control+End")
    page.locator(EDITABLE).press_sequentially(words)


def press(page, kind):
    page.locator(f"[name=_step][value={kind}]").click()
    page.locator(".messagelist .success").wait_for()


def save(page):
    page.locator("[name=_continue]").click()
    page.locator(".messagelist .success").wait_for()


def test_from_the_first_word_to_the_correction(open_page, phone, reporter, editor, tmp_path, monkeypatch):
    paddock, desk = open_page(), open_page()
    log_in(paddock, reporter)
    log_in(desk, editor)

    # The reporter brings the text from Word, and the photo from the camera.
    upload_a_photo(paddock, tmp_path)
    paddock.goto("/admin/news/article/add/")
    paddock.locator("#id_headline").fill("Von Startplatz elf auf Platz zwei")
    paddock.locator("#id_dateline").fill("Leimen")
    paddock.locator("#id_teaser").fill("Sechs Stunden ohne eigenen Fehler.")
    paddock.locator(EDITABLE).click()
    paddock.locator(EDITABLE).evaluate(PASTE, FROM_WORD)
    choose(paddock, "race", "Qualifikationsrennen")
    choose(paddock, "lead_photo", "Zweite im Ziel")
    paddock.locator("#kept-status", has_text=re.compile("^gesichert")).wait_for()
    article = Article.objects.get()

    # The network goes, the tab is closed: nothing is lost.
    paddock.route("**/autosave/", lambda route: route.abort())
    write(paddock, " Die schnellste Runde fuhr Klingmann in 8:27,514 Minuten.")
    paddock.locator("#kept-status", has_text="Server nicht erreichbar").wait_for()
    again = paddock.context.new_page()
    paddock.close(run_before_unload=False)
    open_form(again, article)
    again.locator("#kept-bar").get_by_role("button", name="Zeigen").click()
    again.locator(EDITABLE, has_text="8:27,514").wait_for()
    press(again, "hand_in")
    article.refresh_from_db()
    assert article.lead_photo.credit == "Foto: Patrick Liepertz"
    assert "mso" not in article.body.lower() and "style=" not in article.body

    # The editor sees the wrong number, mends it and says when the report appears.
    open_form(desk, article)
    wrong = desk.locator("#panel [data-check=facts].is-warns")
    expect(wrong).to_have_count(1)
    expect(wrong).to_contain_text("8:27,415")
    wrong.locator("a").first.click()
    desk.keyboard.type("8:27,415")
    expect(wrong).to_have_count(0)
    six = (datetime.now(BERLIN) + timedelta(days=1)).replace(hour=18, minute=0, second=0, microsecond=0)
    desk.locator("#id_published_at").fill(six.strftime("%Y-%m-%dT%H:%M:%S"))
    press(desk, "schedule")

    # At six it is public, a second before it is not.
    article.refresh_from_db()
    address = article.get_absolute_url()
    for instant, status in ((six - timedelta(seconds=1), 404), (six, 200)):
        monkeypatch.setattr(timezone, "now", lambda instant=instant: instant)
        assert phone.goto(address).status == status
    assert "8:27,415" in phone.locator("article").inner_text()

    # What was wrong is corrected, and readers are told.
    monkeypatch.setattr(timezone, "now", lambda: six + timedelta(hours=1))
    open_form(desk, article)
    desk.locator("#id_teaser").fill("Sechs Stunden, und der Wagen wird Letzter.")
    desk.get_by_role("button", name="Berichtigung hinzufügen").click()
    desk.locator("#id_corrections-0-text").fill("Der Ort des Rennens war falsch angegeben.")
    save(desk)
    phone.reload()
    assert "wird Letzter" in phone.locator("article").inner_text()
    assert "war falsch angegeben" in phone.locator("article").inner_text()

    # The teaser was a mistake: the version before comes back, what readers were told stays told.
    desk.goto(f"/admin/news/article/{article.pk}/history/")
    desk.locator(".versions li").nth(1).get_by_role("link", name="Wiederherstellen").click()
    desk.locator("#restore_form [type=submit]").click()
    desk.locator(".messagelist .success").wait_for()
    phone.reload()
    assert "Sechs Stunden ohne eigenen Fehler." in phone.locator("article").inner_text()
    assert "war falsch angegeben" in phone.locator("article").inner_text()
