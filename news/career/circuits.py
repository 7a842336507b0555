"""Where the marks of the chart of results by circuit stand: a row for each circuit, places across. Numbers only; the
lines are drawn and named in the template."""

from collections import Counter
from dataclasses import dataclass
from math import sqrt

from news.career.groups import CIRCUIT, NOT_RECORDED, Division, Group, groups_of
from news.models import Result

# Wide: the name beside the places. Tall: the name over them.
WIDE, WIDE_LEFT, WIDE_ROW = 900, 250, 46
TALL, TALL_LEFT, TALL_ROW = 360, 20, 68
TOP, RIGHT, OUT = 40, 24, 64
# Results with the same place stand under each other, so many of them.
STACK, STACKED = 8, 4
# The places that may get a line; the last one that is needed pushes away those that would stand too near.
PLACES, NARROW = (1, 3, 5, 10, 20, 30, 50, 75, 100, 150, 200), 20
# About how wide a letter of a name is.
LETTER = 6.5


@dataclass(frozen=True)
class Row:
    group: Group
    y: int
    best: int | None  # the place, and where it stands
    best_x: int | None
    times: int  # how often it was reached
    worst_x: int | None
    dots: tuple[tuple[int, int], ...]
    bound: int | None  # where "3 or better" ends
    out: int

    @property
    def name_y(self):
        return self.y - 28


@dataclass(frozen=True)
class Drawing:
    name: str
    width: int
    height: int
    left: int
    out_x: int
    letters: int
    ticks: list[tuple[int, int]]
    rows: list[Row]

    @property
    def is_tall(self):
        return self.width == TALL


@dataclass(frozen=True)
class CircuitChart:
    division: Division
    groups: list[Group]  # for the table: also races without a circuit
    wide: Drawing
    tall: Drawing


def circuits_of(career) -> CircuitChart | None:
    """None where no race has anything to show."""
    groups = groups_of(career, CIRCUIT)
    drawn = [group for group in groups if group.title != NOT_RECORDED and any(map(_shows, group.lines))]
    if not drawn:
        return None
    wide = _drawing("circuits-wide", drawn, WIDE, WIDE_LEFT, WIDE_ROW)
    return CircuitChart(CIRCUIT, groups, wide, _drawing("circuits-tall", drawn, TALL, TALL_LEFT, TALL_ROW))


def _shows(line):
    return line.position or line.position_or_better or line.status in Result.CODES


def _drawing(name, groups, width, left, height):
    has_out = any(_out(group) for group in groups)
    end = width - RIGHT - (OUT if has_out else 0)
    scale, ticks = _scale([line for group in groups for line in group.lines], left, end)
    first = TOP + height * 5 // 8
    rows = [_row(group, first + n * height, scale) for n, group in enumerate(groups)]
    bottom = first + (len(rows) - 1) * height + 26
    letters = int((width if width == TALL else left - 40) // LETTER)
    return Drawing(name, width, bottom, left, width - RIGHT, letters, ticks, rows)


def _scale(lines, left, end):
    """A function from place to coordinate, and the places that get a line. The front has more room than the back: a
    second place is further from a win than the 32nd from the 31st."""
    worst = max([3, *(line.position or line.position_or_better or 1 for line in lines)])
    last = next((place for place in PLACES if place >= worst), worst)

    def scale(place):
        return round(left + (end - left) * sqrt((place - 1) / (last - 1)))

    ticks = [(place, scale(place)) for place in PLACES if place < last]
    return scale, [*(tick for tick in ticks if scale(last) - tick[1] > NARROW), (last, scale(last))]


def _out(group):
    return sum(1 for line in group.lines if not line.position and line.status in Result.CODES)


def _row(group, y, scale):
    places = Counter(line.position for line in group.lines if line.position)
    bounds = [line.position_or_better for line in group.lines if line.position_or_better]
    best = min(places, default=None)
    dots = [
        (scale(place), y + STACK * n - STACK * (min(times, STACKED) - 1) // 2)
        for place, times in sorted(places.items())
        if place != best
        for n in range(min(times, STACKED))
    ]
    return Row(
        group,
        y,
        best,
        scale(best) if best else None,
        places[best],
        scale(max(places)) if places else None,
        tuple(dots),
        scale(max(bounds)) if bounds else None,
        _out(group),
    )
