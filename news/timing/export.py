"""A result list as a spreadsheet file that `sheet` reads back to the same rows."""

import csv
import io
from collections.abc import Iterable

from news.models import Classification, Result
from news.times import Gap, format_time
from news.timing.crews import commas_of, people_of
from news.timing.rows import Person, Row
from news.timing.tables import defused

# One language, so that a file means the same everywhere; `headings` knows them all.
COLUMNS = {
    "position": "Pos",
    "class_position": "Position in class",
    "number": "No",
    "crew": "Drivers",
    "team": "Team",
    "car": "Car",
    "car_class": "Class",
    "cup": "Cup",
    "laps": "Laps",
    "total_time_ms": "Total time",
    "gap": "Gap",
    "best_lap_ms": "Best lap",
    "best_lap_number": "Best lap number",
    "grid": "Grid",
    "status": "Status",
    "classified": "Classified",
    "points": "Points",
    "pole": "Pole",
    "fastest_lap": "Fastest lap of the race",
    "note": "Note",
}
BYTE_ORDER_MARK = "\ufeff"


def export_csv(classification: Classification) -> str:
    """The list as CSV with semicolons; the mark at its start tells spreadsheet programs that it is UTF-8."""
    return csv_of(row_of(result) for result in classification.results.with_entry())


def csv_of(rows: Iterable[Row]) -> str:
    out = io.StringIO()
    out.write(BYTE_ORDER_MARK)
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS.values())
    writer.writerows([defused(_written(getattr(row, field), field)) for field in COLUMNS] for row in rows)
    return out.getvalue()


def row_of(result: Result) -> Row:
    """The line of a list as a parser would hand it over."""
    entry = result.entry
    alike = {field: getattr(result, field) for field in COLUMNS if hasattr(result, field)}
    drivers = [Person(driver.first_name, driver.last_name, driver.country) for driver in entry.crew_drivers]
    return Row(
        line=result.pk,
        **alike,
        number=entry.number,
        team=entry.team_name,
        car=entry.car,
        car_class=entry.car_class,
        cup=entry.cup,
        crew=tuple(drivers),
    )


def _written(value, field):
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if field == "crew":
        return _crew(value)
    if field == "status":
        return value.replace("_", " ").capitalize()
    if field == "points":
        return f"{value:f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else f"{value:f}"
    if isinstance(value, Gap):
        return _gap(value)
    return format_time(value) if field.endswith("_ms") else str(value)


def _gap(gap):
    """Without a + before it, which spreadsheet programs compute away."""
    if gap.laps:
        return f"{gap.laps} Lap" if gap.laps == 1 else f"{gap.laps} Laps"
    return "" if gap.ms is None else format_time(gap.ms)


def _crew(crew):
    """First name first, where that reads back to the same names; else the family name and a comma."""
    names = []
    for someone in crew:
        country = f" ({someone.country})" if someone.country else ""
        plain = f"{someone.name}{country}"
        names.append(
            plain if _reads_as(plain, someone) else f"{someone.last_name}, {someone.first_name}{country}"
        )
    text = " / ".join(names)
    return f"{text} /" if len(names) == 1 and "," in text else text


def _reads_as(text, someone):
    try:
        return people_of(text, commas_of([text])) == (someone,)
    except ValueError:
        return False
