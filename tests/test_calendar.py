"""The calendar page: what comes, what was, what moved, and where to subscribe to it."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

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
from tests.forms import complaints, filled_in

pytestmark = pytest.mark.django_db

FRIDAY = datetime(2026, 11, 27, 14, 30, tzinfo=UTC)


def in_days(days):
    return timezone.localdate() + timedelta(days=days)


def weekend(**fields):
    race = RaceFactory(
        name="Langstrecke", first_day=date(2026, 11, 27), last_day=date(2026, 11, 28), **fields
    )
    SessionFactory(race=race, kind="qualifying", label="1", starts_at=FRIDAY, planned_minutes=60)
    SessionFactory(race=race, starts_at=FRIDAY + timedelta(hours=20), planned_minutes=240)
    return race


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
    assert race.is_upcoming() == Race.objects.upcoming().exists()


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


@pytest.mark.parametrize("address", ["/kalender/", "/kalender/2014/4/"])
def test_the_calendar_can_be_subscribed_to(client, address):
    RaceFactory()
    text = client.get(address).text
    assert 'href="webcal://testserver/kalender.ics"' in text
    assert 'href="/kalender.ics"' in text


def later(client, **fields):
    """The race after the next one, as the page lists it."""
    RaceFactory(first_day=in_days(1))
    race = RaceFactory(first_day=in_days(9), **fields)
    return race, client.get("/kalender/")


def test_a_moved_race_says_where_it_was(client):
    day = in_days(5)
    words = f"{['Mo', 'Di', 'Mi', 'Do', 'Fr', 'Sa', 'So'][day.weekday()]}, {day.day}. "
    race, _page = later(client, moved_from=day)
    assert f"verlegt, war {words}" in client.get("/kalender/").text
    assert "moved, was" in client.get("/en/calendar/").text
    race.state = Race.State.CANCELLED
    race.save()
    assert "verlegt, war" not in client.get("/kalender/").text


@pytest.mark.parametrize("days", [1, 9])
def test_a_moved_session_says_when_it_was_and_a_cancelled_one_is_struck_through(client, days):
    start = timezone.now().replace(hour=10, minute=0) + timedelta(days=days)
    if days == 9:
        RaceFactory(first_day=in_days(1))
    race = RaceFactory(first_day=in_days(days), last_day=in_days(days + 1))
    SessionFactory(race=race, kind="sprint", starts_at=start, moved_from=start - timedelta(hours=1))
    SessionFactory(race=race, starts_at=start + timedelta(hours=5), cancelled=True)
    text = client.get("/kalender/").text
    assert "verlegt, war " in text
    assert "<del>Rennen</del>" in text and "Abgesagt" in text


def test_a_start_whose_time_is_open_says_so(client):
    race, _page = later(client)
    start = timezone.now() + timedelta(days=9)
    SessionFactory(race=race, starts_at=start, time_known=False)
    assert "Uhrzeit offen" in client.get("/kalender/").text


def test_later_races_lead_to_stream_timing_and_tickets(client):
    links = {f"{name}_url": f"https://{name}.example/" for name in ("stream", "timing", "tickets")}
    _race, page = later(client, **links)
    for link in links.values():
        assert f'href="{link}"' in page.text


def test_the_countdown_runs_to_the_race_that_is_still_to_be_driven(client):
    race = RaceFactory(first_day=in_days(-1), last_day=in_days(1))
    now = timezone.now()
    first, second = (
        SessionFactory(race=race, label=label, starts_at=now + timedelta(hours=hours), planned_minutes=60)
        for label, hours in (("1", -3), ("2", 4))
    )
    SessionFactory(race=race, label="0", starts_at=now + timedelta(hours=1), cancelled=True)
    assert client.get("/kalender/").context["next_start"] == second
    assert client.get("/").context["next_start"] == second
    assert race.next_start(at=now - timedelta(days=1)) == first
    assert race.next_start(at=now + timedelta(days=1)) == second


def test_home_and_calendar_name_the_same_next_race(client):
    RaceFactory(first_day=in_days(1), state=Race.State.CANCELLED)
    RaceFactory(first_day=in_days(2), state=Race.State.POSTPONED)
    race = RaceFactory(first_day=in_days(3))
    assert client.get("/").context["next_race"] == client.get("/kalender/").context["next_race"] == race
    assert Race.objects.upcoming().first() == race


def test_the_page_hands_start_and_end_of_a_session_to_the_script(client):
    start = timezone.now().replace(microsecond=0) + timedelta(days=2)
    race = RaceFactory(first_day=in_days(1), last_day=in_days(4))
    SessionFactory(race=race, starts_at=start, planned_minutes=30)
    text = client.get("/kalender/").text
    end = start + timedelta(minutes=30)
    assert f'data-begins="{start.isoformat()}" data-ends="{end.isoformat()}"' in text


def test_the_calendar_costs_the_same_for_one_race_or_forty(client, django_assert_max_num_queries):
    client.get("/kalender/")
    for n in range(20):
        weekend(slug=f"vergangen-{n}")
        SessionFactory(race=RaceFactory(first_day=in_days(n)), starts_at=FRIDAY)
    with django_assert_max_num_queries(9):
        client.get("/kalender/")


@pytest.mark.parametrize(
    ("address", "file"),
    [
        ("/rennen/{race.year}/{race.slug}/", "/rennen/{race.year}/{race.slug}.ics"),
        ("/ergebnisse/{race.year}/", "/ergebnisse/{race.year}/kalender.ics"),
    ],
)
def test_a_race_and_a_season_can_be_subscribed_to(client, address, file):
    race = RaceFactory(first_day=in_days(3))
    text = client.get(address.format(race=race)).text
    assert f'href="webcal://testserver{file.format(race=race)}"' in text
    assert f'href="{file.format(race=race)}"' in text


def test_the_editor_empties_the_former_day_and_the_former_start(admin_client):
    start = timezone.now() + timedelta(days=3)
    race = RaceFactory(first_day=in_days(3), moved_from=in_days(1))
    session = SessionFactory(race=race, starts_at=start, moved_from=start - timedelta(hours=1))
    for row, empty in ((race, {"moved_from": ""}), (session, {"moved_from": ""})):
        page = f"/admin/news/{row._meta.model_name}/{row.pk}/change/"
        assert complaints(admin_client.post(page, filled_in(admin_client.get(page), **empty))) == {}
        row.refresh_from_db()
        assert row.moved_from is None
