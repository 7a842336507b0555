"""The export of a result list: it reads back to the same rows, and no spreadsheet program executes it."""

import csv
import io
from dataclasses import replace
from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from news.models import Result
from news.times import LONGEST, Gap
from news.timing.export import COLUMNS, csv_of, export_csv
from news.timing.rows import Person, Row
from news.timing.sheet import parse
from news.timing.tables import decode, is_formula, table_of
from news.timing.words import clean_name, clean_text, is_nobody
from tests.factories import ClassificationFactory, DriverFactory, EntryFactory, ResultFactory


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def read_back(text):
    return [replace(row, line=0) for row in parse(table_of(decode(text.encode()))).rows]


def texts(most):
    """What a field of text can hold: anything visible but tags, and formulas and quotes often."""
    letters = st.text(
        st.characters(exclude_categories=["C", "Z"], exclude_characters="<&"), max_size=most - 4
    )
    start = st.sampled_from(["", "", "=", "+", "-", "@", "'", "'=", '"', ";", "="])
    return (
        st.builds("{}{}".format, start, letters)
        .map(clean_text)
        .filter(lambda t: t not in "-–—" and len(t) <= most)
    )


WORDS = st.sampled_from(
    "Erika Ina Jean-Éric MUSTER AJ van der Zande McLAREN VeeKay III Jr. C. O'Ward Li Beispiel".split()
)
NAMES = st.lists(WORDS, min_size=1, max_size=3).map(lambda words: clean_name(" ".join(words)))
PEOPLE = st.builds(
    Person, st.one_of(st.just(""), NAMES), NAMES, st.sampled_from(["", "DE", "NL", "GB"])
).filter(lambda someone: not is_nobody(someone.last_name) and someone.first_name not in ("III", "Jr."))
TIMES = st.none() | st.integers(1, LONGEST)
LAPS = st.none() | st.integers(0, 9999)


@st.composite
def rows(draw):
    status = draw(st.sampled_from(Result.Status.values))
    started = status not in ("not_started", "withdrawn")
    position = draw(st.none() | st.integers(1, 999)) if started else None
    laps = draw(LAPS)
    gaps = (
        st.just(Gap())
        | st.builds(Gap, ms=st.integers(0, LONGEST))
        | st.builds(Gap, laps=st.integers(1, 9999))
    )
    return Row(
        line=0,
        number=draw(st.text("0123456789A", min_size=1, max_size=6)),
        position=position,
        class_position=draw(st.none() | st.integers(1, 999)) if started else None,
        status=status,
        classified=draw(st.booleans()),
        laps=laps,
        total_time_ms=draw(TIMES),
        gap=Gap() if position == 1 else draw(gaps),
        best_lap_ms=draw(TIMES),
        best_lap_number=draw(st.none() | st.integers(1, laps)) if laps else None,
        grid=draw(texts(20)),
        points=draw(st.none() | st.decimals(0, 999999, places=6)),
        note=draw(texts(200)),
        pole=draw(st.none() | st.booleans()),
        fastest_lap=draw(st.none() | st.booleans()),
        team=draw(texts(120)),
        car=draw(texts(80)),
        car_class=draw(st.sampled_from(["", "SP9", "GTD PRO", "Cup 2"])),
        cup=draw(texts(40)),
        crew=tuple(draw(st.lists(PEOPLE, max_size=5, unique=True))),
    )


@given(st.lists(rows(), min_size=1, max_size=4, unique_by=lambda row: row.number))
@settings(deadline=None, max_examples=40)
def test_an_export_reads_back_to_the_same_rows(exported):
    assert read_back(csv_of(exported)) == exported


@given(st.lists(rows(), min_size=1, max_size=3))
@settings(deadline=None, max_examples=20)
def test_no_cell_of_an_export_is_executed(exported):
    for line in csv.reader(io.StringIO(csv_of(exported).removeprefix("\ufeff")), delimiter=";"):
        assert [cell for cell in line if is_formula(cell) or cell.startswith(("=", "@"))] == []


def test_every_field_of_a_row_is_exported():
    assert set(COLUMNS) == set(Row.__dataclass_fields__) - {"line"}


def test_a_list_is_exported_as_it_stands_on_record(db, django_assert_num_queries):
    classification = ClassificationFactory()
    erika, ina = (
        DriverFactory(first_name="Jens", last_name="Klingmann", country="DE"),
        DriverFactory(first_name="Ina", last_name="van der Beispiel", country="NL"),
    )
    entry = EntryFactory(
        race=classification.session.race, number="007", team__name="=Team", drivers=[erika, ina]
    )
    ResultFactory(
        classification=classification,
        entry=entry,
        position=2,
        laps=12,
        total_time_ms=6045641,
        gap_ms=2112,
        best_lap_ms=511192,
        best_lap_number=7,
        points=Decimal("12.5"),
        grid="pit lane",
        note="5 s",
        class_position=1,
        pole=False,
    )
    ResultFactory(
        classification=classification,
        entry=EntryFactory(race=classification.session.race, number="7", car_class="SP9", cup="Am"),
        position=None,
        status=Result.Status.RETIRED,
        classified=False,
        gap_laps=3,
    )
    text = export_csv(classification)
    assert text.startswith("\ufeffPos;Position in class;No;Drivers;Team;Car;Class;")
    assert (
        "2;1;007;Jens Klingmann (DE) / Ina van der Beispiel (NL);'=Team;BMW Z4 GT3;;;12;1:40:45.641;2.112;8:31.192;7;"
        "pit lane;Finished;yes;12.5;no;;5 s\r\n"
    ) in text
    first, second = read_back(text)
    assert (first.team, first.points, first.pole, first.fastest_lap) == (
        "=Team",
        Decimal("12.5"),
        False,
        None,
    )
    assert first.crew == (Person("Jens", "Klingmann", "DE"), Person("Ina", "van der Beispiel", "NL"))
    assert (second.status, second.classified, second.gap, second.cup) == ("retired", False, Gap(laps=3), "Am")
    with django_assert_num_queries(3):  # the lines, their crews, the names of their teams
        export_csv(classification)
