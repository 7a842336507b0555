"""Addresses made from headlines and names: German letters as a German reader would spell them out. Pure."""

from django.utils.text import slugify

SPELT_OUT = str.maketrans(
    {
        "ä": "ae",
        "ö": "oe",
        "ü": "ue",
        "ß": "ss",
        "ø": "oe",
        "æ": "ae",
        "å": "aa",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
    }
)


def slug_of(text: str, max_length: int = 80) -> str:
    """The slug of a headline: "Größer als gedacht" is groesser-als-gedacht; cut at a word, never inside one."""
    slug = slugify(text.lower().translate(SPELT_OUT))
    if len(slug) <= max_length:
        return slug
    return slug[: max_length + 1].rpartition("-")[0] or slug[:max_length]
