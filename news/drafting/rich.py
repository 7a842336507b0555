"""Sentences as the rich text of an article. Pure."""

from django.utils.html import escape

from news import slots


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
    """The editor's quote block, with the speaker and a place for what was said."""
    said, speaker = f"<p>{slots.QUOTE[language]}</p>", escape(person.name)
    return f'<figure class="quote"><blockquote>{said}</blockquote><figcaption>{speaker}</figcaption></figure>'


def fitting(limit: int, *choices: str) -> str:
    """The first of the choices that is not too long, else the last one cut."""
    return next((words for words in choices if len(words) <= limit), f"{choices[-1][: limit - 1]}…")
