"""The editor's way: from the login to the report that a fan reads on a phone, in German and then in English."""

from datetime import date

import pytest

from news.models import Article, Photo
from tests.browser.newsroom import choose, fits, log_in
from tests.factories import (
    ClassificationFactory,
    DriverFactory,
    EntryFactory,
    RaceFactory,
    ResultFactory,
    SessionFactory,
    SponsorshipFactory,
    picture_file,
)


@pytest.fixture
def race():
    """The qualifying race as an editor has entered it before: our car second, from eleventh on the grid."""
    race = RaceFactory(name="Qualifikationsrennen", name_en="Qualifying race", first_day=date(2014, 4, 6))
    entry = EntryFactory(
        race=race, number="20", drivers=[DriverFactory(first_name="Jens", last_name="Klingmann", ours=True)]
    )
    result = {"entry": entry, "position": 2, "grid": "11"}
    ResultFactory(classification=ClassificationFactory(session=SessionFactory(race=race)), **result)
    SponsorshipFactory(sponsor__name="Bilstein", starts_on=date(2014, 1, 1))
    return race


def upload_a_photo(page, tmp_path):
    path = tmp_path / "dsc_0815.jpg"
    path.write_bytes(picture_file(size=(1600, 1000)).read())
    page.goto("/admin/news/photo/add/")
    page.locator("#id_file").set_input_files(path)
    page.locator("#id_credit").fill("Foto: Patrick Liepertz")
    page.locator("#id_alt_de").fill("BMW Nummer 20 in der Boxengasse")
    page.locator("#id_alt_en").fill("BMW number 20 in the pit lane")
    page.locator("#id_caption_de").fill("Zweiter nach sechs Stunden")
    page.locator("[name=_save]").click()
    page.locator(".messagelist .success").wait_for()


def write(page, text):
    """Into the rich text: a paragraph and a quote with its speaker."""
    editable = page.get_by_role("textbox", name="Text").and_(page.locator("[contenteditable=true]"))
    editable.click()
    editable.press_sequentially(text)
    editable.press("Enter")
    page.locator("[data-name=quote]").click()
    editable.press_sequentially("„Sehr stark.“")
    # An empty line more, and it goes on with who said it.
    editable.press("Enter")
    editable.press("Enter")
    editable.press_sequentially("Jens Klingmann")


def test_an_editor_writes_the_report_and_a_fan_reads_it_in_both_languages(
    desktop, phone, watch, editor, race, tmp_path, work
):
    watched = watch(desktop)
    log_in(desktop, editor)
    upload_a_photo(desktop, tmp_path)
    work()
    assert Photo.objects.get().renditions.count() > 3

    desktop.goto("/admin/news/article/add/")
    desktop.locator("#id_headline").fill("Von Startplatz elf auf Platz zwei")
    desktop.locator("#id_dateline").fill("Leimen")
    desktop.locator("#id_teaser").fill("Sechs Stunden ohne eigenen Fehler.")
    write(desktop, "Jens Klingmann wird Zweiter.")
    choose(desktop, "race", "Qualifikationsrennen")
    choose(desktop, "lead_photo", "Zweiter nach sechs Stunden")
    desktop.locator("[name=_step][value=release]").click()
    desktop.locator(".messagelist .success").wait_for()
    # The admin's own policy holds too: nothing of the editor was blocked.
    assert watched.complaints == [] and watched.foreign == []

    article = Article.objects.get()
    quote = "<blockquote><p>„Sehr stark.“</p></blockquote><figcaption>Jens Klingmann</figcaption>"
    assert f'<figure class="quote">{quote}</figure>' in article.body
    phone.goto("/")
    phone.locator("#consent button[value=none]").click()
    phone.get_by_role("link", name="Von Startplatz elf auf Platz zwei").first.click()
    facts = phone.get_by_role("complementary").inner_text()
    assert "11" in facts and "Klingmann" in facts
    assert "Foto: Patrick Liepertz" in phone.locator("figcaption").first.inner_text()
    assert phone.get_by_role("link", name="Bilstein").or_(phone.get_by_alt_text("Bilstein")).count()
    assert phone.get_by_role("navigation", name="Sprache").get_by_role("link").count() == 0

    desktop.goto(f"/admin/news/article/{article.pk}/change/")
    desktop.get_by_role("link", name="Englische Fassung").first.click()
    desktop.get_by_role("button", name="Übersetzung beginnen").click()
    # The German words stand there until they are replaced.
    editable = desktop.locator(".prose-editor [contenteditable=true]")
    editable.click()
    editable.press("Control+a")
    editable.press("Delete")
    desktop.locator("#id_headline").fill("From eleventh on the grid to second")
    desktop.locator("#id_slug").evaluate("slug => slug.closest('details')?.setAttribute('open', '')")
    write(desktop, "Jens Klingmann comes second.")
    desktop.locator("[name=_step][value=release]").click()
    desktop.locator(".messagelist .success").wait_for()

    english = Article.objects.get(language="en")
    assert english.translation_group == article.translation_group and english.race == race
    phone.reload()
    phone.get_by_role("navigation", name="Sprache").get_by_role("link").click()
    phone.wait_for_url(f"**{english.get_absolute_url()}")
    assert "Jens Klingmann comes second." in phone.locator("main").inner_text()


def test_an_editor_can_do_it_on_a_phone_in_english(open_page, watch, editor, race):
    page = open_page(locale="en-GB", viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True)
    watched = watch(page)
    log_in(page, editor)
    page.goto("/admin/news/article/add/")
    assert fits(page)
    page.locator("#id_headline").fill("Nur ein Entwurf")
    page.locator("[name=_save]").click()
    page.locator(".messagelist .success").wait_for()
    assert Article.objects.get().stage == "writing"
    assert "In writing" in page.inner_text("main") or "in writing" in page.inner_text("main").lower()
    assert watched.complaints == []


def test_rows_added_to_a_timetable_leave_what_was_typed(open_page, watch, editor, race):
    phone = open_page(viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True)
    watched = watch(phone)
    log_in(phone, editor)
    phone.goto(f"/admin/news/race/{race.pk}/change/")
    phone.locator("[name=sessions-0-planned_minutes]").fill("241")
    phone.locator(".shortcuts a[href='?rows=qualifying']").click()
    assert phone.locator("[name=sessions-1-kind]").input_value() == "qualifying"
    assert phone.locator("[name=sessions-0-planned_minutes]").input_value() == "241"
    phone.locator("[name=_continue]").click()
    phone.locator(".messagelist .success").wait_for()
    assert {(row.kind, row.planned_minutes) for row in race.sessions.all()} == {
        ("race", 241),
        ("qualifying", None),
    }
    assert watched.complaints == [] and watched.foreign == []
