"""Whatever is uploaded: rows that the tables take, or a refusal in words; never another exception."""

import csv
import io
import json
import re
import unicodedata
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from news.models import Driver, Entry, Result, Team
from news.times import LONGEST
from news.timing.read import read
from news.timing.rows import BadFile, ResultFile, StandingsFile
from news.timing.sheet import UnknownColumns

FILES = {
    path.name: path.read_bytes()
    for path in sorted((Path(__file__).parent / "data").iterdir())
    if path.suffix in (".json", ".xml", ".csv", ".txt", ".tsv")
}
SENT = {"suppress_health_check": [HealthCheck.too_slow], "deadline": None}
# What a field of the tables can hold.
LENGTHS = {
    name: model._meta.get_field(name).max_length
    for model, names in (
        (Entry, ("number", "car", "car_class", "cup")),
        (Result, ("grid", "note")),
        (Driver, ("first_name", "last_name", "country")),
    )
    for name in names
} | {"team": Team._meta.get_field("name").max_length, "title": 1000}
NASTY = [
    *(
        "",
        "-",
        "0",
        "-1",
        "1.0",
        "1e9",
        "9" * 30,
        "NaN",
        "8.31",
        "1:39:12:830",
        "=1+1",
        "<b>x</b>",
        "\x00",
        "\ud800",
    ),
    *(
        "٣",
        "²",
        "1 Lap",
        "+3 Laps",
        "Retired",
        "TBA",
        "x" * 300,
        "a;b",
        'a"b',
        "a\nb",
        "Ünï / Çôdé",
        "\u202e",
    ),
]


def check_text(row, *names):
    for name in names:
        text = getattr(row, name)
        assert len(text) <= LENGTHS[name], name
        assert not [letter for letter in text if unicodedata.category(letter) in ("Cc", "Cs")], name
        assert text == text.strip(), name


def check_whole(row, most, *names, least=0):
    for name in names:
        value = getattr(row, name)
        assert value is None or (type(value) is int and least <= value <= most), name


def check_points(row):
    points = row.points
    assert points is None or (isinstance(points, Decimal) and abs(points) < 10**6), "points"
    assert points is None or points == round(points, 6), "points"


def check_people(people):
    for person in people:
        check_text(person, "first_name", "last_name", "country")
        assert person.last_name
        assert re.fullmatch("([A-Z]{2})?", person.country)


def check_row(row):
    check_text(row, "number", "grid", "note", "team", "car", "car_class", "cup")
    check_whole(row, 999, "position", "class_position", least=1)
    check_whole(row, 9999, "laps", "best_lap_number")
    check_whole(row, LONGEST, "total_time_ms")
    check_whole(row, LONGEST, "best_lap_ms", least=1)
    check_whole(row.gap, LONGEST, "ms")
    check_whole(row.gap, 9999, "laps")
    check_points(row)
    assert row.status in Result.Status.values
    assert row.gap.ms is None or row.gap.laps is None
    assert None in (row.best_lap_number, row.laps) or row.best_lap_number <= row.laps
    assert row.status not in ("not_started", "withdrawn") or (row.position, row.class_position) == (
        None,
        None,
    )
    assert len(row.crew) == len(set(row.crew)) <= 12
    assert {row.pole, row.fastest_lap, row.classified} <= {None, True, False}
    check_people(row.crew)


def check_standing(row):
    check_text(row, "number", "team", "car_class")
    check_whole(row, 999, "position", least=1)
    check_whole(row, 9999, "wins")
    check_points(row)
    assert row.driver or row.team
    check_people([row.driver] if row.driver else [])


def answer_of(data, **options):
    try:
        return read(data, **options)
    except (BadFile, UnknownColumns) as refusal:
        return refusal


def check(data, **options):
    """Read it as a list and as a table: rows that keep every rule of the tables, or at least one sentence."""
    for standings in (False, True):
        check_answer(answer_of(data, standings=standings, **options))


def check_answer(answer):
    if isinstance(answer, BadFile):
        assert answer.problems
        assert all(sentence.strip() for sentence in answer.problems)
    elif isinstance(answer, ResultFile):
        numbers = [row.number for row in answer.rows if row.number]
        assert len(numbers) == len(set(numbers))
        for row in answer.rows:
            check_row(row)
    elif isinstance(answer, StandingsFile):
        for row in answer.rows:
            check_standing(row)
    else:
        assert answer.columns
    if isinstance(answer, ResultFile | StandingsFile):
        assert answer.rows
        assert all(isinstance(warning, str) and warning for warning in answer.warnings)
        check_text(answer, "title")


@pytest.mark.parametrize("name", FILES)
def test_each_file_of_ours_keeps_the_rules(name):
    check(FILES[name])


@settings(max_examples=200, **SENT)
@given(st.binary(max_size=400))
def test_no_bytes_are_too_strange(data):
    check(data)


@settings(max_examples=200, **SENT)
@given(
    st.sampled_from(
        ["", "<", "<FILE>", "{", '{"MRData":', "POS;NUMBER;TIME;GAP_FIRST\n", "Platz;Nr.;Fahrer\n"]
    ),
    st.text(max_size=300),
    st.sampled_from([None, True, False]),
    st.one_of(
        st.none(), st.dictionaries(st.integers(-1, 5), st.sampled_from(["number", "position", "", "crew"]))
    ),
)
def test_no_text_is_too_strange(start, text, timed, mapping):
    check((start + text).encode("utf-8", "surrogatepass"), name=text, timed=timed, mapping=mapping)


@settings(max_examples=250, **SENT)
@given(
    st.sampled_from(sorted(FILES)),
    st.randoms(use_true_random=False),
    st.sampled_from(["flip", "cut", "insert"]),
)
def test_bytes_may_be_flipped_lost_and_added(name, chance, how):
    data = bytearray(FILES[name])
    for _time in range(chance.randint(1, 4)):
        place = chance.randrange(len(data))
        if how == "flip":
            data[place] = chance.randrange(256)
        elif how == "cut":
            del data[place : place + chance.randint(1, 40)]
        else:
            data[place:place] = chance.choice(NASTY).encode("utf-8", "surrogatepass")
    check(bytes(data))


@settings(max_examples=200, **SENT)
@given(
    st.sampled_from(sorted(FILES)),
    st.randoms(use_true_random=False),
    st.sampled_from(["drop", "double", "swap"]),
)
def test_lines_may_be_lost_doubled_and_swapped(name, chance, how):
    lines = FILES[name].splitlines(keepends=True)
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    if how == "drop":
        del lines[one]
    elif how == "double":
        lines.insert(other, lines[one])
    else:
        lines[one], lines[other] = lines[other], lines[one]
    check(b"".join(lines))


def of_kind(ending):
    return sorted(name for name in FILES if name.endswith(ending))


@settings(max_examples=250, **SENT)
@given(st.sampled_from(of_kind(".json")), st.randoms(use_true_random=False))
def test_values_of_json_may_be_of_any_kind(name, chance):
    answer = json.loads(FILES[name])
    places = [(part, key) for part in parts_of(answer) for key in keys_of(part)]
    for part, key in chance.sample(places, chance.randint(1, 3)):
        part[key] = chance.choice(
            [None, True, 7, -1.5, [], {}, [1], {"a": "b"}, *NASTY, part, *places[0][0].values()]
        )
    try:
        text = json.dumps(answer)
    except ValueError:
        return  # a part that holds itself cannot be written
    check(text.encode("utf-8", "surrogatepass"))


def parts_of(part):
    yield part
    for inner in part.values() if isinstance(part, dict) else part:
        if isinstance(inner, dict | list):
            yield from parts_of(inner)


def keys_of(part):
    return list(part) if isinstance(part, dict) else range(len(part))


@settings(max_examples=200, **SENT)
@given(st.sampled_from(of_kind(".xml")), st.randoms(use_true_random=False), st.booleans())
def test_elements_of_xml_may_be_lost_renamed_and_filled_with_anything(name, chance, with_entries):
    root = ElementTree.fromstring(FILES[name])
    places = [(parent, child) for parent in root.iter() for child in parent]
    for parent, child in chance.sample(places, chance.randint(1, 4)):
        how = chance.choice(["drop", "rename", "fill", "double"])
        if how == "drop" and child in list(parent):
            parent.remove(child)
        elif how == "rename":
            child.tag = chance.choice(places)[1].tag
        elif how == "double":
            parent.append(child)
        else:
            child.text = chance.choice([text for text in NASTY if text.isprintable()])
    text = ElementTree.tostring(root, encoding="unicode")
    check(text.encode() + (FILES["sro-entries.xml"] if with_entries else b""))


@settings(max_examples=250, **SENT)
@given(
    st.sampled_from([*of_kind(".csv"), *of_kind(".txt"), *of_kind(".tsv")] or [""]),
    st.randoms(use_true_random=False),
)
def test_cells_of_a_table_may_be_swapped_lost_and_filled_with_anything(name, chance):
    text = FILES.get(name, b"Pos;Nr.\n1;2\n").decode("utf-8", "replace")
    sign = max(";,\t", key=text.count)
    rows = list(csv.reader(io.StringIO(text), delimiter=sign))
    for _time in range(chance.randint(1, 4)):
        row, other = chance.choice(rows), chance.choice(rows)
        if not row or not other:
            continue
        place, another = chance.randrange(len(row)), chance.randrange(len(other))
        how = chance.choice(["swap", "fill", "drop"])
        if how == "swap":
            row[place], other[another] = other[another], row[place]
        elif how == "drop":
            del row[place]
        else:
            row[place] = chance.choice(NASTY)
    written = io.StringIO()
    csv.writer(written, delimiter=sign, escapechar="\\").writerows(rows)
    check(written.getvalue().encode("utf-8", "surrogatepass"))
