"""The lines of an import in words, as its preview shows them."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from news.models import Entry, Result, Standing
from news.times import format_gap, format_time

# Changes of these columns are written as times.
TIMES = ("total_time_ms", "best_lap_ms", "gap_ms")


def shown(line):
    """A line of the plan with its changes in words: [(column, before, after)]."""
    changed = [
        (_column(line, name), _written(name, old), _written(name, new))
        for name, (old, new) in line.changes.items()
    ]
    of_car = [
        (_car_column(name), old or "—", new or "—")
        for name, (old, new) in getattr(line, "car_changes", {}).items()
    ]
    changes = [*changed, *(of_car if line.before else [])]
    return {
        "line": line,
        "row": line.row,
        "changes": changes,
        "place": _place(line.row),
        "time": _time(line.row),
    }


def _place(row):
    return row.position or Result.CODES.get(getattr(row, "status", ""), "—")


def _time(row):
    """The total time of the winner, the gap of the others, as timing sheets write both into one column."""
    gap = getattr(row, "gap", None)
    if gap and (gap.ms is not None or gap.laps):
        return format_gap(gap, _style())
    return _written("total_time_ms", getattr(row, "total_time_ms", None))


def _style():
    return "de" if get_language() == "de" else "en"


def _column(line, name):
    model = Result if isinstance(line.before, Result) else Standing
    return model._meta.get_field(name).verbose_name


def _car_column(name):
    return Entry._meta.get_field(name).verbose_name


def _written(name, value):
    if value in (None, ""):
        return "—"
    if name in TIMES:
        return format_time(value, _style())
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return dict(Result.Status.choices).get(value, value) if name == "status" else str(value)
