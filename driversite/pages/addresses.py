"""Which addresses are public pages, and what each is called: what a page does not read of its address is left out."""

import re
from collections.abc import Callable
from functools import cached_property, lru_cache
from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.http.request import split_domain_port, validate_host

from driversite.languages import in_every_language
from news.models import Article
from news.slugs import question

# Never kept: the back room, what a visitor chose or was sent, files, the watchdog.
NEVER = ("/admin/", "/consent/", "/static/", "/media/", "/healthz")
NEVER_BY_NAME = {"cookies": {}, "shared": {"token": "-"}}
# But for drawings: they are text, are packed once as pages are, and stay the same under their name.
DRAWING = ("/media/", ".svg")
# One page for each of millions of colours.
ANY = ("/accent-",)
# Enough for every page; whoever sends more means no page of ours.
PARAMETERS = 50
# What is longer is read anew each time: thousands of them, remembered, would fill the memory.
LONGEST = 500


def _number(value):
    """As lists read it: digits, else the first page."""
    return str(int(value)) if value.isdecimal() and len(value) < 9 and int(value) != 1 else ""


def _kind(value):
    return value if value in Article.Kind.values else ""


# What each page asks its address for, as the view reads it; what is left empty is as good as not there.
CAREER = dict.fromkeys(("car", "circuit", "crew", "figure", "series", "team", "year"), question)
KNOWN: dict[str, dict[str, Callable[[str], str]]] = {
    "news:articles": {"kind": _kind, "page": _number, "tag": question},
    "news:gallery": {"page": _number},
    "news:search": {"page": _number, "q": question},
    "news:drivers": {"year": question},
    "news:driver": {"year": question},
    "news:driver_races": CAREER,
}
BY_SLUG = ("news:driver", "news:driver_races")


class Address(NamedTuple):
    """`key` is the page's name among those that are kept; path and query are what Django is asked for."""

    path: str
    query: str

    @property
    def key(self) -> str:
        return f"{self.path}?{self.query}" if self.query else self.path

    @property
    def is_question(self) -> bool:
        """Whether there are as many of its kind as somebody cares to ask for."""
        return bool(self.query) or self.path.startswith(ANY)


class Addresses:
    """The site's addresses in all languages, looked up once."""

    @cached_property
    def never(self) -> tuple[str, ...]:
        named = (in_every_language(name, **place) for name, place in NEVER_BY_NAME.items())
        return (*NEVER, *(path.removesuffix("-/") for paths in named for path in paths))

    @cached_property
    def _known(self):
        """{path: parameters}, and patterns for paths that name a row."""
        plain = {
            path: KNOWN[name] for name in KNOWN if name not in BY_SLUG for path in in_every_language(name)
        }
        patterns = [
            (re.compile(re.escape(path).replace("placeholder", "[^/]+")), KNOWN[name])
            for name in BY_SLUG
            for path in in_every_language(name, slug="placeholder")
        ]
        return plain, patterns

    def of(self, path: str, query: str) -> Address | None:
        """None where no page may be kept. A question mark within a path (`%3F`) would pass for the one before a
        query: whoever asks for that, where nothing is, must not take the place of a page."""
        if (path.startswith(self.never) and not _is_drawing(path)) or "?" in path:
            return None
        return Address(path, self.query(path, query) if query else "")

    def query(self, path: str, query: str) -> str:
        """As this page understands it: known parameters, in order, once, in one spelling."""
        return (self._remembered if len(path) + len(query) <= LONGEST else self._query)(path, query)

    @cached_property
    def _remembered(self):
        return lru_cache(2048)(self._query)

    def _query(self, path, query):
        known = self._known_of(path)
        if not known:
            return ""
        try:
            sent = dict(parse_qsl(query, max_num_fields=PARAMETERS))
        except ValueError:
            return ""
        read = {name: reads(sent[name]) for name, reads in sorted(known.items()) if name in sent}
        return urlencode({name: value for name, value in read.items() if value})

    def _known_of(self, path):
        plain, patterns = self._known
        # Whoever leaves out the last stroke is sent on with the question.
        path = path if path.endswith("/") else f"{path}/"
        return plain.get(path) or next(
            (known for pattern, known in patterns if pattern.fullmatch(path)), None
        )


def _is_drawing(path):
    folder, ending = DRAWING
    return path.startswith(folder) and path.endswith(ending)


class Hosts:
    """Which Host headers are the site's; what was right once is remembered, as far as few of them are."""

    def __init__(self):
        self._known: set[str] = set()

    def __contains__(self, host: str) -> bool:
        return host in self._known or self._is_ours(host)

    def _is_ours(self, host):
        domain, _port = split_domain_port(host)
        ours = bool(domain) and validate_host(domain, settings.ALLOWED_HOSTS)
        if ours and len(self._known) < 100:
            self._known.add(host)
        return ours
