"""The calendar: its page, and the files that other programs read it from."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from icalendar import Calendar

from news.models import Race, Session
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

FRIDAY = datetime(2026, 11, 27, 14, 30, tzinfo=UTC)


def in_days(days):
    return timezone.localdate() + timedelta(days=days)


def events(client, address="/kalender.ics"):
    response = client.get(address)
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    return Calendar.from_ical(response.content).walk("VEVENT")


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
    zones = Calendar.from_ical(client.get("/kalender.ics").content).walk("VTIMEZONE")
    assert {zone["TZID"] for zone in zones} == {"America/New_York", "Europe/Berlin"}


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


def test_a_race_through_the_change_of_the_clocks_keeps_its_length(client):
    race = RaceFactory(circuit=CircuitFactory(time_zone="Europe/Berlin"))
    start = datetime(2026, 10, 24, 22, 0, tzinfo=ZoneInfo("Europe/Berlin"))
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
    assert {event.decoded("LAST-MODIFIED") for event in after} == {race.updated_at.replace(microsecond=0)}


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
    content = client.get("/kalender.ics").content
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    (event,) = Calendar.from_ical(content).walk("VEVENT")
    assert (event["SUMMARY"], event["LOCATION"]) == (name, "A,B;C")
    assert "https://stream.example.org/?a=1,2;b" in event["DESCRIPTION"]


def test_a_race_has_a_file_of_its_own(client):
    race = weekend()
    RaceFactory()
    found = events(client, "/rennen/2026/langstrecke.ics")
    assert {event["URL"] for event in found} == {"http://testserver" + race.get_absolute_url()}
    assert client.get("/rennen/2025/langstrecke.ics").status_code == 404


def test_an_empty_calendar_is_still_a_calendar(client):
    assert events(client) == []


def test_the_page_of_an_empty_calendar_says_so(client):
    assert "Noch kein Termin" in client.get("/kalender/").text


def test_the_next_race_is_the_first_that_takes_place(client):
    RaceFactory(name="Abgesagtes", first_day=in_days(1), state=Race.State.CANCELLED)
    RaceFactory(name="Verlegtes", first_day=in_days(2), state=Race.State.POSTPONED)
    later = RaceFactory(name="Späteres", first_day=in_days(9))
    following = RaceFactory(name="Kommendes", first_day=in_days(3))
    response = client.get("/kalender/")
    assert response.context["next_race"] == following
    assert response.context["later"][-1] == later
    assert "<del>" in response.text
    assert "Abgesagt" in response.text
    assert "Verschoben" in response.text


def test_a_race_of_today_is_still_ahead(client):
    today = RaceFactory(first_day=in_days(0))
    yesterday = RaceFactory(first_day=in_days(-1))
    context = client.get("/kalender/").context
    assert context["next_race"] == today
    assert [race for _year, races in context["past"] for race, _lines in races] == [yesterday]


@pytest.mark.parametrize("state", Race.State.values)
@pytest.mark.parametrize(("first", "last"), [(-3, -1), (-1, 0), (0, 0), (0, 2), (1, 2)])
def test_a_race_at_hand_and_the_queryset_agree_on_what_is_now(first, last, state):
    race = RaceFactory(first_day=in_days(first), last_day=in_days(last), state=state)
    assert race.is_under_way() == Race.objects.under_way().exists()
    assert race.is_over() == Race.objects.past().exists()
    assert race.is_over() != Race.objects.to_come().exists()


def test_past_races_stand_by_year_with_our_results(client):
    ours = DriverFactory(ours=True)
    race = RaceFactory(first_day=date(2014, 4, 6))
    line = ResultFactory(
        classification=ClassificationFactory(session=SessionFactory(race=race)),
        entry=EntryFactory(race=race, drivers=[ours]),
        position=2,
    )
    older = RaceFactory(first_day=date(2013, 4, 6))
    response = client.get("/kalender/")
    assert response.context["past"] == [(2014, [(race, [line])]), (2013, [(older, [])])]
    assert '<span class="code podium" aria-hidden="true">P2</span>' in response.text


def test_sessions_stand_in_the_time_of_the_track(client):
    race = RaceFactory(first_day=in_days(3), circuit=CircuitFactory(time_zone="America/New_York"))
    start = datetime.combine(in_days(3), datetime.min.time(), ZoneInfo("America/New_York")) + timedelta(
        hours=9
    )
    SessionFactory(race=race, kind=Session.Kind.QUALIFYING, starts_at=start)
    assert f'datetime="{start.isoformat()}"' in client.get("/kalender/").text


def test_the_calendar_can_be_subscribed_to(client):
    text = client.get("/kalender/").text
    assert 'href="webcal://testserver/kalender.ics"' in text
    assert 'href="/kalender.ics"' in text


def test_the_calendar_costs_the_same_for_one_race_or_forty(client, django_assert_max_num_queries):
    client.get("/kalender/")
    for n in range(20):
        weekend(slug=f"vergangen-{n}")
        SessionFactory(race=RaceFactory(first_day=in_days(n)), starts_at=FRIDAY)
    with django_assert_max_num_queries(9):
        client.get("/kalender/")
