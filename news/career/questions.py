"""Questions about a career that have a number for an answer, each with its published definition.

What is counted is kept, so that a page can open the number. What is not known everywhere is never nought, and a number
that may be higher says so.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from news.career.lines import came_in, has_outcome, has_started, metres, places_gained
from news.models import Result, Standing

# So many races stand under a number; of more only the first and the last.
FEW = 4
COLUMNS = {"starts": _("Starts"), "poles": _("Poles")}


@dataclass(frozen=True)
class Question:
    key: str
    title: Promise
    in_a_sentence: Promise
    definition: Promise


@dataclass(frozen=True)
class Count(Question):
    """How often something happened: `counts` picks lines of result lists; `says` is true of a line that
    answers the question at all; a final standing answers for a whole season, with a number or None. Where
    `is_bound`, that number is only the least that it can be."""

    counts: Callable[[Result], bool]
    says: Callable[[Result], bool] = lambda line: True
    of_standing: Callable[[Standing], int | None] = lambda standing: None
    is_bound: bool = False


@dataclass(frozen=True)
class Sum(Question):
    """How much it was in all starts together; `of_line` is None where a line does not say."""

    of_line: Callable[[Result], int | None]


@dataclass(frozen=True)
class Figure:
    """The answer, None when not known. `asked` is how many races the question was put to, `known` how many answered."""

    question: Question
    value: int | None
    lines: tuple[Result, ...] = ()
    standings: tuple[Standing, ...] = ()
    at_least: bool = False
    known: int = 0
    asked: int = 0

    @property
    def written(self):
        """The number as a page shows it: grouped, and kilometres without their metres."""
        number = self.value // 1000 if self.question is KILOMETRES else self.value
        return number_format(number, force_grouping=True)

    @property
    def column(self):
        """What it is called over a column."""
        return COLUMNS.get(self.question.key, self.question.title)

    @property
    def is_partial(self):
        return self.known < self.asked

    @property
    def shown(self):
        """The races that stand under the number: all of a few, else the first and the last."""
        return self.lines if len(self.lines) <= FEW else (self.lines[0], self.lines[-1])

    @property
    def is_long(self):
        return len(self.lines) > FEW


STARTS = Count(
    "starts",
    _("Recorded starts"),
    pgettext_lazy("in a sentence", "starts"),
    _("Every race with a result list, unless the car did not start or was withdrawn."),
    counts=has_started,
    of_standing=lambda standing: standing.starts,
)
WINS = Count(
    "wins",
    _("Wins"),
    pgettext_lazy("in a sentence", "wins"),
    _("First overall."),
    counts=lambda line: line.position == 1,
    says=has_outcome,
    of_standing=lambda standing: standing.wins,
)
PODIUMS = Count(
    "podiums",
    _("Podiums"),
    pgettext_lazy("in a sentence", "podiums"),
    _("Third overall or better, even if only that is known. Seasons without recorded races add their wins."),
    counts=lambda line: line.is_podium,
    says=lambda line: has_outcome(line) or line.is_podium,
    # Every win is a podium; how many more there were, a standing does not say.
    of_standing=lambda standing: standing.wins or None,
    is_bound=True,
)
CLASS_WINS = Count(
    "class-wins",
    _("Class wins"),
    pgettext_lazy("in a sentence", "class wins"),
    _("First in the class of the car."),
    counts=lambda line: line.place_in_class == 1,
    says=lambda line: line.place_in_class is not None or line.status in Result.CODES,
)
CLASS_PODIUMS = Count(
    "class-podiums",
    _("Class podiums"),
    pgettext_lazy("in a sentence", "class podiums"),
    _("Third in the class of the car or better."),
    counts=lambda line: line.place_in_class is not None and line.place_in_class <= 3,
    says=CLASS_WINS.says,
)
POLES = Count(
    "poles",
    _("Pole positions"),
    pgettext_lazy("in a sentence", "pole positions"),
    _(
        "The first place on the grid; where no grid is recorded, the first place of the qualifying that certainly"
        " set it."
    ),
    counts=lambda line: line.is_pole is True,
    says=lambda line: line.is_pole is not None or line.grid != "",
)
FASTEST_LAPS = Count(
    "fastest-laps",
    _("Fastest laps"),
    pgettext_lazy("in a sentence", "fastest laps"),
    _(
        "The best lap of all cars in the race, if it is recorded for every car that drove more than a tenth of it."
    ),
    counts=lambda line: line.is_fastest_lap is True,
    says=lambda line: line.is_fastest_lap is not None,
)
RETIREMENTS = Count(
    "retirements",
    _("Retirements"),
    pgettext_lazy("in a sentence", "retirements"),
    _("Races that the car did not finish, as the result list says."),
    counts=lambda line: line.status == Result.Status.RETIRED,
    says=lambda line: came_in(line) is not None,
)
TITLES = Question(
    "titles",
    _("Titles"),
    pgettext_lazy("in a sentence", "titles"),
    _("First in the final standings of a season."),
)
BEST_FINISH = Question(
    "best-finish",
    _("Best finish"),
    pgettext_lazy("in a sentence", "best finish"),
    _("The best place overall in a race."),
)
BEST_IN_CLASS = Question(
    "best-in-class",
    _("Best finish in class"),
    pgettext_lazy("in a sentence", "best finish in class"),
    _("The best place in the class of the car."),
)
PLACES_GAINED = Question(
    "places-gained",
    _("Most places gained"),
    pgettext_lazy("in a sentence", "places gained"),
    _("The most places from the grid to the finish of one race."),
)
LAPS = Sum(
    "laps",
    _("Race laps"),
    pgettext_lazy("in a sentence", "race laps"),
    _(
        "The laps of the car in all starts, with every driver of its crew. A race without a lap count adds nothing."
    ),
    of_line=lambda line: line.laps,
)
KILOMETRES = Sum(
    "kilometres",
    _("Race kilometres"),
    pgettext_lazy("in a sentence", "race kilometres"),
    _("The laps of the car times the length of the layout, where both are recorded."),
    of_line=metres,
)


def count(question, lines, standings=()) -> Figure:
    """None where nothing was counted and something is not recorded: not recorded is not nought."""
    counted = tuple(line for line in lines if question.counts(line))
    answers = [(standing, question.of_standing(standing)) for standing in standings]
    value = races_in(counted) + sum(number or 0 for _standing, number in answers)
    asked, known = races_in(lines), races_in(line for line in lines if question.says(line))
    is_complete = known == asked and all(number is not None for _standing, number in answers)
    added = tuple(standing for standing, number in answers if number)
    return Figure(
        question,
        value if value or is_complete else None,
        counted,
        added,
        at_least=bool(value) and (not is_complete or (question.is_bound and bool(added))),
        known=known,
        asked=asked,
    )


def total(question, lines, standings=()) -> Figure:
    """The sum of what is known; a season of which only the standing is recorded has driven more."""
    starts = [line for line in lines if has_started(line)]
    known = tuple(line for line in starts if question.of_line(line) is not None)
    value = sum(question.of_line(line) for line in known)
    is_complete = len(known) == len(starts) and not standings
    return Figure(
        question,
        value if value or (known and is_complete) else None,
        known,
        at_least=bool(value) and not is_complete,
        known=races_in(known),
        asked=races_in(starts),
    )


def races_in(lines) -> int:
    """A driver in two cars of one race has one race."""
    return len({line.classification.session_id for line in lines})


def best_finish(lines, standings=()) -> Figure:
    """The best place and every race that ended with it; a season's wins are known from its standing."""
    with_wins = tuple(standing for standing in standings if standing.wins)
    best = min([line.position for line in lines if line.position] + [1] * len(with_wins), default=None)
    return Figure(
        BEST_FINISH,
        best,
        tuple(line for line in lines if line.position and line.position == best),
        with_wins if best == 1 else (),
    )


def best_in_class(lines) -> Figure:
    best = min((line.place_in_class for line in lines if line.place_in_class), default=None)
    held = tuple(line for line in lines if best and line.place_in_class == best)
    return Figure(BEST_IN_CLASS, best, held)


def most_places_gained(lines) -> Figure:
    most = max(map(places_gained, lines), default=0)
    gained = tuple(line for line in lines if most and places_gained(line) == most)
    return Figure(PLACES_GAINED, most or None, gained)


def titles(standings) -> Figure:
    """Counted in all final standings, whether or not the races of the season are recorded."""
    won = tuple(standing for standing in standings if standing.final and standing.position == 1)
    return Figure(TITLES, len(won) or None, standings=won)
