"""The way to the public in a browser: handed in, returned, handed in again, scheduled, public on its second; and a
draft that somebody without an account reads on a phone and approves."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from news.models import Answer, Article
from tests.browser.newsroom import PASSWORD, fits, log_in
from tests.browser.test_every_page import findings
from tests.factories import ArticleFactory, member

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture
def reporter():
    return member("Reporter", "reporterin", password=PASSWORD)


@pytest.fixture
def draft(reporter):
    return ArticleFactory(
        author=reporter, headline="Von elf auf zwei", dateline="Leimen", stage="writing", published_at=None
    )


def form_of(article):
    return f"/admin/news/article/{article.pk}/change/"


def press(page, kind, remark=""):
    page.locator("#id_step_remark").fill(remark)
    page.locator(f"[name=_step][value={kind}]").click()
    page.locator(".messagelist .success").wait_for()


def test_an_article_goes_from_the_reporter_to_the_public(
    open_page, phone, watch, reporter, editor, draft, monkeypatch
):
    at_home, at_the_desk = open_page(), open_page()
    watched = watch(at_the_desk)
    log_in(at_home, reporter)
    log_in(at_the_desk, editor)

    at_home.goto(form_of(draft))
    assert at_home.locator("[name=_step]").evaluate_all("all => all.map(one => one.value)") == ["hand_in"]
    press(at_home, "hand_in")

    at_the_desk.goto(form_of(draft))
    # Without a remark it does not go back: the page says so where it is to be written.
    at_the_desk.locator("[name=_step][value=return]").click()
    at_the_desk.locator(".steps .errorlist").wait_for()
    press(at_the_desk, "return", "Bitte noch die Startnummer.")

    at_home.goto(form_of(draft))
    assert "Bitte noch die Startnummer." in at_home.locator(".step-log").inner_text()
    at_home.locator("#id_teaser").fill("Die Nummer 20 wird Zweite.")
    press(at_home, "hand_in", "Steht jetzt im Teaser.")

    later = (datetime.now(BERLIN) + timedelta(days=2)).replace(hour=18, minute=0, second=0, microsecond=0)
    at_the_desk.goto(form_of(draft))
    assert at_the_desk.locator("#id_teaser").input_value() == "Die Nummer 20 wird Zweite."
    # By whose clocks the time is typed stands beside it, in summer as in winter.
    for typed, zone in (
        ("2026-07-01T18:00", "Europe/Berlin, CEST"),
        ("2026-12-01T18:00", "Europe/Berlin, CET"),
    ):
        at_the_desk.locator("#id_published_at").fill(typed)
        assert at_the_desk.locator("[data-zone]").first.inner_text() == zone
    at_the_desk.locator("#id_published_at").fill(later.strftime("%Y-%m-%dT%H:%M:%S"))
    press(at_the_desk, "schedule")
    assert "18:00" in at_the_desk.locator("main .chip").first.inner_text()
    assert [complaint for complaint in watched.complaints if "404" not in complaint] == []

    draft.refresh_from_db()
    assert draft.published_at == later
    address = draft.get_absolute_url()
    for instant, status in ((later - timedelta(seconds=1), 404), (later, 200)):
        monkeypatch.setattr(timezone, "now", lambda instant=instant: instant)
        assert phone.goto(address).status == status
    assert "Von elf auf zwei" in phone.locator("h1").inner_text()


def test_a_driver_approves_a_draft_on_a_phone_without_an_account(open_page, phone, watch, editor, draft):
    desk = open_page()
    log_in(desk, editor)
    desk.goto(form_of(draft))
    desk.locator(".shares a.button").click()
    desk.locator("#id_name").fill("Jens Klingmann")
    desk.locator("#share_form [type=submit]").click()
    desk.locator(".messagelist .success").wait_for()
    path = "/vorschau/" + desk.locator(".copy input[readonly]").input_value().split("/vorschau/")[1]

    watched = watch(phone)
    phone.goto(path)
    assert fits(phone)
    assert "Von elf auf zwei" in phone.locator("h1").inner_text()
    phone.locator("#answer [value=approved]").click()
    phone.locator("#answers").wait_for()
    assert (
        watched.cookies == {} and watched.stored == {} and watched.complaints == [] and watched.foreign == []
    )
    assert Answer.objects.get().version == draft.version
    assert findings(phone) == []

    desk.goto(form_of(draft))
    assert f"Fassung {draft.version}" in desk.locator(".draft-answers").inner_text()

    # Revoked, it says so; published, a link leads to the article.
    desk.goto(f"/admin/news/article/{draft.pk}/share/")
    desk.get_by_role("button", name="Widerrufen").click()
    desk.locator(".messagelist .success").wait_for()
    assert phone.goto(path).status == 410
    assert "Diese Vorschau ist beendet" in phone.locator("h1").inner_text()
    Article.objects.filter(pk=draft.pk).update(
        stage="released", slug="von-elf-auf-zwei", published_at=timezone.now()
    )
    phone.goto(path)
    phone.wait_for_url("**/news/von-elf-auf-zwei/")
