"""Championship tables as the series published them."""

from dataclasses import replace
from decimal import Decimal

import pytest

from news.models import Driver, Standing
from news.timing.plan import CHANGED, UNCHANGED
from news.timing.read import read
from news.timing.rows import BadFile, Person, ResultFile, StandingRow, StandingsFile
from news.timing.sheet import UnknownColumns
from news.timing.standings import plan_standings, store_standings
from news.timing.store import Origin
from news.timing.undo import undo
from tests.factories import DriverFactory, SeasonFactory, StandingFactory, TeamFactory

pytestmark = pytest.mark.django_db

JENS = StandingRow(2, 1, Decimal("12.5"), Person("Jens", "Klingmann", "DE"), team="Schubert", number="20")
DIRK = StandingRow(3, 2, Decimal(9), Person("Dirk", "Werner", "DE"), team="Schubert", number="19")
TEAM = StandingRow(2, 1, Decimal(21), team="Schubert")


@pytest.fixture
def season():
    return SeasonFactory()


def imported(season, *rows, final=True):
    plan = plan_standings(season, StandingsFile("alkamel", rows), final=final)
    return store_standings(plan, Origin("tabelle.csv", b"bytes"))


def table(season):
    return list(
        season.standings.order_by("position").values_list("driver__last_name", "team__name", "points")
    )


def test_a_table_becomes_standings_with_exact_points(season):
    imported(season, JENS, DIRK)
    assert table(season) == [("Klingmann", "Schubert", Decimal("12.5")), ("Werner", "Schubert", Decimal(9))]


SHEET = """Meisterschaft nach Lauf 2
Platz\tFahrer\tTeam\tSiege\tPunkte
1.\tKlingmann, Jens\tSchubert\t1\t12,5
2.\tDirk Werner / Sven Müller\tSchubert\t0\t9
"""


def test_a_pasted_sheet_of_names_and_points_is_a_table(season):
    file = read(SHEET.encode(), standings=True)
    store_standings(plan_standings(season, file, final=False), Origin())
    points = {row[0]: row[2] for row in table(season)}
    assert points == {"Klingmann": Decimal("12.5"), "Werner": 9, "Müller": 9}


def test_a_pasted_table_of_teams_needs_no_drivers(season):
    (row,) = read(b"Pos;Team;Points\n1;Schubert;21\n", standings=True).rows
    assert (row.driver, row.team, row.points) == (None, "Schubert", Decimal(21))


def test_a_pasted_result_list_is_no_table(season):
    file = read(b"Pos;Nr;Fahrer;Runden;Punkte\n1;20;Jens Klingmann;12;25\n", standings=True)
    assert isinstance(file, ResultFile)


def test_a_table_without_points_asks_which_column_holds_them():
    with pytest.raises(UnknownColumns):
        read(b"Pos;Fahrer;Gesamt\n1;Jens Klingmann;25\n", standings=True)


def test_a_line_of_a_table_that_names_nobody_is_refused():
    with pytest.raises(BadFile, match="3"):
        read(b"Pos;Fahrer;Punkte\n1;Jens Klingmann;25\n2;;18\n", standings=True)


def test_the_same_table_twice_changes_nothing(season):
    imported(season, JENS, DIRK)
    before = list(Standing.objects.values())
    assert imported(season, JENS, DIRK) is None
    assert list(Standing.objects.values()) == before


def test_two_spellings_of_one_driver_in_a_table_are_refused(season):
    DriverFactory(first_name="Jens", last_name="Klingmann", country="DE")
    with pytest.raises(BadFile, match="2 und 3"):
        imported(season, JENS, replace(DIRK, driver=Person("J.", "Klingmann")))


def test_an_undone_table_leaves_out_who_is_gone_meanwhile(season):
    gone = StandingFactory(season=season, driver=DriverFactory(last_name="Weg"), position=1).driver
    imported(season, JENS)
    gone.delete()
    undo(season.imports.get())
    assert not season.standings.exists()


def test_a_newer_table_says_what_changed_and_keeps_notes(season):
    jens = DriverFactory(first_name="Jens", last_name="Klingmann")
    StandingFactory(season=season, driver=jens, position=3, points=6, note_de="Bester Neuling")
    plan = plan_standings(season, StandingsFile("alkamel", (JENS,)), final=True)
    assert plan.lines[0].what == CHANGED and plan.moves == ["Jens Klingmann: 3 → 1"]
    store_standings(plan, Origin())
    row = season.standings.get()
    assert (row.position, row.note_de) == (1, "Bester Neuling")


def test_a_table_of_teams_leaves_that_of_the_drivers_alone(season):
    imported(season, JENS, DIRK)
    imported(season, TEAM)
    assert sorted(row[0] or "" for row in table(season)) == ["", "Klingmann", "Werner"]


def test_who_is_missing_in_the_new_table_goes_from_the_season(season):
    imported(season, JENS, DIRK)
    imported(season, JENS)
    assert [row[0] for row in table(season)] == ["Klingmann"]


def test_one_driver_twice_in_a_class_is_refused_in_two_classes_not(season):
    with pytest.raises(BadFile, match="Jens Klingmann"):
        imported(season, JENS, replace(JENS, line=9))
    imported(season, JENS, replace(JENS, line=9, car_class="Junior"))
    assert season.standings.count() == 2


def test_an_undone_table_leaves_the_one_before(season):
    TeamFactory(name="Schubert")
    jens = DriverFactory(first_name="Jens", last_name="Klingmann")
    StandingFactory(season=season, driver=jens, position=3, points=Decimal("0.142857"), note_en="Rookie")
    before = list(Standing.objects.values())
    log = imported(season, JENS, DIRK)
    undo(log)
    assert [row | {"id": 0} for row in Standing.objects.values()] == [row | {"id": 0} for row in before]
    assert list(Driver.objects.all()) == [jens]


def test_a_running_table_is_not_final(season):
    imported(season, JENS, final=False)
    assert not season.standings.get().final
    plan = plan_standings(season, StandingsFile("alkamel", (JENS,)), final=True)
    assert plan.counts[UNCHANGED] == 1 and not plan.is_as_before
