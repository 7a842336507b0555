"""Ergast and Jolpica: races, sprint races, qualifyings and championship tables; parts of them are refused."""

import json
from copy import deepcopy
from decimal import Decimal
from pathlib import Path

import pytest
from django.utils import translation

from news.times import Gap
from news.timing.ergast import parse
from news.timing.rows import BadFile, Person

DATA = Path(__file__).parent / "data"


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def text_of(name):
    return (DATA / f"ergast-{name}.json").read_text()


def cars(name):
    return {row.number: row for row in parse(text_of(name)).rows}


def changed(name, *path, value):
    """The file with another value at this path; below the one race or the one table."""
    answer = json.loads(text_of(name))
    part = answer["MRData"]
    for step in path[:-1]:
        part = part[step]
    part[path[-1]] = value
    return json.dumps(answer)


RACE = ("RaceTable", "Races", 0)
WINNER = (*RACE, "Results", 0)


def problems(text):
    with pytest.raises(BadFile) as bad:
        parse(text)
    return bad.value.problems


def test_half_a_character_in_the_file_is_none_in_the_message():
    (problem,) = problems('{"MRData": {"\\ud800Table": {}}}')
    assert problem.encode()


def test_a_race_is_read_with_the_winner_and_everything_that_the_file_says_of_him():
    file = parse(text_of("race"))
    assert (file.provider, file.timed, file.title) == ("ergast", False, "Lakeland Grand Prix 2031")
    winner = file.rows[0]
    assert (winner.number, winner.position, winner.status, winner.classified) == ("1", 1, "finished", True)
    assert (winner.laps, winner.total_time_ms, winner.gap) == (71, 5133607, Gap())
    assert (winner.best_lap_ms, winner.best_lap_number, winner.grid) == (67312, 71, "1")
    assert winner.points == Decimal("12.5")
    assert winner.crew == (Person("Asta", "Lövelund", "DK"),)
    assert (winner.team, winner.car, winner.car_class) == ("North Star Racing", "", "")


def test_gaps_are_those_of_the_list_and_seconds_of_a_lapped_car_are_none():
    assert [cars("race")[number].gap for number in ("16", "0", "44", "7")] == [
        Gap(ms=5155),
        Gap(ms=79456),
        Gap(laps=1),
        Gap(),
    ]


@pytest.mark.parametrize(
    ("number", "status", "note"),
    [
        ("27", "retired", "Gearbox"),
        ("77", "disqualified", ""),
        ("5", "excluded", ""),
        ("18", "not_classified", ""),
        ("31", "withdrawn", ""),
        ("32", "not_started", "Did not qualify"),
        ("33", "not_started", "Did not start"),
    ],
)
def test_a_letter_beside_the_numeric_position_means_no_place(number, status, note):
    row = cars("race")[number]
    assert (row.position, row.status, row.classified, row.note) == (None, status, False, note)


def test_who_retired_late_is_placed_all_the_same():
    row = cars("race")["21"]
    assert (row.position, row.status, row.classified, row.note) == (6, "retired", True, "Engine")


def test_who_is_disqualified_in_words_alone_has_no_place():
    text = changed("race", *RACE, "Results", 2, "status", value="Disqualified")
    row = parse(text).rows[2]
    assert (row.position, row.status) == (None, "disqualified")


def test_grid_0_is_the_pit_lane_and_for_who_did_not_start_nothing():
    assert [cars("race")[number].grid for number in ("0", "31", "32")] == ["pit lane", "", ""]


def test_the_fastest_lap_is_stated_by_its_rank():
    rows = cars("race")
    assert [rows[number].fastest_lap for number in ("16", "1", "18")] == [True, False, None]


def test_a_best_lap_beyond_the_laps_driven_loses_its_number_with_a_warning():
    file = parse(changed("race", *WINNER, "FastestLap", "lap", value="72"))
    assert (file.rows[0].best_lap_ms, file.rows[0].best_lap_number) == (67312, None)
    assert "lap 72 cannot be the best of 71 laps" in file.warnings[0]


def test_a_sprint_race_is_a_race_and_no_rank_states_no_fastest_lap():
    file = parse(text_of("sprint"))
    assert not file.timed
    assert [(row.position, row.grid, row.fastest_lap) for row in file.rows] == [
        (1, "1", None),
        (2, "pit lane", None),
        (None, "2", None),
    ]


def test_a_qualifying_counts_the_last_part_that_a_driver_took_part_in():
    file = parse(text_of("qualifying"))
    assert file.timed
    assert [row.best_lap_ms for row in file.rows] == [66900, 67001, 67700, 68200, 68900, None]
    assert [row.position for row in file.rows] == [1, 2, 3, 4, 5, 6]


def test_a_file_states_only_what_it_holds():
    assert {"laps", "grid", "points", "fastest_lap", "crew", "team"} <= parse(text_of("race")).states
    assert parse(text_of("race")).states.isdisjoint({"car", "pole", "class_position"})
    assert parse(text_of("qualifying")).states.isdisjoint({"laps", "grid", "points", "fastest_lap"})


def test_drivers_who_shared_a_car_are_one_car_with_the_points_of_both():
    answer = json.loads(text_of("race"))
    rows = answer["MRData"]["RaceTable"]["Races"][0]["Results"]
    other = deepcopy(rows[0])
    other["Driver"] |= {"givenName": "Olga", "familyName": "Other"}
    rows.insert(1, other)
    file = parse(json.dumps(answer))
    assert [person.last_name for person in file.rows[0].crew] == ["Lövelund", "Other"]
    assert file.rows[0].points == Decimal(25)
    assert len(file.rows) == 13


def test_a_place_that_two_cars_have_is_doubted():
    file = parse(changed("qualifying", *RACE, "QualifyingResults", 2, "position", value="2"))
    assert "Place 2 stands in lines 2, 3." in file.warnings


def test_a_row_that_stands_twice_is_refused():
    rows = json.loads(text_of("race"))["MRData"]["RaceTable"]["Races"][0]["Results"]
    (problem,) = problems(changed("race", *RACE, "Results", value=[rows[0], *rows]))
    assert "Number 1 stands in lines 1, 2" in problem


def test_one_car_on_two_rows_is_refused():
    (problem,) = problems(changed("race", *RACE, "Results", 1, "number", value="1"))
    assert "Number 1 stands in lines 1, 2" in problem


def test_a_page_of_a_season_is_refused_with_how_much_it_holds():
    several, page = problems(text_of("page"))
    assert "holds 2 races" in several
    assert "holds 5 of 440 rows" in page


def test_a_page_of_one_race_is_refused():
    (problem,) = problems(changed("race", "total", value="20"))
    assert "holds 13 of 20 rows" in problem


def test_the_rows_of_one_driver_are_no_race():
    (problem,) = problems(changed("race", "RaceTable", "driverId", value="hale"))
    assert "only the rows of one “driverId”" in problem


def test_a_list_that_begins_further_down_is_refused_and_one_with_a_hole_warns():
    rows = json.loads(text_of("qualifying"))["MRData"]["RaceTable"]["Races"][0]["QualifyingResults"]
    text = changed("qualifying", *RACE, "QualifyingResults", value=rows[2:])
    (problem,) = problems(text.replace('"total": "6"', '"total": "4"'))
    assert "begins at place 3" in problem
    text = changed("qualifying", *RACE, "QualifyingResults", value=[rows[0], *rows[2:]])
    file = parse(text.replace('"total": "6"', '"total": "5"'))
    assert "Place 2 is missing" in file.warnings[0]


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        ((*WINNER, "position"), "first", "Row 1, position: “first” is not a whole number"),
        ((*WINNER, "positionText"), "X", "Row 1, positionText: “X” is no status"),
        ((*WINNER, "positionText"), "4", "Row 1, positionText: “4” is not the place"),
        ((*WINNER, "laps"), "9" * 30, "Row 1, laps"),
        ((*WINNER, "laps"), 10**40, "Row 1, laps"),
        ((*WINNER, "points"), "1e5", "Row 1, points: “1e5” is not a number of points"),
        ((*WINNER, "Time", "millis"), "-5", "Row 1, Time.millis"),
        ((*WINNER, "FastestLap", "Time", "time"), "8.31", "Row 1, FastestLap.Time.time: “8.31” can be read"),
        ((*WINNER, "number"), "1234567", "Row 1, number: “1234567…” is too long"),
        ((*WINNER, "number"), True, "Row 1, number: here a text is expected"),
        ((*WINNER, "Driver", "familyName"), "<b>Hale</b>", "Row 1, Driver.familyName"),
        ((*WINNER, "Constructor", "name"), "=HYPERLINK(1)", "Row 1, Constructor.name"),
    ],
)
def test_a_bad_cell_is_named_with_its_row(path, value, said):
    assert problems(changed("race", *path, value=value))[0].startswith(said)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"races": []}', "begin with “MRData”"),
        ("[1, 2]", "begin with “MRData”"),
        ('{"MRData": {"CircuitTable": {}}}', "holds no results, but “CircuitTable”"),
        ('{"MRData": {"RaceTable": {"Races": [{"Laps": []}]}}}', "holds no results, but “Laps”"),
        ('{"MRData": {"RaceTable": {"Races": []}}}', "The answer is empty"),
        ('{"MRData": {"RaceTable": {"Races": [3]}}}', "“Races” is missing"),
        ('{"MRData": {"RaceTable": {"Races": [{"Results": []}]}}}', "has no rows"),
        ('{"MRData": {"RaceTable": {"Races": [' + "{}," * 2000 + "{}]}}}", "more than 2000 rows"),
        ('{"MRData": {"RaceTable": {"Races": [{"Results": [{}]}]}}}', "neither a car number nor a driver"),
        ('{"MRData": {"StandingsTable": {"StandingsLists": []}}}', "The answer is empty"),
        ('{"MRData": {"total": NaN}}', "“NaN” in place of a number"),
        ('{"MRData": {"total": -Infinity}}', "“-Infinity” in place of a number"),
        ('{"MRData":\n {"total": }}', "broken in line 2, column 12"),
        ("[" * 100_000, "nested deeper"),
        ('{"a":' * 100_000, "nested deeper"),
    ],
)
def test_what_is_no_result_list_is_refused_with_a_sentence(text, said):
    assert said in problems(text)[0]


def test_a_table_of_drivers_is_read_with_its_round_and_the_last_team():
    file = parse(text_of("drivers"))
    assert (file.title, file.after_round) == ("2031", 9)
    assert [(row.position, row.points, row.wins) for row in file.rows] == [
        (1, Decimal("187.5"), 5),
        (2, Decimal(150), 3),
        (None, Decimal(0), 0),
        (None, Decimal(0), 0),
    ]
    assert file.rows[1].driver == Person("Bram", "de Brix", "NL")
    assert file.rows[1].team == "Kite GP"


def test_a_table_of_teams_is_read_and_an_excluded_team_has_no_place():
    first, excluded = parse(text_of("constructors")).rows
    assert (first.team, first.driver, first.points) == ("North Star Racing", None, Decimal("300.5"))
    assert (excluded.position, excluded.points) == (None, Decimal(210))


def test_several_tables_and_a_page_of_one_are_refused():
    lists = json.loads(text_of("drivers"))["MRData"]["StandingsTable"]["StandingsLists"]
    (problem,) = problems(changed("drivers", "StandingsTable", "StandingsLists", value=lists * 2))
    assert "holds 2 championship tables" in problem
    (problem,) = problems(changed("drivers", "total", value="34"))
    assert "holds 4 of 34 rows" in problem
