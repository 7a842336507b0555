"""Links inside the site: whether what an address in a text leads to is there for visitors, today or by a redirect."""

from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from urllib.parse import unquote, urljoin, urlsplit

from django.conf import settings
from django.core.files.storage import default_storage
from django.urls import Resolver404, resolve, reverse
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


def dead_links(body: str, language: str) -> list[DeadLink]:
    """The links of a text in this language that lead to no page of ours; those to other sites are not looked at."""
    found, known = [], {}
    for address, words in links_in(body):
        path = path_of(address, language)
        if path is None:
            continue
        if path not in known:
            known[path] = _looked_up(path)
        is_alive, hidden = known[path]
        if not is_alive:
            found.append(DeadLink(address, words, hidden))
    return found


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


def _looked_up(path):
    """(whether visitors find it, the row that is hidden from them)."""
    language = get_language_from_path(path) or settings.LANGUAGE_CODE
    with override(language):
        # Django leads from an address without the last slash to the one with it.
        match = _match(path) or (None if path.endswith("/") else _match(f"{path}/"))
        if match and match.view_name not in ROWS:
            # Pages without a row are always there; the newsroom is nobody's who reads.
            return not path.startswith("/admin/"), None
        row = ROWS[match.view_name](language=language, **match.kwargs) if match else None
    if row is True or (row and row.is_public()):
        return True, None
    former = FormerAddress.objects.above(path)
    if former and former.address_now():
        return True, None
    return False, row or (former and former.target)


def _match(path):
    try:
        return resolve(path)
    except Resolver404:
        return None


def _article(language, slug):
    return Article.objects.in_language(language).filter(slug=slug).first()


def _race(language, year, slug, **further):
    return Race.objects.of_year(year).filter(slug=slug).first()


def _session(language, year, slug, session, **further):
    """Under an old name of a session stands its race, which is there."""
    return _race(language, year, slug)


def _session_file(language, year, slug, session):
    found = Session.objects.filter(race__slug=slug, race__in=Race.objects.of_year(year))
    return any(
        each.slug == session and each.current_classification() for each in found.select_related("race")
    )


def _older_list(language, year, slug, session, number):
    return Classification.objects.filter(
        pk=number, session__race__slug=slug, session__race__in=Race.objects.of_year(year)
    ).exists()


def _season(language, year):
    return year in Race.objects.recorded_years()


def _driver(language, slug):
    return Driver.objects.filter(slug=slug).first()


def _page(language, slug):
    return Page.objects.filter(slug=slug, kind=Page.Kind.FREE).first()


def _media(language, path):
    return default_storage.exists(path)


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
