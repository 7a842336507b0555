"""The drivers in one cell of a spreadsheet: "A / B / C", "A, B" or "Name, First name". Pure."""

import re
from collections.abc import Iterable

from django.utils.translation import gettext as _

from news.timing.rows import Person
from news.timing.words import MARKUP, PARTICLE, clean_text, is_nobody, person_of

BETWEEN = re.compile(r"[/;|\n]| (?:&|und|and) ")
LIST, NAME, EITHER = "list", "name", "either"


def commas_of(cells: Iterable[str]) -> str:
    """What commas do in a column, as its clear cells show: part drivers, or a family name from a first name."""
    cells = [_one_blank(cell) for cell in cells]
    kinds = {_comma_in(cell) for cell in cells if "," in cell and not BETWEEN.search(cell)}
    if any(BETWEEN.search(cell) for cell in cells) and LIST not in kinds:
        return NAME
    clear = kinds - {EITHER}
    return clear.pop() if len(clear) == 1 else EITHER


def people_of(text: str, commas: str) -> tuple[Person, ...]:
    """The people in a cell. Raises ValueError with a sentence where the cell can be read in two ways."""
    if MARKUP.search(text):
        raise ValueError(_("“%(text)s” is no name: it holds markup.") % {"text": clean_text(text)[:40]})
    text = _one_blank(text)
    parts = [text]
    if BETWEEN.search(text):
        parts = BETWEEN.split(text)
    elif "," in text:
        kind = _comma_in(text)
        kind = commas if kind == EITHER else kind
        if kind == EITHER:
            words = _(
                "“%(text)s” can be two drivers or one. Write / between drivers, or the first name first."
            )
            raise ValueError(words % {"text": clean_text(text)[:40]})
        parts = text.split(",") if kind == LIST else [text]
    return tuple(dict.fromkeys(person_of(part) for part in parts if not is_nobody(part)))


def _one_blank(text):
    """Line breaks stay: they part drivers."""
    return re.sub(r"[^\S\n]+", " ", text).strip()


def _comma_in(cell):
    """Three surnames are a list; HÜRTGEN, Claudia and van der Zande, Renger are one name; Keller, Müller is either."""
    parts = [re.sub(r"\([^)]*\)", "", part).split() for part in cell.strip(", ").split(",")]
    if all(len(words) > 1 for words in parts) and not _is_family_name(parts[0]):
        return LIST
    if len(parts) == 2:
        both_single = len(parts[0]) == len(parts[1]) == 1
        return EITHER if both_single and not _is_family_name(parts[0], parts[1]) else NAME
    return LIST if len(parts) % 2 else EITHER


def _is_family_name(words, others=()):
    """By its particle, or by capitals where the first name has none."""
    capitals = all(word.isupper() and len(word) > 1 for word in words)
    return bool(words) and (
        (PARTICLE.fullmatch(words[0]) and words[0].islower())
        or (capitals and bool(others) and not any(word.isupper() for word in others))
    )
