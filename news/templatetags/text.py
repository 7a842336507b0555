"""Words on pages: dashes for what is not known, names that do not break, marks in what a search has found."""

import re

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

register = template.Library()

# So many letters before and after the word that was found.
AROUND = 140


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
def unbroken(value):
    """A name that stays on one line."""
    return str(value).replace(" ", "\u00a0")


@register.filter
def highlight(text, query):
    """The text with every word that was asked for in <mark>; all else escaped."""
    words = _words(query)
    if not words:
        return text
    parts = re.split(f"({'|'.join(map(re.escape, words))})", text, flags=re.IGNORECASE)
    # split() with one group: found words stand at the odd places.
    return format_html_join(
        "", "{}", ((format_html("<mark>{}</mark>", p) if n % 2 else p,) for n, p in enumerate(parts))
    )


@register.filter
def excerpt(text, query):
    """The stretch of a long text around the first word that was asked for."""
    found = [place for word in _words(query) if (place := text.lower().find(word.lower())) >= 0]
    if not found:
        return ""
    start = max(0, min(found) - AROUND)
    end = min(len(text), min(found) + AROUND)
    before = text[start:end] if start == 0 else "… " + text[start:end].partition(" ")[2]
    return before if end == len(text) else before.rpartition(" ")[0] + " …"


def _words(query):
    """The longest first, so that a word inside another one does not cut it."""
    return sorted(set(query.split()), key=len, reverse=True)
