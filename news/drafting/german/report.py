"""The German report of a race: what happened, how it came about, what it means, what is next. Pure."""

from news.drafting import facts
from news.drafting.facts import Draft, Event
from news.drafting.german import race, season
from news.drafting.german.words import capital, listed, named, names, nth, number, on_day
from news.drafting.rich import fitting, heading, paragraph, quote


def report(event: Event) -> Draft:
    parts = [
        *([_single(event)] if event.is_single else [_opening(event), *_heats(event)]),
        *(quote(person, "de") for person in event.people),
        paragraph(
            *season.rounds(event), season.starters(event), *season.scored(event), *season.standings(event)
        ),
        season.dates(event),
    ]
    return Draft(_headline(event), _teaser(event), event.dateline, "".join(parts))


def _single(event):
    run = event.runs[0]
    lead = [race.lead(event, run), race.crew(run.car, started=run.started), *_open(event)]
    return paragraph(*lead) + paragraph(*race.qualifying(event, run.car), *race.course(event, run))


def _opening(event):
    """Of several races or several cars: what was run, and by whom."""
    heats = len({run.heat for run in event.runs} | set(event.off))
    what = f"das Rennen {named(event.name)}"
    if heats > 1:
        what = f"{number(heats)} Rennen unter dem Namen {named(event.name)}"
    verb = "stand" if heats < 2 else "standen"
    first = f"Für {names(event.people)} {verb} {race.when_and_where(event)} {what} auf dem Programm."
    crews = [race.crew(car, started=event.has_started(car)) for car in event.cars]
    timed = [sentence for car in event.cars for sentence in race.qualifying(event, car)]
    return paragraph(first, *crews, *_open(event)) + paragraph(*timed)


def _heats(event):
    """A part for each race of the weekend, in it a paragraph for each car."""
    for heat in dict.fromkeys(run.heat for run in event.runs):
        if heat:
            yield heading(f"{capital(nth(heat, 'es'))} Rennen")
        for run in event.runs:
            if run.heat == heat:
                yield paragraph(race.result(event, run, _in_heat(event, run)), *race.course(event, run))


def _in_heat(event, run):
    if not run.heat:
        return ""
    day = f" {on_day(run.day, event.today)}," if run.day and not event.day else ""
    return f"Im {nth(run.heat)} Rennen{day}"


def _open(event):
    """What may still change, and what was not run at all."""
    open_ = {run.heat for run in event.runs if run.provisional}
    if open_ and len(open_) < len({run.heat for run in event.runs}):
        heats = listed([nth(heat) for heat in sorted(open_)])
        yield f"Noch vorläufig ist das Ergebnis aus dem {heats} Rennen."
    elif open_:
        yield "Die Ergebnisse sind vorläufig." if len(open_) > 1 else "Das Ergebnis ist vorläufig."
    yield from (f"Das {nth(heat, 'e')} Rennen wurde abgesagt." for heat in event.off)


def _headline(event):
    cars = [car for car in event.cars if event.best(car)]
    plain = capital(
        ", ".join(f"{_nouns(event, car)} für {listed([p.last for p in car.ours])}" for car in cars)
    )
    said = (_way(event.runs[0]) if event.is_single else "") or plain
    return fitting(140, f"{event.short}: {said}", said, plain)


def _nouns(event, car):
    return " und ".join(dict.fromkeys(map(_noun, event.best(car)[:2])))


def _noun(run):
    if run.in_class == 1:
        return "Klassensieg"
    place = f"Platz {number(run.place)}" if run.place else ""
    return {
        facts.WIN: "Sieg",
        facts.PLACE: place,
        facts.STOPPED: place,
        facts.AT_LEAST: "Podium" if (run.at_least or 0) <= 3 else f"Top {run.at_least}",
        facts.FINISHED: "Start",
        facts.RETIRED: "Ausfall",
        facts.NOT_CLASSIFIED: "keine Wertung",
        facts.DISQUALIFIED: "Disqualifikation",
        facts.EXCLUDED: "Wertungsausschluss",
        facts.NOT_STARTED: "kein Start",
        facts.WITHDRAWN: "kein Start",
    }[run.outcome]


def _way(run):
    """Where the way there says more than the place."""
    if run.outcome == facts.WIN and run.pole:
        return "Sieg von der Pole-Position"
    if run.outcome in (facts.WIN, facts.PLACE) and (run.gained or 0) >= 3:
        goal = "zum Sieg" if run.place == 1 else f"auf Platz {number(run.place)}"
        return f"Von Startplatz {number(run.grid)} {goal}"
    return ""


def _teaser(event):
    said = [race.result(event, run, _in_heat(event, run)) for run in event.runs]
    more = race.in_class(event, event.runs[0]) if event.is_single else ""
    whole = f"{event.name}: {' '.join(filter(None, [*said, more]))}"
    return fitting(300, whole, f"{event.name}: {said[0]}", said[0])
