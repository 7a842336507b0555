"""Al Kamel CSV with every quirk of real files: kinds, numbers, drivers, times, and what is refused and why."""

from decimal import Decimal
from pathlib import Path

import pytest
from django.utils import translation

from news.models import Result
from news.times import Gap
from news.timing import alkamel
from news.timing.rows import BadFile, Person
from news.timing.tables import decode, table_of

DATA = Path(__file__).parent / "data"


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def text_of(name):
    return (DATA / f"alkamel-{name}.csv").read_bytes().decode()


def parsed(text):
    table = table_of(decode(text if isinstance(text, bytes) else text.encode()))
    assert alkamel.matches(table.header)
    return alkamel.parse(table)


def rows_of(name):
    return {row.number: row for row in parsed(text_of(name)).rows}


def problems(text):
    with pytest.raises(BadFile) as bad:
        parsed(text)
    return bad.value.problems


def test_a_race_is_read_with_all_its_fields():
    file = parsed(text_of("race"))
    row = file.rows[0]
    assert (file.provider, file.timed, file.title, file.state) == ("alkamel", False, "", "")
    assert (row.line, row.number, row.position, row.status, row.classified) == (2, "89", 1, "finished", True)
    assert (row.laps, row.total_time_ms, row.gap) == (120, 86479952, Gap())
    assert (row.best_lap_ms, row.best_lap_number) == (108362, 88)
    assert (row.team, row.car, row.car_class, row.cup) == ("Muster Motorsport", "BMW Z4 GT3", "GTDPRO", "Pro")
    said = "number position status classified laps total_time_ms gap best_lap_ms best_lap_number team car car_class"
    assert file.states == {*said.split(), "cup", "crew"}


def test_a_crew_of_five_keeps_its_order_and_names_as_people_write_them():
    assert rows_of("race")["89"].crew == (
        Person("Erika", "Muster", "DE"),
        Person("Max", "Hürtgen", "CH"),
        Person("Ina", "van der Beispiel", "NL"),
        Person("Ole", "VeeKay", "DK"),
        Person("Tom", "McLaren", "GB"),
    )


def test_one_person_can_sit_in_two_cars():
    rows = rows_of("race")
    assert Person("Max", "Hürtgen", "CH") in rows["89"].crew
    assert Person("Max", "Hürtgen", "CH") in rows["3"].crew


def test_an_unknown_country_stays_unknown():
    assert rows_of("race")["03"].crew == (Person("Uwe", "Wert", ""),)
    assert rows_of("race")["21"].crew == (Person("Lea", "Test", "IT"),)


def test_a_seat_that_nobody_is_named_for_is_empty():
    assert rows_of("race")["55"].crew == ()


def test_numbers_are_text():
    assert [row.number for row in parsed(text_of("race")).rows] == "89 007 3 03 66A 21 44 55".split()


def test_gaps_are_times_or_laps():
    gaps = [row.gap for row in parsed(text_of("race")).rows]
    assert gaps == [
        Gap(),
        Gap(ms=467),
        Gap(ms=79718),
        Gap(laps=1),
        Gap(laps=8),
        Gap(laps=120),
        Gap(laps=80),
        Gap(),
    ]


def test_the_ends_of_a_race_are_told_apart():
    rows = rows_of("race")
    said = {number: (rows[number].position, rows[number].status, rows[number].classified) for number in rows}
    assert said["66A"] == (5, "retired", True), "who retired and is placed drove far enough"
    assert said["21"] == (6, "finished", True), "a car without a lap can be classified"
    assert said["44"] == (None, "not_classified", False)
    assert said["55"] == (None, "not_started", False)
    assert {row.status for row in rows.values()} <= set(Result.Status.values)


def test_who_did_not_start_has_no_place():
    file = parsed(text_of("race").replace("\n;55;Not started", "\n7;55;Not started"))
    assert file.rows[-1].position is None
    assert "Line 9: the car did not start, so its place 7 is left out." in file.warnings


def test_lap_zero_is_no_best_lap():
    row = rows_of("race")["21"]
    assert (row.best_lap_ms, row.best_lap_number, row.laps) == (None, None, 0)


def test_two_spellings_of_a_class_are_one_class():
    file = parsed(text_of("race"))
    assert [row.car_class for row in file.rows[:3]] == ["GTDPRO", "GTDPRO", "GTD"]
    assert "Class GTDPro was read as GTDPRO: one class in two spellings." in file.warnings


def test_the_cup_stands_in_group_or_division_and_other_words_there_are_none():
    cups = {number: row.cup for number, row in rows_of("race").items()}
    assert cups["89"] == "Pro" and cups["007"] == "Pro-Am" and cups["03"] == "Bronze Cup"
    assert cups["3"] == "", "B and GR Cup say something else"


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbf" + text_of("race").replace("\n", "\r\n").encode(),
        text_of("race").encode("utf-16"),
        text_of("race").encode("cp1252"),
        text_of("race").replace(";", ",").encode(),
        text_of("race").replace(";", "\t").encode(),
        text_of("race").replace(";\n", "\n").encode(),
    ],
    ids=["mark-and-crlf", "utf-16", "windows-1252", "commas", "tabs", "ragged"],
)
def test_the_same_file_in_another_dress_is_the_same(data):
    assert parsed(data).rows == parsed(text_of("race")).rows


def test_a_republished_file_writes_places_with_a_point_and_names_in_one_cell():
    rows = rows_of("republished")
    assert [row.position for row in rows.values()] == [1, 2, None]
    assert rows["51"].team == "Alpha, Beta & Co"
    assert rows["51"].total_time_ms == 21655856 and rows["51"].best_lap_ms == 228362
    assert rows["51"].crew == (
        Person("Erika", "Muster"),
        Person("Max", "Hürtgen"),
        Person("Ina", "Beispiel"),
    )
    assert rows["88"].crew == (Person("Renger", "van der Beispiel"), Person("Li", "Ye"))
    assert (rows["88"].status, rows["88"].classified, rows["88"].cup) == ("retired", False, "Pro/Am")


def test_qualifying_is_timed_and_a_deleted_lap_takes_its_gap_along():
    file = parsed(text_of("qualifying"))
    first, second, deleted, none = file.rows
    assert file.timed
    assert (first.best_lap_ms, first.best_lap_number, first.laps) == (99748, 5, 9)
    assert (second.gap, second.cup, second.crew) == (
        Gap(ms=557),
        "Legends",
        (Person("Karl", "Sedan", "DE"),),
    )
    assert (deleted.best_lap_ms, deleted.best_lap_number, deleted.gap) == (None, None, Gap())
    assert file.warnings == ("Line 4 has a gap and no time: the gap is left out.",)
    assert (none.best_lap_ms, none.laps) == (None, 0)
    assert "total_time_ms" not in file.states and "grid" not in file.states


def test_results_by_class_have_places_in_class_and_no_gaps_to_the_overall_leader():
    file = parsed(text_of("class"))
    assert [(row.position, row.class_position) for row in file.rows] == [(1, 1), (3, 2), (2, 1), (4, 2)]
    assert [row.gap for row in file.rows] == [Gap()] * 4
    assert file.rows[0].total_time_ms == 2801553 and not file.timed
    assert file.rows[1].crew == (Person("Karl", "Sedan"), Person("Max", "Hürtgen"))


def test_results_of_one_class_keep_their_gaps():
    one = text_of("class").replace("\nAm;", "\nPro;").replace("Pro;2;1;", "Pro;2;2;")
    assert parsed(one).rows[1].gap == Gap(ms=427)


def test_places_that_are_those_in_class_are_no_places_overall():
    text = (
        text_of("class").replace("Pro;3;2", "Pro;2;2").replace("Am;2;1", "Am;1;1").replace("Am;4;2", "Am;2;2")
    )
    file = parsed(text)
    assert [(row.position, row.class_position) for row in file.rows] == [
        (None, 1),
        (None, 2),
        (None, 1),
        (None, 2),
    ]
    assert "The file counts places in the classes only: places overall stay open." in file.warnings


def test_whole_milliseconds_are_read_where_all_times_are_such():
    file = parsed(text_of("milliseconds"))
    assert [row.total_time_ms for row in file.rows] == [2801553, 2801723, 2805000]
    assert [row.gap for row in file.rows] == [Gap(), Gap(ms=170), Gap(laps=1)]
    assert [row.best_lap_ms for row in file.rows] == [99748, 100305, None]
    assert "Times are written as whole numbers: they were read as milliseconds." in file.warnings
    mixed = problems(text_of("milliseconds").replace("2801553", "46:41.553"))
    assert mixed[0].startswith("Line 2, column FL_TIME: “99748” is not a time.")


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("1:48.362", "1:13.24.325", "Line 2, column FL_TIME: “1:13.24.325” is not a time."),
        ("24:01:19.952", "1:39:12:830", "Line 2, column TOTAL_TIME: “1:39:12:830” is not a time."),
        ("+0.467;+0.467", "-0.467;", "Line 3, column GAP_FIRST: “-0.467” is not a time."),
        ("\n3;3;", "\nthird;3;", "Line 4, column POSITION: “third” is no status that we know."),
        ("\n3;3;", "\n1.5;3;", "Line 4, column POSITION: “1.5” is not a whole number from 0 to 999."),
        (
            ";120;24:01:19",
            ";many;24:01:19",
            "Line 2, column LAPS: “many” is not a whole number from 0 to 9999.",
        ),
        (";88;1:48", ";121;1:48", "Line 2, column FL_LAPNUM: lap 121 is none of the 120 laps driven."),
        ("\n1;89;", "\n1;;", "Line 2, column NUMBER: the car has no number."),
        ("\n1;89;", "\n1;1234567;", "Line 2, column NUMBER: “1234567…” is too long: 6 characters at most."),
        ("Team Zwei", "=HYPERLINK(1)", "Line 3, column TEAM: “=HYPERLINK(1)” looks like a formula."),
        ("Team Zwei", "@SUM(1)", "Line 3, column TEAM: “@SUM(1)” looks like a formula."),
        ("Team Zwei", "+cmd|x", "Line 3, column TEAM: “+cmd|x” looks like a formula."),
        (
            "Sedan",
            "<b>Sedan</b>",
            "Line 3, column DRIVER1_SECONDNAME: “<b>Sedan</b>” is no name: it holds markup.",
        ),
        (
            "Sedan",
            "s" * 81,
            "Line 3, column DRIVER1_SECONDNAME: “ssssssssssssssssssssssssssssss…” is too long",
        ),
        ("Aston Martin Vantage", "A" * 81, "Line 3, column VEHICLE: “AAAA"),
        ("Classified;119", "Gone;119", "Line 5, column STATUS: “Gone” is no status that we know."),
        ("4;03;", "4;3;", "Number 3 stands in lines 4, 5: one car has one line."),
        ("Italy;;\n", "Italy;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;x\n", "Line 7 has more cells than the header."),
    ],
)
def test_a_bad_cell_is_reported_with_its_place_and_nothing_is_guessed(old, new, problem):
    assert any(each.startswith(problem) for each in problems(text_of("race").replace(old, new, 1)))


def test_all_problems_are_said_at_once():
    text = text_of("race").replace("1:48.362", "1:13.24.325").replace("Karl;Sedan", "<i>;Sedan")
    assert len(problems(text)) == 2


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("laps", "the lap analysis (23_)"),
        ("weather", "the weather report (26_)"),
        ("best-laps", "the list of best laps (99_)"),
        ("standings", "a championship table"),
    ],
)
def test_a_file_without_results_is_refused_by_its_kind(name, kind):
    (problem,) = problems(text_of(name))
    assert problem.startswith(f"This is {kind}")
    assert "00_, 03_ or 05_" in problem


def test_a_file_that_lacks_a_column_is_refused_by_the_columns_name():
    assert "lacks NUMBER" in problems(text_of("race").replace(";NUMBER;", ";NO;"))[0]


def test_a_header_alone_is_no_result():
    assert problems(text_of("race").splitlines()[0]) == ("The file holds a header and no results.",)


def test_a_place_given_twice_is_a_warning():
    file = parsed(text_of("race").replace("\n4;03;", "\n3;03;"))
    assert "Place 3 stands in lines 4, 5." in file.warnings


def test_a_championship_table_is_read():
    table = table_of(text_of("standings"))
    assert alkamel.is_standings(table.header)
    file = alkamel.parse_standings(table)
    first, second, third = file.rows
    assert (first.position, first.points, first.driver) == (
        1,
        Decimal("37.5"),
        Person("Erika", "Muster", "DE"),
    )
    assert (second.number, second.team, second.car_class) == ("007", "Team Zwei", "Am")
    assert (third.points, third.driver.country) == (0, "")
    assert file.after_round == 2, "nobody has scored in the third race yet"


def test_a_championship_of_teams_names_teams():
    text = "Pos;Participant;Points;Number;NAME;SURNAME;COUNTRY;TEAM\n1;Team Zwei;18;;;;;\n"
    (row,) = alkamel.parse_standings(table_of(text)).rows
    assert (row.driver, row.team) == (None, "Team Zwei")


def test_a_championship_table_with_bad_points_is_refused():
    with pytest.raises(BadFile, match=r"Line 2, column Points: .* is not a number of points"):
        alkamel.parse_standings(table_of(text_of("standings").replace("37.5", "37.5.1")))
    with pytest.raises(BadFile, match="no championship table"):
        alkamel.parse_standings(table_of(text_of("race")))
