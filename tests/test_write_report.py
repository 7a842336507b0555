"""From a race to two drafts in one click, and what an editor hears where there is nothing to report."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, User
from django.urls import reverse
from django.utils import timezone
from reversion.models import Version

from news.checking import CONTRADICTS, check
from news.drafting import LANGUAGES, preview_of, report_of
from news.models import Article, Race, Session
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
from tests.reports import races

pytestmark = pytest.mark.django_db


@pytest.fixture
def driver():
    return DriverFactory(first_name="Jens", last_name="Klingmann", ours=True, hometown="Leimen")


@pytest.fixture
def reporter(client):
    user = User.objects.create_user("reporter", is_staff=True)
    user.groups.add(Group.objects.get(name="Reporter"))
    client.force_login(user)
    return user


def race_of(driver, **columns):
    """A race of last week with a result of ours."""
    race = RaceFactory(name="VLN Lauf 1", first_day=timezone.localdate() - timedelta(days=7))
    result_list = ClassificationFactory(session=SessionFactory(race=race), state="official")
    ResultFactory(
        classification=result_list, entry=EntryFactory(race=race, number="20", drivers=[driver]), **columns
    )
    return race


def write(client, race, **sent):
    return client.post(reverse("admin:news_race_report", args=[race.pk]), sent, follow=True)


@pytest.mark.parametrize("name", ["quali", "formel", "dubai", "vln"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_report_of_a_stored_race_agrees_with_its_record(name, language):
    race = races()[name]
    draft = report_of(race, language)
    rows = [row for text in (draft.headline, draft.teaser, draft.body) for row in check(text, language, race)]
    assert [row for row in rows if row.verdict == CONTRADICTS] == []
    assert len({row.kind for row in rows if row.verdict == "agrees"}) >= 4


def test_one_click_makes_a_german_and_an_english_draft_of_one_group(client, reporter, driver):
    race = race_of(driver, position=2, grid="11")
    response = write(client, race)
    german, english = Article.objects.order_by("pk")
    assert (german.language, english.language) == ("de", "en")
    assert german.translation_group == english.translation_group
    assert {german.stage, english.stage} == {Article.Stage.WRITING}
    assert (german.race, german.kind, german.author, german.dateline) == (race, "report", reporter, "Leimen")
    assert german.headline == "VLN Lauf 1: Von Startplatz elf auf Platz zwei"
    assert english.headline == "VLN Lauf 1: From eleventh on the grid to second place"
    assert (english.source, english.is_stale) == (german, False)
    assert all(Version.objects.get_for_object(article).count() == 1 for article in (german, english))
    assert response.redirect_chain[-1][0] == reverse("admin:news_article_change", args=[german.pk])


def test_a_second_click_makes_no_second_report_unless_it_is_asked_for(client, reporter, driver):
    race = race_of(driver)
    write(client, race)
    first = Article.objects.first()
    assert first.headline in write(client, race).text
    assert Article.objects.count() == 2
    write(client, race, again="1")
    assert Article.objects.count() == 4


def test_a_photo_of_the_race_leads_the_draft(client, reporter, driver):
    race, photo = race_of(driver), PhotoFactory()
    ArticleFactory(race=race, lead_photo=photo, kind="preview")
    write(client, race)
    assert {article.lead_photo for article in Article.objects.filter(kind="report")} == {photo}


@pytest.mark.parametrize(
    ("state", "words"),
    [(Race.State.CANCELLED, "has been called off"), (Race.State.POSTPONED, "has been postponed")],
)
def test_a_race_that_is_off_is_announced_and_not_reported(client, reporter, driver, state, words):
    race = race_of(driver)
    Race.objects.filter(pk=race.pk).update(state=state)
    write(client, race)
    english = Article.objects.get(language="en")
    assert english.kind == Article.Kind.ANNOUNCEMENT and words in english.body


def test_a_race_to_come_gets_a_preview_with_its_sessions_in_the_time_of_the_track(driver):
    day = timezone.localdate() + timedelta(days=7)
    race = RaceFactory(first_day=day, circuit__name="Suzuka", circuit__time_zone="Asia/Tokyo")
    EntryFactory(race=race, number="20", drivers=[driver])
    start = timezone.datetime(day.year, day.month, day.day, 14, 30, tzinfo=race.zone)
    SessionFactory(race=race, kind=Session.Kind.QUALIFYING, starts_at=start, planned_minutes=60)
    SessionFactory(race=race, starts_at=start + timedelta(hours=3), time_known=False)
    german, english = preview_of(race, "de"), preview_of(race, "en")
    assert "14.30 Uhr: Zeittraining (60 Minuten)" in german.body
    assert "14:30: Qualifying (60 minutes)" in english.body
    assert "17.30" not in german.body
    for language, draft in (("de", german), ("en", english)):
        assert [row for row in check(draft.body, language, race) if row.verdict == CONTRADICTS] == []


def test_without_a_result_the_page_says_what_is_missing_and_where_it_is_entered(client, reporter, driver):
    race = RaceFactory(first_day=timezone.localdate() - timedelta(days=7))
    assert "Keiner unserer Fahrer ist" in write(client, race).text
    EntryFactory(race=race, drivers=[driver])
    assert "Es ist noch kein eigenes Ergebnis eingetragen" in write(client, race).text
    assert not Article.objects.exists()


def test_a_draft_with_an_empty_quote_is_not_released(client, driver):
    race = race_of(driver)
    client.force_login(User.objects.create_superuser("chief"))
    write(client, race)
    article = Article.objects.get(language="de")
    panel = client.get(reverse("admin:news_article_check", args=[article.pk])).text
    assert "Ein Zitat ist noch offen" in panel


def test_the_race_and_the_form_of_a_new_article_offer_the_report(client, driver):
    race = race_of(driver)
    client.force_login(User.objects.create_superuser("chief"))
    address = reverse("admin:news_race_report", args=[race.pk])
    for page in (
        reverse("admin:news_race_change", args=[race.pk]),
        reverse("admin:news_article_add"),
        reverse("admin:index"),
    ):
        assert f'action="{address}"' in client.get(page).text, page
