"""What lines must agree on, alone and in the list: a car stands once, a class has one spelling. Pure."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import fields, replace

from django.utils.translation import gettext as _

from news.timing.rows import Row

# What an empty line of a list says; the rest is said by a row that differs from it.
SILENT = Row(line=0, number="")


def once_each(sentences: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(sentences))


def refuse_twice(rows: Iterable[Row]) -> list[str]:
    """A sentence for each number that stands on several lines."""
    words = _("Number %(number)s stands in lines %(lines)s: one car has one line. Check the numbers.")
    return [
        words % {"number": number, "lines": ", ".join(str(row.line) for row in same)}
        for number, same in _repeated(rows, "number")
    ]


def doubtful_places(rows: Iterable[Row]) -> list[str]:
    """A warning for each position that several lines have: a dead heat, or a mistake."""
    words = _("Place %(place)d stands in lines %(lines)s.")
    return [
        words % {"place": place, "lines": ", ".join(str(row.line) for row in same)}
        for place, same in _repeated(rows, "position")
    ]


def doubtful_finishers(rows: Sequence[Row], with_status: bool) -> list[str]:
    """A warning for cars that count as finishers and drove hardly any of the race: who stopped or did not start, some
    lists leave out."""
    most = max((row.laps or 0 for row in rows), default=0)
    finished = [
        row for row in rows if row.status == SILENT.status and row.classified and row.laps is not None
    ]
    words = _(
        "Classified with less than half the laps: lines %(lines)s. Who retired, this list does not say."
    )
    doubtful = [row for row in finished if row.laps * 2 < most]
    if not with_status:
        words = _("Without a lap: lines %(lines)s. Whether the car started, this kind of list does not say.")
        doubtful = [row for row in finished if most and not row.laps]
    return [words % {"lines": ", ".join(str(row.line) for row in doubtful)}] if doubtful else []


def joined_classes(rows: Sequence[Row]) -> tuple[list[Row], list[str]]:
    """The rows with one spelling for each class, the first; and a warning for every other spelling."""
    first, warnings = {}, []
    for row in rows:
        spelling = first.setdefault(_spelt(row.car_class), row.car_class)
        if spelling != row.car_class:
            words = _("Class %(other)s was read as %(first)s: one class in two spellings.")
            warnings.append(words % {"other": row.car_class, "first": spelling})
    return [replace(row, car_class=first[_spelt(row.car_class)]) for row in rows], warnings


def stated(rows: Iterable[Row], columns: Iterable[str]) -> frozenset[str]:
    """The fields of Row that the list states: of these columns those with a value in some line."""
    names = {field.name for field in fields(Row)}.intersection(columns)
    said = {name for name in names if any(getattr(row, name) != getattr(SILENT, name) for row in rows)}
    if "status" in columns or "position" in columns:
        said |= {"status", "classified"}
    return frozenset(said | {"number"})


def placed(row: Row) -> tuple[Row, str]:
    """The row with a place only where there can be one, and a warning or "".

    Who did not start has none; who retired and is placed all the same drove far enough to be classified.
    """
    place = row.position or row.class_position
    if place and row.status in ("not_started", "withdrawn"):
        words = _("Line %(line)d: the car did not start, so its place %(place)d is left out.")
        return replace(row, position=None, class_position=None), words % {"line": row.line, "place": place}
    return replace(row, classified=row.classified or bool(row.position and row.status == "retired")), ""


def impossible_lap(row: Row) -> str:
    """What is wrong where the best lap is none of the laps; else ""."""
    if not row.best_lap_number or row.laps is None or row.best_lap_number <= row.laps:
        return ""
    words = _("lap %(number)d is none of the %(laps)d laps driven.")
    return words % {"number": row.best_lap_number, "laps": row.laps}


def _spelt(name):
    return re.sub(r"[\W_]", "", name.casefold()) or name


def _repeated(rows, field):
    groups = defaultdict(list)
    for row in rows:
        if value := getattr(row, field):
            groups[value].append(row)
    return [(value, same) for value, same in groups.items() if len(same) > 1]
