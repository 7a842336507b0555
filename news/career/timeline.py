"""A career in the order in which it was driven, with the places where nobody knows how it went.

"In a row", "the first" and "number 50" are said only where nothing unknown lies in between.
"""

from dataclasses import dataclass
from itertools import accumulate, groupby, pairwise

from news.career.lines import came_in, has_outcome, has_started
from news.models import Race, Result, Standing

TOP = 10


@dataclass(frozen=True)
class Step:
    """A race that was driven; or a season of which only the final standing is known; or neither: a race of which
    nothing is known."""

    race: Race | None = None
    lines: tuple[Result, ...] = ()
    standing: Standing | None = None
    # Whether a season known only by its standing was driven in the same year: nobody knows what came first.
    is_blurred: bool = False

    def number(self, question) -> int | None:
        """How often it happened there; None where that is not certain."""
        if self.standing:
            return None if question.is_bound else question.of_standing(self.standing)
        if any(map(question.counts, self.lines)):
            return 1
        return 0 if self.lines and all(map(question.says, self.lines)) else None

    def answer(self, says) -> bool | None:
        """Whether it was so in the race: by one of the driver's cars if there were two; None for not known."""
        answers = [says(line) for line in self.lines]
        if True in answers:
            return True
        return False if answers and None not in answers else None


def steps_of(career, today) -> list[Step]:
    """All races until today in order; a season's standing stands before the races of its year."""
    lines, standings = {}, sorted(career.unrecorded, key=lambda each: each.season.year)
    blurred = {standing.season.year for standing in standings}
    for line in career.lines:
        sessions = lines.setdefault(line.entry.race_id, {})
        sessions.setdefault(line.classification.session_id, []).append(line)
    steps = []
    for race in career.races:
        while standings and standings[0].season.year <= race.year:
            steps.append(Step(standing=standings.pop(0)))
        driven = [tuple(each) for each in lines.get(race.pk, {}).values()]
        steps += [Step(race, each, is_blurred=race.year in blurred) for each in driven]
        if _has_unknown(race, len(driven), today):
            steps.append(Step(race))
    return steps + [Step(standing=standing) for standing in standings]


def _has_unknown(race, driven, today):
    """Whether the driver may have driven a race there of which no result is known."""
    if not race.is_over(today) or (race.is_off and not driven):
        return False
    known = driven if race.entered else race.listed_races
    return known < max(race.planned_races, 1)


def is_finish(line):
    return came_in(line)


def is_no_retirement(line):
    if line.status == Result.Status.RETIRED:
        return False
    return True if came_in(line) is not None else None


def is_podium(line):
    return line.is_podium or (False if has_outcome(line) else None)


def is_top_ten(line):
    place = line.position or line.position_or_better
    if place is not None and place <= TOP:
        return True
    return False if has_outcome(line) else None


@dataclass(frozen=True)
class Run:
    """Races in a row. `is_longest` where certainly none was longer; `goes_on` where the last race belongs to it."""

    steps: tuple[Step, ...]
    is_longest: bool
    goes_on: bool

    def __len__(self):
        return len(self.steps)


def runs_of(steps, says) -> list[Run]:
    """Every run of starts in which `says` is true; none goes over a year of which nothing is on record."""
    starts = [step for step in steps if not step.lines or any(map(has_started, step.lines))]
    answers = [None if step.is_blurred else step.answer(says) for step in starts]
    parts = _parts(starts)
    runs = [
        [starts[n] for n in group]
        for (answer, _part), group in groupby(range(len(starts)), key=lambda n: (answers[n], parts[n]))
        if answer
    ]
    is_certain = None not in answers and not any(parts)
    longest = max(map(len, runs), default=0) if is_certain else None
    return [Run(tuple(run), len(run) == longest, bool(answers[-1]) and run is runs[-1]) for run in runs]


def _parts(steps):
    """For each step how often, until then, a year was skipped."""
    years = [step.race.year if step.race else step.standing.season.year for step in steps]
    return list(accumulate((after - before > 1 for before, after in pairwise(years)), initial=0))[
        : len(years)
    ]
