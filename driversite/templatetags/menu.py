"""The menu, and the lists in the footer: the same on every page of a language, so they are put together once."""

from functools import cache

from django import template
from django.urls import reverse
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

register = template.Library()

# View, words, and the view of the pages within.
MENU = [
    ("news:articles", _("News"), "news:article"),
    ("news:calendar", _("Calendar"), "news:race"),
    ("news:results", _("Results"), "news:season"),
    ("news:drivers", pgettext_lazy("menu", "Driver"), "news:driver"),
    ("news:gallery", _("Gallery"), ""),
    ("sponsors:partners", _("Partners"), ""),
    ("news:press", _("Press"), ""),
    ("news:search", _("Search"), ""),
]
FOLLOW = [
    ("news:calendar_file", _("Calendar subscription"), ""),
    ("news:feed", _("Atom feed"), ""),
    ("news:json_feed", _("JSON feed"), ""),
]
LEGAL = [
    ("news:imprint", _("Imprint"), ""),
    ("news:privacy", _("Privacy"), ""),
    ("news:accessibility", _("Accessibility"), ""),
    ("cookies", _("Cookie settings"), ""),
]
LISTS = {"menu": MENU, "follow": FOLLOW, "legal": LEGAL}


@register.simple_tag(takes_context=True)
def links(context, name):
    """Each link of the list: `view`, `address`, `words`, and as `current` what its `aria-current` says here."""
    request = context.get("request")
    here, path = getattr(request, "resolver_match", None), getattr(request, "path", "")
    view = here.view_name if here else None
    for link in _links(name, get_language()):
        at_hand = "page" if link["address"] == path else "true" if view and link["within"] == view else ""
        yield link | {"current": at_hand}


@cache
def _links(name, language):
    return [
        {"view": view, "address": reverse(view), "words": str(words), "within": within}
        for view, words, within in LISTS[name]
    ]
