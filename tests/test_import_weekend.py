"""Several lists of one weekend: its cars and crews are one set."""

from dataclasses import replace

import pytest

from news.models import Entry
from news.timing.plan import plan_import
from news.timing.rows import Person, ResultFile, Row
from news.timing.store import Origin, store
from tests.factories import SessionFactory

pytestmark = pytest.mark.django_db

JENS, CLAUDIA = Person("Jens", "Klingmann", "DE"), Person("Claudia", "Hürtgen", "DE")
CAR = Row(line=2, number="20", position=1, team="Schubert", car="BMW Z4 GT3", crew=(JENS, CLAUDIA))


@pytest.fixture
def race():
    return SessionFactory(kind="race", label="1")


def planned(session, row, timed=False):
    file = ResultFile("sheet", timed=timed, rows=(row,), states=frozenset({"position"}))
    return plan_import(session, file, state="provisional")


def crew_of(plan):
    store(plan, Origin("liste.csv", b"bytes"))
    return [driver.last_name for driver in Entry.objects.with_crew().get(number="20").crew_drivers]


def test_a_list_of_lap_times_that_names_who_set_the_time_leaves_the_others_in_the_car(race):
    store(planned(race, CAR), Origin())
    qualifying = SessionFactory(race=race.race, kind="qualifying")
    assert crew_of(planned(qualifying, replace(CAR, crew=(CLAUDIA,)), timed=True)) == ["Klingmann", "Hürtgen"]


def test_a_list_of_lap_times_may_bring_somebody_who_was_not_in_the_car(race):
    store(planned(race, replace(CAR, crew=(JENS,))), Origin())
    qualifying = SessionFactory(race=race.race, kind="qualifying")
    assert crew_of(planned(qualifying, CAR, timed=True)) == ["Klingmann", "Hürtgen"]


def test_a_race_list_says_anew_who_was_in_the_car(race):
    store(planned(race, CAR), Origin())
    assert crew_of(planned(race, replace(CAR, crew=(CLAUDIA,)))) == ["Hürtgen"]


def test_a_change_that_reaches_another_race_of_the_weekend_is_said(race):
    store(planned(race, CAR), Origin())
    second = SessionFactory(race=race.race, kind="race", label="2")
    assert planned(second, CAR).warnings == []

    (said,) = planned(second, replace(CAR, car="BMW M4 GT3", crew=(CLAUDIA,))).warnings
    changes = "BMW Z4 GT3 → BMW M4 GT3; Jens Klingmann, Claudia Hürtgen → Claudia Hürtgen"
    assert "#20" in said and race.title in said and changes in said


def test_a_change_within_the_only_race_of_the_weekend_is_no_warning(race):
    store(planned(SessionFactory(race=race.race, kind="qualifying"), CAR, timed=True), Origin())
    assert planned(race, replace(CAR, car="BMW M4 GT3", crew=(CLAUDIA,))).warnings == []
