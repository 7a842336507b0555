"""Words on pages: dashes for what is not known, names that do not break, marks in what a search has found."""

import re
import unicodedata

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from news.words import WORD, Question

register = template.Library()

# So many letters before and after the word that was found.
AROUND = 140
# A headline of more letters is set smaller.
LONG = 48


@register.filter
def or_dash(value, race=None):
    """The value, or a dash with words for those who do not see it; of a race still to come it may yet be known."""
    if value is not None and value != "":
        return value
    return format_html(
        '<span aria-hidden="true">—</span><span class="visually-hidden">{}</span>',
        _("to be confirmed") if race and not race.is_over() else _("not recorded"),
    )


@register.filter
def set_as(headline):
    """Classes of a headline that is long, or whose capitals carry marks, such as Ä: set close, they touch the line
    above."""
    marked = any(char.isupper() and unicodedata.decomposition(char) for char in headline)
    return " ".join(name for name, so in {"is-long": len(headline) > LONG, "is-high": marked}.items() if so)


@register.filter
def unbroken(value):
    """A name that stays on one line."""
    return str(value).replace(" ", "\u00a0")


@register.filter
def highlight(text, query):
    """The text with every word that was asked for in <mark>; all else escaped. As it was typed a word is marked inside
    others, too; in another form or spelling it is marked whole."""
    pieces, end = [], 0
    for start, stop in _found(text, query):
        pieces += [(text[end:start],), (format_html("<mark>{}</mark>", text[start:stop]),)]
        end = stop
    return format_html_join("", "{}", [*pieces, (text[end:],)]) if pieces else text


@register.filter
def excerpt(text, query):
    """The stretch of a long text around the first word that was asked for."""
    found = next(_found(text, query), None)
    if found is None:
        return ""
    start, end = max(0, found[0] - AROUND), min(len(text), found[0] + AROUND)
    before = text[start:end] if start == 0 else "… " + text[start:end].partition(" ")[2]
    return before if end == len(text) else before.rpartition(" ")[0] + " …"


def _found(text, query):
    """(start, end) of each place that the search takes for a word of the question."""
    question = Question.of(query, get_language(), begun=True)
    # The longest first, so that a word inside another one does not cut it.
    typed = sorted({*WORD.findall(query)}, key=len, reverse=True)
    as_typed = re.compile("|".join(map(re.escape, typed)), re.IGNORECASE)
    for word in WORD.finditer(text) if question.words else ():
        if parts := [*as_typed.finditer(word[0])]:
            yield from ((word.start() + part.start(), word.start() + part.end()) for part in parts)
        elif question.marks(word[0]):
            yield word.span()
