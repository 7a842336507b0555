"""The one door for files of results: what they are is seen from what stands in them. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from news.timing import alkamel, ergast, sheet, sro
from news.timing.rows import BadFile, ResultFile, StandingsFile
from news.timing.tables import MOST_ROWS, decode, table_of

# More than any race has; each of them is a question that the editor is asked.
MOST_NAMES = 3000
WEB_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body|table|div|script)\b", re.I)
# Organisers say in the name of a file, not in the file, how final it is.
STATES = {
    "provisional": re.compile(r"provisional|vorl(?:ä|ae)ufig|inoffiziell|unofficial", re.I),
    "official": re.compile(r"^00_|official|offiziell", re.I),
}


def read(
    data: bytes,
    *,
    name: str = "",
    mapping: Mapping[int, str] | None = None,
    timed: bool | None = None,
    standings: bool = False,
) -> ResultFile | StandingsFile:
    """The results or the championship table in a file or in pasted text.

    `name` only suggests the state of a list that does not say its own. `mapping` names the columns of a spreadsheet,
    `timed` says whether best laps decide, where a file leaves it open; with `standings` a
    spreadsheet of names and points is a championship table. An XML result list and its entry list
    are handed in one after the other, in either order.
    Raises BadFile, and UnknownColumns where a spreadsheet needs a mapping; nothing else.
    """
    file = _parsed(decode(data), mapping, timed, sheet.parse_standings if standings else sheet.parse)
    _refuse_crowds(file)
    if isinstance(file, ResultFile) and not file.state:
        found = (state for state, words in STATES.items() if words.search(name))
        return replace(file, state=next(found, ""))
    return file


def joined(parts: Sequence[bytes]) -> bytes:
    """One file of several: the entry list and the result list of an XML. Raises BadFile for any others."""
    if len(parts) > 1 and not all(part.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") for part in parts):
        raise BadFile(
            _(
                "Only the entry list and the result list of an XML go in together. Import other files one by one."
            )
        )
    return b"\n".join(parts)


def _parsed(text, mapping, timed, parse_sheet):
    start = text.lstrip("\ufeff \t\r\n")[:2000]
    if start.startswith("<") and WEB_PAGE.search(start):
        raise BadFile(
            _("This is a web page. Download the result file itself, or copy the table and paste it.")
        )
    if sro.matches(text):
        return sro.parse(text, timed=timed)
    if ergast.matches(text):
        return ergast.parse(text)
    _refuse_long_lists(text)
    table = table_of(text)
    if alkamel.is_standings(table.header):
        return alkamel.parse_standings(table)
    if alkamel.matches(table.header):
        return alkamel.parse(table)
    return parse_sheet(table, mapping=mapping, timed=timed)


def _refuse_long_lists(text):
    """The lap analysis of a long race has too many rows for a table; its header says better what it is."""
    lines = text.splitlines(keepends=True)
    if len(lines) > MOST_ROWS:
        head = table_of("".join(lines[:3]))
        if alkamel.matches(head.header):
            alkamel.parse(head)


def _refuse_crowds(file):
    tables = isinstance(file, StandingsFile)
    names = {name for row in file.rows for name in (row.team, *([row.driver] if tables else row.crew))}
    if len(names) > MOST_NAMES:
        words = _("The file names more than %(most)d drivers and teams: no result list does.")
        raise BadFile(words % {"most": MOST_NAMES})
