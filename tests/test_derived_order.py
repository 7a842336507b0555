"""Positions that nobody typed follow from laps and times."""

import pytest

from news.derived.order import place_by_times
from tests.factories import ClassificationFactory, ResultFactory

pytestmark = pytest.mark.django_db


def listed(*lines, kind="race"):
    result_list = ClassificationFactory(session__kind=kind)
    for line in lines:
        ResultFactory(classification=result_list, **{"position": None} | line)
    return result_list


def places(result_list):
    return list(result_list.results.order_by("pk").values_list("position", flat=True))


def test_laps_come_first_then_the_time():
    result_list = listed(
        {"laps": 40},
        {"laps": 41, "total_time_ms": 22_000_500},
        {"laps": 41, "total_time_ms": 22_000_000},
        {"laps": 12, "status": "retired", "classified": False},
    )
    assert place_by_times(result_list) == 3
    assert places(result_list) == [3, 2, 1, None]


def test_in_qualifying_the_best_lap_decides_and_equal_ones_share():
    result_list = listed(
        {"best_lap_ms": 500_001}, {"best_lap_ms": 500_000}, {"best_lap_ms": 500_000}, kind="qualifying"
    )
    assert place_by_times(result_list) == 3
    assert places(result_list) == [3, 1, 1]


@pytest.mark.parametrize(
    "lines",
    [
        [{"laps": 41}, {"laps": 41}],
        [{"laps": 41, "total_time_ms": 1}, {"laps": None}],
        [{"laps": 41, "position": 1}, {"laps": 40}],
        [{"laps": 41, "position_or_better": 3}, {"laps": 40}],
        [{"laps": 41}],
    ],
    ids=["no times", "laps unknown", "a position is stated", "a bound is stated", "one car"],
)
def test_nothing_is_guessed(lines):
    result_list = listed(*lines)
    before = places(result_list)
    assert place_by_times(result_list) == 0
    assert places(result_list) == before
