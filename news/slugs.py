"""Words without their spelling: as an address spells them out, and as a search compares them. Pure."""

import re
import unicodedata

from django.utils.text import slugify

LONGEST_KEY = 200
SPELT_OUT = str.maketrans(
    {
        "ä": "ae",
        "ö": "oe",
        "ü": "ue",
        "ß": "ss",
        "ø": "oe",
        "æ": "ae",
        "œ": "oe",
        "ı": "i",
        "å": "aa",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
    }
)

# Most letters need no look, and long texts have many.
NOT_ASCII = re.compile(r"[^\x00-\x7f]")


def slug_of(text: str, max_length: int = 80) -> str:
    """The slug of a headline: "Größer als gedacht" is groesser-als-gedacht; cut at a word, never inside one."""
    slug = slugify(text.lower().translate(SPELT_OUT))
    if len(slug) <= max_length:
        return slug
    return slug[: max_length + 1].rpartition("-")[0] or slug[:max_length]


def folded(text: str) -> str:
    """The text as a search compares it: Hürtgen, HÜRTGEN, Huertgen and Hurtgen are one, and marks of quotation go.

    Databases differ in what they take for the same letter (SQLite knows only ASCII), so we fold on both sides.
    """
    plain = unicodedata.normalize("NFKD", text.casefold().translate(SPELT_OUT))
    plain = NOT_ASCII.sub(_unless_combining, plain)
    # ue stands for ü as often as for itself; both sides lose the e, so both still match.
    plain = re.sub(r"([aou])e", r"\1", plain)
    return " ".join(re.sub(r"[\"'„“”‚‘’«»]", " ", plain).split())


def _unless_combining(found):
    return "" if unicodedata.combining(found[0]) else found[0]


def question(text: str, longest: int = 100) -> str:
    """What somebody asks a search for: one line, without the sign that PostgreSQL can neither store nor compare."""
    return " ".join(text.replace("\0", " ").split())[:longest]


def name_key(name: str) -> str:
    """A person's or a team's name as an import compares it: without case, accents, hyphens, order of its words and
    what stands in brackets behind it."""
    plain = re.sub(r"\([^()]*\)", " ", name)
    words = re.findall(r"\w+", folded(plain)) or [folded(name)]
    # Signs that stand for many letters can make it longer than the name, and longer than its column.
    return " ".join(sorted(words))[:LONGEST_KEY]
