"""Files of rows and columns: bytes to text, text to a table, a table's cells to values with their place. Pure."""

import codecs
import csv
import io
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import islice
from statistics import median

from django.utils.translation import gettext as _

from news.times import NOTHING, Gap, parse_gap, parse_time
from news.timing.rows import BadFile
from news.timing.words import LONGEST, TAG, clean_text

MOST_BYTES = 4 * 1024 * 1024
MOST_ROWS, MOST_COLUMNS, LONGEST_CELL = 2000, 400, 1000
NOT_TEXT = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")
BINARY = (
    (b"PK\x03\x04", "Excel / ZIP"),
    (b"\xd0\xcf\x11\xe0", "Excel"),
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"RIFF", "WebP"),
)
GAP_LIKE = re.compile(
    r"[+-]\s*\d+(?:[.:,'\"’′]\d+)*[\"]?(?:\s*(?:laps?|l\.?|rdn?\.?|runden?|s|min\.?|h))?", re.I
)


@dataclass(frozen=True)
class Line:
    """A row's cells, and the line of the file on which it begins."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """`lines` are all lines with something in them, the header among them if the file has one."""

    lines: tuple[Line, ...]
    delimiter: str
    title: str = ""  # what stands above the table, a line of one cell

    @cached_property
    def header(self) -> list[str]:
        return [clean_text(cell) for cell in self.lines[0].cells]

    @property
    def rows(self) -> tuple[Line, ...]:
        return self.lines[1:]


def decode(data: bytes) -> str:
    """The text of a file in UTF-8, in UTF-16 with its mark, or in Windows-1252; else BadFile says what it is."""
    if len(data) > MOST_BYTES:
        words = _("The file is larger than %(most)d MB: no result list is. Check which file it is.")
        raise BadFile(words % {"most": MOST_BYTES // 1024**2})
    for magic, kind in BINARY:
        if data.startswith(magic):
            words = _(
                "This is no text but a file of the kind %(kind)s. Save it as CSV, or copy its cells and paste them."
            )
            raise BadFile(words % {"kind": kind})
    marked = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ["utf-16"] if marked else ["utf-8-sig", "cp1252"]:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not NOT_TEXT.search(text) and (encoding != "cp1252" or _is_sane(text)):
            return text
    raise BadFile(_("This is not text in an encoding that we know. Save the file as CSV in UTF-8."))


def _is_sane(text):
    """Whether bytes that were no UTF-8 make words in Windows-1252: letters and few of them foreign."""
    foreign = [letter for letter in text if ord(letter) > 127]
    signs = sum(letter not in "ªº°´·€§–—…„“”‚‘’«»\xa0" and not letter.isalpha() for letter in foreign)
    return len(foreign) * 4 <= len(text) and signs * 4 <= len(foreign)


def table_of(text: str) -> Table:
    """The table in a text: cells between ; , tabs or |, as its header says. Raises BadFile with a sentence."""
    delimiter = _delimiter(text)
    lines = list(_lines(text, delimiter))
    title = []
    while len(lines) > 1 and _filled(lines[0]) == 1 < _filled(lines[1]):
        title += [cell for cell in lines.pop(0).cells if cell]
    if not lines:
        raise BadFile(_("The file is empty."))
    width = max(_width(line) for line in lines)
    if width > MOST_COLUMNS:
        raise BadFile(
            _("The file has more than %(most)d columns: no result list has.") % {"most": MOST_COLUMNS}
        )
    padded = (Line(line.number, (*line.cells, *[""] * width)[:width]) for line in lines)
    return Table(tuple(padded), delimiter, " ".join(title)[:250])


def _delimiter(text):
    """Semicolons and tabs stand in no text, so they win where most lines have them: "A, B, C" can be one cell."""
    outside = (re.sub(r'"[^"]*"', "", line) for line in io.StringIO(text[:50_000]) if line.strip())
    lines = list(islice(outside, 10))
    for sign in ";\t":
        if sum(sign in line for line in lines) * 2 > len(lines):
            return sign
    usual = {sign: median([line.count(sign) for line in lines] or [0]) for sign in "|,"}
    return max(usual, key=usual.get) if any(usual.values()) else ";"


def _lines(text, delimiter):
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=delimiter, strict=True, skipinitialspace=True
    )
    count = before = 0
    try:
        for cells in reader:
            number, before = before + 1, reader.line_num
            if not any(cell.strip() for cell in cells):
                continue
            if (count := count + 1) > MOST_ROWS + 1:
                raise BadFile(
                    _("The file has more than %(most)d rows: no result list has.") % {"most": MOST_ROWS}
                )
            if any(len(cell) > LONGEST_CELL for cell in cells):
                words = _(
                    "Line %(line)d holds a cell of more than %(most)d characters: this is no result list."
                )
                raise BadFile(words % {"line": number, "most": LONGEST_CELL})
            yield Line(number, tuple(cell.strip() for cell in cells))
    except csv.Error:
        words = _("Line %(line)d cannot be split into cells. Check the quotation marks there.")
        raise BadFile(words % {"line": before + 1}) from None


def _filled(line):
    return sum(bool(cell) for cell in line.cells)


def _width(line):
    """Without empty cells at the end."""
    return max(n for n, cell in enumerate(line.cells, start=1) if cell)


def is_formula(text: str) -> bool:
    """Whether a spreadsheet program would compute the cell; a gap such as +1.234 or -7 Laps is none, nor is a dash."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if plain in NOTHING or GAP_LIKE.fullmatch(plain):
        return False
    return plain.startswith(("=", "+", "-", "@"))


def defused(text: str) -> str:
    """The text as a spreadsheet program leaves it alone: with a ' before what it would compute."""
    return f"'{text}" if is_formula(text.lstrip("'")) else text


def undefused(text: str) -> str:
    """What `defused` was given."""
    return text[1:] if text.startswith("'") and is_formula(text.lstrip("'")) else text


class Cells:
    """One line, read by column: a bad cell goes among the problems with its place and reads as empty.

    `names` says what the editor sees as the column's name, `at` where the column stands.
    """

    def __init__(self, line: Line, at: Mapping[str, int], names: Mapping[str, str], problems: list[str]):
        self.line, self.at, self.names, self.problems = line, at, names, problems

    def raw(self, column: str) -> str:
        """The cell without stray characters and without the ' that keeps a spreadsheet from computing it."""
        place = self.at.get(column)
        text = (
            clean_text(self.line.cells[place]) if place is not None and place < len(self.line.cells) else ""
        )
        return undefused(text)

    def text(self, column: str, most: int = 0) -> str:
        """A text that fits its field; formulas and tags are refused."""
        place = self.at.get(column)
        if place is None or not (text := self.raw(column)):
            return ""
        most = most or LONGEST.get(column, 200)
        if is_formula(clean_text(self.line.cells[place])):
            self.refuse(column, _("“%(text)s” looks like a formula. Enter plain text.") % {"text": text[:40]})
        elif TAG.search(text):
            self.refuse(column, _("“%(text)s” holds markup. Enter plain text.") % {"text": text[:40]})
        elif len(text) > most:
            words = _("“%(text)s…” is too long: %(most)d characters at most.")
            self.refuse(column, words % {"text": text[:40], "most": most})
        else:
            return text
        return ""

    def whole(self, column: str, most: int, unit: str = "") -> int | None:
        """A whole number, which a republished file may write 1.0."""
        text = self.raw(column)
        if not text or text in NOTHING:
            return None
        match = re.fullmatch(rf"([0-9]{{1,9}})(?:[.,]0+)?\s*{unit}", text, re.I)
        if match and int(match[1]) <= most:
            return int(match[1])
        words = _("“%(text)s” is not a whole number from 0 to %(most)d.")
        self.refuse(column, words % {"text": text[:40], "most": most})
        return None

    def time(self, column: str) -> int | None:
        """A time of any notation; 0 stands for none."""
        return self.read(column, parse_time, None) or None

    def gap(self, column: str) -> Gap:
        return self.read(column, parse_gap, Gap())

    def points(self, column: str) -> Decimal | None:
        text = self.raw(column).replace(",", ".")
        if not text or text in NOTHING:
            return None
        if re.fullmatch(r"[0-9]{1,6}(?:\.[0-9]{1,6})?", text):
            return Decimal(text)
        words = _("“%(text)s” is not a number of points. Write 12 or 12.5.")
        self.refuse(column, words % {"text": text[:40]})
        return None

    def read(self, column, parse, otherwise):
        """What `parse` makes of the cell; its ValueError becomes a problem."""
        try:
            return parse(self.raw(column))
        except ValueError as problem:
            self.refuse(column, str(problem))
            return otherwise

    def refuse(self, column: str, problem: str) -> None:
        place = {"line": self.line.number, "column": self.names.get(column, column)[:40], "problem": problem}
        self.problems.append(_("Line %(line)d, column %(column)s: %(problem)s") % place)
