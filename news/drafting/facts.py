"""What a draft knows of a race: plain values, with None or "" for what is not on record. Pure."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal

from news.times import Gap

FINISHED, RETIRED, NOT_CLASSIFIED = "finished", "retired", "not_classified"
DISQUALIFIED, EXCLUDED = "disqualified", "excluded"
NOT_STARTED, WITHDRAWN = "not_started", "withdrawn"
WIN, PLACE, AT_LEAST, STOPPED = "win", "place", "at_least", "stopped"


@dataclass(frozen=True)
class Person:
    first: str
    last: str
    ours: bool = False
    hometown: str = ""

    @property
    def name(self):
        return f"{self.first} {self.last}".strip()


@dataclass(frozen=True)
class Car:
    """One of our cars, with its crew in the order of the entry list."""

    crew: tuple[Person, ...]
    number: str = ""
    model: str = ""
    team: str = ""
    car_class: str = ""
    # Tells two cars without a number apart.
    key: int = 0

    @property
    def ours(self):
        return tuple(person for person in self.crew if person.ours)

    @property
    def mates(self):
        return tuple(person for person in self.crew if not person.ours)


@dataclass(frozen=True)
class Timed:
    """What a car did in a qualifying."""

    car: Car
    title: str
    place: int | None = None
    best_lap: int | None = None


@dataclass(frozen=True)
class Run:
    """What a car did in a race; `heat` is the race's number where the weekend has several."""

    car: Car
    heat: int | None = None
    day: date | None = None
    position: int | None = None
    at_least: int | None = None
    class_position: int | None = None
    grid: int | None = None
    from_pit_lane: bool = False
    pole: bool = False
    status: str = FINISHED
    classified: bool = True
    laps: int | None = None
    behind: Gap = field(default_factory=Gap)
    ahead: Gap = field(default_factory=Gap)
    best_lap: int | None = None
    fastest_lap: bool = False
    provisional: bool = False

    @property
    def outcome(self):
        """WIN, PLACE, STOPPED (classified, but out), AT_LEAST, FINISHED (in what place is not known), or the status."""
        if self.status == RETIRED and self.position and self.classified:
            return STOPPED
        if self.status != FINISHED:
            return self.status
        if self.position or self.at_least == 1:
            return WIN if 1 in (self.position, self.at_least) else PLACE
        return AT_LEAST if self.at_least else FINISHED

    @property
    def place(self):
        """The place that counts, where it is known."""
        if self.outcome == WIN:
            return 1
        return self.position if self.outcome in (PLACE, STOPPED) else None

    @property
    def in_class(self):
        """The place in class where it says something else than the place overall."""
        counts = self.outcome in (WIN, PLACE, STOPPED, AT_LEAST, FINISHED) and self.car.car_class
        return self.class_position if counts and self.class_position != self.place else None

    @property
    def started(self):
        return self.status not in (NOT_STARTED, WITHDRAWN)

    @property
    def gained(self):
        """Places won since the start, lost ones below nought; None where one of both is not known."""
        return self.grid - self.place if self.grid and self.place else None


@dataclass(frozen=True)
class Counted:
    """That the race is a round of a season."""

    series: str
    year: int
    number: int


@dataclass(frozen=True)
class Standing:
    """Where one of our drivers is in a championship after a round, and what that round gave."""

    person: Person
    series: str
    after: int
    place: int | None = None
    points: Decimal | None = None
    scored: Decimal | None = None
    car_class: str = ""
    final: bool = False


@dataclass(frozen=True)
class Start:
    """A line of the timetable, by the clocks at the track."""

    title: str
    at: datetime | None = None
    time_known: bool = True
    minutes: int | None = None


@dataclass(frozen=True)
class Date:
    """A race that comes after this one."""

    name: str
    first_day: date
    last_day: date
    circuit: str = ""


@dataclass(frozen=True)
class Event:
    """A race weekend as one language calls it. `today` decides where a year has to be said."""

    name: str
    short: str
    first_day: date
    last_day: date
    today: date
    circuit: str = ""
    dateline: str = ""
    starters: int | None = None
    starters_rounded: bool = False
    postponed: bool = False
    cancelled: bool = False
    cars: tuple[Car, ...] = ()
    # Who can speak for the site where none of our drivers is entered yet.
    hosts: tuple[Person, ...] = ()
    runs: tuple[Run, ...] = ()
    qualifyings: tuple[Timed, ...] = ()
    # The numbers of races of the weekend that were called off.
    off: tuple[int, ...] = ()
    rounds: tuple[Counted, ...] = ()
    standings: tuple[Standing, ...] = ()
    sessions: tuple[Start, ...] = ()
    stream: str = ""
    timing: str = ""
    dates: tuple[Date, ...] = ()

    @property
    def people(self):
        """Our drivers, each once."""
        return tuple(dict.fromkeys(person for car in self.cars for person in car.ours))

    @property
    def speakers(self):
        return self.people or self.hosts

    @property
    def is_weekend(self):
        days = (self.last_day - self.first_day).days + 1
        return days < 7 and any((self.first_day + timedelta(n)).weekday() > 4 for n in range(days))

    @property
    def day(self):
        """The one day of all its races, as far as these are known; None for several."""
        days = {run.day for run in self.runs}
        if self.first_day == self.last_day:
            return self.first_day
        return next(iter(days)) if len(days) == 1 else None

    @property
    def heats(self):
        """Whether the weekend has several races."""
        return any(run.heat for run in self.runs)

    @property
    def is_single(self):
        """Whether all of it is one car in one race."""
        return len(self.runs) == 1 and not self.heats

    def has_started(self, car):
        return any(run.started for run in self.runs if run.car == car)

    def best(self, car):
        """The runs of a car, the best one first."""
        return sorted((run for run in self.runs if run.car == car), key=lambda run: run.place or 10**6)


@dataclass(frozen=True)
class Draft:
    """An article to begin with; `body` is rich text."""

    headline: str
    teaser: str
    dateline: str
    body: str
