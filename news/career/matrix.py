"""A year as matrices, one a championship: races across, cars down; every cell carries a code and words."""

from dataclasses import dataclass

from django.db.models import IntegerField
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from news.models import Race, Result, Season, Session
from prepared import prepared

IN_FRONT = 5
# More rows than this stand folded under the matrix.
ROWS_SHOWN = 8


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
    is_pole: bool = False
    is_fastest_lap: bool = False


@dataclass(frozen=True)
class Row:
    title: str
    details: tuple[str, ...]
    is_own: bool
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Matrix:
    """The races of a championship; without a season those of the whole year, or those outside any championship."""

    season: Season | None
    columns: list[Column]
    rows: list[Row]

    @property
    def first_rows(self):
        return self.rows[: self._shown]

    @property
    def more_rows(self):
        return self.rows[self._shown :]

    @property
    def _shown(self):
        return max(ROWS_SHOWN, sum(row.is_own for row in self.rows))

    @property
    def is_long(self):
        """Whether it has more races than fit beside each other."""
        return len(self.columns) > 8


def matrices_of(columns, lines) -> list[Matrix]:
    """One for each championship of the year, and one for the races outside; a year with one championship, or none,
    stays whole. The columns' races come with their rounds."""
    seasons = {each.season for column in columns for each in column.race.rounds.all()}
    if len(seasons) < 2:
        return [Matrix(None, columns, rows_of(columns, lines))]
    found = [_matrix(season, columns, lines) for season in [*sorted(seasons, key=_name), None]]
    return [matrix for matrix in found if matrix.columns]


def _name(season):
    return season.series.name


def _matrix(season, columns, lines):
    theirs = [column for column in columns if _counts_for(column.race, season)]
    sessions = {column.session.pk for column in theirs if column.session}
    driven = [line for line in lines if line.classification.session_id in sessions]
    return Matrix(season, theirs, rows_of(theirs, driven))


def _counts_for(race, season):
    seasons = [each.season for each in race.rounds.all()]
    return season in seasons if season else not seasons


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
        return Cell(
            column, line.code, line.outcome, _words(line), line.is_pole is True, line.is_fastest_lap is True
        )
    if race.state == Race.State.CANCELLED:
        return Cell(column, pgettext("code", "canc."), "off", race.get_state_display())
    if race.is_over():
        return Cell(column, "—", "none", _("not recorded"))
    if race.state == Race.State.POSTPONED:
        return Cell(column, pgettext("code", "ppd."), "off", race.get_state_display())
    return Cell(column, "", "soon", _("still to come"))


def _words(line):
    held = [line.is_pole and _("pole position"), line.is_fastest_lap and _("fastest lap")]
    return ", ".join(filter(None, [str(line.outcome_title), *held]))


@prepared(year=IntegerField())
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
