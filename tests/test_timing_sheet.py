"""Spreadsheets: German and English headings or none, times beside gaps, drivers in one cell, and the questions."""

from decimal import Decimal
from pathlib import Path

import pytest
from django.utils import translation

from news.times import Gap
from news.timing import sheet
from news.timing.rows import BadFile, Person
from news.timing.tables import table_of

DATA = Path(__file__).parent / "data"
TWO = "Pos;No;Driver\n1;1;Erika Muster\n2;2;Karl Sedan\n"


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def text_of(name):
    return (DATA / f"sheet-{name}.txt").read_bytes().decode()


def parsed(text, **how):
    return sheet.parse(table_of(text), **how)


def problems(text, **how):
    with pytest.raises(BadFile) as bad:
        parsed(text, **how)
    return bad.value.problems


def lines(header, *cells):
    """A sheet of cars 1, 2, 3 … in this order, with these further cells."""
    rows = [f"{n};{n};A{n} B;{rest}" for n, rest in enumerate(cells, start=1)]
    return "\n".join([f"Pos;No;Driver;{header}", *rows])


def test_a_german_sheet_pasted_from_a_spreadsheet_is_read():
    file = parsed(text_of("german"))
    first, second, third, fourth, fifth = file.rows
    assert (file.provider, file.timed, file.title) == ("sheet", False, "Ergebnis Lauf 2, Leimen")
    assert (first.line, first.position, first.number) == (4, 1, "89")
    assert (first.total_time_ms, first.gap, first.best_lap_ms) == (6045641, Gap(), 511192)
    assert (first.laps, first.grid, first.points) == (12, "4", Decimal("12.5"))
    assert first.crew == (
        Person("Erika", "Muster"),
        Person("Max", "Hürtgen"),
        Person("I.", "van der Beispiel", "NL"),
    )
    assert (second.number, second.gap, second.total_time_ms) == ("007", Gap(ms=2112), None)
    assert (second.grid, second.note, second.best_lap_ms) == ("Boxengasse", "5 s Zeitstrafe", 513100)
    assert (third.gap, third.best_lap_ms) == (Gap(laps=1), 520000)
    assert (fourth.position, fourth.status, fourth.classified) == (None, "retired", False)
    assert (fourth.note, fourth.total_time_ms) == ("Unfall", None)
    assert (fifth.status, fifth.classified, fifth.laps) == ("not_started", False, None)


def test_an_english_sheet_with_commas_is_read():
    file = parsed(text_of("english"))
    first, second, third, *others = file.rows
    assert first.crew == (
        Person("Erika", "Muster", "DE"),
        Person("Max", "Hürtgen", "CH"),
        Person("Ina", "Beispiel", "NL"),
    )
    assert second.crew == (Person("Karl", "Sedan", "US"), Person("Pia", "Probe", "AT"))
    assert (first.total_time_ms, first.best_lap_number, first.cup) == (3645641, 14, "Pro-Am")
    assert (second.total_time_ms, second.gap) == (3647753, Gap(ms=2112))
    assert (third.gap, third.crew) == (Gap(laps=2), (Person("Uwe", "Wert", "DE"),))
    assert [row.status for row in others] == ["not_classified", "retired", "disqualified"]
    assert not any(row.classified or row.position for row in others)


def test_the_file_says_what_it_can_state():
    states = parsed(text_of("english")).states
    assert {"position", "status", "classified", "crew", "total_time_ms", "gap", "best_lap_number"} <= states
    assert not {"note", "class_position", "pole", "fastest_lap"} & states
    assert "grid" not in parsed(TWO).states


@pytest.mark.parametrize(
    ("cell", "position", "status"),
    [
        ("3", 3, "finished"),
        ("3.", 3, "finished"),
        ("P3", 3, "finished"),
        ("3rd", 3, "finished"),
        ("3.0", 3, "finished"),
        ("DNF", None, "retired"),
        ("DNS", None, "not_started"),
        ("DSQ", None, "disqualified"),
        ("NC", None, "not_classified"),
        ("-", None, "finished"),
        ("", None, "finished"),
    ],
)
def test_a_place_can_be_written_in_many_ways_and_can_be_a_status(cell, position, status):
    row = parsed(TWO.replace("\n2;2", f"\n{cell};2")).rows[1]
    assert (row.position, row.status) == (position, status)


def test_a_reason_says_more_than_that_the_car_is_not_classified():
    row = parsed("Pos\tNo\tDriver\tLaps\tTime/Retired\n1\t1\tA B\t9\t20:00.000\nNC\t2\tC D\t3\tDNF\n").rows[1]
    assert (row.position, row.status, row.classified) == (None, "retired", False)


def test_without_places_the_order_counts_and_the_editor_is_told():
    file = parsed("No;Driver;Status\n7;Erika Muster;\n8;Karl Sedan;DNF\n9;Pia Probe;\n")
    assert [row.position for row in file.rows] == [1, None, 2]
    assert file.warnings == ("There is no column of positions: the order of the lines was taken.",)


def test_a_heading_that_nobody_knows_is_a_question_and_the_answer_counts():
    text = "Pos;No;Driver;Glück;Anzug\n1;1;Erika Muster;Getriebe;rot\n2;2;Karl Sedan;;blau\n"
    with pytest.raises(sheet.UnknownColumns) as asked:
        parsed(text)
    assert asked.value.columns == sheet.columns(table_of(text))
    assert asked.value.columns[2:] == [
        sheet.Column(2, "Driver", ("Erika Muster", "Karl Sedan"), "crew"),
        sheet.Column(3, "Glück", ("Getriebe",), ""),
        sheet.Column(4, "Anzug", ("rot", "blau"), ""),
    ]
    with pytest.raises(sheet.UnknownColumns):
        parsed(text, mapping={3: "note"})
    assert parsed(text, mapping={3: "note", 4: ""}).rows[0].note == "Getriebe"
    with pytest.raises(sheet.UnknownColumns):
        parsed(text, mapping={3: "luck", 4: ""})


def test_an_answer_overrules_a_heading():
    assert parsed(TWO, mapping={1: "", 0: "number"}).rows[1].number == "2"
    assert problems(TWO, mapping={0: "number"}) == ("Two columns are said to be “Car number”. Choose one.",)


def test_a_heading_twice_is_a_question():
    with pytest.raises(sheet.UnknownColumns) as asked:
        parsed("Pos;No;Driver;Zeit;Zeit\n1;1;A B;20:00.000;1:00.000\n")
    assert [column.meaning for column in asked.value.columns] == [
        "position",
        "number",
        "crew",
        "time_or_gap",
        "",
    ]


def test_empty_columns_and_columns_that_we_do_not_store_are_no_question():
    assert parsed("Pos;No;Driver;Glück;km/h;Reifen;\n1;1;Erika Muster;;171,2;M;\n").rows[0].number == "1"


def test_without_headings_every_column_is_asked_for_with_a_proposal():
    text = text_of("no-headings")
    with pytest.raises(sheet.UnknownColumns) as asked:
        parsed(text)
    assert [column.meaning for column in asked.value.columns] == ["position", "", "crew", "", "time_or_gap"]
    assert asked.value.columns[4].samples == ("1:00:45.641", "+2.112", "1 Lap")
    answers = dict(enumerate(["position", "number", "crew", "team", "time_or_gap"]))
    first, second, third = parsed(text, mapping=answers).rows
    assert (first.line, first.number, first.total_time_ms, first.team) == (
        1,
        "89",
        3645641,
        "Muster Motorsport",
    )
    assert (second.gap, third.gap) == (Gap(ms=2112), Gap(laps=1))


def test_every_meaning_has_a_label_and_a_heading_of_its_own():
    assert all(str(label) for label in sheet.MEANINGS.values())
    with translation.override("en"):
        for meaning, label in sheet.MEANINGS.items():
            known = sheet.columns(table_of(f"{label};No\nx;1\n"))[0].meaning
            assert known == meaning or label in (
                "Country of the driver",
                "Best lap: number",
                "Pole position",
            ), label


@pytest.mark.parametrize(
    ("header", "cells", "totals", "gaps"),
    [
        # A plus or laps are gaps, the leader's is the time.
        ("Laps;Zeit/Rückstand", ["9;20:00.000", "9;+5.1", "8;1 Rd."], [1200000, None, None], [None, 5100, None]),
        # As many laps in less time: a gap.
        ("Laps;Time", ["9;20:00.000", "9;5.100", "8;1 Lap"], [1200000, None, None], [None, 5100, None]),
        ("Time", ["20:00.000", "5.100", "1:07.000"], [1200000, None, None], [None, 5100, 67000]),
        # All times are totals: so is that of the car that stopped early.
        ("Laps;Time", ["9;20:00.000", "9;20:05.1", "3;7:00.000"], [1200000, 1205100, 420000], [None] * 3),
        # Other gaps have their plus: this is a time.
        ("Laps;Time", ["9;20:00.000", "9;+5.100", "3;7:00.000"], [1200000, None, 420000], [None, 5100, None]),
        # A total time by its heading.
        ("Gesamtzeit", ["20:00.000", "+5.100", "7:00.000"], [1200000, None, 420000], [None, 5100, None]),
        # Two columns.
        ("Time;Gap", ["20:00.0;-", "20:05.1;5.1", "7:00.0;2 Laps"], [1200000, 1205100, 420000], [None, 5100, None]),
        # The column of gaps begins with the leader's time.
        ("Laps;Rückstand", ["9;20:00.000", "9;5,1", "9;1:07.000"], [1200000, None, None], [None, 5100, 67000]),
    ],
)  # fmt: skip
def test_times_and_gaps_are_told_apart_by_their_notation(header, cells, totals, gaps):
    rows = parsed(lines(header, *cells)).rows
    assert [row.total_time_ms for row in rows] == totals
    assert [row.gap.ms for row in rows] == gaps


@pytest.mark.parametrize(
    ("header", "cells", "line"),
    [
        ("Laps;Time", ["9;20:00.000", "8;7:00.000"], 3),
        ("Laps;Time", ["9;20:00.000", "9;5.100", "3;7:00.000"], 4),
        ("Laps;Time", ["9;20:00.000", "9;5.100", "9;20:07.000"], 4),
        ("Time", ["20:00.000", "20:05.100", "7:00.000"], 4),
        ("Time", ["", "5.100"], 3),
    ],
)
def test_what_can_be_a_time_or_a_gap_is_refused_with_its_place(header, cells, line):
    (problem,) = problems(lines(header, *cells))
    assert problem.startswith(f"Line {line}, column Time: “")
    assert problem.endswith("can be a gap or a time. Write + before gaps, or call the column Total time.")


def test_who_was_disqualified_can_have_been_faster_than_the_winner():
    text = lines("Laps;Time;Status", "9;20:00.000;", "9;+5.100;", "9;19:58.000;DSQ").replace("\n3;3", "\n;3")
    assert [row.total_time_ms for row in parsed(text).rows] == [1200000, None, 1198000]


def test_a_leader_with_a_gap_is_refused():
    assert problems(lines("Time;Gap", "20:00.000;1 Lap")) == ("Line 2, column Gap: the leader has no gap.",)
    assert problems(lines("Time", "+5.000")) == ("Line 2, column Time: the leader has no gap.",)


@pytest.mark.parametrize(
    ("header", "cells", "timed"),
    [
        ("Best lap", ["1:41.000", "1:42.000"], True),
        ("Laps;Best lap;Gap", ["9;1:41.000;", "8;1:42.000;1.000"], True),
        ("Laps;Best lap;Gap", ["9;1:41.000;", "9;1:42.000;7.000"], False),
        ("Laps;Best lap", ["9;1:41.000", "8;1:42.000", "7;1:43.000"], True),
        ("Laps;Best lap", ["9;1:41.000", "9;1:40.000", "9;1:43.000"], False),
        ("Laps;Total time;Best lap", ["9;20:00.000;1:41.000", "9;20:01.000;1:42.000"], False),
        ("Time", ["1:41.000", "1:42.000"], True),
        ("Time", ["41:00.000", "41:02.000"], False),
        ("Grid", ["1", "2"], False),
    ],
)
def test_whether_best_laps_decide_follows_from_the_content_and_can_be_overruled(header, cells, timed):
    assert parsed(lines(header, *cells)).timed is timed
    assert parsed(lines(header, *cells), timed=not timed).timed is not timed


def test_the_time_of_a_qualifying_is_the_best_lap():
    first, second, third = parsed(lines("Time", "1:41.000", "0.500", "+1.000")).rows
    assert (first.best_lap_ms, first.total_time_ms) == (101000, None)
    assert (second.gap, third.gap) == (Gap(ms=500), Gap(ms=1000))
    assert parsed(lines("Time", "1:41.000"), timed=False).rows[0].total_time_ms == 101000


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Erika Muster / Karl Sedan", ["Erika Muster", "Karl Sedan"]),
        ("Erika Muster, Karl Sedan", ["Erika Muster", "Karl Sedan"]),
        ("Erika Muster & Karl Sedan und Pia Probe", ["Erika Muster", "Karl Sedan", "Pia Probe"]),
        ('"Erika Muster\nKarl Sedan"', ["Erika Muster", "Karl Sedan"]),
        ("Muster, Sedan, Probe", ["Muster", "Sedan", "Probe"]),
        ("MUSTER, Erika", ["Erika Muster"]),
        ("van der Beispiel, Ina", ["Ina van der Beispiel"]),
        ("Muster, Erika Maria", ["Erika Maria Muster"]),
        ("Muster, Erika / Sedan, Karl", ["Erika Muster", "Karl Sedan"]),
        ("Erika Muster / TBA", ["Erika Muster"]),
        ("Erika Muster (GER) / Karl Sedan (R)", ["Erika Muster", "Karl Sedan"]),
    ],
)
def test_drivers_in_one_cell_are_told_apart(cell, names):
    assert [person.name for person in parsed(f"Pos;No;Driver\n1;1;{cell}\n").rows[0].crew] == names


def test_what_a_comma_parts_is_learnt_from_the_other_cells_or_refused():
    assert problems("Pos;No;Fahrer\n1;1;Muster, Sedan\n")[0].startswith(
        "Line 2, column Fahrer: “Muster, Sedan” can be"
    )
    learnt = parsed("Pos;No;Fahrer\n1;1;Muster, Sedan\n2;2;Probe, Wert, Test\n").rows[0]
    assert [person.name for person in learnt.crew] == ["Muster", "Sedan"]
    learnt = parsed("Pos;No;Fahrer\n1;1;Muster, Erika\n2;2;Probe, Pia / Test, Lea\n").rows[0]
    assert [person.name for person in learnt.crew] == ["Erika Muster"]


def test_names_in_columns_of_their_own_are_joined():
    row = parsed("Pos;Nr;Vorname;Nachname;Nation\n1;1;Erika;MUSTER;GER\n").rows[0]
    assert row.crew == (Person("Erika", "Muster", "DE"),)
    row = parsed("Pos;Nr;Fahrer 1;Fahrer 2\n1;1;Erika Muster;Karl Sedan\n").rows[0]
    assert row.crew == (Person("Erika", "Muster"), Person("Karl", "Sedan"))


@pytest.mark.parametrize(
    ("header", "cell", "problem"),
    [
        ("Team", "=1+1", "column Team: “=1+1” looks like a formula."),
        ("Team", "-cmd|' /C calc'!A0", "column Team: “-cmd|' /C calc'!A0” looks like a formula."),
        ("Team", "<script>x", "column Team: “<script>x” holds markup."),
        ("Team", "T" * 121, "column Team: “TTTT"),
        ("Fahrer 2", "=cmd", "column Fahrer 2: “=cmd” looks like a formula."),
        ("Fahrer 2", "Erika <i>Muster", "column Fahrer 2: “Erika <i>Muster” is no name: it holds markup."),
        ("Best lap", "8.31", "column Best lap: “8.31” can be read in two ways."),
        ("Points", "many", "column Points: “many” is not a number of points."),
        ("Status", "Glück", "column Status: “Glück” is no status that we know."),
        ("Pole", "vielleicht", "column Pole: “vielleicht” is neither yes nor no."),
        ("Position in class", "x", "column Position in class: “x” is no place."),
        ("Laps", "1.5", "column Laps: “1.5” is not a whole number"),
    ],
)
def test_a_bad_cell_is_reported_with_its_place(header, cell, problem):
    (said,) = problems(lines(header, cell))
    assert said.startswith(f"Line 2, {problem}")


@pytest.mark.parametrize("cell", ["+1.234", "-7 Laps", "-", "-5"])
def test_a_gap_in_a_column_of_text_is_no_formula(cell):
    assert parsed(lines("Team", cell)).rows[0].number == "1"


def test_a_line_that_names_no_car_and_a_number_twice_are_refused():
    assert problems("Pos;No;Driver\n1;;\n") == (
        "Line 2, column No: the line names no car: no number, no driver, no team.",
    )
    assert problems(TWO.replace("2;2;", "2;#1;"))[0].startswith("Number 1 stands in lines 2, 3")


def test_text_that_is_no_table_is_refused():
    assert problems("Sieg in Leimen.\nEin schöner Tag.\n")[0].startswith("This is no table.")
    assert problems("Pos;No;Driver\n") == ("The file holds a header and no results.",)
    with pytest.raises(sheet.UnknownColumns):
        parsed("Pos;Laps\n1;7\n")
