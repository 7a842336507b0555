"""The calendar as a month: weeks of days, by the clocks at the track."""

from datetime import UTC, date, datetime, timedelta
from html.parser import HTMLParser
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from news.models import Race
from tests.factories import (
    CircuitFactory,
    ClassificationFactory,
    DriverFactory,
    EntryFactory,
    RaceFactory,
    ResultFactory,
    SessionFactory,
)

pytestmark = pytest.mark.django_db

BERLIN = ZoneInfo("Europe/Berlin")


def days_of(client, address):
    """{day: [(race, [sessions])]} of the days that show anything."""
    weeks = client.get(address).context["weeks"]
    assert {len(week) for week in weeks} == {7}
    assert {week[0].date.weekday() for week in weeks} == {0}
    return {
        day.date: [(race.name, [part.session.title for part in parts]) for race, parts in day.races]
        for week in weeks
        for day in week
        if day.races
    }


def the_day_after_the_change():
    """A race of 24 hours over the night in which the clocks go back."""
    race = RaceFactory(
        name="24 Stunden",
        first_day=date(2026, 10, 23),
        last_day=date(2026, 10, 25),
        circuit=CircuitFactory(time_zone="Europe/Berlin"),
    )
    SessionFactory(race=race, starts_at=datetime(2026, 10, 24, 16, tzinfo=BERLIN), planned_minutes=24 * 60)
    return race


def test_an_event_of_several_days_stands_on_each_of_them(client):
    RaceFactory(name="Langstrecke", first_day=date(2026, 6, 18), last_day=date(2026, 6, 21))
    assert days_of(client, "/kalender/2026/6/") == {
        date(2026, 6, day): [("Langstrecke", [])] for day in (18, 19, 20, 21)
    }


def test_a_race_through_the_night_and_the_change_of_the_clocks_ends_on_the_next_day(client):
    the_day_after_the_change()
    assert days_of(client, "/kalender/2026/10/") == {
        date(2026, 10, 23): [("24 Stunden", [])],
        date(2026, 10, 24): [("24 Stunden", ["Rennen"])],
        date(2026, 10, 25): [("24 Stunden", ["Rennen"])],
    }
    text = client.get("/kalender/2026/10/").text
    assert '<time class="clock" datetime="2026-10-24T16:00:00+02:00">16:00</time>' in text
    # 24 hours on the watch, 23 on the clocks at the track.
    assert '<span class="clock">bis 15:00</span>' in text


def test_what_ends_at_midnight_does_not_reach_the_next_day(client):
    race = RaceFactory(first_day=date(2026, 6, 20))
    SessionFactory(race=race, starts_at=datetime(2026, 6, 20, 22, tzinfo=BERLIN), planned_minutes=120)
    assert list(days_of(client, "/kalender/2026/6/")) == [date(2026, 6, 20)]


def test_days_are_those_at_the_track(client):
    race = RaceFactory(
        name="Nacht", first_day=date(2026, 7, 3), circuit=CircuitFactory(time_zone="Asia/Tokyo")
    )
    SessionFactory(race=race, starts_at=datetime(2026, 7, 2, 21, tzinfo=UTC))
    assert days_of(client, "/kalender/2026/7/") == {date(2026, 7, 3): [("Nacht", ["Rennen"])]}


def test_a_session_of_the_evening_before_brings_its_day_along(client):
    race = RaceFactory(name="Sprint", first_day=date(2026, 7, 4))
    SessionFactory(race=race, kind="practice", starts_at=datetime(2026, 7, 3, 18, tzinfo=BERLIN))
    assert days_of(client, "/kalender/2026/7/") == {
        date(2026, 7, 3): [("Sprint", ["Freies Training"])],
        date(2026, 7, 4): [("Sprint", [])],
    }


def test_a_weekend_across_two_months_stands_in_both(client):
    RaceFactory(name="Wende", first_day=date(2026, 10, 31), last_day=date(2026, 11, 1))
    both = {date(2026, 10, 31): [("Wende", [])], date(2026, 11, 1): [("Wende", [])]}
    assert days_of(client, "/kalender/2026/10/") == both
    assert days_of(client, "/kalender/2026/11/") == both


@pytest.mark.parametrize(("year", "weeks", "last"), [(2026, 5, 28), (2027, 4, 28), (2028, 5, 29)])
def test_february_has_its_days(client, year, weeks, last):
    RaceFactory(first_day=date(year, 2, last))
    found = client.get(f"/kalender/{year}/2/").context["weeks"]
    inside = [day.date for week in found for day in week if not day.is_outside]
    assert (len(inside), inside[-1]) == (last, date(year, 2, last))
    assert len(found) == weeks


def test_the_new_year_follows_december(client):
    RaceFactory(first_day=date(2026, 12, 5))
    RaceFactory(first_day=date(2027, 1, 9))
    december, january = client.get("/kalender/2026/12/"), client.get("/kalender/2027/1/")
    assert 'rel="next" href="/kalender/2027/1/"' in december.text
    assert 'rel="prev" href="/kalender/2026/12/"' in january.text


def test_the_months_end_one_before_the_first_race_and_one_after_the_last(client):
    RaceFactory(first_day=date(2026, 1, 10))
    RaceFactory(first_day=date(2026, 12, 30), last_day=date(2027, 1, 2))
    for month in ("2025/12", "2026/1", "2026/6", "2027/2"):
        assert client.get(f"/kalender/{month}/").status_code == 200
    for month in ("2025/11", "2027/3", "2026/0", "2026/13", "0/1", "9999/12", "1899/12"):
        assert client.get(f"/kalender/{month}/").status_code == 404
    assert 'rel="prev"' not in client.get("/kalender/2025/12/").text
    assert 'rel="next"' not in client.get("/kalender/2027/2/").text


def test_without_a_race_there_is_no_month(client):
    today = timezone.localdate()
    assert client.get(f"/kalender/{today.year}/{today.month}/").status_code == 404
    assert client.get("/kalender/").context["month"] is None


def test_an_empty_month_says_so_and_leads_to_the_nearest_races(client):
    RaceFactory(first_day=date(2026, 3, 10))
    RaceFactory(first_day=date(2026, 9, 10))
    text = client.get("/kalender/2026/6/").text
    assert "Kein Rennen in diesem Monat" in text
    assert 'href="/kalender/2026/3/">das letzte davor: März 2026' in text
    assert 'href="/kalender/2026/9/">das nächste: September 2026' in text
    assert '<meta name="robots" content="noindex">' in text
    assert "<table" not in text
    assert "noindex" not in client.get("/kalender/2026/9/").text


class Table(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.tags = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))


@pytest.mark.parametrize(
    ("address", "caption", "monday"),
    [
        ("/kalender/2026/11/", "Rennen im November 2026", "Montag"),
        ("/en/calendar/2026/11/", "Races in November 2026", "Monday"),
    ],
)
def test_the_month_is_a_table_whose_weeks_begin_on_monday(client, address, caption, monday):
    RaceFactory(first_day=date(2026, 11, 28))
    text = client.get(address).text
    tags = Table(text).tags
    heads = [attrs["scope"] for tag, attrs in tags if tag == "th"]
    names = [attrs["title"] for tag, attrs in tags if tag == "abbr"]
    assert heads == ["col"] * 7
    assert names[0] == monday
    assert f"<caption>{caption}" in text
    assert len([tag for tag, _attrs in tags if tag == "td"]) == 6 * 7


def test_a_month_leads_to_its_other_language_and_to_the_list(client):
    RaceFactory(first_day=date(2026, 11, 28))
    text = client.get("/kalender/2026/11/").text
    assert 'hreflang="en" href="http://testserver/en/calendar/2026/11/"' in text
    assert '<a href="/kalender/">Liste</a>' in text
    assert 'href="/kalender/2026/11/" aria-current="page">Monat' in text


@pytest.mark.parametrize(("months_away", "expected"), [(-4, -3), (0, 0), (5, 4)])
def test_the_list_leads_to_this_month_or_the_nearest_there_is(client, months_away, expected):
    today = timezone.localdate()

    def first_of(away):
        months = today.year * 12 + today.month - 1 + away
        return date(months // 12, months % 12 + 1, 1)

    RaceFactory(first_day=first_of(months_away))
    month = first_of(expected)
    assert f'href="/kalender/{month.year}/{month.month}/"' in client.get("/kalender/").text


def test_what_is_off_open_or_moved_says_so(client):
    # Far ahead: of a race that is over nobody is told that it moved.
    day = date(2094, 6, 19)
    start = datetime(2094, 6, 19, 12, tzinfo=BERLIN)
    RaceFactory(name="Abgesagtes", first_day=day, state=Race.State.CANCELLED)
    moved = RaceFactory(name="Verlegtes", first_day=day, moved_from=date(2094, 4, 12))
    SessionFactory(race=moved, starts_at=start, time_known=False)
    SessionFactory(race=moved, kind="practice", starts_at=start, cancelled=True)
    other = RaceFactory(first_day=day)
    SessionFactory(race=other, starts_at=start, moved_from=start - timedelta(hours=3))
    text = client.get("/kalender/2094/6/").text
    assert "<del>Abgesagtes</del></a> <small>Abgesagt</small>" in text
    assert "verlegt, war Mo, 12. April 2094" in text
    assert "Rennen <small>Uhrzeit offen</small>" in text
    assert "<del>Freies Training</del> <small>Abgesagt</small>" in text
    assert "Rennen <small>verlegt, war Sa 09:00</small>" in text


def test_a_race_that_was_driven_shows_our_place_whether_or_not_its_time_is_recorded(client):
    ours = DriverFactory(ours=True)
    for day, start in ((5, datetime(2014, 4, 5, 12, tzinfo=BERLIN)), (12, None)):
        race = RaceFactory(first_day=date(2014, 4, day))
        result_list = ClassificationFactory(session=SessionFactory(race=race, starts_at=start))
        ResultFactory(classification=result_list, entry=EntryFactory(race=race, drivers=[ours]), position=day)
    text = client.get("/kalender/2014/4/").text
    assert ">P5</span>" in text and ">P12</span>" in text
    assert "Uhrzeit offen" not in text


def test_a_month_costs_the_same_for_one_race_or_twenty(client, django_assert_num_queries):
    ours = DriverFactory(ours=True)
    client.get("/")
    for number in range(20):
        race = RaceFactory(first_day=date(2026, 6, 1) + timedelta(days=number))
        session = SessionFactory(race=race, starts_at=datetime(2026, 6, 1 + number, 12, tzinfo=BERLIN))
        result_list = ClassificationFactory(session=session)
        ResultFactory(classification=result_list, entry=EntryFactory(race=race, drivers=[ours]))
    with django_assert_num_queries(6):
        client.get("/kalender/2026/6/")
