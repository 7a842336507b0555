"""What a car did in a race, in English sentences; people are called by name, never "he" or "she". Pure."""

from news.drafting import facts
from news.drafting.english.words import (
    capital,
    counted,
    gap,
    named,
    names,
    nth,
    number,
    on_day,
    time,
    when,
    where,
)


def when_and_where(event):
    """ "at the Nürburgring on Sunday 6 April"; without one certain day the days of the event."""
    if event.day:
        days = on_day(event.day, event.today)
    else:
        what = "on the race weekend" if event.is_weekend else "at the event held"
        days = f"{what} {when(event.first_day, event.last_day, event.today)}"
    return f"{where(event.circuit)} {days}".strip()


def the_car(event, car):
    """The car among ours."""
    if not any(other != car for other in event.cars):
        return "the car"
    return f"number {car.number}" if car.number else f"the car of {names(car.ours)}"


# ---- The result ----------------------------------------------------------------------------------------------


def lead(event, run):
    """Who, what, when and where in one sentence."""
    race, people, there = named(event.name), names(run.car.ours), when_and_where(event)
    if run.outcome == facts.WITHDRAWN:
        return f"The entry of {people} for the race {race} {there} has been withdrawn."
    have, were = ("have", "were") if _are_many(run) else ("has", "was")
    said = {
        facts.WIN: f"{have} won the race {race}",
        facts.PLACE: f"{have} finished {_place(run)} in the race {race}",
        facts.STOPPED: f"{were} classified {_place(run)} in the race {race} in spite of a retirement",
        facts.AT_LEAST: f"{have} finished {_at_least(run)} in the race {race}",
        facts.FINISHED: f"{have} taken part in the race {race}",
        facts.RETIRED: f"{have} retired from the race {race}{_after_laps(run)}",
        facts.NOT_CLASSIFIED: f"{have} not been classified in the race {race}",
        facts.DISQUALIFIED: f"{have} been disqualified from the race {race}",
        facts.EXCLUDED: f"{have} been excluded from the results of the race {race}",
        facts.NOT_STARTED: f"did not start in the race {race}",
    }[run.outcome]
    return f"{people} {said} {there}."


def result(event, run, before=""):
    """The same in short, with what stands `before` it."""
    people = names(run.car.ours)
    before = f"{before}, " if before else ""
    if run.outcome == facts.WITHDRAWN:
        return f"{before or 'In the race, '}the entry of {people} was withdrawn."
    were = "were" if _are_many(run) else "was"
    said = {
        facts.WIN: "won",
        facts.PLACE: f"finished {_place(run)}",
        facts.STOPPED: f"{were} classified {_place(run)} in spite of a retirement",
        facts.AT_LEAST: f"finished {_at_least(run)}",
        facts.FINISHED: "took part",
        facts.RETIRED: f"retired{_after_laps(run)}",
        facts.NOT_CLASSIFIED: f"{were} not classified",
        facts.DISQUALIFIED: f"{were} disqualified",
        facts.EXCLUDED: f"{were} excluded from the results",
        facts.NOT_STARTED: "did not start",
    }[run.outcome]
    which = f" with number {run.car.number}" if len(event.cars) > 1 and run.car.number else ""
    return f"{before}{people} {said}{which}."


def _are_many(run):
    return len(run.car.ours) > 1


def _place(run):
    return nth(run.place) if run.place else ""


def _at_least(run):
    bound = run.at_least or 0
    return "on the podium" if bound <= 3 else f"in the top {number(bound)}"


def _after_laps(run):
    if run.laps is None:
        return ""
    return f" after {counted(run.laps, 'lap', 'laps')}" if run.laps else " on the opening lap"


# ---- The car and its crew ------------------------------------------------------------------------------------


def crew(car, *, started=True, ahead=False):
    """Who drives or drove which car with whom, for which team."""
    ours, team = names(car.ours), f"for {car.team}" if car.team else ""
    if not started:
        verb = "was" if len(car.crew) == 1 else "were"
        number_ = f"with number {car.number}" if car.number else ""
        return f"{' '.join(filter(None, [names(car.crew), verb, 'entered', number_, team]))}."
    if len(car.crew) == 1 and not (car.number or car.model or car.team):
        return ""
    what = f"the number {car.number} car" if car.number else "the car"
    what += f" ({car.model})" if car.model else ""
    if len(car.crew) == 1:
        verb = "drives" if ahead else "drove"
    else:
        verb = ("shares" if len(car.ours) == 1 else "share") if ahead else "shared"
    words = [f"{capital(team)}," if team else "", ours, verb, what]
    return f"{' '.join(filter(None, words))}{' with ' + names(car.mates) if car.mates else ''}."


# ---- How it came about ---------------------------------------------------------------------------------------


def qualifying(event, car):
    for timed in event.qualifyings:
        title = timed.title[:1].lower() + timed.title[1:]
        the, lap = the_car(event, car), timed.best_lap and time(timed.best_lap)
        if timed.car == car and timed.place and lap:
            yield f"In {title} a lap of {lap} put {the} {nth(timed.place)}."
        elif timed.car == car and timed.place:
            yield f"In {title} {the} was {nth(timed.place)}."
        elif timed.car == car and lap:
            yield f"The best lap of {the} in {title} took {lap}."


def course(event, run):
    """From the grid to the flag."""
    if not run.started:
        return []
    return [_start(event, run), in_class(event, run), _distance(event, run), *_laps(event, run)]


def _start(event, run):
    the = capital(the_car(event, run.car))
    if run.from_pit_lane:
        return f"{the} started from the pit lane."
    if run.pole:
        return f"{the} started from pole position."
    if not run.grid:
        return ""
    grid = f"{nth(run.grid)} on the grid"
    if run.gained is None:
        return f"{the} started {grid}."
    if not run.gained:
        return f"{the} also started {nth(run.grid)}."
    places = counted(abs(run.gained), "place", "places")
    return f"From {grid}, {the_car(event, run.car)} {'gained' if run.gained > 0 else 'lost'} {places}."


def in_class(event, run):
    if not run.in_class:
        return ""
    the = the_car(event, run.car)
    return (
        f"In the {run.car.car_class} class {the} won."
        if run.in_class == 1
        else f"In the {run.car.car_class} class {the} was {nth(run.in_class)}."
    )


def _distance(event, run):
    if run.outcome == facts.WIN and (ahead := gap(run.ahead)):
        return f"The lead over second place was {ahead}."
    if run.outcome == facts.PLACE and run.place > 1 and (behind := gap(run.behind)):
        if run.behind.laps:
            return f"At the flag {the_car(event, run.car)} was {behind} behind the winner."
        return f"The gap to the winner was {behind}."
    return ""


def _laps(event, run):
    the = the_car(event, run.car)
    if run.laps and run.outcome in (facts.WIN, facts.PLACE, facts.AT_LEAST):
        yield f"{capital(the)} completed {counted(run.laps, 'lap', 'laps')} in all."
    best = time(run.best_lap) if run.best_lap else ""
    if run.fastest_lap:
        yield f"{capital(the)} also set the fastest lap of the race{f', {best}' if best else ''}."
    elif best:
        yield f"The best race lap took {best}."
