"""What every provider's file is turned into. Pure: text and numbers, no tables.

A parser takes the bytes of a file and returns a `ResultFile` or a `StandingsFile`, or raises `BadFile`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from news.times import Gap

NO_GAP = Gap()


class BadFile(ValueError):
    """The file cannot be read as results: `problems` are sentences in the user's language, each with its place."""

    # So many are said at once; who has more has the wrong file.
    MOST = 20

    def __init__(self, *problems: str):
        super().__init__("\n".join(problems))
        # JSON can hold half a character ("\ud800"), which no page can show.
        self.problems = tuple(text.encode(errors="replace").decode() for text in problems[: self.MOST])


@dataclass(frozen=True)
class Person:
    """A driver as the file writes the name; `last_name` alone where it stands in one cell that cannot be split."""

    first_name: str
    last_name: str
    country: str = ""  # two capital letters, or "" where the file has none that we know

    @property
    def name(self):
        return f"{self.first_name} {self.last_name}".strip()


@dataclass(frozen=True)
class Row:
    """One car's line. Times in milliseconds; None and "" are what the file does not say."""

    line: int  # where it stands in the file, from 1, for messages
    number: str
    position: int | None = None
    class_position: int | None = None
    status: str = "finished"  # a value of Result.Status
    classified: bool = True
    laps: int | None = None
    total_time_ms: int | None = None
    gap: Gap = NO_GAP
    best_lap_ms: int | None = None
    best_lap_number: int | None = None
    grid: str = ""
    points: Decimal | None = None
    note: str = ""
    pole: bool | None = None
    fastest_lap: bool | None = None
    team: str = ""
    car: str = ""
    car_class: str = ""
    cup: str = ""
    crew: tuple[Person, ...] = ()


@dataclass(frozen=True)
class ResultFile:
    """A result list of one session, in the order of the file."""

    provider: str  # a value of ResultImport.Provider
    timed: bool  # practice and qualifying: best laps decide; False for a race
    rows: tuple[Row, ...]
    warnings: tuple[str, ...] = ()  # what the editor should know before confirming
    title: str = ""  # what the file says of itself: event and session
    state: str = ""  # provisional or official, where the file says so
    # Fields of Row that this kind of file can state at all: what it does not state is kept from the list before.
    states: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True)
class StandingRow:
    """One line of a championship table as the series published it."""

    line: int
    position: int | None
    points: Decimal | None
    driver: Person | None = None
    team: str = ""
    number: str = ""
    car_class: str = ""
    wins: int | None = None


@dataclass(frozen=True)
class StandingsFile:
    provider: str
    rows: tuple[StandingRow, ...]
    warnings: tuple[str, ...] = ()
    title: str = ""
    after_round: int | None = None


def refuse_all(problems: Iterable[str]) -> None:
    """Raise one BadFile for all problems that were found, or nothing."""
    if problems := list(dict.fromkeys(problems)):
        raise BadFile(*problems)
