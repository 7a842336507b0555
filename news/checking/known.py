"""The record's own words beside a claim, in the language of whoever reads them: what a contradiction is marked with."""

from django.utils.dateformat import format as written
from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext_lazy
from django.utils.translation import gettext as _

from news.checking.record import FINISHED
from news.checking.verdicts import lines_of
from news.days import day_in_words
from news.models import Result
from news.times import format_time

KINDS = {
    "position": gettext_lazy("Place"),
    "class_position": gettext_lazy("Place in class"),
    "grid": gettext_lazy("Place on the grid"),
    "pole": gettext_lazy("Pole position"),
    "fastest_lap": gettext_lazy("Fastest lap"),
    "lap_time": gettext_lazy("Time"),
    "gap": gettext_lazy("Gap"),
    "laps": gettext_lazy("Laps"),
    "starters": gettext_lazy("Starters"),
    "round": gettext_lazy("Round"),
    "car_number": gettext_lazy("Car number"),
    "crew": gettext_lazy("Crew"),
    "date": pgettext_lazy("of a race", "Day"),
    "status": gettext_lazy("Finish"),
}


def known_of(claim, record) -> str:
    """What the record has on the claim's kind; "" for nothing."""
    lines = lines_of(claim, record)
    words = {
        "position": lambda: [_place(line, line.position) for line in lines],
        "class_position": lambda: [_place(line, line.class_position) for line in lines],
        "grid": lambda: _grid(lines, record),
        "pole": lambda: [line.grid or _yes(line.pole) for line in lines],
        "fastest_lap": lambda: [_yes(line.fastest_lap) for line in lines],
        "lap_time": lambda: [_time(ms) for line in record.lines for ms in (line.best_lap, line.total)],
        "gap": lambda: [_gap(gap) for line in lines for gap in (line.behind, line.ahead)],
        "laps": lambda: [str(line.laps or "") for line in lines],
        "starters": lambda: [str(record.starters or "")],
        "round": lambda: [str(number) for number in sorted(record.rounds)],
        "car_number": lambda: sorted(record.numbers),
        "crew": lambda: [f"{first} {last}".strip() for first, last in record.crew],
        "date": lambda: _days(record),
        "status": lambda: [_status(line.status) for line in lines],
    }
    return ", ".join(dict.fromkeys(filter(None, words[claim.kind]())))


def _place(line, place):
    if place:
        return str(place)
    if line.status != FINISHED:
        return _status(line.status)
    least = line.position_or_better
    return _("%(n)d or better") % {"n": least} if least else ""


def _grid(lines, record):
    if any(line.grid for line in lines):
        return [line.grid for line in lines]
    return [str(line.position) for line in record.qualifyings if line.position]


def _yes(answer):
    return "" if answer is None else _("yes") if answer else _("no")


def _status(status):
    return str(Result.Status(status).label)


def _time(ms):
    return format_time(ms, "de" if get_language() == "de" else "en") if ms else ""


def _gap(gap):
    if gap.laps:
        return ngettext("%(n)d lap", "%(n)d laps", gap.laps) % {"n": gap.laps}
    return _time(gap.ms)


def _days(record):
    return [
        f"{written(day, 'l')}, {day_in_words(day)}" for day in sorted({record.first_day, record.last_day})
    ]
