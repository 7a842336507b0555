"""The races of tests/data/facts-races.toml as rows, and the sentences that report on them."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from news import models as news
from news.checking import CONTRADICTS, check_against, record_of
from news.times import parse_time
from tests.factories import (
    CircuitFactory,
    ClassificationFactory,
    DriverFactory,
    EntryFactory,
    RaceFactory,
    ResultFactory,
    SeasonFactory,
    SeriesFactory,
    SessionFactory,
)

DATA = Path(__file__).parent / "data"
PLAIN = (
    "position",
    "position_or_better",
    "grid",
    "class_position",
    "laps",
    "gap_laps",
    "status",
    "classified",
    "pole",
    "fastest_lap",
)
TIMES = {"gap": "gap_ms", "best_lap": "best_lap_ms", "total": "total_time_ms"}


@dataclass(frozen=True)
class Told:
    """One sentence of the corpus; `wrong` is the kind of its planted error, "" where it has none."""

    race: str
    text: str
    wrong: str
    fresh: bool


def corpus(language):
    parts = tomllib.loads((DATA / f"facts-{language}.toml").read_text())["part"]
    return [
        Told(part["race"], text, kind, part.get("fresh", False))
        for part in parts
        for kind, text in [*(("", text) for text in part["sound"]), *part["wrong"]]
    ]


def records():
    """{name: record} of the races."""
    return {name: record_of(race) for name, race in races().items()}


def figures(language, records):
    """(planted errors, those missed, sound sentences, those accused) with the rows that say so."""
    planted, missed, sound, accused = [], [], [], []
    for told in corpus(language):
        rows = check_against(told.text, language, records[told.race])
        wrong = [row for row in rows if row.verdict == CONTRADICTS]
        (planted if told.wrong else sound).append(told)
        if told.wrong and told.wrong not in {row.kind for row in wrong}:
            missed.append((told, rows))
        if not told.wrong and wrong:
            accused.append((told, wrong))
    return planted, missed, sound, accused


def races(*names):
    """{name: race} with entries, crews, sessions and lists; all that are told of, or those of these names."""
    told = tomllib.loads((DATA / "facts-races.toml").read_text())
    return {name: _race(told[name]) for name in names or told}


def _race(facts):
    circuit = news.Circuit.objects.filter(name=facts["circuit"]).first() or CircuitFactory(
        name=facts["circuit"]
    )
    first, last = facts["days"]
    race = RaceFactory(
        name=facts["name"],
        name_en=facts.get("name_en", ""),
        circuit=circuit,
        first_day=first,
        last_day=last,
        starters=facts.get("starters"),
        starters_rounded=facts.get("rounded", False),
    )
    if "series" in facts:
        series = news.Series.objects.filter(name=facts["series"]).first() or SeriesFactory(
            name=facts["series"]
        )
        season = SeasonFactory(series=series, year=first.year)
        news.Round.objects.create(season=season, race=race, number=facts["round"])
    entry = _entry(race, facts)
    others = [(_entry(race, other), other) for other in facts.get("others", [])]
    for name, line in facts["ours"].items():
        kind = "qualifying" if name == "qualifying" else "race"
        session = SessionFactory(race=race, kind=kind, label=line.get("label", ""))
        listed = ClassificationFactory(session=session)
        ResultFactory(classification=listed, entry=entry, **_columns(line))
        for other, columns in others if name == "race" else ():
            ResultFactory(classification=listed, entry=other, **_columns(columns))
    return race


def _entry(race, facts):
    crew = [_driver(name) for name in facts["crew"]]
    return EntryFactory(race=race, number=facts["number"], car_class=facts.get("class", ""), drivers=crew)


def _driver(name):
    first, last = name.split(" ", 1)
    found = news.Driver.objects.filter(first_name=first, last_name=last).first()
    return found or DriverFactory(first_name=first, last_name=last, ours=last == "Klingmann")


def _columns(line):
    columns = {"position": None, **{name: line[name] for name in PLAIN if name in line}}
    return columns | {TIMES[name]: parse_time(line[name]) for name in TIMES if name in line}
