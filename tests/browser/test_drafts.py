"""From a result to a report in two languages: one click, a quote, and a translation that follows a change."""

from datetime import date

import pytest

from news.models import Article
from tests.browser.newsroom import fits, log_in
from tests.factories import (
    ClassificationFactory,
    DriverFactory,
    EntryFactory,
    RaceFactory,
    ResultFactory,
    SessionFactory,
)


@pytest.fixture
def race():
    """Our car second, from eleventh on the grid."""
    race = RaceFactory(name="Qualifikationsrennen", name_en="Qualifying race", first_day=date(2014, 4, 6))
    driver = DriverFactory(first_name="Jens", last_name="Klingmann", ours=True, hometown="Leimen")
    entry = EntryFactory(race=race, number="20", drivers=[driver])
    lists = ClassificationFactory(session=SessionFactory(race=race), state="official")
    ResultFactory(classification=lists, entry=entry, position=2, grid="11")
    return race


def say(page, words):
    """In the place that the draft has left for a quote."""
    said = page.locator(".prose-editor [contenteditable=true] blockquote p").first
    said.click(click_count=3)
    said.press_sequentially(words)


def save(page):
    page.locator("[name=_save]").click()
    page.locator(".messagelist .success").wait_for()


def test_a_report_is_written_in_one_click_and_its_translation_follows_a_change(desktop, watch, editor, race):
    watched = watch(desktop)
    log_in(desktop, editor)
    desktop.goto(f"/admin/news/race/{race.pk}/change/")
    desktop.get_by_role("button", name="Bericht schreiben").click()
    desktop.wait_for_url("**/article/*/change/")
    german, english = Article.objects.order_by("pk")
    assert "Von Startplatz elf aus machte das Auto neun Plätze gut." in german.body
    assert "From eleventh on the grid, the car gained nine places." in english.body
    desktop.locator("#panel", has_text="Ein Zitat ist noch offen").wait_for()

    say(desktop, "„Das war Arbeit.“")
    save(desktop)
    german.refresh_from_db()
    assert "<p>„Das war Arbeit.“</p></blockquote><figcaption>Jens Klingmann</figcaption>" in german.body

    desktop.goto("/admin/news/article/languages/?only=stale")
    desktop.get_by_role("link", name="veraltet", exact=True).click()
    marked = desktop.locator(".beside ins")
    marked.first.wait_for()
    assert "Das war Arbeit" in " ".join(marked.all_inner_texts())
    say(desktop, "“That was work.”")
    desktop.locator("[name=up_to_date]").check()
    save(desktop)
    desktop.wait_for_url(f"**/article/{english.pk}/translate/")
    assert desktop.locator(".beside ins").count() == 0
    english = Article.objects.get(pk=english.pk)
    assert "“That was work.”" in english.body and not english.is_stale
    assert watched.complaints == [] and watched.foreign == []


def test_the_pages_of_two_languages_fit_a_phone(phone, editor, race):
    log_in(phone, editor)
    phone.goto("/admin/")
    phone.get_by_role("button", name="Rennbericht schreiben").click()
    phone.wait_for_url("**/article/*/change/")
    english = Article.objects.get(language="en")
    for page in (f"/admin/news/article/{english.pk}/translate/", "/admin/news/article/languages/"):
        phone.goto(page)
        assert fits(phone)
