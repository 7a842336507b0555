"""Where the marks of a season's chart stand: numbers only, in whole units of the drawing; the lines are drawn and named
in the template. Wide: races across, places down. Rows: races down, places across, for narrow screens and long seasons.
"""

from dataclasses import dataclass
from itertools import pairwise

from news.career.careers import Stop

# The drawing in wide: its size, the plot in it, and the lane below for cars that did not come in.
WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM, LANE = 900, 380, 56, 870, 30, 310, 34
# The same in rows.
ROWS_WIDTH, ROWS_LABELS, ROWS_TOP, ROW, EDGE = 360, 124, 52, 48, 14
# From so many races on, numbers stand over and under the marks.
DENSE = 8
# About how wide a letter of a name under the wide drawing is.
LETTER = 8


@dataclass(frozen=True)
class Mark:
    """One race: `at` along the season; places on the other axis, None where there is nothing to draw."""

    stop: Stop
    at: int
    place: int | None
    grid: int | None
    span: tuple[int, int] | None  # "on the podium": from where and how far
    out: int | None

    @property
    def span_end(self):
        return self.span and sum(self.span)

    @property
    def end(self):
        """Where the way through the season passes: the finish, or the middle of what is possible."""
        return self.span[0] + self.span[1] // 2 if self.span else self.place

    @property
    def came_forward(self):
        """Whether the finish was better than the grid, as far as both are known."""
        return self.grid is None or self.place is None or self.place <= self.grid

    @property
    def finish(self):
        """Where the way from the grid ends."""
        return self.end if self.out is None else self.out


@dataclass(frozen=True)
class Way:
    """The line from one known finish to the next; dashed where a finish between them is not known."""

    x1: int
    y1: int
    x2: int
    y2: int
    is_dashed: bool


@dataclass(frozen=True)
class Drawing:
    is_rows: bool
    width: int
    height: int
    start: int
    end: int
    ticks: list[tuple[int, int]]
    marks: list[Mark]
    ways: list[Way]
    letters: int = 99  # how many of a name fit

    @property
    def is_dense(self):
        """Whether there is no room for words beside the marks."""
        return len(self.marks) > DENSE


@dataclass(frozen=True)
class Chart:
    stops: list[Stop]
    wide: Drawing
    tall: Drawing


def chart_of(stops) -> Chart | None:
    """None where fewer than two races have anything to show."""
    if sum(1 for stop in stops if stop.place or stop.bound or stop.is_out) < 2:
        return None
    longest = max(len(stop.title) for stop in stops)
    is_crowded = longest * LETTER > (RIGHT - LEFT) / len(stops)
    wide = _rows(stops, WIDTH, longest * LETTER + EDGE) if is_crowded else _wide(stops)
    return Chart(stops, wide, _rows(stops, ROWS_WIDTH, ROWS_LABELS))


def _wide(stops):
    has_lane = any(stop.is_out for stop in stops)
    scale, ticks = _scale(stops, TOP, BOTTOM - (LANE if has_lane else 0))
    step = (RIGHT - LEFT) / len(stops)
    marks = [_mark(stop, round(LEFT + (n + 0.5) * step), scale, BOTTOM) for n, stop in enumerate(stops)]
    ways = [Way(a.at, a.end, b.at, b.end, dashed) for a, b, dashed in _pairs(marks)]
    return Drawing(False, WIDTH, HEIGHT, LEFT, RIGHT, ticks, marks, ways)


def _rows(stops, width, labels):
    has_lane = any(stop.is_out for stop in stops)
    end = width - EDGE
    scale, ticks = _scale(stops, labels + EDGE, end - (LANE if has_lane else 0))
    marks = [_mark(stop, ROWS_TOP + n * ROW, scale, end) for n, stop in enumerate(stops)]
    ways = [Way(a.end, a.at, b.end, b.at, dashed) for a, b, dashed in _pairs(marks)]
    bottom = ROWS_TOP + (len(stops) - 1) * ROW + ROW // 2
    return Drawing(True, width, bottom, ROWS_TOP - ROW // 2, bottom, ticks, marks, ways, labels // LETTER)


def _scale(stops, start, end):
    """A function from place to coordinate, and the places that get a line: [(place, coordinate)]."""
    worst = max(place or 1 for stop in stops for place in (stop.place, stop.bound, stop.grid))
    step = next(
        step for step, reach in ((3, 12), (5, 25), (10, 50), (20, 100), (50, 10**6)) if worst <= reach
    )
    places = [1, *range(step, max(worst, 2 * step) + step, step)]

    def scale(place):
        return round(start + (place - 1) * (end - start) / (places[-1] - 1))

    return scale, [(place, scale(place)) for place in places]


def _mark(stop, at, scale, lane):
    return Mark(
        stop,
        at,
        place=scale(stop.place) if stop.place else None,
        grid=scale(stop.grid) if stop.grid else None,
        span=(scale(1), scale(stop.bound) - scale(1)) if stop.bound else None,
        out=lane if stop.is_out else None,
    )


def _pairs(marks):
    """Neighbours among the races with a known finish, and whether the way between them is a guess."""
    known = [n for n, mark in enumerate(marks) if mark.end is not None]
    for here, there in pairwise(known):
        is_exact = there == here + 1 and not marks[here].span and not marks[there].span
        yield marks[here], marks[there], not is_exact
