"""A year as a matrix: races across, cars down; every cell carries a code and words."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from news.models import Race, Result, Session

IN_FRONT = 5


@dataclass(frozen=True)
class Column:
    """A race of the year; a weekend with two races has two columns."""

    race: Race
    session: Session | None
    title: str


@dataclass(frozen=True)
class Cell:
    """What happened to a car in a race: a code, the kind of outcome that gives it its form, and words.

    A race to come has no code: its day stands there.
    """

    column: Column
    code: str
    kind: str
    words: str


@dataclass(frozen=True)
class Row:
    title: str
    details: tuple[str, ...]
    is_own: bool
    cells: tuple[Cell, ...]


def columns_of(races) -> list[Column]:
    """Races come in order with their sessions loaded."""
    columns = []
    for race in races:
        sessions = [session for session in race.sessions.all() if session.is_race]
        if len(sessions) < 2:
            columns.append(Column(race, sessions[0] if sessions else None, race.short))
        else:
            columns += [
                Column(race, session, f"{race.short} ({session.label or number})")
                for number, session in enumerate(sessions, start=1)
            ]
    return columns


def rows_of(columns, lines) -> list[Row]:
    """Our drivers first, each in a row; then the cars that came in among the first five, the best first."""
    return [*_own_rows(columns, lines), *_rows_of_others(columns, lines)]


def _own_rows(columns, lines):
    of_driver = {}
    for line in lines:
        for driver in line.entry.crew_drivers:
            if driver.ours:
                of_driver.setdefault(driver, []).append(line)
    return [
        Row(str(driver), _car(driven), True, _cells(columns, driven))
        for driver, driven in sorted(of_driver.items(), key=lambda item: item[0].last_name)
    ]


def _rows_of_others(columns, lines):
    of_car = {}
    for line in lines:
        if not line.entry.is_ours:
            of_car.setdefault(_same_car(line.entry), []).append(line)
    in_front = [driven for driven in of_car.values() if _best(driven) <= IN_FRONT]
    return [
        Row(*_name_and_car(driven), False, _cells(columns, driven))
        for driven in sorted(in_front, key=lambda driven: sorted(line.position or 999 for line in driven))
    ]


def _same_car(entry):
    """A car is known again by team and number; without a number by team and model."""
    return entry.team_id, entry.number or entry.car


def _best(driven):
    return min(line.position or 999 for line in driven)


def _name_and_car(driven):
    """By the crew of the last race that names one, else by the team."""
    crew = next((line.entry.crew_drivers for line in reversed(driven) if line.entry.crew_drivers), [])
    if crew:
        return ", ".join(driver.last_name for driver in crew), _car(driven)
    line = driven[-1]
    detail = _number(line.entry) or line.entry.car
    return line.team_name or line.entry.car or "—", (detail,) if detail else ()


def _car(driven):
    """Number and team of the last race that names them; the model where there is no number."""
    line = next((line for line in reversed(driven) if line.entry.number), driven[-1])
    return tuple(filter(None, [_number(line.entry) or line.entry.car, line.team_name]))


def _number(entry):
    return _("No. %(number)s") % {"number": entry.number} if entry.number else ""


def _cells(columns, driven):
    """One cell a column; a driver in two cars of one race is shown with the better one."""
    by_session = {}
    for line in sorted(driven, key=lambda line: line.position or 999):
        by_session.setdefault(line.classification.session_id, line)
    return tuple(_cell(column, column.session and by_session.get(column.session.pk)) for column in columns)


def _cell(column, line):
    """The result, else why there is none."""
    race = column.race
    if line:
        return Cell(column, line.code, line.outcome, line.outcome_title)
    if race.state == Race.State.CANCELLED:
        return Cell(column, pgettext("code", "canc."), "off", race.get_state_display())
    if race.is_over():
        return Cell(column, "—", "none", _("not recorded"))
    if race.state == Race.State.POSTPONED:
        return Cell(column, pgettext("code", "ppd."), "off", race.get_state_display())
    return Cell(column, "", "soon", _("still to come"))


def results_of_year(year):
    """Lines for the matrix, in the order in which they were driven."""
    return (
        Result.objects.current()
        .in_races()
        .of_year(year)
        .of_cars_in_front(IN_FRONT)
        .with_list()
        .with_car()
        .by_date()
    )
