"""One field in the head of the newsroom that finds what has a name: while one types, and as a page without scripts.

Each kind of row costs one or two questions and brings a handful of rows; what is many is found by an index or a column
of folded words, what is few is compared here, so that every name is found however it is spelt.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import Model
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from news.admin.release import in_words
from news.models import Article, Driver, Page, Photo, Race, Season, Team
from news.slugs import folded, question
from news.templatetags.racing import days
from sponsors.models import Sponsor

# So many rows of a kind; whoever wants all of them is led to its list.
SHOWN = 5
LONGEST = 80
# Of tables that are compared here: more rows than a newsroom has of them.
LOOKED_AT = 2000


def in_list(rows_admin, request, text):
    """As the list of the rows finds them."""
    return rows_admin.get_search_results(request, rows_admin.get_queryset(request), text)[0]


def articles_named(rows_admin, request, text):
    """Only the few that are shown are read; the index answers which."""
    keys = Article.objects.newest_named(text, SHOWN + 1)
    return rows_admin.get_queryset(request).filter(pk__in=keys).order_by("-pk")


def compared(*names):
    """A finder for small tables without a column of folded words."""

    def find(rows_admin, request, text):
        words, rows = folded(text).split(), rows_admin.get_queryset(request)
        named = rows.order_by("-pk").values_list("pk", *names)[:LOOKED_AT]
        keys = [key for key, *parts in named if all(word in folded(_joined(parts)) for word in words)]
        return rows.filter(pk__in=keys[: SHOWN + 1])

    return find


def _joined(parts):
    return " ".join(str(part) for part in parts if part)


@dataclass(frozen=True)
class Kind:
    model: type[Model]
    find: Callable = in_list
    # What tells two rows of one name apart.
    hint: Callable = lambda row: ""
    # What the line asks of other tables, in the place of all that a list's columns would.
    joined: tuple = ()
    fetched: tuple = ()

    def rows(self, rows_admin, request, text):
        rows = self.find(rows_admin, request, text).prefetch_related(None)
        return list(rows.select_related(*self.joined).prefetch_related(*self.fetched)[: SHOWN + 1])


KINDS = (
    Kind(Article, articles_named, lambda row: f"{row.language.upper()} · {in_words(row)}"),
    Kind(
        Race,
        hint=lambda row: " · ".join(filter(None, (days(row), str(row.circuit or "")))),
        joined=("circuit",),
    ),
    Kind(Driver, hint=lambda row: row.country),
    Kind(Team),
    Kind(
        Photo,
        compared("caption_de", "caption_en", "alt_de", "alt_en", "file_name", "credit"),
        lambda row: row.credit,
        fetched=("renditions",),
    ),
    Kind(Page, compared("title_de", "title_en")),
    Kind(Sponsor, compared("name")),
    Kind(Season, compared("series__name", "series__short_name", "year"), joined=("series",)),
    Kind(User, compared("username", "first_name", "last_name", "email"), lambda row: row.get_full_name()),
)


def found(request, text):
    """[{name, lines, more}] of what this user may see: the places of the menu first, then each kind of rows."""
    text = question(text, LONGEST)
    if not folded(text):
        return []
    groups = [_places(request, text), *(_group(request, kind, text) for kind in KINDS)]
    return [group for group in groups if group and group["lines"]]


def _places(request, text):
    """The lists of the menu whose name has these words."""
    words = folded(text).split()
    models = [
        model for group in admin.site.get_app_list(request) for model in group["models"] if model["admin_url"]
    ]
    lines = [
        {"title": model["name"], "address": model["admin_url"]}
        for model in models
        if all(word in folded(str(model["name"])) for word in words)
    ]
    return {"name": _("Menu"), "lines": lines[:SHOWN]}


def _group(request, kind, text):
    rows_admin = admin.site.get_model_admin(kind.model)
    if not rows_admin.has_view_permission(request):
        return None
    rows = kind.rows(rows_admin, request, text)
    label = f"admin:{kind.model._meta.app_label}_{kind.model._meta.model_name}"
    return {
        "name": capfirst(kind.model._meta.verbose_name_plural),
        "lines": [_line(rows_admin, kind, label, row) for row in rows[:SHOWN]],
        "more": f"{reverse(f'{label}_changelist')}?{urlencode({'q': text})}" if len(rows) > SHOWN else "",
    }


def _line(rows_admin, kind, label, row):
    return {
        "title": str(row),
        "hint": kind.hint(row),
        "address": reverse(f"{label}_change", args=[row.pk]),
        "language": getattr(row, "language", ""),
        "picture": rows_admin.option_picture(row) if hasattr(rows_admin, "option_picture") else "",
    }


@require_safe
def search(request):
    """The page of all that was found."""
    text = request.GET.get("q", "")
    context = admin.site.each_context(request) | {
        "title": _("Search"),
        "asked": text[:LONGEST],
        "groups": found(request, text),
    }
    return render(request, "admin/search.html", context)


@require_safe
def search_found(request):
    """Only what was found, as the choices below the field."""
    context = {"groups": found(request, request.GET.get("q", ""))}
    return render(request, "admin/_found.html", context)
