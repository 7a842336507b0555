"""Result lists as pages show them: in part or whole, by class and cup, by grid, and against an older one."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import BigAutoField

from news.career.questions import has_outcome
from news.models import Classification, Crew, Result, Session
from news.slugs import slug_of
from prepared import prepared

# So much of a list stands on the page of its race; the rest on its own page when it is longer than a few lines.
SHOWN_OF_A_RACE, SHOWN_OF_A_SESSION, FEW = 10, 3, 5
MOVES_SHOWN = 6


@dataclass(frozen=True)
class Group:
    """The cars of a class or of a cup in it, by their places there; those without one at the end."""

    name: str
    slug: str
    lines: list[Result]

    @property
    def winner(self):
        return self.lines[0]

    @cached_property
    def ours(self):
        return ours_in(self.lines)

    @cached_property
    def cups(self):
        return _groups(self.lines, lambda line: line.entry.cup, lambda line: line.place_in_cup)


@dataclass(frozen=True)
class ResultList:
    """A result list; `newer` is the list in force where this one no longer is."""

    session: Session
    classification: Classification
    lines: list[Result]
    newer: "ResultList | None" = None

    @property
    def is_timed(self):
        """Practice and qualifying: lap times decide, nobody started from anywhere."""
        return not self.session.is_race

    @property
    def is_long(self):
        return len(self.lines) > self._shown + FEW

    @property
    def first_lines(self):
        """The first lines, and ours wherever they stand."""
        if not self.is_long:
            return self.lines
        return [line for place, line in enumerate(self.lines) if place < self._shown or line.entry.is_ours]

    @property
    def _shown(self):
        return SHOWN_OF_A_RACE if self.session.is_race else SHOWN_OF_A_SESSION

    @cached_property
    def ours(self):
        return ours_in(self.lines)

    @cached_property
    def classes(self):
        """[the cars of each class], ours first; only where places in class are known, and where they say more than the
        list itself."""
        found = _groups(self.lines, lambda line: line.entry.car_class, lambda line: line.place_in_class)
        if self.is_one_class and not (found and found[0].cups):
            return []
        return sorted(found, key=lambda group: not group.ours)

    @cached_property
    def is_one_class(self):
        """Whether all cars are known to be of the same class."""
        names = {line.entry.car_class.casefold() for line in self.lines}
        return len(names) == 1 and names != {""}

    @cached_property
    def grid(self):
        """The lines by place on the grid, those from the pit lane last; [] where no grid is on record."""
        known = [line for line in self.lines if line.grid and self.session.is_race]
        return sorted(known, key=lambda line: (not line.grid.isdecimal(), line.grid.zfill(4), line.pk))

    @cached_property
    def moves(self):
        return moves_between(self.lines, self.newer.lines) if self.newer else []

    @property
    def first_moves(self):
        return self.moves[: max(MOVES_SHOWN, sum(move.is_ours for move in self.moves))]

    @property
    def more_moves(self):
        return len(self.moves) - len(self.first_moves)


@dataclass(frozen=True)
class Move:
    """A car that stands elsewhere on the newer list, or no longer on it."""

    before: Result
    after: Result | None

    @property
    def is_ours(self):
        return self.before.entry.is_ours

    @property
    def distance(self):
        """Places lost or won; who lost his place altogether comes first."""
        if not (self.after and self.after.position and self.before.position):
            return 999
        return abs(self.after.position - self.before.position)


def ours_in(lines):
    return [line for line in lines if line.entry.is_ours]


def moves_between(older, newer) -> list[Move]:
    """Cars of the older list that stand elsewhere on the newer one: ours first, then the longest way.

    A place that was not known before, or is not known now, has not moved.
    """
    now = {line.entry_id: line for line in newer}
    moves = [Move(line, now.get(line.entry_id)) for line in older if has_outcome(line)]
    moved = [move for move in moves if not move.after or _has_moved(move)]
    return sorted(moved, key=lambda move: (not move.is_ours, -move.distance))


def _has_moved(move):
    return has_outcome(move.after) and move.after.code != move.before.code


def _groups(lines, name, place):
    """[Group] in the order of their best cars. Files write one class in several ways: GTDPRO, GTDPro."""
    found = {}
    for line in sorted(lines, key=lambda line: place(line) or len(lines) + 1):
        if name(line):
            found.setdefault(name(line).casefold(), []).append(line)
    placed = {name(group[0]): group for group in found.values() if place(group[0])}
    slugs = _slugs(placed)
    groups = [Group(title, slugs[title], group) for title, group in placed.items()]
    return sorted(groups, key=lambda group: group.winner.position or len(lines) + 1)


def _slugs(names):
    """{name: the end of its address}, each once: GT3 is gt3, and GT3+ beside it gt3-2."""
    found = {}
    for name in sorted(names):
        wanted = slug_of(name) or "-"
        numbered = (f"{wanted}-{number}" for number in range(2, len(names) + 2))
        found[name] = next(slug for slug in [wanted, *numbered] if slug not in found.values())
    return found


def lists_by_session(sessions, lines) -> dict[int, list[ResultList]]:
    """{session's id: its lists, the one in force first}; lines come in that order."""
    found = {}
    for line in lines:
        of_session = found.setdefault(line.classification.session_id, {})
        of_session.setdefault(line.classification, []).append(line)
    return {session.pk: _lists(session, found[session.pk]) for session in sessions if session.pk in found}


def _lists(session, found):
    (classification, lines), *older = found.items()
    current = ResultList(session, classification, lines)
    now = {line.entry_id: line for line in lines}
    for line in (line for _list, replaced in older for line in replaced):
        line.now = now.get(line.entry_id)
    return [current, *(ResultList(session, each, replaced, current) for each, replaced in older)]


@prepared(race=BigAutoField())
def _crews(race):
    return Crew.objects.of_race(race)


def seat_crews(lines, race):
    """Give the lines' cars their crews; returns {car: the name of its team then} of every car of the race with one."""
    crews, entries = {}, {}
    for place in _crews(race=race.pk):
        crews.setdefault(place.entry_id, []).append(place.driver)
        entries.setdefault(place.entry, place.team_then)
    for entry in [*entries, *(line.entry for line in lines)]:
        entry.crew_drivers = crews.get(entry.pk, [])
    return entries
