"""Al Kamel CSV: race, practice and qualifying, results by class. The header decides, never the file name. Pure."""

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from django.utils.translation import gettext as _

from news.limits import MOST_LAPS, MOST_PLACES
from news.times import Gap, parse_gap, parse_time
from news.timing.alkamel_standings import PROVIDER, is_standings, parse_standings
from news.timing.checks import (
    doubtful_finishers,
    doubtful_places,
    impossible_lap,
    joined_classes,
    once_each,
    placed,
    refuse_twice,
    stated,
)
from news.timing.rows import BadFile, ResultFile, Row, refuse_all
from news.timing.tables import Cells, Table
from news.timing.words import clean_text, is_nobody, person, person_of, status_of

__all__ = ["is_standings", "matches", "parse", "parse_standings"]

# Headers that no spreadsheet of a press officer has.
ITS_OWN = {
    *("GAP_FIRST", "GAP_PREVIOUS", "TOTAL_TIME", "FL_LAPNUM", "FL_TIME", "FL_KPH"),
    *("CLASS_TYPE", "PIC", "BEST_LAP_NUM", "BEST_LAP_TIME", "BEST_LAP_KPH"),
    *("DRIVER1_FIRSTNAME", "DRIVER_FIRSTNAME", "DRIVER_SECONDNAME", "DRIVER_1"),
    *(
        "LAP_NUMBER",
        "LAP_TIME",
        "LAP_IMPROVEMENT",
        "TIME_UTC_SECONDS",
        "TIME_UTC_STR",
        "AIR_TEMP",
        "TRACK_TEMP",
    ),
    *("BESTLAP_1", "TOTAL_DRIVER_LAPS"),
}
# What each field is called: in a race, in practice or qualifying, by class.
COLUMNS = {
    "position": ("POSITION", "POS"),
    "class_position": ("PIC",),
    "number": ("NUMBER",),
    "status": ("STATUS",),
    "laps": ("LAPS",),
    "total_time_ms": ("TOTAL_TIME", "ELAPSED"),
    "gap": ("GAP_FIRST",),
    "best_lap_number": ("FL_LAPNUM", "LAP", "BEST_LAP_NUM"),
    "best_lap_ms": ("FL_TIME", "TIME", "BEST_LAP_TIME"),
    "team": ("TEAM",),
    "car_class": ("CLASS", "CLASS_TYPE"),
    "car": ("VEHICLE",),
    "group": ("GROUP",),
    "division": ("DIVISION",),
}
CUP = re.compile(
    r"p/a|(?:pro|am|silver|bronze|gold|platinum|masters?|legends?|gentlem[ae]n|rookies?|juniors?|seniors?|ladies|women"
    r"|trophy|independent)(?:[ /_-]*(?:pro|am|cup|trophy|class|masters?|drivers?))*",
    re.I,
)
WHOLE_MS = re.compile(r"[0-9]{5,9}")


def matches(header: list[str]) -> bool:
    """Whether the header is one of Al Kamel's, be it of a kind without results."""
    return len(ITS_OWN.intersection(header)) >= 2 or is_standings(header)


def parse(table: Table) -> ResultFile:
    """The results in an Al Kamel file. Raises BadFile: for a file without results it says which kind it is."""
    at = {name: place for place, name in reversed(list(enumerate(table.header))) if name}
    _refuse_other_kinds(at)
    used = {field: name for field, names in COLUMNS.items() for name in names if name in at}
    _refuse_without(used, at)
    problems, warnings = [], []
    reader = _Reader(table, at, used, problems, warnings)
    rows = [reader.row(line) for line in table.rows]
    if not rows:
        problems.append(_("The file holds a header and no results."))
    problems += refuse_twice(rows)
    refuse_all(problems)
    rows, more = joined_classes(rows)
    rows, few = _classified(rows)
    timed = _is_timed(at, rows)
    warnings += few + ([] if timed else doubtful_finishers(rows, "status" in used))
    rows, most = _by_class(rows) if "class_position" in used else (rows, [])
    return ResultFile(
        PROVIDER,
        timed=timed,
        rows=tuple(rows),
        warnings=once_each([*warnings, *more, *most, *doubtful_places(rows)]),
        states=stated(rows, [*used, "cup", "crew"]),
    )


def _refuse_other_kinds(at):
    kinds = {
        "LAP_NUMBER": _("the lap analysis (23_), with a line for each lap"),
        "AIR_TEMP": _("the weather report (26_)"),
        "BESTLAP_1": _("the list of best laps (99_)"),
        "Participant": _("a championship table; import it at the season"),
    }
    for column, kind in kinds.items():
        if column in at:
            words = _(
                "This is %(kind)s. Results stand in the classification: its file begins with 00_, 03_ or 05_."
            )
            raise BadFile(words % {"kind": kind})


def _refuse_without(used, at):
    missing = [COLUMNS[field][0] for field in ("position", "number") if field not in used]
    if not {"TOTAL_TIME", "ELAPSED", "TIME", "LAPS", "FL_TIME", "BEST_LAP_TIME"}.intersection(at):
        missing.append("LAPS")
    if missing:
        words = _("The file lacks %(columns)s: without it these are no results. Ask for the complete file.")
        raise BadFile(words % {"columns": ", ".join(missing)})


class _Reader:
    """Lines to rows; problems and warnings gather in the lists that are handed in."""

    def __init__(self, table: Table, at: Mapping[str, int], used, problems, warnings):
        self.table, self.at, self.problems, self.warnings = table, at, problems, warnings
        self.names = used | {name: name for name in at}
        self.places = at | {field: at[name] for field, name in used.items()}
        self.in_ms = self._in_ms()
        if self.in_ms:
            warnings.append(_("Times are written as whole numbers: they were read as milliseconds."))

    def row(self, line) -> Row:
        cells = Cells(line, self.places, self.names, self.problems)
        self._refuse_surplus(cells)
        position, status, classified = self._outcome(cells)
        best = cells.read("best_lap_ms", self._time, None) or None
        row = Row(
            line=line.number,
            number=self._number(cells),
            position=position,
            class_position=cells.whole("class_position", MOST_PLACES) or None,
            status=status,
            classified=classified,
            laps=cells.whole("laps", MOST_LAPS),
            total_time_ms=cells.read("total_time_ms", self._time, None) or None,
            gap=cells.read("gap", self._gap, Gap()),
            best_lap_ms=best,
            best_lap_number=(cells.whole("best_lap_number", MOST_LAPS) or None) if best else None,
            team=cells.text("team"),
            car=cells.text("car"),
            car_class=cells.text("car_class"),
            cup=self._cup(cells),
            crew=self._crew(cells),
        )
        return self._plausible(row, cells)

    def _refuse_surplus(self, cells):
        header = self.table.header
        if any(text and not name for name, text in zip(header, cells.line.cells, strict=True)):
            words = _("Line %(line)d has more cells than the header. Check the delimiters there.")
            self.problems.append(words % {"line": cells.line.number})

    def _outcome(self, cells):
        """(position, status, classified); in the place of a place there can be a word."""
        text, position, finished = cells.raw("position"), None, status_of("")
        by_place = finished
        if re.fullmatch(r"[0-9.]+", text):
            position = cells.whole("position", MOST_PLACES) or None
        elif not is_nobody(text):
            by_place = cells.read("position", status_of, finished)
        stated = cells.read("status", status_of, finished)
        return position, *(by_place if stated == finished else stated)

    def _number(self, cells):
        number = re.sub(r"\.0$", "", cells.text("number"))
        if not cells.raw("number"):
            cells.refuse("number", _("the car has no number."))
        return number

    def _cup(self, cells):
        """GROUP and DIVISION hold the cup, or other things; the words tell."""
        said = [clean_text(cells.raw(name)) for name in ("group", "division")]
        return next((text for text in said if CUP.fullmatch(text)), "")

    def _crew(self, cells):
        crew = []
        for column, people in self._people(cells):
            if found := cells.read(column, lambda _text, people=people: people(), None):
                crew.append(found)
        alone = tuple(dict.fromkeys(crew))
        if len(alone) < len(crew):
            words = _("Line %(line)d names a driver twice in one crew.")
            self.warnings.append(words % {"line": cells.line.number})
        return alone

    def _people(self, cells):
        """(column, what reads the person) of each seat that is taken, in all four ways of writing drivers."""
        for seat in ("", *range(1, 10)):
            first, last = f"DRIVER{seat}_FIRSTNAME", f"DRIVER{seat}_SECONDNAME"
            names = [cells.raw(first), cells.raw(last)]
            if not all(is_nobody(name) for name in names):
                country = cells.raw(f"DRIVER{seat}_COUNTRY")
                yield last if names[1] else first, partial(person, *names, country)
        for column in ("DRIVER", "DRIVERS", *(f"DRIVER_{seat}" for seat in range(1, 10))):
            for name in cells.raw(column).split("/"):
                if not is_nobody(name):
                    yield column, partial(person_of, name, cells.raw(f"{column}_COUNTRY"))

    def _in_ms(self):
        columns = [self.places[name] for name in ("total_time_ms", "best_lap_ms") if name in self.places]
        times = [line.cells[place] for line in self.table.rows for place in columns]
        times = [text for text in times if text not in ("", "-", "0")]
        return bool(times) and all(WHOLE_MS.fullmatch(text) for text in times)

    def _time(self, text):
        return (
            int(text) if self.in_ms and WHOLE_MS.fullmatch(text) else parse_time("" if text == "0" else text)
        )

    def _gap(self, text):
        whole = self.in_ms and re.fullmatch(r"\+?([0-9]{1,9})", text)
        return Gap(ms=int(whole[1])) if whole else parse_gap(text)

    def _plausible(self, row, cells):
        """The leader has no gap, and where the time was deleted the gap that stayed says nothing."""
        if problem := impossible_lap(row):
            cells.refuse("best_lap_number", problem)
        row, warning = placed(row)
        self.warnings += [warning] if warning else []
        if "TIME" in self.at and row.best_lap_ms is None and row.gap != Gap():
            words = _("Line %(line)d has a gap and no time: the gap is left out.")
            self.warnings.append(words % {"line": row.line})
            return replace(row, gap=Gap())
        return replace(row, gap=Gap()) if row.position == 1 and not row.gap.ms and not row.gap.laps else row


def _classified(rows):
    """At Le Mans every line is numbered, those behind the last classified car as well: they have no place."""
    last = max((row.position for row in rows if row.position and row.status == "finished"), default=None)
    behind = [row.line for row in rows if last and row.position and row.position > last]
    if not behind:
        return rows, []
    words = _("Not classified, so without a place: lines %(lines)s.")
    out = {"position": None, "class_position": None, "classified": False}
    return [replace(row, **out) if row.line in behind else row for row in rows], [
        words % {"lines": ", ".join(map(str, behind))}
    ]


def _by_class(rows):
    """Several classes: the gaps are those within a class, and POS can be, too."""
    if len({row.car_class for row in rows}) < 2:
        return rows, []
    rows = [replace(row, gap=Gap()) for row in rows]
    if any(row.position != row.class_position for row in rows):
        return rows, []
    words = _("The file counts places in the classes only: places overall stay open.")
    return [replace(row, position=None) for row in rows], [words]


def _is_timed(at, rows):
    return "STATUS" not in at and all(row.total_time_ms is None for row in rows)
