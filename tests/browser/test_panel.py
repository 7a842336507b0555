"""The panel beside the form: what contradicts the results is marked, found by a click, and gone once it is mended."""

from datetime import date

import pytest
from playwright.sync_api import expect

from news.models import Article
from tests.browser.newsroom import fits, log_in, until_in
from tests.factories import (
    ArticleFactory,
    ClassificationFactory,
    DriverFactory,
    EntryFactory,
    RaceFactory,
    ResultFactory,
    SessionFactory,
)

pytestmark = pytest.mark.one_database


@pytest.fixture
def draft():
    """A draft about a race in which our best lap was 8:27.415."""
    race = RaceFactory(name="Qualifikationsrennen", first_day=date(2014, 4, 6))
    ours = DriverFactory(first_name="Jens", last_name="Klingmann", ours=True)
    ResultFactory(
        classification=ClassificationFactory(session=SessionFactory(race=race)),
        entry=EntryFactory(race=race, number="20", drivers=[ours]),
        position=2,
        best_lap_ms=507415,
    )
    text = {"headline": "Sechs Stunden in der Eifel", "body": "<p>Sechs Stunden ohne Fehler.</p>"}
    return ArticleFactory(race=race, stage="writing", published_at=None, **text)


def marked(page):
    """What the browser paints over the text as contradicting."""
    return page.evaluate("[...CSS.highlights.get('contradiction') ?? []].map(range => range.toString())")


def test_a_wrong_lap_time_is_marked_found_and_mended(desktop, watch, editor, draft):
    watched = watch(desktop)
    log_in(desktop, editor)
    desktop.goto(f"/admin/news/article/{draft.pk}/change/")
    panel = desktop.locator("#panel")
    facts = panel.locator("[data-check=facts]")
    expect(panel.locator("[data-check=headline]")).to_contain_text("Zeichen")
    expect(facts).to_have_count(0)

    editable = desktop.locator("[contenteditable=true]")
    editable.click()
    desktop.keyboard.press("Control+End")
    desktop.keyboard.press("Enter")
    editable.press_sequentially("Die schnellste Runde fuhr Klingmann in 8:27,514 Minuten.")
    expect(facts).to_contain_text("8:27,415")
    expect(facts).to_have_class("finding is-warns")
    assert marked(desktop) == ["8:27,514"]

    desktop.locator("#id_headline").focus()
    facts.locator("a").first.click()
    assert desktop.evaluate("getSelection().toString()") == "8:27,514"
    desktop.keyboard.type("8:27,415")
    expect(facts).to_have_class("finding is-fine")
    assert marked(desktop) == []

    desktop.locator("[name=_continue]").click()
    desktop.locator(".messagelist .success").wait_for()
    assert "8:27,415" in Article.objects.get().body
    assert watched.complaints == [] and watched.foreign == []


def test_what_is_said_twice_is_marked_twice(desktop, editor, draft):
    draft.body = (
        "<p>Klingmann wurde Dritter, als <em>Drit</em>ter.</p>" + "<p>Klingmann wurde Dritter.</p>" * 2
    )
    draft.save()
    log_in(desktop, editor)
    desktop.goto(f"/admin/news/article/{draft.pk}/change/")
    facts = desktop.locator("#panel [data-check=facts].is-warns")
    expect(facts.last).to_be_visible()
    until_in(desktop, "CSS.highlights.get('contradiction')?.size === 4")
    assert facts.count() == 4 and where(desktop) == [0, 0, 1, 2]


def where(page):
    """The number of the paragraph in which each mark stands."""
    return page.evaluate(
        """[...CSS.highlights.get('contradiction')].map(({ startContainer }) => {
          const paragraph = startContainer.parentElement.closest("p");
          return [...paragraph.parentElement.children].indexOf(paragraph);
        })"""
    )


def test_on_a_phone_the_panel_is_folded_with_a_count_and_leads_to_the_field(phone, editor, draft):
    log_in(phone, editor)
    phone.goto(f"/admin/news/article/{draft.pk}/change/")
    panel = phone.locator("#panel")
    expect(panel.locator(".panel-count")).to_contain_text("zu prüfen")
    expect(panel).not_to_have_attribute("open", "")
    panel.locator("summary").click()
    panel.locator("[data-check=lead_photo] a").first.click()
    expect(phone.locator("#id_lead_photo + .select2 .select2-selection")).to_be_focused()
    assert fits(phone)


def test_without_script_what_is_typed_is_checked_on_a_page_of_its_own(open_page, editor, draft):
    page = open_page(java_script_enabled=False)
    log_in(page, editor)
    page.goto(f"/admin/news/article/{draft.pk}/change/")
    page.locator("#id_headline").fill("Kurz")
    with page.context.expect_page() as opened:
        page.get_by_role("button", name="Eingaben prüfen").click()
    expect(opened.value.locator("[data-check=headline]")).to_contain_text("Nur 4 Zeichen")
    assert Article.objects.get().headline == draft.headline
