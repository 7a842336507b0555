"""What a race and its sessions remember of their changes, and how far a session has got."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from news.models import Classification, Race, Session
from tests.factories import (
    CircuitFactory,
    ClassificationFactory,
    RaceFactory,
    SessionFactory,
)

pytestmark = pytest.mark.django_db

# Far ahead: of a race that is over nobody is told that it moved.
NOON = datetime(2097, 5, 1, 10, tzinfo=UTC)


def changed(row, **values):
    """The row as it is stored after somebody has opened, changed and saved it."""
    row = type(row).objects.get(pk=row.pk)
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    row.refresh_from_db()
    return row


@pytest.fixture
def race():
    return RaceFactory(
        name="Sechs Stunden",
        first_day=date(2097, 4, 30),
        last_day=date(2097, 5, 2),
        circuit=CircuitFactory(time_zone="Europe/Berlin"),
    )


@pytest.fixture
def session(race):
    return SessionFactory(race=race, starts_at=NOON, planned_minutes=360)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("name", "Acht Stunden"),
        ("name_en", "Six hours"),
        ("label_de", "Test"),
        ("label_en", "Test"),
        ("state", "cancelled"),
        ("state", "postponed"),
        ("first_day", date(2097, 5, 1)),
        ("last_day", date(2097, 5, 3)),
        ("stream_url", "https://stream.example/"),
        ("timing_url", "https://timing.example/"),
        ("tickets_url", "https://tickets.example/"),
        ("circuit", None),
    ],
)
def test_what_a_calendar_shows_of_a_race_counts_up(race, name, value):
    assert race.sequence == 0
    assert changed(race, **{name: value}).sequence == 1
    assert changed(race, **{name: value}).sequence == 1


@pytest.mark.parametrize(
    ("name", "value"),
    [("starters", 50), ("short_name", "6h"), ("slug", "anders"), ("moved_from", date(2097, 4, 1))],
)
def test_what_no_calendar_shows_of_a_race_does_not_count(race, name, value):
    assert changed(race, **{name: value}).sequence == 0


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("kind", Session.Kind.SPRINT),
        ("label", "1"),
        ("starts_at", NOON + timedelta(minutes=5)),
        ("time_known", False),
        ("planned_minutes", 240),
        ("cancelled", True),
    ],
)
def test_what_a_calendar_shows_of_a_session_counts_up(session, name, value):
    assert changed(session, **{name: value}).sequence == 1
    assert changed(session, **{name: value}).sequence == 1


@pytest.mark.parametrize(("name", "value"), [("order", 3), ("planned_laps", 20), ("moved_from", NOON)])
def test_what_no_calendar_shows_of_a_session_does_not_count(session, name, value):
    assert changed(session, **{name: value}).sequence == 0


def test_the_same_instant_in_another_zone_is_no_change(session, race):
    assert changed(session, starts_at=NOON.astimezone(race.zone)).sequence == 0


def test_a_row_read_long_ago_still_counts_from_what_is_stored(race):
    old = Race.objects.get(pk=race.pk)
    changed(race, name="Zwei")
    old.name = "Drei"
    old.save()
    assert old.sequence == 2


def test_who_writes_only_some_fields_writes_what_follows_from_them(race, session):
    race.name, race.first_day = "Anders", date(2097, 5, 1)
    race.save(update_fields=["name", "first_day"])
    Session.objects.update_or_create(pk=session.pk, defaults={"starts_at": NOON + timedelta(hours=1)})
    race.refresh_from_db()
    session.refresh_from_db()
    assert (race.sequence, race.moved_from) == (1, date(2097, 4, 30))
    assert (session.sequence, session.moved_from) == (1, NOON)


def test_a_new_row_asks_for_no_stored_one_and_an_existing_one_once(race, django_assert_num_queries):
    session = Session(race=race, starts_at=NOON)
    with django_assert_num_queries(1):
        session.save()
    session.starts_at += timedelta(hours=1)
    with django_assert_num_queries(2):
        session.save()


def test_a_race_remembers_the_day_that_was_announced_first(race):
    assert race.moved_from is None
    assert changed(race, first_day=date(2097, 5, 1)).moved_from == date(2097, 4, 30)
    assert changed(race, first_day=date(2097, 5, 2)).moved_from == date(2097, 4, 30)
    assert changed(race, first_day=date(2097, 4, 30)).moved_from is None


def test_a_race_that_only_grows_longer_has_not_moved(race):
    assert changed(race, last_day=date(2097, 5, 3)).moved_from is None


def test_an_editor_empties_or_writes_the_former_day(race):
    changed(race, first_day=date(2097, 5, 1))
    assert changed(race, moved_from=None).moved_from is None
    assert changed(race, name="Anders").moved_from is None
    assert changed(race, moved_from=date(2097, 3, 1)).moved_from == date(2097, 3, 1)
    assert changed(race, first_day=date(2097, 5, 2)).moved_from == date(2097, 3, 1)
    assert changed(race, first_day=date(2097, 4, 29), moved_from=None).moved_from is None


def test_a_race_of_the_archive_is_corrected_and_not_moved():
    race = RaceFactory(first_day=date(2014, 4, 6))
    session = SessionFactory(race=race, starts_at=datetime(2014, 4, 6, 10, tzinfo=UTC))
    assert changed(session, starts_at=datetime(2014, 4, 6, 11, tzinfo=UTC)).moved_from is None
    race = changed(race, first_day=date(2014, 4, 5))
    assert (race.moved_from, race.sequence) == (None, 1)


def test_a_postponed_race_whose_day_has_passed_moves_to_its_new_day(race):
    day = timezone.localdate() - timedelta(days=3)
    race = RaceFactory(first_day=day, state=Race.State.POSTPONED)
    later = day + timedelta(days=30)
    moved = changed(race, first_day=later, last_day=later, state=Race.State.CONFIRMED)
    assert (moved.moved_from, moved.was_on) == (day, day)


def test_a_former_day_matters_until_the_race_is_over_or_called_off(race):
    race.moved_from = date(2097, 4, 1)
    assert race.was_on == date(2097, 4, 1)
    race.state = Race.State.CANCELLED
    assert race.was_on is None
    race.state, race.first_day, race.last_day = Race.State.CONFIRMED, date(2014, 4, 6), date(2014, 4, 6)
    assert race.was_on is None


def test_a_session_remembers_the_start_that_was_announced_first(session):
    assert changed(session, starts_at=NOON + timedelta(hours=1)).moved_from == NOON
    assert changed(session, starts_at=NOON + timedelta(hours=2)).moved_from == NOON
    assert changed(session, starts_at=NOON).moved_from is None
    assert changed(session, time_known=False).moved_from == NOON
    assert changed(session, time_known=True).moved_from is None
    changed(session, starts_at=NOON + timedelta(hours=2))
    assert changed(session, moved_from=None).moved_from is None


def test_a_start_that_becomes_known_has_not_moved(race):
    session = SessionFactory(race=race, starts_at=NOON, time_known=False)
    assert changed(session, starts_at=NOON + timedelta(hours=3), time_known=True).moved_from is None
    other = SessionFactory(race=race, kind="sprint")
    assert changed(other, starts_at=NOON).moved_from is None


def test_a_moved_race_speaks_for_its_sessions(session, race):
    session = changed(session, starts_at=NOON + timedelta(hours=1))
    assert (session.was_at, session.was_at.hour) == (NOON, 12)
    race.moved_from = date(2097, 4, 1)
    race.save()
    assert Session.objects.get(pk=session.pk).was_at is None


@pytest.mark.parametrize(
    ("minutes_after_start", "phase"),
    [(-1, "planned"), (0, "under_way"), (359, "under_way"), (360, "finished"), (9999, "finished")],
)
def test_the_clock_tells_how_far_a_session_has_got(session, minutes_after_start, phase):
    assert session.phase(at=NOON + timedelta(minutes=minutes_after_start)) == phase


def test_a_session_of_unknown_length_is_not_under_way_for_ever(race):
    session = SessionFactory(race=race, starts_at=NOON, planned_laps=20)
    assert session.phase(at=NOON + timedelta(minutes=90)) == "under_way"
    assert session.phase(at=NOON + timedelta(hours=3)) == "finished"


@pytest.mark.parametrize("starts_at", [datetime(2097, 5, 2, 12, tzinfo=UTC), None])
def test_without_a_time_the_day_at_the_track_decides(race, starts_at):
    session = SessionFactory(race=race, starts_at=starts_at, time_known=False)
    midnight = datetime(2097, 5, 2, 22, tzinfo=UTC)
    assert session.phase(at=midnight - timedelta(minutes=1)) == "planned"
    assert session.phase(at=midnight) == "finished"


@pytest.mark.parametrize("state", Classification.State.values)
def test_a_result_list_says_more_than_the_clock(session, state):
    ClassificationFactory(session=session, state="provisional")
    ClassificationFactory(session=session, state=state)
    assert session.phase(at=NOON - timedelta(days=1)) == state


def test_what_is_called_off_is_so_whatever_the_clock_says(session, race):
    after = NOON + timedelta(days=9)
    race.state = Race.State.POSTPONED
    session.race = race
    assert session.phase(at=after) == "postponed"
    race.state = Race.State.CANCELLED
    assert session.phase(at=after) == "cancelled"
    race.state = Race.State.CONFIRMED
    session.cancelled = True
    ClassificationFactory(session=session)
    assert session.phase(at=after) == "cancelled"


def test_sessions_of_a_list_know_their_phase_without_asking(race, session, django_assert_num_queries):
    ClassificationFactory(session=session, state="official")
    SessionFactory(race=race, kind="qualifying", starts_at=NOON)
    (loaded,) = Race.objects.with_sessions()
    with django_assert_num_queries(0):
        assert [each.phase(at=NOON) for each in loaded.sessions.all()] == ["official", "under_way"]
    assert Session.objects.get(pk=session.pk).phase(at=NOON) == "official"
