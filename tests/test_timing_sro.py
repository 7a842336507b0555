"""SRO / Swiss Timing: the result list alone or with its entry list; nothing that XML could load is loaded."""

import re
from pathlib import Path

import pytest
from django.utils import translation

from news.times import Gap
from news.timing.rows import BadFile, Person
from news.timing.sro import parse

DATA = Path(__file__).parent / "data"


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def text_of(name):
    return (DATA / f"sro-{name}.xml").read_bytes().decode()


def problems(text):
    with pytest.raises(BadFile) as bad:
        parse(text)
    return bad.value.problems


def changed(name, number, cell, value):
    """The result list with another value in one cell of one car."""
    if cell == "Bib":
        return text_of(name).replace(f"<Bib>{number}<", f"<Bib>{value}<", 1)
    return re.sub(
        rf"(<Bib>{number}</Bib>(?:(?!</RES>|</ENTR>).)*?)<{cell}\b[^>]*>(?:[^<]*</{cell}>)?",
        rf"\g<1><{cell}>{value}</{cell}>",
        text_of(name),
        count=1,
        flags=re.DOTALL,
    )


@pytest.mark.parametrize("order", [("practice", "entries"), ("entries", "practice")])
def test_entry_list_and_result_list_are_joined_in_either_order(order):
    file = parse("\r\n".join(text_of(name) for name in order))
    assert (file.provider, file.timed) == ("sro", True)
    assert file.title == "Lakeland 6 Hours, Free Practice 1, Lakeland Ring, 10.04.2031 14:25"
    assert file.warnings == ()
    second = file.rows[1]
    assert (second.number, second.position, second.laps) == ("007", 2, 37)
    assert (second.best_lap_ms, second.best_lap_number, second.gap) == (114754, 4, Gap(ms=64))
    assert (second.total_time_ms, second.grid) == (None, "")
    assert (second.car, second.team, second.cup) == ("Falke R8 GT3", "Écurie Ember", "Bronze Cup")
    assert [person.country for person in second.crew] == ["GB", "CH", "NL", "US"]
    assert second.crew[2] == Person("Bram", "de Brix", "NL")


def test_empty_seats_and_a_seat_to_be_announced_hold_nobody():
    file = parse(text_of("practice") + text_of("entries"))
    assert [len(row.crew) for row in file.rows] == [3, 4, 1, 1]


def test_a_car_without_a_rank_has_no_place():
    without = parse(text_of("practice")).rows[3]
    assert (without.number, without.position, without.best_lap_ms, without.laps) == ("91", None, None, 2)
    assert without.gap == Gap()


def test_the_result_list_alone_leaves_cars_and_crews_as_they_are():
    file = parse(text_of("practice"))
    assert [row.number for row in file.rows] == ["3", "007", "66", "91"]
    assert {row.crew for row in file.rows} == {()}
    assert file.states.isdisjoint({"crew", "team", "car", "cup"})
    assert "Without the entry list" in file.warnings[0]


def test_a_race_is_known_by_times_that_are_no_best_laps():
    file = parse(text_of("race"))
    winner, second, lapped, out = file.rows
    assert not file.timed
    assert (winner.total_time_ms, winner.best_lap_ms, winner.grid) == (21600123, 115001, "2")
    assert (winner.gap, second.gap, lapped.gap) == (Gap(), Gap(ms=12333), Gap())
    assert (out.position, out.status, out.classified) == (None, "not_classified", False)


def test_a_list_without_times_is_what_the_session_is():
    text = re.sub(r"<(Time|BestTime)>\d+<", r"<\1>0<", text_of("race"))
    assert [parse(text, timed=timed).timed for timed in (None, False, True)] == [False, False, True]


def test_a_status_in_the_list_counts():
    text = text_of("race").replace("<Bib>91</Bib>", "<Bib>91</Bib><Status>DSQ</Status>")
    assert parse(text).rows[3].status == "disqualified"
    assert "is no status" in problems(text.replace("DSQ", "sunny"))[0]


def test_cars_that_only_one_of_the_lists_has_are_named():
    file = parse(changed("practice", "3", "Bib", "33") + text_of("entries"))
    assert file.rows[0].crew == ()
    assert file.warnings == (
        "Not in the entry list: #33.",
        "In the entry list, but without a result: #3.",
    )


@pytest.mark.parametrize(
    ("cell", "value", "said"),
    [
        ("Laps", "many", "Row 2, Laps: “many” is not a whole number"),
        ("Rank", "1000", "Row 2, Rank: “1000” is not a whole number from 0 to 999"),
        ("BestTime", "1:54.690", "Row 2, BestTime: “1:54.690” is not a whole number"),
        ("BestLap", "38", "Row 2, BestLap: lap 38 is none of the 37 laps"),
        ("Gap", "soon", "Row 2, Gap: “soon” is no gap"),
        ("Bib", "", "Row 2, Bib: the car has no number"),
        ("Bib", "3", "Number 3 stands in lines 1, 2"),
        ("Bib", "1234567", "Row 2, Bib: “1234567…” is too long"),
    ],
)
def test_a_bad_cell_is_named_with_its_row(cell, value, said):
    assert problems(changed("practice", "007", cell, value))[0].startswith(said)


def test_markup_in_a_name_is_refused():
    entries = text_of("entries").replace("<Last>Quill</Last>", "<Last>&lt;b&gt;Quill</Last>")
    assert problems(text_of("practice") + entries)[0].startswith("Row 2, Driver1.Last")


def test_a_car_that_stands_twice_in_the_entry_list_is_refused():
    entries = text_of("entries").replace("<Bib>66<", "<Bib>3<")
    assert "#3 stands in the entry list twice" in problems(text_of("practice") + entries)[0]


def test_a_place_that_two_cars_have_is_doubted():
    assert "Place 1 stands in lines 1, 2." in parse(changed("practice", "007", "Rank", "1")).warnings


def test_an_entry_list_alone_holds_no_results():
    assert "entry list without results" in problems(text_of("entries"))[0]


@pytest.mark.parametrize(
    "declared",
    [
        '<!DOCTYPE FILE [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]>',
        '<!DOCTYPE FILE [<!ENTITY a SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE FILE SYSTEM "http://127.0.0.1/file.dtd">',
        '<!DOCTYPE FILE [<!ENTITY % a SYSTEM "http://127.0.0.1/a"> %a;]>',
        "<!DOCTYPE FILE>",
    ],
)
def test_entities_document_types_and_references_to_the_outside_are_refused(declared):
    text = text_of("practice").replace("?>", f"?>{declared}", 1).replace(">3<", ">&a;<", 1)
    assert "document type" in problems(text)[0]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<FILE><RES>", "The XML is broken in line 1"),
        ("<FILE></FILE>", "holds no results that we know"),
        ("<a>" * 50_000, "The XML is broken"),
        ("<a>" * 50_000 + "</a>" * 50_000, "holds no results that we know"),
        ("<FILE>\ud800</FILE>", "The XML cannot be read"),
        ("<FILE>" + "<RES/>" * 2001 + "</FILE>", "more than 2000 rows"),
    ],
)
def test_what_is_no_result_list_is_refused_with_a_sentence(text, said):
    assert said in problems(text)[0]
