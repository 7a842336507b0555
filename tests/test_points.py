"""How points are given and counted: rule by rule, by seasons that were driven, and by what must always hold."""

import tomllib
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.derived.points import (
    Heat,
    Line,
    Scheme,
    Score,
    car_points,
    counted_of,
    heat_scores,
    net,
    positions_of,
    round_scores,
    table,
)

DATA = Path(__file__).parent / "data"
FIA_2010 = positions_of("25, 18, 15, 12, 10, 8, 6, 4, 2, 1")
SCHEME = Scheme(FIA_2010)


def heat(*lines, kind="race"):
    return Heat(tuple(lines), kind)


def car(place, *drivers, **more):
    return Line(drivers=drivers or (f"driver {place}",), place=place, **more)


def points_of(scores):
    return {holder: score.points for (_group, holder), score in scores.items()}


# Seasons that were driven


def season(year):
    """What a file says: scheme, results that count, and the rest."""
    said = tomllib.loads((DATA / f"season-{year}.toml").read_text())
    scheme = Scheme(
        positions_of(said.pop("positions")),
        positions_of(said.pop("sprint_positions", "")),
        fastest_lap=Fraction(said.pop("fastest_lap_points", "0")),
        fastest_lap_within=said.pop("fastest_lap_within", None),
        shared_cars=said.pop("shared_cars", "full"),
    )
    return scheme, counted_of(said.pop("counted", "")), said


def place_of(text):
    return int(text) if text.isdecimal() else None


def heats_of(number, drivers):
    """The races of a weekend, as far as these drivers go: "2/1f" is second in the sprint, then first."""
    cells = {name: driver["results"].split()[number].rpartition("/") for name, driver in drivers.items()}
    race = [
        car(place_of(said.removesuffix("f")), name, fastest_lap=said.endswith("f"))
        for name, (_sprint, _slash, said) in cells.items()
    ]
    sprint = [car(place_of(said), name) for name, (said, slash, _race) in cells.items() if slash]
    return [heat(*race), *([heat(*sprint, kind="sprint")] if sprint else [])]


@pytest.mark.parametrize("year", [1979, 1984, 1988, 1991, 2021])
def test_a_season_that_was_driven_comes_to_the_points_of_its_books(year):
    scheme, counted, drivers = season(year)
    names, factors = drivers.pop("rounds").split(), drivers.pop("factors", {})
    rounds = [
        round_scores(heats_of(number, drivers), scheme, Fraction(factors.get(name, 1)))
        for number, name in enumerate(names)
    ]
    found = [(row.holder[1], row.position, row.points, row.gross) for row in table(rounds, counted)]
    assert found == [
        (name, position, Fraction(driver["points"]), Fraction(driver["gross"]))
        for position, (name, driver) in enumerate(drivers.items(), start=1)
    ]


def test_the_season_of_1954_with_shared_cars_and_a_lap_that_seven_drove():
    scheme, counted, said = season(1954)
    rounds = [
        round_scores([heat(*(_car_of(text) for text in cars))], scheme) for cars in said["rounds"].values()
    ]
    silverstone = points_of(rounds[4])
    assert silverstone["González"] == 8 + Fraction(1, 7)
    assert [silverstone[name] for name in ("Ascari", "Moss", "Behra")] == [Fraction(1, 7)] * 3
    rows = {row.holder[1]: row for row in table(rounds, counted)}
    for position, (name, books) in enumerate(said["points"].items(), start=1):
        wanted = [sum(Fraction(part) for part in text.split()) for text in books]
        assert (rows[name].position, [rows[name].points, rows[name].gross]) == (position, wanted)


def _car_of(text):
    place, *drivers = text.split()
    return car(place_of(place.removesuffix("f")), *drivers, fastest_lap=place.endswith("f"))


def test_farina_got_both_shares_in_argentina_in_1955():
    scheme = Scheme(positions_of("8, 6, 4, 3, 2"), shared_cars="split")
    scores = heat_scores(
        heat(
            car(1, "Fangio"),
            car(2, "González", "Farina", "Trintignant"),
            car(3, "Farina", "Maglioli", "Trintignant"),
        ),
        scheme,
    )
    assert points_of(scores)["Farina"] == points_of(scores)["Trintignant"] == Fraction(10, 3)
    assert scores["", "Farina"] == Score(Fraction(10, 3), starts=1, places=(2,))


# Rule by rule


def test_points_are_written_with_commas_and_halves_with_a_point():
    assert positions_of(" 12.5,10 ,0.5") == (Fraction(25, 2), 10, Fraction(1, 2))
    assert positions_of("") == ()


def test_what_counts_is_written_as_one_number_or_part_by_part():
    assert counted_of("") == []
    assert counted_of("11") == [(11, None)]
    assert counted_of("6/8, 6/7") == [(6, 8), (6, 7)]


def test_places_behind_the_last_one_that_scores_get_nothing_and_nor_does_who_has_no_place():
    assert car_points(heat(car(10), car(11), car(None)), SCHEME) == [1, 0, 0]


def test_equal_places_share_the_points_that_they_take_up():
    found = car_points(heat(car(1, "a"), car(1, "b"), car(3)), SCHEME)
    assert found == [Fraction(43, 2), Fraction(43, 2), 15]


def test_a_guest_scores_nothing_and_those_behind_move_up_in_his_class_alone():
    lines = heat(
        car(1, group="sp9", guest=True, pole=True),
        car(2, group="sp9"),
        car(1, group="sp10"),
        car(3, group="sp9"),
        car(2, group="sp10"),
    )
    scheme = Scheme(FIA_2010, pole=Fraction(1))
    assert car_points(lines, scheme) == [0, 25, 25, 18, 18]
    assert ("sp9", "driver 1") not in heat_scores(lines, scheme)


def test_pole_and_fastest_lap_add_to_the_place():
    scheme = Scheme(FIA_2010, pole=Fraction(3), fastest_lap=Fraction(1))
    lines = [car(1), car(2, fastest_lap=True), car(None, pole=True)]
    assert car_points(heat(*lines), scheme) == [25, 19, 3]
    assert car_points(heat(*lines, kind="sprint"), scheme) == [0, 0, 0]


def test_the_fastest_lap_may_need_a_place_among_the_first():
    scheme = Scheme(FIA_2010, fastest_lap=Fraction(1), fastest_lap_within=10)
    assert car_points(heat(car(10, fastest_lap=True)), scheme) == [2]
    assert car_points(heat(car(11, fastest_lap=True)), scheme) == [0]
    assert car_points(heat(car(None, fastest_lap=True)), scheme) == [0]


def test_sprints_and_qualifying_races_have_points_of_their_own_or_none():
    scheme = Scheme(FIA_2010, sprint_positions=positions_of("3, 2, 1"))
    for kind in ("sprint", "qualifying_race"):
        assert car_points(heat(car(1), kind=kind), scheme) == [3]
        assert car_points(heat(car(1), kind=kind), SCHEME) == [0]


def test_half_and_double_points_are_a_factor():
    assert car_points(heat(car(1)), SCHEME, Fraction(1, 2)) == [Fraction(25, 2)]
    assert car_points(heat(car(1)), SCHEME, Fraction(2)) == [50]


def test_what_the_organiser_states_overrules_scheme_and_factor():
    lines = heat(car(1, stated=Fraction(7)), car(None, stated=Fraction(0)))
    assert car_points(lines, SCHEME, Fraction(2)) == [7, 0]


@pytest.mark.parametrize(("rule", "each"), [("full", 25), ("split", Fraction(25, 2)), ("none", 0)])
def test_a_shared_car_gives_all_a_share_or_nothing(rule, each):
    scores = heat_scores(heat(car(1, "a", "b")), Scheme(FIA_2010, shared_cars=rule))
    assert points_of(scores) == {"a": each, "b": each}


def test_of_two_cars_with_full_points_the_better_one_counts():
    scores = heat_scores(heat(car(3, "a", "b"), car(1, "a", "c")), SCHEME)
    assert scores["", "a"] == Score(Fraction(25), starts=1, wins=1, places=(1,))


def test_a_team_gets_the_points_of_all_its_cars():
    lines = heat(car(1, "a", "b", team="T"), car(3, "c", team="T"), car(2, "d"))
    scores = heat_scores(lines, Scheme(FIA_2010, shared_cars="split"), of_teams=True)
    assert scores == {("", "T"): Score(Fraction(40), starts=1, wins=1, places=(1, 3))}


def test_who_did_not_start_is_in_no_table():
    assert heat_scores(heat(car(None, started=False)), SCHEME) == {}
    assert heat_scores(heat(car(None, "a")), SCHEME) == {("", "a"): Score(starts=1)}


def test_sprints_count_as_starts_only_where_there_is_no_race():
    scheme = Scheme(FIA_2010, sprint_positions=positions_of("3, 2, 1"))
    sprint, race = heat(car(1, "a"), kind="sprint"), heat(car(2, "a"))
    assert round_scores([sprint, race], scheme)["", "a"] == Score(Fraction(21), starts=1, places=(2,))
    assert round_scores([sprint], scheme)["", "a"] == Score(Fraction(3), starts=1, wins=1, places=(1,))


def test_two_races_of_a_weekend_add_up():
    found = round_scores([heat(car(1, "a")), heat(car(2, "a"))], SCHEME)
    assert found["", "a"] == Score(Fraction(43), starts=2, wins=1, places=(1, 2))


def test_of_each_part_of_the_season_the_best_results_count():
    assert net([1, 2, 3, 4, 5], [(2, 3), (1, 2)]) == 10
    assert net([1, 2, 3, 4, 5, 9], [(2, 3), (1, 2)]) == 14, "a round too many belongs to the last part"
    assert net([1, 2, 3], [(2, None)]) == 5
    assert net([10, -5, 3], [(1, None)]) == 5, "a penalty cannot be dropped"


def test_wins_decide_between_equals_and_then_second_places():
    rounds = [
        {"a": Score(Fraction(10), places=(2,)), "b": Score(Fraction(20), 1, 1, (1,))},
        {"a": Score(Fraction(10), places=(2,)), "c": Score(Fraction(20), places=(2,))},
    ]
    assert [(row.holder, row.position) for row in table(rounds)] == [("b", 1), ("a", 2), ("c", 3)]


def test_who_remains_equal_shares_the_place_and_the_next_one_is_left_out():
    score = Score(Fraction(10), 1, 0, (2,))
    rows = table([{"a": score, "b": score, "c": Score(Fraction(1), places=(1,))}])
    assert [(row.holder, row.position) for row in rows] == [("a", 1), ("b", 1), ("c", 3)]


# What always holds

crews = st.lists(st.integers(1, 5), min_size=1, max_size=6)
some_points = st.fractions(0, 100, max_denominator=14)


@given(crews, some_points, st.integers(0, 5))
def test_shares_come_to_the_whole_car(sizes, bonus, holder):
    drivers = iter(range(100))
    lines = [
        car(place, *(next(drivers) for _n in range(size)), fastest_lap=place > holder)
        for place, size in enumerate(sizes, start=1)
    ]
    scheme = Scheme(FIA_2010, fastest_lap=bonus, shared_cars="split")
    shares = sum(points_of(heat_scores(heat(*lines), scheme)).values())
    holders = any(line.fastest_lap for line in lines)
    assert shares == sum(car_points(heat(*lines), scheme)) == sum(FIA_2010[: len(sizes)]) + bonus * holders


@given(st.lists(some_points, max_size=20), st.randoms())
def test_when_all_results_count_their_order_does_not_matter(points, random):
    shuffled = random.sample(points, len(points))
    assert net(shuffled, []) == net(points, []) == sum(points)


@given(
    st.lists(st.fractions(-20, 100, max_denominator=14), max_size=20),
    st.lists(st.tuples(st.integers(0, 9), st.integers(1, 9)), max_size=3),
)
def test_what_counts_is_never_more_than_all(points, counted):
    assert net(points, counted) <= sum(points)
