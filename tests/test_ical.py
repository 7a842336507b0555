"""The calendar file that other programs read: entries, zones, escaping; parsed back, and read by other libraries."""

from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
import recurring_ical_events
from dateutil.tz import tzical
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from news import ical
from news.models import Race
from tests.factories import CircuitFactory, RaceFactory, SessionFactory

pytestmark = pytest.mark.django_db

FRIDAY = datetime(2026, 11, 27, 14, 30, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")
ZONES = [
    "Europe/Berlin",
    "Europe/London",
    "America/New_York",
    "Australia/Adelaide",
    "Africa/Casablanca",
    "Asia/Tokyo",
    "America/Sao_Paulo",
    "UTC",
]
# What a form field takes: any text without line breaks and other control characters, and something to be seen.
NAMES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=140).filter(str.strip)
IN_SPRING = st.datetimes(datetime(2026, 3, 7, 22), datetime(2026, 4, 6, 12))
IN_AUTUMN = st.datetimes(datetime(2026, 9, 26), datetime(2026, 11, 2))


def file_of(client, address="/kalender.ics"):
    response = client.get(address)
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    return response.content


def events(client, address="/kalender.ics"):
    return Calendar.from_ical(file_of(client, address)).walk("VEVENT")


def written(race):
    """The file of one race, for tests that write many."""
    return ical.calendar_of(Race.objects.filter(pk=race.pk).with_sessions(), "Kalender")


@contextmanager
def undone():
    """For tests that write rows again and again: whatever comes of it, the next one finds none."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def weekend(**fields):
    race = RaceFactory(
        name="Langstrecke", first_day=date(2026, 11, 27), last_day=date(2026, 11, 28), **fields
    )
    SessionFactory(race=race, kind="qualifying", label="1", starts_at=FRIDAY, planned_minutes=60)
    SessionFactory(race=race, starts_at=FRIDAY + timedelta(hours=20), planned_minutes=240)
    return race


def test_each_session_is_an_entry_in_the_time_of_the_track(client):
    weekend(circuit=CircuitFactory(name="Raceway", place="Dorf", time_zone="America/New_York"))
    qualifying, race = events(client)
    assert qualifying["SUMMARY"] == "Langstrecke: Zeittraining 1"
    assert qualifying.decoded("DTSTART") == FRIDAY
    assert qualifying["DTSTART"].params["TZID"] == "America/New_York"
    assert qualifying.decoded("DTSTART").hour == 9
    assert qualifying.decoded("DTEND") - qualifying.decoded("DTSTART") == timedelta(minutes=60)
    assert race["LOCATION"] == "Raceway, Dorf"


def test_the_file_brings_the_time_zones_that_it_names(client):
    weekend(circuit=CircuitFactory(time_zone="America/New_York"))
    weekend(circuit=CircuitFactory(time_zone="Europe/Berlin"), slug="zweites")
    zones = Calendar.from_ical(file_of(client)).walk("VTIMEZONE")
    assert {zone["TZID"] for zone in zones} == {"America/New_York", "Europe/Berlin"}


@pytest.mark.parametrize("name", [name for name in ZONES if name != "UTC"])
def test_a_reader_that_knows_zones_only_from_the_file_reads_the_right_instants(name):
    """Hour by hour through the nights in which clocks change somewhere; dateutil reads the file's own VTIMEZONE."""
    race = RaceFactory(circuit=CircuitFactory(time_zone=name))
    SessionFactory(race=race, starts_at=datetime(2026, 1, 2, tzinfo=UTC))
    SessionFactory(race=race, kind="sprint", starts_at=datetime(2026, 12, 30, tzinfo=UTC))
    zone = tzical(StringIO(written(race).decode())).get(name)
    for start in ((2026, 2, 14), (2026, 3, 7), (2026, 3, 21), (2026, 3, 28), (2026, 10, 3), (2026, 10, 24)):
        for hour in range(48):
            local = (datetime(*start, tzinfo=UTC) + timedelta(hours=hour)).astimezone(ZoneInfo(name))
            # An hour that the clocks show twice stands in UTC; one that they skip cannot be met here.
            if not local.fold:
                assert local.replace(tzinfo=zone).utcoffset() == local.utcoffset(), local


def test_the_spring_change_is_noted_by_the_clocks_before_it(client):
    """RFC 5545, 3.6.5: at 02:00 the clocks go to 03:00, and 02:00 is what stands there."""
    SessionFactory(
        race=RaceFactory(circuit=CircuitFactory(time_zone="Europe/Berlin")),
        starts_at=datetime(2026, 3, 28, 16, tzinfo=BERLIN),
    )
    (summer,) = Calendar.from_ical(file_of(client)).walk("DAYLIGHT")
    assert summer.decoded("DTSTART") == datetime(2026, 3, 29, 2)
    assert summer.decoded("TZOFFSETFROM") == timedelta(hours=1)


@pytest.mark.parametrize("first", [True, False])
def test_a_start_in_the_hour_that_comes_twice_is_told_apart(client, first):
    start = datetime(2026, 10, 25, 0, 30, tzinfo=UTC) + timedelta(hours=0 if first else 1)
    race = RaceFactory(circuit=CircuitFactory(time_zone="Europe/Berlin"))
    SessionFactory(race=race, starts_at=start)
    (event,) = events(client)
    assert event.decoded("DTSTART").astimezone(UTC) == start
    assert event["DTSTART"].to_ical() == (b"20261025T023000" if first else b"20261025T013000Z")


def test_an_end_in_the_hour_that_comes_twice_takes_its_start_along(client):
    """Else recurring_ical_events, which counts by the clocks, finds it an hour late."""
    start = datetime(2026, 10, 24, 20, tzinfo=UTC)
    race = RaceFactory(circuit=CircuitFactory(time_zone="Europe/Berlin"))
    SessionFactory(race=race, starts_at=start, planned_minutes=5 * 60)
    (event,) = recurring_ical_events.of(Calendar.from_ical(file_of(client))).at("20261025")
    assert event.decoded("DTEND").astimezone(UTC) == start + timedelta(hours=5)


def test_a_race_without_known_times_fills_its_days(client):
    race = RaceFactory(first_day=date(2027, 6, 19), last_day=date(2027, 6, 22))
    SessionFactory(race=race, starts_at=datetime(2027, 6, 21, tzinfo=UTC), time_known=False)
    SessionFactory(race=race, kind="practice")
    (event,) = events(client)
    assert (event.decoded("DTSTART"), event.decoded("DTEND")) == (date(2027, 6, 19), date(2027, 6, 23))


def test_a_race_whose_own_start_is_open_keeps_its_days_beside_the_known_sessions(client):
    race = RaceFactory()
    SessionFactory(race=race, kind="qualifying", starts_at=FRIDAY)
    SessionFactory(race=race)
    assert [type(event.decoded("DTSTART")) for event in events(client)] == [date, datetime]


def test_a_session_of_which_only_the_day_is_known_fills_its_day_beside_the_race(client):
    race = RaceFactory(circuit=CircuitFactory(time_zone="Asia/Tokyo"))
    # Saturday at the track, still Friday in UTC.
    SessionFactory(
        race=race, kind="qualifying", starts_at=datetime(2026, 11, 27, 20, tzinfo=UTC), time_known=False
    )
    SessionFactory(race=race, starts_at=FRIDAY + timedelta(days=2))
    open_one, _race = events(client)
    assert (open_one.decoded("DTSTART"), open_one.decoded("DTEND")) == (
        date(2026, 11, 28),
        date(2026, 11, 29),
    )
    assert open_one["SUMMARY"] == f"{race}: Zeittraining (Uhrzeit offen)"


def test_a_race_through_the_change_of_the_clocks_keeps_its_length(client):
    race = RaceFactory(circuit=CircuitFactory(time_zone="Europe/Berlin"))
    start = datetime(2026, 10, 24, 22, 0, tzinfo=BERLIN)
    SessionFactory(race=race, starts_at=start, planned_minutes=360)
    (event,) = events(client)
    assert event.decoded("DTEND").astimezone(UTC) - start.astimezone(UTC) == timedelta(hours=6)
    assert event.decoded("DTEND").hour == 3


def test_an_entry_keeps_its_key_and_tells_of_its_change(client):
    race = weekend()
    before = [event["UID"] for event in events(client)]
    race.name, race.slug = "Anders", "anders"
    race.save()
    after = events(client)
    assert [event["UID"] for event in after] == before
    assert len(set(before)) == 2
    assert {event["SEQUENCE"] for event in after} == {1}
    for stamp in ("LAST-MODIFIED", "DTSTAMP"):
        assert {event.decoded(stamp) for event in after} == {race.updated_at.replace(microsecond=0)}


def test_a_changed_session_tells_of_it_in_its_own_entry_only(client):
    race = weekend()
    session = race.sessions.get(kind="race")
    session.planned_minutes = 360
    session.save()
    race.state = Race.State.CANCELLED
    race.save()
    qualifying, main = events(client)
    assert (qualifying["SEQUENCE"], main["SEQUENCE"]) == (1, 2)
    Race.objects.update(updated_at=datetime(2020, 1, 1, tzinfo=UTC))
    qualifying, main = events(client)
    assert main.decoded("LAST-MODIFIED") == session.updated_at.replace(microsecond=0)


@pytest.mark.parametrize(
    ("state", "status", "summary"),
    [
        ("planned", "TENTATIVE", "Langstrecke: Rennen"),
        ("confirmed", "CONFIRMED", "Langstrecke: Rennen"),
        ("postponed", "TENTATIVE", "Verschoben: Langstrecke: Rennen"),
        ("cancelled", "CANCELLED", "Abgesagt: Langstrecke: Rennen"),
    ],
)
def test_an_entry_tells_whether_the_race_takes_place(client, state, status, summary):
    weekend(state=state)
    event = events(client)[1]
    assert (event["STATUS"], event["SUMMARY"]) == (status, summary)


def test_a_session_that_is_called_off_stays_and_says_so(client):
    race = weekend()
    race.sessions.filter(kind="qualifying").update(cancelled=True)
    qualifying, main = events(client)
    assert (qualifying["STATUS"], main["STATUS"]) == ("CANCELLED", "CONFIRMED")
    assert qualifying["SUMMARY"] == "Abgesagt: Langstrecke: Zeittraining 1"


def test_the_english_file_speaks_english_and_leads_to_english_pages(client):
    weekend(name_en="Endurance race")
    event = events(client, "/en/calendar.ics")[1]
    assert event["SUMMARY"] == "Endurance race: Race"
    assert event["URL"] == "http://testserver/en/races/2026/langstrecke/"


def test_no_name_breaks_the_file(client):
    name = "Straße; Ring, „Nacht“ \\ 24 h" + " sehr" * 18
    RaceFactory(
        name=name, circuit=CircuitFactory(name="A,B;C"), stream_url="https://stream.example.org/?a=1,2;b"
    )
    content = file_of(client)
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    (event,) = Calendar.from_ical(content).walk("VEVENT")
    assert (event["SUMMARY"], event["LOCATION"]) == (name, "A,B;C")
    assert "https://stream.example.org/?a=1,2;b" in event["DESCRIPTION"]


@given(name=NAMES, place=NAMES, label=NAMES)
@settings(max_examples=60, deadline=None)
def test_any_text_comes_back_as_it_went(name, place, label):
    with undone():
        circuit = CircuitFactory(name=place[:100], place="")
        content = written(RaceFactory(name=name, slug="a", label_de=label[:40], circuit=circuit))
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert content.count(b"\r\n") == content.count(b"\n")
    (event,) = Calendar.from_ical(content).walk("VEVENT")
    assert (event["SUMMARY"], event["LOCATION"], event["DESCRIPTION"]) == (name, place[:100], label[:40])


@given(
    zone=st.sampled_from(ZONES),
    starts=st.lists(IN_SPRING | IN_AUTUMN, min_size=1, max_size=4),
    minutes=st.integers(1, 24 * 60),
)
@settings(max_examples=60, deadline=None)
def test_every_instant_comes_back_through_two_readers(zone, starts, minutes):
    wanted = {}
    with undone():
        race = RaceFactory(circuit=CircuitFactory(time_zone=zone))
        for number, start in enumerate(starts):
            start = start.replace(microsecond=0, tzinfo=UTC)
            session = SessionFactory(race=race, label=str(number), starts_at=start, planned_minutes=minutes)
            wanted[f"session-{session.pk}@testserver"] = (start, start + timedelta(minutes=minutes))
        calendar = Calendar.from_ical(written(race))
    for found in (calendar.walk("VEVENT"), recurring_ical_events.of(calendar).between(2026, 2027)):
        read = {event["UID"]: (event.decoded("DTSTART"), event.decoded("DTEND")) for event in found}
        assert {uid: tuple(moment.astimezone(UTC) for moment in span) for uid, span in read.items()} == wanted


def test_what_a_day_at_the_track_brings_is_found_by_another_library(client):
    """The night of the change of the clocks in Daytona: the qualifying before midnight, the race after it."""
    circuit = CircuitFactory(time_zone="America/New_York")
    zone = circuit.zone
    race = RaceFactory(circuit=circuit, first_day=date(2026, 3, 7), last_day=date(2026, 3, 8))
    SessionFactory(race=race, kind="qualifying", starts_at=datetime(2026, 3, 7, 23, 30, tzinfo=zone))
    SessionFactory(race=race, starts_at=datetime(2026, 3, 8, 3, 15, tzinfo=zone), planned_minutes=60)
    calendar = recurring_ical_events.of(Calendar.from_ical(file_of(client)))
    (saturday,), (sunday,) = calendar.at("20260307"), calendar.at("20260308")
    assert saturday.decoded("DTSTART").astimezone(UTC) == datetime(2026, 3, 8, 4, 30, tzinfo=UTC)
    assert sunday.decoded("DTSTART").astimezone(UTC) == datetime(2026, 3, 8, 7, 15, tzinfo=UTC)


def test_a_race_has_a_file_of_its_own(client):
    race = weekend()
    RaceFactory()
    found = events(client, "/rennen/2026/langstrecke.ics")
    assert {event["URL"] for event in found} == {"http://testserver" + race.get_absolute_url()}
    assert client.get("/rennen/2025/langstrecke.ics").status_code == 404


@pytest.mark.parametrize("address", ["/ergebnisse/2026/kalender.ics", "/en/results/2026/calendar.ics"])
def test_a_season_has_a_file_of_its_own(client, address):
    weekend()
    RaceFactory(name="Nächstes Jahr", first_day=date(2027, 5, 1))
    assert len(events(client, address)) == 2
    assert client.get(address.replace("2026", "2025")).status_code == 404


def test_who_has_the_file_already_gets_a_short_answer(client):
    race = weekend()
    answer = client.get("/kalender.ics")
    assert answer["Cache-Control"] == "public, no-cache"
    again = client.get("/kalender.ics", headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    race.state = Race.State.CANCELLED
    race.save()
    assert client.get("/kalender.ics", headers={"If-None-Match": answer["ETag"]}).status_code == 200


def test_an_empty_calendar_is_still_a_calendar(client):
    assert events(client) == []
