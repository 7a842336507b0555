"""Result lists: which one counts, what a line says, and what the database refuses to hold."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import translation

from news.models import Classification, Result
from tests.factories import (
    ClassificationFactory,
    DriverFactory,
    EntryFactory,
    ResultFactory,
    SessionFactory,
    StandingFactory,
)

pytestmark = pytest.mark.django_db

SIX, SEVEN = datetime(2014, 4, 6, 18, tzinfo=UTC), datetime(2014, 4, 6, 19, tzinfo=UTC)
FINISHED, RETIRED = Result.Status.FINISHED, Result.Status.RETIRED


@pytest.mark.parametrize(
    ("lists", "in_force"),
    [
        ([("official", SEVEN), ("amended", SIX)], 0),  # issued last
        ([("provisional", SEVEN), ("official", SEVEN)], 1),  # further in state
        ([("amended", None), ("provisional", None), ("official", None)], 0),
        ([("official", None), ("provisional", SIX)], 1),  # a known time before an unknown one
        ([("official", SIX), ("official", SIX)], 1),  # entered last
    ],
)
def test_one_list_of_a_session_counts_and_the_rule_is_the_same_everywhere(lists, in_force):
    session = SessionFactory()
    made = [
        ResultFactory(
            classification=ClassificationFactory(session=session, state=state, issued_at=issued_at)
        ).classification
        for state, issued_at in lists
    ]
    expected = made[in_force]
    assert session.current_classification() == expected
    assert list(Classification.objects.current()) == [expected]
    assert [line.classification for line in Result.objects.current()] == [expected]
    assert Result.objects.of_event(session.race).first().classification == expected


def test_the_list_of_one_session_says_nothing_of_another():
    first, second = ClassificationFactory(state="provisional"), ClassificationFactory(state="official")
    assert set(Classification.objects.current()) == {first, second}


def test_a_corrected_list_takes_a_win_away():
    session = SessionFactory()
    winner, second = EntryFactory(race=session.race), EntryFactory(race=session.race)
    for state, order in (("provisional", [winner, second]), ("official", [second, winner])):
        classification = ClassificationFactory(session=session, state=state)
        for position, entry in enumerate(order, start=1):
            ResultFactory(classification=classification, entry=entry, position=position)
    assert [line.entry for line in Result.objects.current().wins()] == [second]


@pytest.mark.parametrize(
    ("fields", "code", "outcome", "title"),
    [
        ({"position": 1}, "P1", "win", "Sieg"),
        ({"position": 2}, "P2", "podium", "Platz 2"),
        ({"position": 3}, "P3", "podium", "Platz 3"),
        ({"position": 4}, "P4", "top", "Platz 4"),
        ({"position": 10}, "P10", "top", "Platz 10"),
        ({"position": 11}, "P11", "done", "Platz 11"),
        ({"position": None, "position_or_better": 3}, "POD", "podium", "Podium"),
        ({"position": None, "position_or_better": 10}, "≤10", "top", "Platz 10 oder besser"),
        ({"position": None}, "—", "none", "nicht überliefert"),
        ({"position": None, "status": "retired"}, "DNF", "out", "Ausgefallen"),
        ({"position": None, "status": "not_started"}, "DNS", "out", "Nicht gestartet"),
        ({"position": None, "status": "disqualified"}, "DSQ", "out", "Disqualifiziert"),
        ({"position": None, "status": "excluded"}, "EXC", "out", "Ausgeschlossen"),
        ({"position": None, "status": "not_classified"}, "NC", "out", "Nicht gewertet"),
        ({"position": None, "status": "withdrawn"}, "WD", "out", "Zurückgezogen"),
        ({"position": 40, "status": "retired"}, "P40", "done", "Platz 40"),
    ],
)
def test_a_line_has_a_code_a_form_and_words(fields, code, outcome, title):
    line = ResultFactory(**fields)
    assert (line.code, line.outcome, line.outcome_title) == (code, outcome, title)


EVERY_KIND = [
    {"position": position, "position_or_better": bound, "status": status}
    for position in (None, 1, 3, 4, 10, 11)
    for bound in (None, 3, 4, 10)
    for status in (FINISHED, RETIRED)
    if not (position and bound)
]


def test_what_a_row_says_of_itself_is_what_the_queryset_says():
    lines = [ResultFactory(**fields) for fields in EVERY_KIND]
    assert {line for line in lines if line.is_podium} == set(Result.objects.podiums())
    assert {line for line in lines if line.outcome == "win"} == set(Result.objects.wins())
    in_top_ten = {line for line in lines if line.outcome in ("win", "podium", "top")}
    # Who retired and has no place is "out", however far in front the car had been.
    assert in_top_ten == {line for line in Result.objects.top_ten() if line.outcome != "out"}


def test_lines_stand_by_place_and_those_without_one_at_the_end():
    classification = ClassificationFactory()
    for position in (None, 2, 1):
        ResultFactory(classification=classification, position=position)
    assert [line.position for line in classification.results.all()] == [1, 2, None]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"position": 0}, "Positions start at 1"),
        ({"class_position": 0}, "Positions start at 1"),
        ({"position": 2, "position_or_better": 3}, "not both"),
        ({"gap_ms": 12, "gap_laps": 1}, "not both"),
        ({"best_lap_ms": 0}, "A lap takes time"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(fields, sentence):
    line = ResultFactory.build(classification=ClassificationFactory(), entry=EntryFactory(), **fields)
    with translation.override("en"), pytest.raises(ValidationError, match=sentence):
        line.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        line.save()


def test_a_car_stands_once_in_a_list():
    line = ResultFactory()
    again = ResultFactory.build(classification=line.classification, entry=line.entry)
    with translation.override("en"), pytest.raises(ValidationError, match="already stands in the list"):
        again.full_clean()


def test_a_standing_is_somebodys():
    with pytest.raises(IntegrityError), transaction.atomic():
        StandingFactory(driver=None, team=None)


def test_a_crew_of_ours_is_one_line_however_many_of_ours_sit_in_the_car():
    entry = EntryFactory(drivers=[DriverFactory(ours=True), DriverFactory(ours=True), DriverFactory()])
    ResultFactory(entry=entry, classification__session__race=entry.race)
    assert Result.objects.ours().count() == 1
