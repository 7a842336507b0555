"""From a race to two drafts in one click, and what an editor hears where there is nothing to report."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone
from reversion.models import Version

from news.checking import CONTRADICTS, check
from news.drafting import LANGUAGES, preview_of, report_of
from news.models import Article, Race, Round, Session
from tests.factories import (
    ArticleFactory,
    ClassificationFactory,
    DriverFactory,
    EntryFactory,
    PhotoFactory,
    PointSchemeFactory,
    RaceFactory,
    ResultFactory,
    SeasonFactory,
    SessionFactory,
    member,
)
from tests.reports import races

pytestmark = pytest.mark.django_db


@pytest.fixture
def driver():
    return DriverFactory(first_name="Jens", last_name="Klingmann", ours=True, hometown="Leimen")


@pytest.fixture
def reporter(client):
    user = member("Reporter")
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
    race = races(name)[name]
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
    SessionFactory(race=race, kind=Session.Kind.PRACTICE, starts_at=start - timedelta(days=1))
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


def test_points_standing_and_the_next_races_are_told(driver):
    race = race_of(driver, position=2)
    season = SeasonFactory(series__name="VLN", year=race.year, scheme=PointSchemeFactory())
    Round.objects.create(season=season, race=race, number=1)
    later = RaceFactory(name="VLN Lauf 2", first_day=race.first_day + timedelta(days=21))
    Round.objects.create(season=season, race=later, number=2)
    EntryFactory(race=later, drivers=[driver])
    rival = EntryFactory(race=race, number="25", drivers=[DriverFactory()])
    ResultFactory(classification=race.sessions.get().classifications.get(), entry=rival, position=1)
    text = report_of(race, "de").body
    assert "Für die Meisterschaft in der Serie VLN brachte das Jens Klingmann 18 Punkte." in text
    assert "steht Jens Klingmann nach Lauf eins mit 18 Punkten auf Rang zwei." in text
    assert "mit dem Rennen „VLN Lauf 2“." in text
    for language in LANGUAGES:
        rows = check(report_of(race, language).body, language, race)
        assert [row for row in rows if row.verdict == CONTRADICTS] == []


def test_two_races_of_a_weekend_and_a_qualifying_are_told_from_their_own_lists(driver):
    race = RaceFactory(name="Sprintwochenende", first_day=timezone.localdate() - timedelta(days=7))
    entry = EntryFactory(race=race, number="20", drivers=[driver])
    qualifying = SessionFactory(race=race, kind=Session.Kind.QUALIFYING)
    ResultFactory(
        classification=ClassificationFactory(session=qualifying), entry=entry, position=4, best_lap_ms=98_412
    )
    for label, columns in (("1", {"position": 3}), ("2", {"position": None, "status": "retired"})):
        session = SessionFactory(race=race, label=label, order=int(label))
        ResultFactory(classification=ClassificationFactory(session=session), entry=entry, **columns)
    text = report_of(race, "de").body
    assert "Im ersten Rennen belegte Jens Klingmann Platz drei." in text
    assert "Im zweiten Rennen fiel Jens Klingmann aus." in text
    assert "Im Zeittraining belegte das Auto mit einer Runde in 1.38,412 Minuten Platz vier." in text
    for language in LANGUAGES:
        rows = check(report_of(race, language).body, language, race)
        assert [row for row in rows if row.verdict == CONTRADICTS] == []
