"""What an import would do: a file laid beside what is on record. Nothing is written here."""

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from django.utils.translation import gettext as _

from news.models import Classification, Entry, Result, Session
from news.timing.doubts import doubts_about
from news.timing.matching import Match, Names, names_of, person_key
from news.timing.rows import BadFile, ResultFile, Row, refuse_all

# Fields of Result that a row can say, by the name under which a file states them.
OF_ROW = {
    "position": ["position"],
    "class_position": ["class_position"],
    "status": ["status", "classified"],
    "laps": ["laps"],
    "total_time_ms": ["total_time_ms"],
    "gap": ["gap_ms", "gap_laps"],
    "best_lap_ms": ["best_lap_ms"],
    "best_lap_number": ["best_lap_number"],
    "grid": ["grid"],
    "points": ["points"],
    "note": ["note"],
    "pole": ["pole"],
    "fastest_lap": ["fastest_lap"],
}
# What a corrected list need not say again; places, times and gaps of an older list would be wrong beside new ones.
CARRIED = {"grid", "pole", "fastest_lap", "note", "best_lap_ms", "best_lap_number"}
OF_CAR = ["car", "car_class", "cup"]
# Once a list is official, the same lines are the same list, whatever the page proposed as its next state.
FINAL = (Classification.State.OFFICIAL, Classification.State.AMENDED)
NEW, CHANGED, UNCHANGED = "new", "changed", "unchanged"


@dataclass(frozen=True)
class Line:
    """A row of the file beside the car that it means and that car's line in the list in force."""

    row: Row
    entry: Entry | None
    values: dict  # of Result, without list and car
    before: Result | None
    car_changes: dict[str, tuple[str, str]]  # {field of the entry: (before, after)}
    crew: tuple[Match, ...]
    team: Match | None
    crew_changes: bool

    @cached_property
    def changes(self):
        """{field of Result: (before, after)}"""
        if not self.before:
            return {}
        pairs = {name: (getattr(self.before, name), value) for name, value in self.values.items()}
        return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}

    @property
    def changes_car(self):
        """Whether the entry of the race, as it is on record, differs from the file."""
        return self.entry is not None and bool(self.car_changes or self.crew_changes)

    @property
    def what(self):
        if not self.before:
            return NEW
        return CHANGED if self.changes or self.changes_car else UNCHANGED

    @property
    def moved(self):
        """(before, after) where the car has another position than in the list in force."""
        before, after = self.changes.get("position", (None, None))
        return (before, after) if before and after else None


@dataclass(frozen=True)
class Plan:
    session: Session
    file: ResultFile
    state: str
    issued_at: datetime | None
    source: str
    current: Classification | None
    names: Names
    lines: list[Line]
    missing: list[Result]  # cars of the list in force that the file does not have
    warnings: list[str] = field(default_factory=list)

    @cached_property
    def counts(self):
        return Counter(line.what for line in self.lines)

    @property
    def moves(self):
        """Sentences such as "#89: 18 → 26", in the order of the new list."""
        moved = [line for line in self.lines if line.moved]
        return [f"#{line.row.number or '—'}: {line.moved[0]} → {line.moved[1]}" for line in moved]

    @property
    def is_as_before(self):
        """Whether the list in force says all this already; only a provisional one gains by another state."""
        same = self.current and self.current.state in (self.state, *FINAL) and not self.missing
        return bool(same) and self.counts[UNCHANGED] == len(self.lines)

    @property
    def fingerprint(self):
        """Changes when the same file would now do something else than in the preview that was shown."""
        parts = [
            (
                line.what,
                line.entry and line.entry.pk,
                sorted(line.changes.items()),
                sorted(line.car_changes.items()),
            )
            for line in self.lines
        ]
        return hashlib.sha256(repr((parts, self.names.found(), len(self.missing))).encode()).hexdigest()


def plan_import(
    session: Session,
    file: ResultFile,
    *,
    state: str,
    issued_at: datetime | None = None,
    source: str = "",
    people: Mapping[tuple, object] | None = None,
    teams: Mapping[tuple, object] | None = None,
) -> Plan:
    """Lay the file beside what is on record; `people` and `teams` are the editor's corrections by key.

    Raises BadFile where two rows would be one car, or the list could not come into force.
    """
    current = session.current_classification()
    _can_come_into_force(current, issued_at)
    names = names_of(file.rows, lambda row: row.crew, people, teams)
    entries = _Cars(Entry.objects.with_crew().filter(race=session.race_id))
    before = {line.entry_id: line for line in current.results.select_related("entry")} if current else {}
    lines = [_line(row, file, entries, before, names) for row in file.rows]
    _each_car_once(lines)
    in_file = {line.entry.pk for line in lines if line.entry}
    missing = [line for pk, line in before.items() if pk not in in_file]
    plan = Plan(session, file, state, issued_at, source, current, names, lines, missing)
    plan.warnings.extend(doubts_about(plan))
    return plan


def _can_come_into_force(current, issued_at):
    if current and current.issued_at and not (issued_at and issued_at >= current.issued_at):
        day = current.issued_at.astimezone(current.session.race.zone)
        words = _("The list in force was issued on %(day)s. Say when this one was issued: then or later.")
        raise BadFile(words % {"day": day.strftime("%d.%m.%Y %H:%M")})


class _Cars:
    """The cars entered in the race: by number; one without a number is known by a driver in its crew."""

    def __init__(self, entries):
        self.entries = list(entries)
        self.by_number = {entry.number: entry for entry in self.entries if entry.number}

    def find(self, row, team, crew):
        if row.number in self.by_number:
            return self.by_number[row.number]
        drivers = {match.found.pk for match in crew if match.found}
        nameless = [entry for entry in self.entries if not entry.number]
        same_crew = [each for each in nameless if drivers & {driver.pk for driver in each.crew_drivers}]
        if not row.number and not same_crew and team and team.found:
            same_crew = [each for each in nameless if each.team == team.found and each.car == row.car]
        return same_crew[0] if len(same_crew) == 1 else None


def _line(row, file, cars, before, names):
    crew = _crew(names.people[person_key(person)] for person in row.crew)
    team = names.teams[row.team] if row.team else None
    entry = cars.find(row, team, crew)
    old = before.get(entry.pk) if entry else None
    return Line(
        row,
        entry,
        _values(row, file.states, old),
        old,
        _car_changes(row, entry, team),
        crew,
        team,
        bool(entry and crew) and _changes_crew(entry, [match.found for match in crew], file.timed),
    )


def _changes_crew(entry, drivers, timed):
    """A list of lap times often names only who set the time: the others stay in the car."""
    if timed and all(driver in entry.crew_drivers for driver in drivers):
        return False
    return drivers != entry.crew_drivers


def _crew(matches):
    """Each person once: two spellings can mean one, by our records or by the editor."""
    crew = {}
    for match in matches:
        crew.setdefault(match.found or match.key, match)
    return tuple(crew.values())


def _values(row, states, before):
    """What the file states, and what it cannot state as the list before had it."""
    values = {"status": row.status, "classified": row.classified, "position": row.position}
    values |= {"gap_ms": row.gap.ms, "gap_laps": row.gap.laps}
    for name, columns in OF_ROW.items():
        for column in columns:
            values.setdefault(column, getattr(row, column, None))
            if before and name in CARRIED - states:
                values[column] = getattr(before, column)
    if row.position or row.status in (Result.Status.NOT_STARTED, Result.Status.WITHDRAWN):
        values["position_or_better"] = None
    if (
        values["best_lap_number"]
        and values["laps"] is not None
        and values["best_lap_number"] > values["laps"]
    ):
        values["best_lap_number"] = None
    return values


def _car_changes(row, entry, team):
    """What the file says of the car, where that is another thing than what is on record; empty cells say nothing."""
    if not entry:
        return {}
    said = {name: getattr(row, name) for name in OF_CAR} | {"number": row.number}
    changes = {
        name: (getattr(entry, name), value)
        for name, value in said.items()
        if value and getattr(entry, name) != value
    }
    if team and (team.found is None or team.found != entry.team):
        changes["team"] = (str(entry.team or ""), str(team.found or team.name))
    return changes


def _each_car_once(lines):
    seen, problems = {}, []
    for line in lines:
        car = line.entry.pk if line.entry else line.row.number and f"#{line.row.number}"
        if car in seen:
            words = _("Lines %(first)d and %(second)d are the same car of this race: %(car)s.")
            places = {"first": seen[car], "second": line.row.line, "car": f"#{line.row.number or '—'}"}
            problems.append(words % places)
        elif car:
            seen[car] = line.row.line
    refuse_all(problems)
