"""Spreadsheets of press officers: CSV, or text pasted from one, with German or English headings or with none. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import count

from django.utils.translation import gettext as _

from news.limits import MOST_LAPS
from news.times import NOTHING
from news.timing.checks import (
    doubtful_places,
    impossible_lap,
    joined_classes,
    once_each,
    placed,
    refuse_twice,
    stated,
)
from news.timing.countries import country_of
from news.timing.crews import commas_of, people_of
from news.timing.headings import MEANINGS, Column, UnknownColumns, columns, has_headings, meanings
from news.timing.rows import BadFile, ResultFile, Row, StandingRow, StandingsFile, refuse_all
from news.timing.tables import Cells, Table, is_formula, undefused
from news.timing.times_or_gaps import FINISHED, Draft, said_in, settle
from news.timing.words import is_nobody, person, status_of

__all__ = ["MEANINGS", "Column", "UnknownColumns", "columns", "parse", "parse_standings"]

PROVIDER = "sheet"
PLACE = re.compile(r"(?:p|pos\.?|platz)?\s*([0-9]{1,3})(?:\.|st|nd|rd|th|[.,]0)?", re.I)
ROUNDS = r"(?:laps?|rdn?\.?|runden?)?"
# A table of points has none of these.
OF_A_RESULT = {"laps", "total_time_ms", "time_or_gap", "gap", "best_lap_ms", "grid", "status"}
YES = {"yes", "ja", "x", "1", "true", "wahr", "✓", "✔"}
NO = {"no", "nein", "0", "false", "falsch"}


def parse(table: Table, mapping: Mapping[int, str] | None = None, timed: bool | None = None) -> ResultFile:
    """The results in a spreadsheet.

    `mapping` says what columns mean ("" leaves one out), `timed` whether best laps decide; else the headings and the
    content do. Raises UnknownColumns where only the editor can tell, BadFile for everything else.
    """
    if len(table.header) < 2:
        raise BadFile(
            _("This is no table. Copy the cells of the result list, or save it as CSV, and try again.")
        )
    said = meanings(table, mapping)
    if not {"number", "crew", "last_name", "team"}.intersection(said.values()):
        raise UnknownColumns(columns(table))
    return _Sheet(table, said, timed).file()


def parse_standings(
    table: Table, mapping: Mapping[int, str] | None = None, timed: bool | None = None
) -> StandingsFile | ResultFile:
    """The championship table in a spreadsheet: who, and how many points. What has laps or times is a result list."""
    if len(table.header) < 2:
        return parse(table, mapping, timed)
    said = meanings(table, mapping)
    if OF_A_RESULT.intersection(said.values()):
        return parse(table, mapping, timed)
    if "points" not in said.values() or not {"crew", "last_name", "team"}.intersection(said.values()):
        raise UnknownColumns(columns(table))
    return _Sheet(table, said, timed).standings()


@dataclass(frozen=True)
class _Sheet:
    """A table whose columns are known, on its way to rows."""

    table: Table
    meanings: Mapping[int, str]
    timed: bool | None

    def file(self) -> ResultFile:
        problems, warnings = [], []
        drafts = [self._draft(Cells(line, self._at, self._names, problems)) for line in self._lines]
        if not drafts:
            problems.append(_("The file holds a header and no results."))
        if "position" not in self._at:
            drafts = _numbered(drafts)
            warnings.append(_("There is no column of positions: the order of the lines was taken."))
        rows, timed, more = settle(drafts, self.timed)
        rows = self._sound(rows, drafts, warnings)
        problems += refuse_twice(rows)
        refuse_all(problems)
        rows, most = joined_classes(rows)
        return ResultFile(
            PROVIDER,
            timed=timed,
            rows=tuple(rows),
            warnings=once_each([*warnings, *more, *most, *doubtful_places(rows)]),
            title=self.table.title,
            states=stated(
                rows, [*self._at, "position", "total_time_ms", "gap", "best_lap_ms", "crew", "note"]
            ),
        )

    def standings(self) -> StandingsFile:
        problems = []
        lines = [self._standing(Cells(line, self._at, self._names, problems)) for line in self._lines]
        rows = tuple(row for line in lines for row in line)
        if not lines:
            problems.append(_("The file holds a header and no results."))
        refuse_all(problems)
        return StandingsFile(PROVIDER, rows, title=self.table.title)

    def _standing(self, cells):
        """A line for each driver: who shares a car shares its points."""
        row = StandingRow(
            cells.line.number,
            position=cells.read("position", _place, None),
            points=cells.points("points"),
            team=self._text(cells, "team"),
            number=re.sub(r"^#\s*|\.0$", "", self._text(cells, "number")),
            car_class=self._text(cells, "car_class"),
        )
        drivers = self._crew(cells)
        if not (drivers or row.team):
            cells.refuse("crew", _("the line names nobody: no driver, no team."))
        return [replace(row, driver=driver) for driver in drivers] or [row]

    @cached_property
    def _lines(self):
        return self.table.rows if has_headings(self.table) else self.table.lines

    @cached_property
    def _at(self):
        """{meaning: index}; the second column of drivers is crew 2."""
        seats = [index for index, meaning in self.meanings.items() if meaning == "crew"]
        at = {meaning: index for index, meaning in self.meanings.items() if meaning != "crew"}
        return at | {f"crew {n}" if n > 1 else "crew": index for n, index in enumerate(seats, start=1)}

    @cached_property
    def _names(self):
        headed = has_headings(self.table)
        return {
            meaning: (headed and self.table.header[index]) or str(index + 1)
            for meaning, index in self._at.items()
        }

    @cached_property
    def _commas(self):
        """{column of drivers: what commas do in it}"""
        return {
            column: commas_of(line.cells[index] for line in self._lines)
            for column, index in self._at.items()
            if column.startswith("crew")
        }

    def _draft(self, cells):
        column = "total_time_ms" if cells.raw("total_time_ms") else "time_or_gap"
        place = cells.raw("position")
        is_out = place not in NOTHING and not re.search(r"\d", place)
        time, gap = said_in(cells, column, is_out), said_in(cells, "gap")
        position, outcome = self._outcome(cells, time, gap)
        row = Row(
            line=cells.line.number,
            number=re.sub(r"^#\s*|\.0$", "", self._text(cells, "number")),
            position=position,
            class_position=cells.read("class_position", _place, None),
            status=outcome[0],
            classified=outcome[1],
            laps=cells.whole("laps", MOST_LAPS, ROUNDS),
            best_lap_ms=cells.time("best_lap_ms"),
            best_lap_number=cells.whole("best_lap_number", MOST_LAPS) or None,
            points=cells.points("points"),
            pole=cells.read("pole", _yes_or_no, None),
            fastest_lap=cells.read("fastest_lap", _yes_or_no, None),
            crew=self._crew(cells),
            note=self._text(cells, "note") or time.reason,
            **{name: self._text(cells, name) for name in ("grid", "team", "car", "car_class", "cup")},
        )
        if not (row.number or row.crew or row.team):
            cells.refuse("number", _("the line names no car: no number, no driver, no team."))
        return Draft(cells, row, column, time, gap)

    def _text(self, cells, column):
        text = cells.text(column)
        return "" if text in NOTHING else text

    def _outcome(self, cells, time, gap):
        """(position, (status, classified)): a word counts in the column of states, of places, of times."""
        place = cells.read("position", _place_or_status, None)
        position = place if isinstance(place, int) else None
        outcomes = [
            cells.read("status", status_of, FINISHED) if cells.raw("status") not in NOTHING else FINISHED,
            place if isinstance(place, tuple) else FINISHED,
            time.outcome,
            gap.outcome,
        ]
        said = [outcome for outcome in outcomes if outcome != FINISHED]
        # NC beside DNF: the reason says more.
        return position, next(
            (outcome for outcome in said if outcome[0] != "not_classified"), (said or [FINISHED])[0]
        )

    def _crew(self, cells):
        crew = [someone for column in self._commas for someone in self._people(cells, column)]
        names = [cells.raw("first_name"), cells.raw("last_name")]
        if not all(is_nobody(name) for name in names):
            someone = cells.read("last_name", lambda _text: person(*names), None)
            crew += [someone] if someone else []
        countries = [text for text in re.split(r"\s*[/,;]\s*", cells.raw("country")) if text]
        if len(countries) == len(crew):
            crew = [
                replace(someone, country=someone.country or country_of(text))
                for someone, text in zip(crew, countries, strict=True)
            ]
        return tuple(dict.fromkeys(crew))

    def _people(self, cells, column):
        if is_formula(cells.line.cells[self._at[column]]):
            cells.text(column)
            return ()
        raw = undefused(cells.line.cells[self._at[column]])
        return cells.read(column, lambda _text: people_of(raw, self._commas[column]), ())

    def _sound(self, rows, drafts, warnings):
        """The rows as they can be stored."""
        sound = []
        for row, draft in zip(rows, drafts, strict=True):
            if problem := impossible_lap(row):
                draft.cells.refuse("best_lap_number", problem)
            row, warning = placed(row)
            warnings += [warning] if warning else []
            if (classified := draft.cells.read("classified", _yes_or_no, None)) is not None:
                row = replace(row, classified=classified)
            sound.append(row)
        return sound


def _numbered(drafts):
    """Places by the order of the lines, for those who have one."""
    places = count(1)
    return [
        replace(draft, row=replace(draft.row, position=next(places))) if draft.row.classified else draft
        for draft in drafts
    ]


def _place(text):
    if text in NOTHING:
        return None
    if match := PLACE.fullmatch(text):
        return int(match[1]) or None
    raise ValueError(_("“%(text)s” is no place. Write a number such as 3.") % {"text": text[:40]})


def _place_or_status(text):
    """3, 3. and P3 are places; DNF, DNS, DSQ and NC say why there is none."""
    try:
        return _place(text)
    except ValueError:
        pass
    try:
        return status_of(text)
    except ValueError:
        words = _("“%(text)s” is neither a place nor a status. Write 3, DNF, DNS, DSQ or NC.")
        raise ValueError(words % {"text": text[:40]}) from None


def _yes_or_no(text):
    word = text.casefold()
    if word in YES or word in NO:
        return word in YES
    if word in NOTHING:
        return None
    raise ValueError(_("“%(text)s” is neither yes nor no.") % {"text": text[:40]})
