"""Small facts: what can be said of a career or of a race in one sentence, and the races behind it.

Said is only what is certain: no count goes past a race or a season of which the number is not known.
"""

from dataclasses import dataclass

from django.utils.formats import date_format

from news.career import questions, sentences, timeline
from news.career.lines import has_outcome
from news.models import Race, Result

COUNTED = (
    questions.STARTS,
    questions.WINS,
    questions.PODIUMS,
    questions.POLES,
    questions.FASTEST_LAPS,
    questions.CLASS_WINS,
    questions.CLASS_PODIUMS,
)
RUNS = {
    "podiums": timeline.is_podium,
    "top-ten": timeline.is_top_ten,
    "finishes": timeline.is_finish,
    "no-retirements": timeline.is_no_retirement,
}
# Fewer in a row are no fact worth telling; these numbers are: 10 (but of starts), 25, 50, 75, 100, 125 …
RUN, TEN, STEP = 3, 10, 25
ROUND_YEARS = 5
# Behind all places: the car did not come in.
NO_PLACE = 10**6


@dataclass(frozen=True)
class Fact:
    """`kind` is one of ahead, streak, milestone, first, latest, years, circuit, best."""

    kind: str
    sentence: str
    lines: tuple[Result, ...] = ()
    race: Race | None = None


def facts_of(career, today) -> list[Fact]:
    """What can be said of the career today, the newest first: what is ahead, what goes on, what has been."""
    steps = timeline.steps_of(career, today)
    return [
        *_ahead(career, steps, today),
        *_years(steps, today),
        *_runs(steps),
        *_milestones(steps),
        *_latest(steps),
        *_firsts(steps),
    ]


def facts_of_race(career, race, today) -> list[Fact]:
    """What can be said of one race on the day after it; of a race to come, what it may bring."""
    steps = timeline.steps_of(career, today)
    places = [n for n, step in enumerate(steps) if step.lines and step.race == race]
    here = _here(career, race)
    if not places:
        return [*(fact for fact in _ahead(career, steps, today) if fact.race == race), *here]
    until = steps[: places[-1] + 1]
    found = [*_best(until, race), *_runs(until), *_milestones(until), *_firsts(until)]
    return [
        *(fact for fact in found if any(line.entry.race_id == race.pk for line in fact.lines[-1:])),
        *here,
    ]


def is_round(question, number):
    return number > 0 and (number % STEP == 0 or (number == TEN and question is not questions.STARTS))


def _fact(kind, sentence, steps, **numbers):
    """About the last of these steps; `first` and its day are those of the first one."""
    race, first = steps[-1].race, steps[0].race
    words = {
        "race": race,
        "first": first,
        "day": date_format(first.first_day),
        "last_day": date_format(race.first_day),
        **numbers,
    }
    return Fact(kind, sentence % words, tuple(line for step in steps for line in step.lines), race)


def _numbered(steps, question):
    """(step, how often it had happened with it) as long as that is certain."""
    number = 0
    for step in steps:
        more = step.number(question)
        if more is None:
            return
        number += more
        yield step, number, bool(more)


def _firsts(steps):
    """The first time of each; none where it may have happened before."""
    for question in COUNTED:
        found = next(((step, n) for step, n, more in _numbered(steps, question) if more), None)
        if found and found[1] == 1 and found[0].lines:
            yield _fact("first", sentences.FIRST[question.key], [found[0]])


def _milestones(steps):
    """The last round number of each."""
    for question in COUNTED:
        found = [
            (step, n)
            for step, n, more in _numbered(steps, question)
            if more and step.lines and not step.is_blurred and is_round(question, n)
        ]
        if found:
            yield _fact("milestone", sentences.NUMBER[question.key], [found[-1][0]], n=found[-1][1])


def _latest(steps):
    """The last time of each but starts; none where it may have happened since, and none where it was the first."""
    for question in COUNTED[1:]:
        numbers = [step.number(question) for step in steps]
        last = next((n for n in reversed(range(len(steps))) if numbers[n] != 0), None)
        if (
            last
            and numbers[last]
            and any(numbers[:last])
            and steps[last].lines
            and not steps[last].is_blurred
        ):
            yield _fact("latest", sentences.LATEST[question.key], [steps[last]])


def _runs(steps):
    """The run that goes on and the longest one of each kind; what a stricter kind has said is not said again."""
    told = []
    for kind, says in RUNS.items():
        runs = [run for run in timeline.runs_of(steps, says) if len(run) >= RUN]
        told_of = [run for run in runs[-1:] if run.goes_on]
        told_of += [run for run in [max(runs, key=len, default=None)] if run and run not in told_of]
        for run in told_of:
            if run.steps not in told:
                words = (
                    sentences.GOES_ON
                    if run.goes_on
                    else sentences.LONGEST
                    if run.is_longest
                    else sentences.RUN
                )
                yield _fact("streak", words[kind], run.steps, n=len(run))
                told.append(run.steps)


def _years(steps, today):
    """Every fifth year since the first start, from January on."""
    first = next(iter(steps), None)
    years = today.year - first.race.year if first and first.lines else 0
    if years and years % ROUND_YEARS == 0:
        yield _fact("years", sentences.YEARS, [first], n=years, year=today.year)


def _ahead(career, steps, today):
    """Round numbers that the next race can bring: only where all numbers before are certain."""
    run = {step.race.pk for step in steps if step.lines}
    race = next((each for each in career.races if _is_to_come(each, today) and each.pk not in run), None)
    for question in COUNTED if race else ():
        numbered = list(_numbered(steps, question))
        if len(numbered) < len(steps):
            continue
        so_far = numbered[-1][1] if numbered else 0
        races = max(race.planned_races, 1)
        number = next((n for n in range(so_far + 1, so_far + races + 1) if is_round(question, n)), None)
        if number:
            is_certain = question is questions.STARTS and race.entered
            words = sentences.START_AHEAD if is_certain else sentences.AHEAD[question.key]
            yield _fact("ahead", words, [timeline.Step(race)], n=number)


def _is_to_come(race, today):
    return race.last_day >= today and not race.is_off


def _best(steps, race):
    """Whether a finish of this race was as good as none before it: only where all before are known."""
    last = steps[-1]
    before = [_place(step) for step in steps if step.race != race]
    if not before or None in before or not _place(last) or _place(last) == NO_PLACE:
        return
    place, best = _place(last), min(before)
    if place <= best:
        words = sentences.NEVER_BETTER if place < best else sentences.AS_GOOD
        yield _fact("best", words, [last], n=place)


def _place(step):
    """The best place of the race; None where it is not known for certain."""
    if not step.lines or not all(map(has_outcome, step.lines)):
        return None
    return min(line.position or NO_PLACE for line in step.lines)


def _here(career, race):
    """What is recorded of earlier races at the circuit."""
    before = [
        line
        for line in career.lines
        if race.circuit_id
        and line.race.circuit_id == race.circuit_id
        and line.race.first_day < race.first_day
    ]
    starts, best = questions.count(questions.STARTS, before), questions.best_finish(before)
    if starts.value:
        words = {"circuit": race.circuit, "n": starts.value}
        yield Fact("circuit", sentences.STARTS_HERE % words, starts.lines, race)
    if best.value:
        step = timeline.Step(best.lines[-1].race, (best.lines[-1],))
        yield _fact("circuit", sentences.BEST_HERE, [step], n=best.value, circuit=race.circuit)
