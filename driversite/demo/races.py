"""What is known of the driver's seasons, and the demo races to come."""

import datetime

from driversite.demo.rows import Rows
from driversite.demo.texts import table
from news.models import (
    Circuit,
    Classification,
    Crew,
    Driver,
    Entry,
    Layout,
    Race,
    Result,
    Round,
    Season,
    Series,
    Session,
    Standing,
    Team,
)
from news.querysets.races import RACE_KINDS
from news.times import parse_time

# Only the day of a session is known: noon keeps the day what it is on most of the world's clocks.
NOON = datetime.time(12)


class Known:
    """Circuits, layouts, series, teams and drivers by the keys that the facts use."""

    def __init__(self, rows: Rows, facts: dict):
        def put_all(model, part, *key):
            return {
                name: rows.put(model, {field: values.pop(field) for field in key}, values)
                for name, values in facts.get(part, {}).items()
            }

        self.circuits = put_all(Circuit, "circuits", "name")
        for layout in facts.get("layouts", {}).values():
            layout["circuit"] = self.circuits[layout["circuit"]]
        self.layouts = put_all(Layout, "layouts", "circuit", "name_de")
        self.series = put_all(Series, "series", "name")
        self.teams = put_all(Team, "teams", "name")
        self.drivers = put_all(Driver, "drivers", "first_name", "last_name")


def load_seasons(rows: Rows) -> dict[str, Race]:
    """Past seasons from facts.toml; the races by slug."""
    facts = table("facts")
    known = Known(rows, facts)
    for standing in facts["standings"]:
        _put_standing(rows, known, standing)
    return {race["slug"]: _put_past_race(rows, known, race) for race in facts["races"]}


def load_upcoming(rows: Rows, today: datetime.date) -> dict[str, Race]:
    """The demo races to come, counted from today; by slug."""
    facts = table("upcoming")
    known = Known(rows, facts)
    label = {f"label_{language}": text for language, text in facts["label"].items()}
    return {race["slug"]: _put_coming_race(rows, known, race | label, today) for race in facts["races"]}


def next_friday(today: datetime.date) -> datetime.date:
    """The first Friday that is at least two days away."""
    return today + datetime.timedelta(days=2 + (4 - today.weekday() - 2) % 7)


def _season(rows, known, series, year):
    return rows.put(Season, {"series": known.series[series], "year": year})


def _put_standing(rows, known, values):
    season = _season(rows, known, values.pop("series"), values.pop("year"))
    driver, team = known.drivers[values.pop("driver")], known.teams.get(values.pop("team", None))
    rows.put(Standing, {"season": season, "driver": driver}, values | {"team": team})


def _put_past_race(rows, known, values):
    sessions, round_ = values.pop("sessions"), values.pop("round", None)
    layout = known.layouts[values.pop("layout")]
    key = {"slug": values.pop("slug"), "first_day": values.pop("first_day")}
    last_day = values.pop("last_day", key["first_day"])
    race = rows.put(Race, key, values | {"circuit": layout.circuit, "layout": layout, "last_day": last_day})
    if round_:
        season = _season(rows, known, round_["series"], round_["year"])
        rows.put(Round, {"season": season, "race": race}, {"number": round_["number"]})
    # The race first: its lines say which cars there are, the qualifying only names one.
    for session in sorted(sessions, key=lambda session: session["kind"] not in RACE_KINDS):
        _put_past_session(rows, known, race, session)
    return race


def _put_past_session(rows, known, race, values):
    lines, source = values.pop("lines", []), values.pop("source", "")
    remark = {name: values.pop(name, "") for name in ("remark_de", "remark_en")}
    if day := values.pop("day", None):
        values |= {"starts_at": datetime.datetime.combine(day, NOON, race.zone), "time_known": False}
    key = {"race": race, "kind": values.pop("kind"), "label": values.pop("label", "")}
    session = rows.put(Session, key, values)
    if lines:
        classification = rows.put(Classification, {"session": session, "source": source}, remark)
        for line in lines:
            _put_line(rows, known, classification, line)


def _put_line(rows, known, classification, values):
    entry = _put_entry(rows, known, classification.session.race, values)
    if best_lap := values.pop("best_lap", None):
        values["best_lap_ms"] = parse_time(best_lap)
    rows.put(Result, {"classification": classification, "entry": entry}, values)


def _put_entry(rows, known, race, values):
    """The car of a line. A number says which one it is; without a number, its team does."""
    number, team = values.pop("number", ""), known.teams.get(values.pop("team", None))
    crew, car = values.pop("crew", []), values.pop("car", "")
    if number and (entry := Entry.objects.filter(race=race, number=number).first()) and not car:
        return entry
    key = {"race": race, "number": number} | ({} if number else {"team": team})
    entry = rows.put(Entry, key, {"team": team, "car": car} if number else {"car": car})
    rows.put_all(Crew, {"entry": entry}, [{"driver": known.drivers[driver]} for driver in crew])
    return entry


def _put_coming_race(rows, known, values, today):
    sessions, slug = values.pop("sessions"), values.pop("slug")
    first_day = next_friday(today) + datetime.timedelta(weeks=values.pop("weeks"))
    values["last_day"] = first_day + datetime.timedelta(days=values.pop("days") - 1)
    values["circuit"] = known.circuits[values.pop("circuit")]
    values["layout"] = known.layouts.get(values.pop("layout", None))
    race = rows.put(Race, {"slug": slug}, values | {"first_day": first_day})
    for session in sessions:
        _put_coming_session(rows, race, session)
    # The demo moves with today; nobody was told of another day.
    Race.objects.filter(pk=race.pk).update(moved_from=None)
    race.sessions.update(moved_from=None)
    return race


def _put_coming_session(rows, race, values):
    day = race.first_day + datetime.timedelta(days=values.pop("day"))
    time = values.pop("time", None)
    starts_at = datetime.datetime.combine(day, time or NOON, race.zone)
    values |= {"starts_at": starts_at, "time_known": time is not None}
    rows.put(Session, {"race": race, "kind": values.pop("kind"), "label": values.pop("label", "")}, values)
