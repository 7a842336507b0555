"""Races of every kind as the drafting knows them, and the record that the fact check compares with."""

from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from news.checking.record import Line, Record
from news.drafting import facts
from news.drafting.facts import Car, Counted, Date, Event, Person, Run, Standing, Timed
from news.times import Gap

KLINGMANN = Person("Jens", "Klingmann", ours=True, hometown="Leimen")
MUSTER = Person("Erika", "Muster", ours=True, hometown="Rum")
MATES = (
    Person("Claudia", "Hürtgen"),
    Person("Dominik", "Baumann"),
    Person("Martin", "Tomczyk"),
    Person("", "Pixinha"),
)
TODAY = date(2014, 4, 7)
NAMES = [
    "Qualifikationsrennen zum 24-Stunden-Rennen",
    "ADAC Zurich 24h-Rennen",
    "VLN Lauf 2",
    "40. DMV 4-Stunden-Rennen",
    "Großer Preis von Österreich",
    "Coppa Florio & Friends",
]
CIRCUITS = [
    "",
    "Nürburgring",
    "Circuit de Spa-Francorchamps",
    "Nordschleife",
    "Motorsport Arena Oschersleben",
]
OUT = (facts.DISQUALIFIED, facts.EXCLUDED, facts.NOT_CLASSIFIED)
NEVER = (facts.NOT_STARTED, facts.WITHDRAWN)


def maybe(strategy):
    return st.none() | strategy


@st.composite
def runs(draw, car, heat=None, day=None):
    """A line of a list as the database admits it."""
    status = draw(st.sampled_from([facts.FINISHED] * 4 + [facts.RETIRED, *OUT, *NEVER]))
    position = draw(maybe(st.integers(1, 30))) if status in (facts.FINISHED, facts.RETIRED) else None
    at_least = (
        draw(maybe(st.sampled_from([1, 3, 5, 10, 20]))) if status == facts.FINISHED and not position else None
    )
    counts = status in (facts.FINISHED, facts.RETIRED)
    grid = draw(maybe(st.integers(1, 30))) if status not in NEVER else None
    ran = status not in NEVER
    behind = Gap()
    if position and position > 1:
        behind = draw(st.sampled_from([Gap(), Gap(ms=41_237), Gap(ms=83_456), Gap(laps=1), Gap(laps=14)]))
    return Run(
        car=car,
        heat=heat,
        day=day,
        position=position,
        at_least=at_least,
        class_position=draw(maybe(st.integers(1, position or 30))) if counts and car.car_class else None,
        grid=grid,
        from_pit_lane=ran and grid is None and draw(st.booleans()),
        pole=grid == 1 and draw(st.booleans()),
        status=status,
        classified=status == facts.FINISHED or (status == facts.RETIRED and draw(st.booleans())),
        laps=draw(maybe(st.integers(0, 160))) if ran else None,
        behind=behind,
        ahead=draw(st.sampled_from([Gap(), Gap(ms=3_214)])) if position == 1 else Gap(),
        best_lap=draw(maybe(st.sampled_from([52_197, 98_412, 507_415]))) if ran else None,
        fastest_lap=ran and draw(st.booleans()),
        provisional=draw(st.booleans()),
    )


@st.composite
def cars(draw, ours, mates, key):
    return Car(
        crew=(*ours, *mates),
        number=draw(st.sampled_from(["", str(20 + key)])),
        model=draw(st.sampled_from(["", "BMW Z4 GT3", "Chevrolet Corvette C7"])),
        team=draw(st.sampled_from(["", "BMW Sports Trophy Team Schubert"])),
        car_class=draw(st.sampled_from(["", "SP9", "A6-Am"])),
        key=key,
    )


@st.composite
def events(draw):
    """One car or two, alone or with up to four others, in one race or two, with or without a qualifying."""
    crews = [(KLINGMANN,)], [(KLINGMANN, MUSTER)], [(KLINGMANN,), (MUSTER,)], [(KLINGMANN,), (KLINGMANN,)]
    sizes = st.integers(0, 4)
    entered = tuple(
        draw(cars(ours, MATES[: draw(sizes)], key)) for key, ours in enumerate(draw(st.sampled_from(crews)))
    )
    heats = draw(st.sampled_from([(None,), (None,), (1, 2), (1, 2, 3)]))
    first, last = draw(st.sampled_from([(6, 6), (5, 6), (3, 6)]))
    days = [date(2014, 4, first), date(2014, 4, last)]
    run = tuple(
        draw(runs(car, heat, draw(st.sampled_from([None, *days])))) for heat in heats for car in entered
    )
    timed = tuple(
        Timed(car, title, draw(maybe(st.integers(1, 30))), draw(maybe(st.just(511_192))))
        for title in draw(st.sampled_from([(), ("Qualifying",), ("Qualifying 1", "Qualifying 2")]))
        for car in entered
    )
    rounds = draw(st.sampled_from([(), (Counted("VLN", 2014, 2),)]))
    table = [
        Standing(
            person,
            "VLN",
            2,
            draw(maybe(st.integers(1, 20))),
            draw(maybe(st.sampled_from([Decimal(1), Decimal("9.5"), Decimal(45)]))),
            draw(maybe(st.sampled_from([Decimal(1), Decimal("0.5"), Decimal(18)]))),
            draw(st.sampled_from(["", "SP9"])),
            draw(st.booleans()),
        )
        for person in dict.fromkeys(person for car in entered for person in car.ours)
        if rounds
    ]
    name, circuit = draw(st.sampled_from(NAMES)), draw(st.sampled_from(CIRCUITS))
    later = (
        Date("VLN Lauf 3", date(2014, 4, 12), date(2014, 4, 12), circuit),
        Date("24 Stunden von Spa", date(2014, 7, 26), date(2014, 7, 27), "Circuit de Spa"),
        Date("Finale", date(2015, 1, 31), date(2015, 2, 1)),
    )
    return Event(
        name=name,
        short=draw(st.sampled_from([name, "24h-Quali"])),
        first_day=days[0],
        last_day=days[1],
        today=TODAY,
        circuit=circuit,
        dateline="Leimen",
        starters=draw(maybe(st.sampled_from([1, 11, 50, 165]))),
        starters_rounded=draw(st.booleans()),
        cars=entered,
        runs=run,
        qualifyings=timed,
        off=draw(st.sampled_from([(), (4,)])) if heats != (None,) else (),
        rounds=rounds,
        standings=tuple(table),
        dates=later[: draw(st.integers(0, 3))],
    )


def record(event) -> Record:
    """What news.checking.record would read from the same rows."""
    lines = [
        Line(
            label=title[-1] if (title := timed.title)[-1].isdecimal() else "",
            is_race=False,
            is_qualifying=True,
            position=timed.place,
            best_lap=timed.best_lap,
        )
        for timed in event.qualifyings
    ]
    lines += [
        Line(
            heat=run.heat,
            day=run.day,
            position=run.position,
            position_or_better=run.at_least,
            class_position=run.class_position,
            grid=str(run.grid or ("pit lane" if run.from_pit_lane else "")),
            status=run.status,
            laps=run.laps,
            best_lap=run.best_lap,
            behind=run.behind,
            ahead=run.ahead,
            pole=run.pole or None,
            fastest_lap=run.fastest_lap or None,
        )
        for run in event.runs
    ]
    crew = dict.fromkeys((person.first, person.last) for car in event.cars for person in car.crew)
    return Record(
        first_day=event.first_day,
        last_day=event.last_day,
        crew=tuple(crew),
        others=(("Maxime", "Martin"), ("Dirk", "Werner")),
        numbers=frozenset(car.number for car in event.cars if car.number),
        other_numbers=frozenset({"25", "3"}),
        cars=tuple(car.model for car in event.cars if car.model),
        teams=tuple(car.team for car in event.cars if car.team),
        classes=tuple(car.car_class for car in event.cars if car.car_class),
        names=tuple(
            filter(None, [event.name, event.short, event.circuit, *(each.series for each in event.rounds)])
        ),
        elsewhere=tuple({"Circuit de Spa", "Sachsenring", "Nürburgring"} - {event.circuit}),
        rounds=frozenset(each.number for each in event.rounds),
        starters=event.starters,
        starters_rounded=event.starters_rounded,
        lines=tuple(lines),
    )
