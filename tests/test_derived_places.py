"""What follows from whole lists: pole, fastest lap and places, and where nothing certain follows."""

import pytest

from news.derived import results_changed
from news.models import Result
from tests.factories import ClassificationFactory, EntryFactory, RaceFactory, ResultFactory, SessionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def race():
    return RaceFactory()


def cars(race, *classes):
    return [EntryFactory(race=race, car_class=car_class) for car_class in classes]


def run(race, entries, kind="race", label="", **values):
    """The list of a session; each value is one for all cars or a list of one for each."""
    session = SessionFactory(race=race, kind=kind, label=label)
    classification = ClassificationFactory(session=session)
    for n, entry in enumerate(entries):
        said = {name: value[n] if isinstance(value, list) else value for name, value in values.items()}
        Result.objects.create(classification=classification, entry=entry, **{"position": n + 1} | said)
    results_changed([race])
    return classification


def derived(classification, name):
    return list(classification.results.order_by("pk").values_list(name, flat=True))


def test_pole_follows_from_the_one_qualifying(race):
    one, two = cars(race, "SP9", "SP9")
    run(race, [two, one], kind="qualifying")
    assert derived(run(race, [one, two]), "is_pole") == [False, True]


def test_the_first_of_a_slower_class_has_no_pole_where_classes_qualified_by_themselves(race):
    slow, fast = cars(race, "GTD", "GTP")
    run(race, [slow, fast], kind="qualifying")
    assert derived(run(race, [fast, slow]), "is_pole") == [None, None]


def test_the_first_of_the_fastest_class_has_pole(race):
    slow, fast, other = cars(race, "GTD", "GTP", "gtp")
    run(race, [other, fast, slow], kind="qualifying")
    assert derived(run(race, [fast, other, slow]), "is_pole") == [False, True, False]


@pytest.mark.parametrize("kind", ["qualifying", "top_qualifying"])
def test_a_second_qualifying_without_a_list_leaves_pole_open(race, kind):
    SessionFactory(race=race, kind=kind, label="GTP")
    entries = cars(race, "", "")
    run(race, entries, kind="qualifying", label="GTD")
    assert derived(run(race, entries), "is_pole") == [None, None]


def test_of_two_races_each_has_the_pole_of_its_own_qualifying(race):
    one, two = cars(race, "", "")
    run(race, [one, two], kind="qualifying", label="1")
    run(race, [two, one], kind="qualifying", label="2")
    first, second = (run(race, [one, two], label=label) for label in "12")
    assert (derived(first, "is_pole"), derived(second, "is_pole")) == ([True, False], [False, True])


def test_of_two_races_after_one_qualifying_nobody_knows_whose_grid_it_set(race):
    entries = cars(race, "", "")
    run(race, entries, kind="qualifying")
    first = run(race, entries, kind="qualifying_race")
    second = run(race, entries)
    assert derived(first, "is_pole") + derived(second, "is_pole") == [None] * 4


def test_who_had_pole_and_did_not_start_had_pole(race):
    entries = cars(race, "", "")
    values = {"grid": ["1", "2"], "position": [None, 1], "status": ["not_started", "finished"]}
    assert derived(run(race, entries, **values), "is_pole") == [True, False]


def test_a_car_out_at_once_needs_no_best_lap(race):
    entries = cars(race, "", "", "")
    values = {
        "laps": [30, 30, 3],
        "best_lap_ms": [90500, 90100, None],
        "status": ["finished", "finished", "retired"],
    }
    assert derived(run(race, entries, **values), "is_fastest_lap") == [False, True, False]


def test_a_car_that_drove_and_has_no_best_lap_leaves_the_fastest_lap_open(race):
    values = {"laps": [30, 30, 4], "best_lap_ms": [90500, 90100, None]}
    assert derived(run(race, cars(race, "", "", ""), **values), "is_fastest_lap") == [None] * 3


@pytest.mark.parametrize("status", ["disqualified", "excluded"])
def test_who_lost_the_result_lost_the_fastest_lap(race, status):
    entries = cars(race, "", "")
    values = {
        "laps": 30,
        "best_lap_ms": [90500, 90100],
        "position": [1, None],
        "status": ["finished", status],
    }
    assert derived(run(race, entries, **values), "is_fastest_lap") == [True, False]


def test_after_a_dead_heat_the_next_place_is_left_out_in_the_class_too(race):
    entries = cars(race, "GT", "GT", "GT")
    assert derived(run(race, entries, position=[1, 1, 3]), "place_in_class") == [1, 1, 3]


def test_when_the_winner_is_disqualified_those_behind_move_up_in_the_new_list_alone(race):
    one, two, three = cars(race, "GT", "TC", "GT")
    provisional = run(race, [one, two, three])
    amended = ClassificationFactory(session=provisional.session, state="amended")
    for entry, position, status in (
        (two, 1, "finished"),
        (three, 2, "finished"),
        (one, None, "disqualified"),
    ):
        ResultFactory(classification=amended, entry=entry, position=position, status=status)
    assert derived(amended, "place_in_class") == [1, 1, None]
    assert derived(provisional, "place_in_class") == [1, 1, 2]
