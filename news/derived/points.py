"""Points and tables of a championship, counted in fractions: nothing is rounded before it is stored. Pure.

Rules that a point scheme does not spell out:

- Cars on equal places share the points of the places that they take up.
- Several holders of the fastest lap (or of pole) share its points.
- Pole and fastest lap count in races proper; sprints and qualifying races give points by place alone.
- A driver of two cars in one race: shares of a car add up, as in the fifties; full points are those of the better car.
- Best results: a round is one result. What is below nothing (a penalty) cannot be dropped.
- Wins, and the places that decide between equals, are those of the result lists: of races, and of sprints only
  where a weekend has nothing else. They are counted in all rounds, dropped ones included.
"""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

RACE = "race"
FULL, SPLIT, NONE = "full", "split", "none"
NOTHING = Fraction(0)


@dataclass(frozen=True)
class Scheme:
    """What a place, pole and the fastest lap are worth."""

    positions: tuple[Fraction, ...]
    sprint_positions: tuple[Fraction, ...] = ()
    pole: Fraction = NOTHING
    fastest_lap: Fraction = NOTHING
    fastest_lap_within: int | None = None
    shared_cars: str = FULL

    def by_place(self, kind: str) -> tuple[Fraction, ...]:
        return self.positions if kind == RACE else self.sprint_positions


@dataclass(frozen=True)
class Line:
    """A car on a result list. `place` is None for whoever was not classified; `group` is the table it counts for."""

    drivers: tuple[Hashable, ...]
    place: int | None = None
    team: Hashable = None
    group: str = ""
    pole: bool = False
    fastest_lap: bool = False
    guest: bool = False
    started: bool = True
    stated: Fraction | None = None


@dataclass(frozen=True)
class Heat:
    """One race of a round, by its result list."""

    lines: tuple[Line, ...]
    kind: str = RACE


@dataclass(frozen=True)
class Score:
    """What a round, or several, came to for somebody."""

    points: Fraction = NOTHING
    starts: int = 0
    wins: int = 0
    places: tuple[int, ...] = ()

    def __add__(self, other: "Score") -> "Score":
        return Score(
            self.points + other.points,
            self.starts + other.starts,
            self.wins + other.wins,
            self.places + other.places,
        )


@dataclass(frozen=True)
class Row:
    """A line of a table; `points` are those that count, `gross` all of them."""

    holder: Hashable
    position: int
    points: Fraction
    gross: Fraction
    starts: int
    wins: int


def positions_of(text: str) -> tuple[Fraction, ...]:
    """The points of each place, as a scheme writes them: "25, 18, 0.5"."""
    return tuple(Fraction(each.strip()) for each in text.split(",") if each.strip())


def counted_of(text: str) -> list[tuple[int, int | None]]:
    """How many results count, of how many rounds: "6/8, 6/7" is [(6, 8), (6, 7)], "11" is [(11, None)]."""
    parts = [[int(number) for number in part.split("/")] for part in text.split(",") if part.strip()]
    return [(best[0], best[1] if len(best) > 1 else None) for best in parts]


def car_points(heat: Heat, scheme: Scheme, factor: Fraction = Fraction(1)) -> list[Fraction]:
    """The points of each car of the list, in its order."""
    return [_points(line, heat, scheme, factor) for line in heat.lines]


def _points(line, heat, scheme, factor):
    if line.guest:
        return NOTHING
    if line.stated is not None:
        return line.stated
    if scheme.shared_cars == NONE and len(line.drivers) > 1:
        return NOTHING
    points = _by_place(line, heat.lines, scheme.by_place(heat.kind))
    if heat.kind == RACE:
        points += _shared(line, heat.lines, "pole", scheme.pole)
        within = scheme.fastest_lap_within
        if within is None or (line.place is not None and line.place <= within):
            points += _shared(line, heat.lines, "fastest_lap", scheme.fastest_lap)
    return points * factor


def _by_place(line, lines, by_place):
    """Those behind a guest move up."""
    if line.place is None:
        return NOTHING
    rivals = [other for other in lines if other.group == line.group and other.place is not None]
    guests = sum(other.guest and other.place < line.place for other in rivals)
    equal = sum(not other.guest and other.place == line.place for other in rivals)
    first = max(line.place - 1 - guests, 0)
    return Fraction(sum(by_place[first : first + equal], NOTHING), equal)


def _shared(line, lines, flag, points):
    return points / sum(getattr(other, flag) for other in lines) if getattr(line, flag) else NOTHING


def heat_scores(
    heat: Heat, scheme: Scheme, factor: Fraction = Fraction(1), of_teams: bool = False
) -> dict[tuple[str, Hashable], Score]:
    """{(group, driver or team): what one race gave}; guests and cars that did not start are in no table."""
    cars = {}
    for line, points in zip(heat.lines, car_points(heat, scheme, factor), strict=True):
        if line.started and not line.guest:
            for holder, share in _holders(line, points, scheme, of_teams):
                cars.setdefault((line.group, holder), []).append((share, line.place))
    adds_up = of_teams or scheme.shared_cars == SPLIT
    return {key: _score(of_one, adds_up, of_teams) for key, of_one in cars.items()}


def _holders(line, points, scheme, of_teams) -> Iterator[tuple[Hashable, Fraction]]:
    if of_teams:
        yield from [(line.team, points)] if line.team is not None else []
    else:
        split = len(line.drivers) if scheme.shared_cars == SPLIT else 1
        yield from ((driver, points / split) for driver in line.drivers)


def _score(cars, adds_up, of_teams):
    points = [share for share, _place in cars]
    places = sorted(place for _share, place in cars if place is not None)
    return Score(
        points=sum(points, NOTHING) if adds_up else max(points),
        starts=1,
        wins=int(1 in places),
        # A driver finishes a race once, a team as often as it has cars.
        places=tuple(places if of_teams else places[:1]),
    )


def round_scores(
    heats: Sequence[Heat], scheme: Scheme, factor: Fraction = Fraction(1), of_teams: bool = False
) -> dict[tuple[str, Hashable], Score]:
    """{(group, driver or team): what a weekend gave}"""
    proper = [heat for heat in heats if heat.kind == RACE] or heats
    found = {}
    for heat in heats:
        for key, score in heat_scores(heat, scheme, factor, of_teams).items():
            score = score if heat in proper else Score(points=score.points)
            found[key] = found.get(key, Score()) + score
    return found


def net(points: Sequence[Fraction], counted: Sequence[tuple[int, int | None]]) -> Fraction:
    """What counts of the points of all rounds in order: of each part of the season the best; all where no part is
    named. The last part takes the rounds that are left."""
    total, start = NOTHING, 0
    for number, (best, of) in enumerate(counted, start=1):
        end = len(points) if of is None or number == len(counted) else start + of
        ranked = sorted(points[start:end], reverse=True)
        total += sum(ranked[:best], NOTHING) + sum((each for each in ranked[best:] if each < 0), NOTHING)
        start = end
    return total if counted else sum(points, NOTHING)


def table(
    rounds: Sequence[dict[Hashable, Score]], counted: Sequence[tuple[int, int | None]] = ()
) -> list[Row]:
    """The table after these rounds, {} for one that is still to come. Of equals the one with more wins is ahead,
    then with more second places, and so on; who remains equal shares the place."""
    holders = dict.fromkeys(holder for each in rounds for holder in each)
    totals = {holder: sum((each[holder] for each in rounds if holder in each), Score()) for holder in holders}
    points = {
        holder: net([each[holder].points if holder in each else NOTHING for each in rounds], counted)
        for holder in holders
    }
    last = max((place for total in totals.values() for place in total.places), default=0)
    keys = {holder: (points[holder], _count_back(totals[holder].places, last)) for holder in holders}
    ranked = sorted(holders, key=keys.get, reverse=True)
    first_of = {}
    for position, holder in enumerate(ranked, start=1):
        first_of.setdefault(keys[holder], position)
    return [
        Row(
            holder,
            first_of[keys[holder]],
            points[holder],
            totals[holder].points,
            totals[holder].starts,
            totals[holder].wins,
        )
        for holder in ranked
    ]


def _count_back(places, last):
    """How often first, second and so on."""
    return tuple(places.count(place) for place in range(1, last + 1))
