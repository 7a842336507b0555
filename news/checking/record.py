"""What the record says of a race: of our cars all that a report may name, of the others who and with which number."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.db.models import F

from news.models import Circuit, Entry, Result, Series
from news.slugs import folded
from news.times import Gap

FINISHED, RETIRED = "finished", "retired"


@dataclass(frozen=True)
class Line:
    """One line of one of our cars in a list in force. What is not known is None."""

    is_race: bool = True
    is_qualifying: bool = False
    label: str = ""
    # Which race of the weekend it is; None where there is only one.
    heat: int | None = None
    day: date | None = None
    position: int | None = None
    position_or_better: int | None = None
    class_position: int | None = None
    cup_position: int | None = None
    grid: str = ""
    status: str = FINISHED
    laps: int | None = None
    best_lap: int | None = None
    total: int | None = None
    behind: Gap = field(default_factory=Gap)
    ahead: Gap = field(default_factory=Gap)
    pole: bool | None = None
    fastest_lap: bool | None = None


@dataclass(frozen=True)
class Record:
    """All of it that a sentence can be compared with."""

    first_day: date
    last_day: date
    days: frozenset[date] = frozenset()
    # First and last name of each.
    crew: tuple[tuple[str, str], ...] = ()
    others: tuple[tuple[str, str], ...] = ()
    numbers: frozenset[str] = frozenset()
    other_numbers: frozenset[str] = frozenset()
    other_laps: frozenset[int] = frozenset()
    cars: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
    rounds: frozenset[int] = frozenset()
    starters: int | None = None
    starters_rounded: bool = False
    lines: tuple[Line, ...] = field(default=())

    @cached_property
    def races(self):
        return [line for line in self.lines if line.is_race]

    @cached_property
    def days_of_races(self):
        """The day of each race of ours; of two races on two days, each has its own."""
        days = [line.day for line in self.races]
        if None in days and len(days) == 2 and self.first_day < self.last_day:
            days = [self.first_day, self.last_day]
        return days if None not in days and len(set(days)) == len(days) else []

    @cached_property
    def short_laps(self):
        """Best laps of less than a minute: they are written as seconds alone."""
        return [line.best_lap for line in self.lines if line.best_lap and line.best_lap < 60_000]

    @cached_property
    def qualifyings(self):
        return [line for line in self.lines if line.is_qualifying]

    @cached_property
    def has_heats(self):
        """Whether the weekend has several races, so that "the second race" is no round of a season."""
        return any(line.heat for line in self.lines)

    @cached_property
    def own_words(self):
        """The names of race, circuit and series as a comparison reads them."""
        return folded(" | ".join(self.names))


def record_of(race) -> Record:
    """The record of the race, from the lists in force; seven queries."""
    entries = list(Entry.objects.filter(race=race).with_crew())
    ours = [entry for entry in entries if entry.is_ours]
    own = {entry.pk for entry in ours}
    lists = (
        Result.objects.current()
        .filter(classification__session__race=race, classification__session__cancelled=False)
        .select_related("classification__session__race__circuit")
        .order_by(
            F("classification__session__starts_at").asc(nulls_last=True),
            "classification__session__order",
            "classification__session__label",
            "classification_id",
        )
    )
    lines = list(lists)
    sessions = list(race.sessions.all())
    heats = _heats(sessions)
    rounds = list(race.rounds.select_related("season__series"))
    series = [round_.season.series.name for round_ in rounds]
    place = [race.circuit.name] if race.circuit else []
    names = (race.name, race.name_en, race.short_name, race.short_name_en, *place, *series)
    # The evening before counts, too: a weekend can begin on it.
    days = {day for session in sessions if not session.cancelled and (day := _day(session))}
    return Record(
        first_day=race.first_day,
        last_day=race.last_day,
        days=frozenset(days),
        crew=_people(ours),
        others=_people(entry for entry in entries if entry.pk not in own),
        numbers=frozenset(entry.number for entry in ours if entry.number),
        other_numbers=frozenset(entry.number for entry in entries if entry.number and entry.pk not in own),
        other_laps=frozenset(line.laps for line in lines if line.laps and line.entry_id not in own),
        cars=tuple({entry.car for entry in ours if entry.car}),
        teams=tuple({entry.team_name for entry in entries if entry.team_name}),
        classes=tuple({entry.car_class for entry in ours if entry.car_class}),
        names=tuple(filter(None, names)),
        elsewhere=_elsewhere(race, series),
        rounds=frozenset(round_.number for round_ in rounds),
        starters=race.starters,
        starters_rounded=race.starters_rounded,
        lines=tuple(_line(line, lines, heats) for line in lines if line.entry_id in own),
    )


def _people(entries):
    people = (driver for entry in entries for driver in entry.crew_drivers)
    return tuple(dict.fromkeys((driver.first_name, driver.last_name) for driver in people))


def _elsewhere(race, series):
    """Circuits and series that the race has nothing to do with; one query."""
    circuits = Circuit.objects.exclude(pk=race.circuit_id).order_by().values_list("name", flat=True)
    others = Series.objects.exclude(name__in=series).order_by().values_list("name", flat=True)
    return tuple(sorted(circuits.union(others)))


def _day(session):
    return session.starts_at and session.track_time.date()


def _heats(sessions):
    """{race's id: its number in the weekend}, {} where it is the only one."""
    races = [session.pk for session in sessions if session.is_race]
    return {pk: n for n, pk in enumerate(races, start=1)} if len(races) > 1 else {}


def _line(line, lines, heats):
    session = line.classification.session
    return Line(
        is_race=session.is_race,
        is_qualifying=not session.is_race and "qualifying" in session.kind,
        label=session.label,
        heat=heats.get(session.pk),
        day=_day(session),
        position=line.position,
        position_or_better=line.position_or_better,
        class_position=line.place_in_class,
        cup_position=line.place_in_cup,
        grid=line.grid,
        status=line.status,
        laps=line.laps,
        best_lap=line.best_lap_ms,
        total=line.total_time_ms,
        behind=line.behind,
        ahead=_ahead(line, lines),
        pole=line.is_pole,
        fastest_lap=line.is_fastest_lap,
    )


def _ahead(line, lines):
    """The winner's lead: how far the second is behind."""
    second = next(
        (
            other
            for other in lines
            if other.classification_id == line.classification_id and other.position == 2
        ),
        None,
    )
    return second.behind if line.position == 1 and second else Gap()
