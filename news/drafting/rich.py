"""Sentences as the rich text of an article. Pure."""

from django.utils.html import escape

# What stands in a place that only a person can fill. A text that still has one cannot be released.
OPEN_QUOTE = {"de": "„[Zitat]“", "en": "“[Quote]”"}


def paragraph(*sentences: str) -> str:
    """A paragraph of those sentences that have something to say; "" of none."""
    said = " ".join(sentence for sentence in sentences if sentence)
    return f"<p>{escape(said)}</p>" if said else ""


def heading(words: str) -> str:
    return f"<h2>{escape(words)}</h2>"


def listing(lines) -> str:
    """A list of lines; a pair of address and words becomes a link."""
    items = "".join(f"<li>{_item(line)}</li>" for line in lines)
    return f"<ul>{items}</ul>" if items else ""


def _item(line):
    if isinstance(line, str):
        return escape(line)
    address, words = line
    return f'<a href="{escape(address)}">{escape(words)}</a>'


def quote(person, language: str) -> str:
    """The editor's quote block, empty but for its speaker."""
    return f"<blockquote><p>{OPEN_QUOTE[language]}</p><p>{escape(person.name)}</p></blockquote>"


def fitting(limit: int, *choices: str) -> str:
    """The first of the choices that is not too long, else the last one cut."""
    return next((words for words in choices if len(words) <= limit), f"{choices[-1][: limit - 1]}…")
