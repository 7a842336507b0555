"""What a car did in a race, in German sentences.

Names of races, cars, series and people have no gender here: a name follows a word that has one ("im Rennen „…“"),
and people are called by name, never "er", "sie" or "Zweiter". Pure.
"""

from news.drafting import facts
from news.drafting.german.words import capital, counted, gap, named, names, number, on_day, time, when, where


def when_and_where(event):
    """ "am Sonntag, dem 6. April, auf dem Nürburgring"; without one certain day the days of the event."""
    if event.day:
        return f"{on_day(event.day, event.today)}, {where(event.circuit)}".strip()
    days = when(event.first_day, event.last_day, event.today)
    what = "am Rennwochenende" if event.is_weekend else "bei der Veranstaltung"
    return f"{what} {days} {where(event.circuit)}".strip()


def the_car(event, car):
    """The car among ours."""
    if not any(other != car for other in event.cars):
        return "das Auto"
    return f"die Nummer {car.number}" if car.number else f"das Auto von {names(car.ours)}"


# ---- The result ----------------------------------------------------------------------------------------------


def lead(event, run):
    """Who, what, when and where in one sentence."""
    race, people = named(event.name), names(run.car.ours)
    if run.outcome == facts.WITHDRAWN:
        return f"Die Nennung von {people} für das Rennen {race} {when_and_where(event)} ist zurückgezogen worden."
    aux, first, last = {
        facts.WIN: ("haben", f"das Rennen {race}", "gewonnen"),
        facts.PLACE: ("haben", f"im Rennen {race}", f"{_place(run)} belegt"),
        facts.STOPPED: (
            "sein",
            f"im Rennen {race}",
            f"trotz eines Ausfalls auf {_place(run)} gewertet worden",
        ),
        facts.AT_LEAST: ("haben", f"im Rennen {race}", f"{_at_least(run)} erreicht"),
        facts.FINISHED: ("haben", f"am Rennen {race}", "teilgenommen"),
        facts.RETIRED: ("sein", f"im Rennen {race}", f"{_after_laps(run)}ausgefallen"),
        facts.NOT_CLASSIFIED: ("sein", f"im Rennen {race}", "nicht gewertet worden"),
        facts.DISQUALIFIED: ("sein", f"im Rennen {race}", "disqualifiziert worden"),
        facts.EXCLUDED: ("sein", f"im Rennen {race}", "aus der Wertung genommen worden"),
        facts.NOT_STARTED: ("sein", f"zum Rennen {race}", "nicht angetreten"),
    }[run.outcome]
    verb = {"haben": ("hat", "haben"), "sein": ("ist", "sind")}[aux][_are_many(run)]
    return f"{people} {verb} {when_and_where(event)} {first} {last}."


def result(event, run, before=""):
    """The same in short; what stands `before` it makes verb and subject change places."""
    people = names(run.car.ours)
    if run.outcome == facts.WITHDRAWN:
        return f"{before or 'Im Rennen'} war die Nennung von {people} zurückgezogen."
    one, many, rest = {
        facts.WIN: ("gewann", "gewannen", "" if before else "das Rennen"),
        facts.PLACE: ("belegte", "belegten", _place(run)),
        facts.STOPPED: ("wurde", "wurden", f"trotz eines Ausfalls auf {_place(run)} gewertet"),
        facts.AT_LEAST: ("erreichte", "erreichten", _at_least(run)),
        facts.FINISHED: ("war", "waren", "am Start"),
        facts.RETIRED: ("fiel", "fielen", f"{_after_laps(run)}aus"),
        facts.NOT_CLASSIFIED: ("wurde", "wurden", "nicht gewertet"),
        facts.DISQUALIFIED: ("wurde", "wurden", "disqualifiziert"),
        facts.EXCLUDED: ("wurde", "wurden", "aus der Wertung genommen"),
        facts.NOT_STARTED: ("trat", "traten", "nicht an"),
    }[run.outcome]
    verb = many if _are_many(run) else one
    which = f"mit der Nummer {run.car.number}" if len(event.cars) > 1 and run.car.number else ""
    words = [before, verb, people] if before else [people, verb]
    return f"{' '.join(filter(None, [*words, which, rest]))}."


def _are_many(run):
    return len(run.car.ours) > 1


def _place(run):
    return f"Platz {number(run.place)}" if run.place else ""


def _at_least(run):
    bound = run.at_least or 0
    return "das Podium" if bound <= 3 else f"einen Platz unter den ersten {number(bound)}"


def _after_laps(run):
    if run.laps is None:
        return ""
    return f"nach {counted(run.laps, 'einer Runde', 'Runden')} " if run.laps else "in der ersten Runde "


# ---- The car and its crew ------------------------------------------------------------------------------------


def crew(car, *, started=True, ahead=False):
    """Who drives or drove which car with whom, for which team."""
    ours, team = names(car.ours), f"für {car.team}" if car.team else ""
    if not started:
        verb = "war" if len(car.crew) == 1 else "waren"
        words = [
            "Gemeldet",
            verb,
            names(car.crew),
            f"mit der Nummer {car.number}" if car.number else "",
            team,
        ]
        return f"{' '.join(filter(None, words))}."
    if len(car.crew) == 1 and not (car.number or car.model or car.team):
        return ""
    verbs = ("fährt", "teilt sich", "teilen sich") if ahead else ("fuhr", "teilte sich", "teilten sich")
    verb = verbs[0] if len(car.crew) == 1 else verbs[1] if len(car.ours) == 1 else verbs[2]
    what = _described(car)
    words = [capital(team), verb, ours, what] if team else [ours, verb, what]
    return f"{' '.join(words)}{' mit ' + names(car.mates) if car.mates else ''}."


def _described(car):
    if car.number:
        return f"das Auto mit der Nummer {car.number}" + (f" ({car.model})" if car.model else "")
    return f"ein Auto vom Typ {car.model}" if car.model else "das Auto"


# ---- How it came about ---------------------------------------------------------------------------------------


def qualifying(event, car):
    for timed in event.qualifyings:
        lap = f"mit einer Runde in {time(timed.best_lap)}" if timed.best_lap else ""
        if timed.car == car and timed.place:
            words = [f"Im {timed.title} belegte", the_car(event, car), lap, f"Platz {number(timed.place)}"]
            yield f"{' '.join(filter(None, words))}."
        elif timed.car == car and lap:
            whose = "" if the_car(event, car) == "das Auto" else f" von {names(car.ours)}"
            yield f"Die beste Runde{whose} im {timed.title} dauerte {time(timed.best_lap)}."


def course(event, run):
    """From the grid to the flag."""
    if not run.started:
        return []
    return [_start(event, run), in_class(event, run), _distance(run), *_laps(event, run)]


def _start(event, run):
    the = the_car(event, run.car)
    if run.from_pit_lane:
        return f"Gestartet war {the} aus der Boxengasse."
    if run.pole:
        return f"Gestartet war {the} von der Pole-Position."
    if not run.grid:
        return ""
    grid = number(run.grid)
    if run.gained is None:
        return f"Gestartet war {the} von Startplatz {grid}."
    if not run.gained:
        return f"Gestartet war {the} ebenfalls von Platz {grid}."
    places = counted(abs(run.gained), "einen Platz", "Plätze")
    if run.gained > 0:
        return f"Von Startplatz {grid} aus machte {the} {places} gut."
    return f"Von Startplatz {grid} aus verlor {the} {places}."


def in_class(event, run):
    if not run.in_class:
        return ""
    in_class, the = f"In der Klasse {run.car.car_class}", the_car(event, run.car)
    return (
        f"{in_class} gewann {the}."
        if run.in_class == 1
        else f"{in_class} belegte {the} Rang {number(run.in_class)}."
    )


def _distance(run):
    if run.outcome == facts.WIN and (ahead := gap(run.ahead)):
        return f"Der Vorsprung auf Platz zwei betrug {ahead}."
    if run.outcome == facts.PLACE and run.place > 1 and (behind := gap(run.behind)):
        return f"Der Rückstand auf die Spitze betrug {behind}."
    return ""


def _laps(event, run):
    the = the_car(event, run.car)
    if run.laps and run.outcome in (facts.WIN, facts.PLACE, facts.AT_LEAST):
        yield f"Insgesamt legte {the} {counted(run.laps, 'eine Runde', 'Runden')} zurück."
    best = time(run.best_lap) if run.best_lap else ""
    if run.fastest_lap:
        yield f"{f'Mit {best}' if best else 'Dabei'} fuhr {the} die schnellste Runde des Rennens."
    elif best:
        yield f"Die beste Rennrunde dauerte {best}."
