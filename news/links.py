"""Links inside the site: whether what an address in a text leads to is there for visitors, today or by a redirect."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from html import unescape
from urllib.parse import unquote, urljoin, urlsplit

from django.conf import settings
from django.core.files.storage import default_storage
from django.urls import Resolver404, resolve, reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language_from_path, override

from news.html import LINK, text_of
from news.models import Article, Classification, Driver, FormerAddress, Page, Race, Session


@dataclass(frozen=True)
class DeadLink:
    """A link that leads visitors nowhere: its address and words as they stand in the text. `hidden` is the row that is
    there but not public yet, or no longer; None where there is nothing at all."""

    address: str
    words: str
    hidden: object | None = None


def absolute(address: str) -> str:
    """The address with the site's own in front: what is read elsewhere must lead back here. Pictures may have one of
    another host already."""
    return address if "://" in address else f"{settings.SITE_URL}{address}"


def dead_links(body: str, language: str) -> list[DeadLink]:
    """The links of a text in this language that lead to no page of ours; those to other sites are not looked at."""
    links = [(address, words, path_of(address, language)) for address, words in links_in(body)]
    dead = _dead({path for _address, _words, path in links if path is not None})
    return [DeadLink(address, words, dead[path]) for address, words, path in links if path in dead]


def links_in(body: str) -> Iterator[tuple[str, str]]:
    """(address, words) of every link of a stored text."""
    for found in LINK.finditer(body):
        yield unescape(found[1]), text_of(found[2])


def path_of(address: str, language: str) -> str | None:
    """The path of an address that belongs to the site; None for others, and for places on the same page."""
    try:
        parts = urlsplit(address)
        ours = urlsplit(settings.SITE_URL)
        if parts.scheme not in ("", "http", "https") or (parts.netloc and parts.netloc != ours.netloc):
            return None
    except ValueError:
        return None
    if not parts.path:
        return "/" if parts.netloc else None
    # As a browser reads it on the page of an article.
    with override(language):
        page = reverse("news:article", kwargs={"slug": "-"})
    return unquote(urlsplit(urljoin(page, parts.path)).path)


def _dead(paths):
    """{path: the row that is hidden there, or None} of the paths at which visitors find nothing; few questions for any
    number of them."""
    found = {path: _match(path) for path in paths}
    rows = Rows([match for _language, match in found.values() if match])
    dead = {}
    for path, (language, match) in found.items():
        if match and match.view_name not in ROWS:
            # Pages without a row are always there; the newsroom is nobody's who reads.
            row = not path.startswith("/admin/") or None
        else:
            row = ROWS[match.view_name](rows, language=language, **match.kwargs) if match else None
        if row is not True and not (row and row.is_public()):
            dead[path] = row
    former = FormerAddress.objects.above_each(dead) if dead else {}
    return {
        path: row or (former[path] and former[path].target)
        for path, row in dead.items()
        if not (former[path] and former[path].address_now())
    }


def _match(path):
    """(language of the page, what Django finds at its address or None)."""
    language = get_language_from_path(path) or settings.LANGUAGE_CODE
    with override(language):
        # Django leads from an address without the last slash to the one with it.
        for address in (path, None if path.endswith("/") else f"{path}/"):
            with suppress(Resolver404):
                if address:
                    return language, resolve(address)
    return language, None


class Rows:
    """The rows that many addresses name, each kind asked for once."""

    def __init__(self, matches):
        self.slugs = {match.kwargs["slug"] for match in matches if "slug" in match.kwargs}

    @cached_property
    def articles(self):
        found = Article.objects.filter(slug__in=self.slugs)
        return {(article.language, article.slug): article for article in found}

    @cached_property
    def races(self):
        return {(race.year, race.slug): race for race in Race.objects.filter(slug__in=self.slugs)}

    @cached_property
    def drivers(self):
        return {driver.slug: driver for driver in Driver.objects.filter(slug__in=self.slugs)}

    @cached_property
    def pages(self):
        return {page.slug: page for page in Page.objects.filter(slug__in=self.slugs, kind=Page.Kind.FREE)}

    @cached_property
    def years(self):
        return set(Race.objects.recorded_years())


def _article(rows, language, slug):
    return rows.articles.get((language, slug))


def _race(rows, language, year, slug, **further):
    return rows.races.get((year, slug))


def _session(rows, language, year, slug, session, **further):
    """Under an old name of a session stands its race, which is there."""
    return _race(rows, language, year, slug)


def _session_file(rows, language, year, slug, session):
    found = Session.objects.filter(race__slug=slug, race__in=Race.objects.of_year(year))
    return any(
        each.slug == session and each.current_classification() for each in found.select_related("race")
    )


def _older_list(rows, language, year, slug, session, number):
    return Classification.objects.filter(
        pk=number, session__race__slug=slug, session__race__in=Race.objects.of_year(year)
    ).exists()


def _season(rows, language, year):
    return year in rows.years


def _driver(rows, language, slug):
    return rows.drivers.get(slug)


def _page(rows, language, slug):
    return rows.pages.get(slug)


def _media(rows, language, path):
    # An address may be spelt so that it leads out of the folder; nobody is shown anything there.
    return ".." not in path and default_storage.exists(path)


# How the row behind an address is found; True for what is there without being one.
ROWS = {
    "news:article": _article,
    "news:race": _race,
    "news:race_file": _race,
    "news:session": _session,
    "news:session_file": _session_file,
    "news:session_class": _session,
    "news:older_list": _older_list,
    "news:season": _season,
    "news:season_file": _season,
    "news:driver": _driver,
    "news:driver_races": _driver,
    "news:page": _page,
    "media": _media,
}
