"""Ergast and Jolpica: JSON of a race, a sprint race, a qualifying or a championship table. Pure."""

import json
import re

from django.utils.translation import gettext as _

from news.limits import MOST_PLACES
from news.timing.checks import doubtful_places, refuse_twice
from news.timing.ergast_rows import joined, qualifying_row, race_row, standing_row, texts_of
from news.timing.named_cells import NamedCells
from news.timing.rows import BadFile, ResultFile, StandingsFile, refuse_all
from news.timing.tables import MOST_ROWS

PROVIDER = "ergast"
LISTS = ("Results", "SprintResults", "QualifyingResults")
TABLES = ("DriverStandings", "ConstructorStandings")
# With one of these an answer holds some rows of a race, not all.
FILTERS = {
    *("driverId", "constructorId", "grid", "status", "fastest", "position"),
    *("driverStandings", "constructorStandings"),
}
# Which part of a row states which field.
STATED_BY = {
    "number": ["number"],
    "position": ["position", "status", "classified"],
    "laps": ["laps"],
    "grid": ["grid"],
    "points": ["points"],
    "status": ["gap", "note"],
    "Time": ["total_time_ms"],
    "FastestLap": ["best_lap_ms", "best_lap_number", "fastest_lap"],
    "Q1": ["best_lap_ms"],
    "Driver": ["crew"],
    "Constructor": ["team"],
}


def matches(text: str) -> bool:
    """Whether the text is meant as JSON, the form of these files alone."""
    return text.lstrip("\ufeff \t\r\n").startswith(("{", "["))


def parse(text: str) -> ResultFile | StandingsFile:
    """The results of one race, or one championship table. Raises BadFile."""
    answer = _loaded(text)
    if not isinstance(answer, dict) or not isinstance(answer.get("MRData"), dict):
        raise BadFile(_("This JSON file holds no results. Files of Ergast or Jolpica begin with “MRData”."))
    answer = answer["MRData"]
    if "RaceTable" in answer:
        return _results(answer, _part(answer, "RaceTable", dict))
    if "StandingsTable" in answer:
        return _standings(answer, _part(answer, "StandingsTable", dict))
    tables = [str(name)[:40] for name in answer if str(name).endswith("Table")]
    words = _("This file of Ergast or Jolpica holds no results, but “%(name)s”.")
    raise BadFile(words % {"name": tables[0] if tables else "MRData"})


def _loaded(text):
    """The JSON, with every number as the text that stands in the file."""
    try:
        return json.loads(
            text.lstrip("\ufeff"), parse_int=str, parse_float=str, parse_constant=_no_such_number
        )
    except json.JSONDecodeError as error:
        words = _("The JSON is broken in line %(line)d, column %(column)d. Load the file anew.")
        raise BadFile(words % {"line": error.lineno, "column": error.colno}) from error
    except RecursionError as error:
        raise BadFile(
            _("The JSON is nested deeper than any result list. Check that it is the right file.")
        ) from error


def _no_such_number(name):
    raise BadFile(_("The file holds “%(name)s” in place of a number. Load it anew.") % {"name": name})


def _part(whole, name, kind):
    """What stands under this name; lists are lists of objects."""
    part = whole.get(name)
    if not isinstance(part, kind) or (kind is list and not all(isinstance(each, dict) for each in part)):
        raise BadFile(
            _("“%(name)s” is missing in the file or is built in another way than usual.") % {"name": name}
        )
    if kind is list and len(part) > MOST_ROWS:
        raise BadFile(_("The file has more than %(most)d rows: no result list has.") % {"most": MOST_ROWS})
    return part


def _title(part):
    said = NamedCells(0, texts_of(part, [], 0), [])
    return " ".join(filter(None, [said.text("raceName"), said.name_of("number", "season")]))


def _whole(answer, name):
    text = answer.get(name)
    return int(text) if isinstance(text, str) and re.fullmatch(r"[0-9]{1,9}", text) else None


def _results(answer, table):
    races = _part(table, "Races", list)
    if not races:
        raise BadFile(_("The answer is empty: there was no such race, or its results are not out yet."))
    lists = [name for name in LISTS if name in races[0]]
    if not lists:
        others = [name for name in races[0] if isinstance(races[0][name], list)]
        words = _("This file of Ergast or Jolpica holds no results, but “%(name)s”.")
        raise BadFile(words % {"name": str(others[0])[:40] if others else "Races"})
    name = lists[0]
    _one_whole_race(answer, table, races, name)
    problems, warnings = [], []
    raw_rows = _part(races[0], name, list)
    cells = [NamedCells(n, texts_of(raw, problems, n), problems) for n, raw in enumerate(raw_rows, start=1)]
    read = qualifying_row if name == "QualifyingResults" else race_row
    rows = joined([read(each, warnings) for each in cells])
    places = {int(text) for each in cells if re.fullmatch("[0-9]{1,3}", text := each.raw("position"))}
    empty = [] if rows else [_("The list has no rows.")]
    refuse_all([*empty, *problems, *refuse_twice(rows)])
    refuse_all(_not_from_the_first(places))
    return ResultFile(
        PROVIDER,
        timed=name == "QualifyingResults",
        rows=rows,
        warnings=(*warnings, *_gaps(places), *doubtful_places(rows)),
        title=_title(races[0]),
        states=_states(raw_rows),
    )


def _states(raw_rows):
    said = {part for raw in raw_rows for part in raw}
    return frozenset(field for part, fields in STATED_BY.items() if part in said for field in fields)


def _one_whole_race(answer, table, races, name):
    """Refuse what is more or less than the list of one race."""
    count = sum(len(_part(race, name, list)) for race in races if name in race)
    words = _("The file holds %(n)d races. Load one race, such as …/2023/9/results.json.")
    several = [words % {"n": len(races)}] if len(races) > 1 else []
    refuse_all([*several, *_parts_of_a_list(answer, table, count)])


def _parts_of_a_list(answer, table, count):
    """A sentence where the file is one page of several, or the answer to a question about some rows."""
    total = _whole(answer, "total")
    if total is not None and total > count:
        words = _("The file holds %(n)d of %(total)d rows. Load all of them: add ?limit=100 to the address.")
        yield words % {"n": count, "total": total}
    for name in sorted(FILTERS & set(table))[:1]:
        yield _("The file holds only the rows of one “%(name)s”. Load the whole list.") % {"name": name}


def _not_from_the_first(places):
    if places and 1 not in places:
        yield _("The list begins at place %(n)d. Load the whole list.") % {"n": min(places)}


def _gaps(places):
    missing = sorted(set(range(1, max(places, default=0))) - places)
    if missing:
        words = _("Place %(n)d is missing, and so may others. Check that the file holds the whole list.")
        yield words % {"n": missing[0]}


def _standings(answer, table):
    lists = _part(table, "StandingsLists", list)
    if not lists:
        raise BadFile(_("The answer is empty: there is no such championship table, or it is not out yet."))
    if len(lists) > 1:
        words = _("The file holds %(n)d championship tables. Load one, such as …/2023/driverStandings.json.")
        raise BadFile(words % {"n": len(lists)})
    name = next((name for name in TABLES if name in lists[0]), TABLES[0])
    problems = []
    raw_rows = _part(lists[0], name, list)
    refuse_all(_parts_of_a_list(answer, table, len(raw_rows)))
    rows = tuple(
        standing_row(NamedCells(n, texts_of(raw, problems, n), problems), raw)
        for n, raw in enumerate(raw_rows, start=1)
    )
    refuse_all([*([] if rows else [_("The list has no rows.")]), *problems])
    after_round = _whole(lists[0], "round")
    return StandingsFile(
        PROVIDER,
        rows,
        title=_title(lists[0]),
        after_round=after_round if after_round and after_round <= MOST_PLACES else None,
    )
