"""One row of an Ergast or Jolpica answer: of a race, of a qualifying, of a championship table. Pure."""

import re
from collections.abc import Iterable
from dataclasses import replace

from django.utils.translation import gettext as _

from news.limits import MOST_PLACES
from news.timing.named_cells import NamedCells
from news.timing.rows import NO_GAP, Row, StandingRow
from news.timing.words import status_of

NO_START = ("not_started", "withdrawn")
# What a status says that a list shows anyway.
PLAIN = re.compile(
    r"finished|lapped|\+?\d+ laps?|retired|disqualified|excluded|not classified|withdrew", re.I
)


def texts_of(raw: dict, problems: list[str], line: int) -> dict[str, str]:
    """{"Driver.givenName": "Ada"}: the texts of a row by their paths."""
    flat, open_parts = {}, [("", raw)]
    while open_parts:
        path, part = open_parts.pop()
        for name, value in part.items():
            if isinstance(value, dict):
                open_parts.append((f"{path}{name}.", value))
            elif isinstance(value, str):
                flat[f"{path}{name}"] = value
            elif value is not None and not isinstance(value, list):
                NamedCells(line, {}, problems).refuse(f"{path}{name}"[:60], _("here a text is expected."))
    return flat


def race_row(cells: NamedCells, warnings: list[str]) -> Row:
    """Of a race or a sprint race."""
    status, classified, place = _outcome(cells)
    said = cells.text("status")
    laps, best_lap_number = cells.laps("laps"), cells.laps("FastestLap.lap") or None
    if best_lap_number and laps is not None and best_lap_number > laps:
        words = _("Row %(row)d: lap %(lap)d cannot be the best of %(laps)d laps. Its number is left out.")
        warnings.append(words % {"row": cells.row, "lap": best_lap_number, "laps": laps})
        best_lap_number = None
    rank = cells.text("FastestLap.rank")
    return Row(
        **_who(cells),
        position=place,
        status=status,
        classified=classified,
        laps=laps,
        total_time_ms=cells.thousandths("Time.millis"),
        gap=_gap(cells, said) if place else NO_GAP,
        best_lap_ms=cells.time("FastestLap.Time.time"),
        best_lap_number=best_lap_number,
        grid="" if status in NO_START else _grid(cells),
        points=cells.points("points"),
        note="" if PLAIN.fullmatch(said) else said,
        fastest_lap=rank == "1" if rank else None,
    )


def _outcome(cells):
    """(status, classified, place): a letter in positionText decides, then the words of the status."""
    letter, said, place = cells.text("positionText"), cells.text("status"), cells.place("position")
    in_words, as_finisher = status_of(said, reasons=True)
    if letter.isalpha():
        try:
            by_letter, _classified = status_of(letter)
        except ValueError as problem:
            cells.refuse("positionText", str(problem))
            return in_words, False, None
        # Who withdrew before the start and who was not at the start share one letter.
        return (in_words if by_letter in NO_START and in_words in NO_START else by_letter), False, None
    if letter and letter != str(place or ""):
        words = _("“%(text)s” is not the place that “position” says.")
        cells.refuse("positionText", words % {"text": letter[:40]})
    if not place:
        return ("not_classified" if as_finisher else in_words), False, None
    if in_words in ("finished", "retired"):
        return in_words, True, place
    return in_words, False, None


def _gap(cells, said):
    """In laps where the status says so; the seconds of a lapped car are no gap to the leader."""
    if re.fullmatch(r"\+\d+ laps?", said, re.I):
        return NamedCells(cells.row, {"status": said}, cells.problems).gap("status")
    time = cells.text("Time.time")
    return cells.gap("Time.time") if time.startswith("+") and said.lower() != "lapped" else NO_GAP


def _grid(cells):
    """0 means a start from the pit lane."""
    place = cells.whole("grid", MOST_PLACES)
    return "" if place is None else str(place or "pit lane")


def qualifying_row(cells: NamedCells, _warnings: list[str]) -> Row:
    """The time of the last part that the driver took part in, for it made the place."""
    times = [cells.time(part) for part in ("Q1", "Q2", "Q3")]
    place = cells.place("position")
    return Row(
        **_who(cells),
        position=place,
        status="finished" if place else "not_classified",
        classified=bool(place),
        best_lap_ms=next((time for time in reversed(times) if time), None),
    )


def _who(cells):
    driver, number = _driver(cells), cells.name_of("number", "number")
    if not driver and not number:
        cells.refuse("Driver", _("neither a car number nor a driver is given."))
    return {
        "line": cells.row,
        "number": number,
        "team": cells.name_of("team", "Constructor.name"),
        "crew": (driver,) if driver else (),
    }


def _driver(cells):
    return cells.person("Driver.givenName", "Driver.familyName", "Driver.nationality")


def joined(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Drivers who shared a car stand in rows of their own with one number and one place: they are one car."""
    cars = {}
    for row in rows:
        key = (row.number, row.position, row.status, row.laps) if row.number and row.crew else row.line
        first = cars.get(key)
        if first and not set(first.crew) & set(row.crew):
            points = None if first.points is None or row.points is None else first.points + row.points
            cars[key] = replace(first, crew=first.crew + row.crew, points=points)
        else:
            cars[row.line if first else key] = row
    return tuple(cars.values())


def standing_row(cells: NamedCells, raw: dict) -> StandingRow:
    """The team is the last one of several that the driver drove for; a letter for the place means none."""
    teams = raw.get("Constructors") if "Driver" in raw else [raw.get("Constructor")]
    team = teams[-1] if isinstance(teams, list) and teams and isinstance(teams[-1], dict) else {}
    named = NamedCells(cells.row, texts_of({"Constructor": team}, cells.problems, cells.row), cells.problems)
    placed = cells.text("positionText").isdecimal() or "positionText" not in raw
    driver, name = _driver(cells), named.name_of("team", "Constructor.name")
    if not driver and not name:
        cells.refuse("Driver", _("neither a driver nor a team is named."))
    return StandingRow(
        line=cells.row,
        position=cells.place("position") if placed else None,
        points=cells.points("points"),
        driver=driver,
        team=name,
        wins=cells.laps("wins"),
    )
