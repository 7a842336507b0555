"""What the database knows of a race, as the facts of a draft, in the language in force."""

from collections import defaultdict
from decimal import Decimal
from functools import reduce
from operator import or_

from django.db.models import Q
from django.utils import timezone

from news.derived.points import round_scores
from news.derived.stages import scheme_of, stages_of
from news.drafting.facts import Car, Counted, Date, Event, Person, Run, Standing, Start, Timed
from news.models import Classification, Driver, Entry, Race, Result
from news.models import Standing as Row
from news.times import Gap

# How many of the races to come a report names.
DATES = 3
PIT_LANE = ("pit", "box")


def event_of(race, on=None) -> Event:
    """The race with all that is on record of our cars; about fifteen queries, however many cars there are."""
    on = on or timezone.localdate()
    entries = list(Entry.objects.filter(race=race).ours().with_crew())
    cars = {entry.pk: _car(entry) for entry in entries}
    lines = _lines(race, cars)
    heats = _heats(race)
    runs = [_run(line, cars, heats) for line in lines if line.classification.session.is_race]
    rounds = list(race.rounds.select_related("season__series", "season__scheme"))
    drivers = {driver.pk: driver for entry in entries for driver in entry.crew_drivers if driver.ours}
    hosts = list(drivers.values()) or list(Driver.objects.ours())
    return Event(
        name=str(race),
        short=race.short,
        first_day=race.first_day,
        last_day=race.last_day,
        today=on,
        circuit=race.circuit.name if race.circuit else "",
        dateline=_dateline(race, hosts),
        starters=race.starters,
        starters_rounded=race.starters_rounded,
        postponed=race.state == Race.State.POSTPONED,
        cancelled=race.state == Race.State.CANCELLED,
        cars=_in_order(cars.values(), runs),
        hosts=tuple(map(_person, hosts)),
        runs=_in_order(runs, runs),
        qualifyings=tuple(_timed(line, cars) for line in lines if _is_qualifying(line)),
        off=tuple(n for session, n in heats.items() if session.cancelled and n),
        rounds=tuple(Counted(each.season.series.name, each.season.year, each.number) for each in rounds),
        standings=tuple(_standings(race, rounds, drivers)),
        sessions=tuple(_start(session) for session in race.sessions.all() if not session.cancelled),
        stream=race.stream_url,
        timing=race.timing_url,
        dates=tuple(_dates(race, hosts, on)),
    )


def _person(driver):
    return Person(driver.first_name, driver.last_name, driver.ours, driver.hometown)


def _car(entry):
    crew = tuple(map(_person, entry.crew_drivers))
    return Car(crew, entry.number, entry.car, entry.team_name, entry.car_class, entry.pk)


def _dateline(race, drivers):
    """Where our drivers are at home, as the house writes it; where they are from several places, the track's."""
    homes = {driver.hometown for driver in drivers}
    if len(homes) == 1 and all(homes):
        return homes.pop()
    return race.circuit.place if race.circuit else ""


def _lines(race, cars):
    return list(
        Result.objects.current()
        .filter(classification__session__race=race, classification__session__cancelled=False, entry__in=cars)
        .select_related("classification__session__race__circuit")
        .by_date()
    )


def _heats(race):
    """{race of the weekend: its number, or None where it is the only one}"""
    races = [session for session in race.sessions.all() if session.is_race]
    return {session: n if len(races) > 1 else None for n, session in enumerate(races, start=1)}


def _is_qualifying(line):
    session = line.classification.session
    return not session.is_race and "qualifying" in session.kind


def _run(line, cars, heats):
    session = line.classification.session
    return Run(
        car=cars[line.entry_id],
        heat=heats.get(session),
        day=_day(session),
        position=line.position,
        at_least=line.position_or_better,
        class_position=line.place_in_class,
        grid=int(line.grid) if line.grid.isdecimal() and int(line.grid) else None,
        from_pit_lane=line.grid.casefold().startswith(PIT_LANE),
        pole=bool(line.is_pole),
        status=line.status,
        classified=line.classified,
        laps=line.laps,
        behind=line.behind,
        ahead=_ahead(line),
        best_lap=line.best_lap_ms,
        fastest_lap=bool(line.is_fastest_lap),
        provisional=line.classification.state == Classification.State.PROVISIONAL,
    )


def _day(session):
    """The day on which it ended, where that is known: the 24 hours are won on Sunday."""
    end = session.ends_at or session.starts_at
    return end.astimezone(session.race.zone).date() if end else None


def _ahead(line):
    """The winner's lead."""
    second = line.position == 1 and line.classification.results.filter(position=2).first()
    return second.behind if second else Gap()


def _timed(line, cars):
    ran = line.status == Result.Status.FINISHED
    return Timed(
        cars[line.entry_id],
        line.classification.session.title,
        line.position if ran else None,
        line.best_lap_ms,
    )


def _in_order(found, runs):
    """Cars and their runs: race by race, the better car first."""
    best = defaultdict(lambda: 10**6)
    for run in runs:
        best[run.car] = min(best[run.car], run.place or 10**6)
    return tuple(
        sorted(
            found,
            key=lambda each: (
                getattr(each, "heat", None) or 0,
                best[getattr(each, "car", each)],
            ),
        )
    )


def _start(session):
    return Start(session.title, session.track_time, session.time_known, session.planned_minutes)


def _dates(race, drivers, on):
    """The next races of these drivers in the calendar."""
    to_come = Race.objects.upcoming(max(on, race.last_day)).filter(first_day__gt=race.last_day)
    theirs = reduce(or_, (Q(pk__in=Race.objects.of_driver(driver).values("pk")) for driver in drivers), Q())
    for each in to_come.filter(theirs).exclude(pk=race.pk).select_related("circuit")[:DATES]:
        yield Date(str(each), each.first_day, each.last_day, each.circuit.name if each.circuit else "")


def _standings(race, rounds, drivers):
    """Of each of our drivers the place in a table that stands after this race, and the points of the race."""
    for each in rounds:
        scores = _scores(race, each)
        rows = Row.objects.in_force().filter(season=each.season, driver__in=drivers, after_round=each.number)
        tables = {row.driver_id: row for row in rows}
        for pk, driver in drivers.items():
            row, scored = tables.get(pk), scores.get(pk)
            if row or scored:
                yield Standing(
                    person=_person(driver),
                    series=each.season.series.name,
                    after=each.number,
                    place=row and row.position,
                    points=row and row.points,
                    scored=scored,
                    car_class=row.car_class if row else "",
                    final=bool(row and row.final),
                )


def _scores(race, round_):
    """{driver's id: points of this weekend}, where the season's scheme and whole lists tell them."""
    season = round_.season
    if not season.scheme:
        return {}
    stage = next((each for each in stages_of([season])[season.pk] if each.round.pk == round_.pk), None)
    if stage is None or stage.lacks:
        return {}
    scores = round_scores(stage.heats, scheme_of(season), stage.factor)
    return {
        driver: Decimal(score.points.numerator) / score.points.denominator
        for (_group, driver), score in scores.items()
    }
