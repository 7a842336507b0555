"""Blocks of a text that are no words of its own: photos, galleries, results, facts, videos. The text holds only a mark
that says which one, such as <figure data-photo="12"></figure>; what it shows is looked up when it is shown. Pure."""

import re
from datetime import date

# Far more than a table will ever have rows, and less than a database can hold.
PK = r"[1-9][0-9]{0,14}"
MARKS = {
    "photo": PK,
    "gallery": f"{PK}(?:,{PK}){{0,59}}",
    "results": PK,
    "facts": PK,
    "video": r"youtube:[\w-]{11}|vimeo:[0-9]{6,12}",
}
# Boxes around words: what is paid for, and what had to be put right, with its day.
BOXES = ("anzeige", "correction")
LONGEST_TITLE = 160
# As `mark` writes them: a stored text holds no other spelling.
MARK = re.compile(
    f'<figure data-({"|".join(MARKS)})="([a-z0-9:,A-Z_-]+)"(?: data-title="([^"<>]*)")?></figure>'
)
BOX = re.compile(
    r'<aside class="(anzeige|correction)"(?: data-date="([0-9-]{10})")?>(.*?)</aside>', re.DOTALL
)


def attribute(name: str, value: str) -> str | None:
    """The value of a block's attribute as it is stored, None for one that means nothing."""
    kind = name.removeprefix("data-")
    if kind in MARKS:
        if not re.fullmatch(MARKS[kind], value, re.ASCII):
            return None
        # Each photo once.
        return ",".join(dict.fromkeys(value.split(",")))
    if name == "data-date":
        return value if _is_day(value) else None
    if name == "data-title":
        return (
            " ".join("".join(char for char in value if char >= " ").split())[:LONGEST_TITLE].strip() or None
        )
    return value if value in ("quote", *BOXES) else None


def _is_day(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def mark(attributes: dict[str, str]) -> str | None:
    """The mark that a figure with these attributes stands for; None for one that is none, or would be two."""
    kinds = [kind for kind in MARKS if f"data-{kind}" in attributes]
    if len(kinds) != 1:
        return None
    (kind,) = kinds
    title = attributes.get("data-title") if kind == "video" else None
    words = f' data-title="{title}"' if title else ""
    return f'<figure data-{kind}="{attributes[f"data-{kind}"]}"{words}></figure>'


def box(attributes: dict[str, str]) -> str | None:
    """The start of a box with these attributes; None for one that is none, or a correction without its day."""
    kind, day = attributes.get("class"), attributes.get("data-date")
    if kind == "anzeige":
        return '<aside class="anzeige">'
    return f'<aside class="correction" data-date="{day}">' if kind == "correction" and day else None


def photos_in(html: str) -> list[int]:
    """The keys of all photos in the text, each once, in the order in which they stand."""
    keys = [
        key
        for kind, value, _title in MARK.findall(html)
        if kind in ("photo", "gallery")
        for key in value.split(",")
    ]
    return [*dict.fromkeys(map(int, keys))]


def sessions_in(html: str) -> list[int]:
    """The keys of all sessions whose results or facts stand in the text."""
    return [
        *dict.fromkeys(
            int(value) for kind, value, _title in MARK.findall(html) if kind in ("results", "facts")
        )
    ]
