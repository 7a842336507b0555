"""Articles in their languages, tags and pages."""

import datetime
import uuid

from django.utils import timezone

from driversite.demo.rows import Rows
from driversite.demo.texts import body, table
from news.models import Article, GalleryPhoto, Page, Photo, Race, Session, Tag

LANGUAGES = ("de", "en")
DATELINE = "Leimen"
RELEASE_TIME = datetime.time(18)
# The versions of an article are tied by a number made from its key: a second run finds them, whatever has
# become of headline and address.
GROUPS = uuid.UUID("6f3c1a52-0c0b-4a53-9a0e-2b1f6b0a2014")


def group_of(key: str) -> uuid.UUID:
    return uuid.uuid5(GROUPS, key)


def load_tags(rows: Rows) -> dict[str, Tag]:
    return {slug: rows.put(Tag, {"slug": slug}, values) for slug, values in table("tags").items()}


def load_pages(rows: Rows) -> list[Page]:
    return [_put_page(rows, kind, values) for kind, values in table("pages").items()]


def load_articles(
    rows: Rows, *, races: dict[str, Race], photos: dict[str, Photo], author, today: datetime.date
) -> list[Article]:
    tags = load_tags(rows)
    keys = {name: photo.pk for name, photo in photos.items()} | _sessions_of(races)
    articles = []
    for key, values in table("articles").items():
        shared = {
            "kind": values["kind"],
            "stage": values.get("stage", Article.Stage.RELEASED),
            "published_at": _release(values, today),
            "dateline": values.get("dateline", DATELINE),
            "pinned": values.get("pinned", False),
            "race": races.get(values.get("race")),
            "lead_photo": photos.get(values.get("photo")),
            "author": author,
        }
        gallery = [photos[name] for name in values.get("gallery", [])]
        for language in filter(values.get, LANGUAGES):
            own = {"body": body(f"articles/{key}.{language}", keys)} | values[language]
            identity = {"language": language, "translation_group": group_of(key)}
            article = rows.put(Article, identity, shared | own)
            rows.put_all(GalleryPhoto, {"article": article}, [{"photo": photo} for photo in gallery])
            article.tags.set(tags[slug] for slug in values.get("tags", []))
            articles.append(article)
    return articles


def _sessions_of(races):
    """The race of each weekend, by the weekend's name."""
    sessions = Session.objects.races().filter(race__in=races.values()).select_related("race").in_order()
    names = {race.pk: name for name, race in races.items()}
    return {names[session.race_id]: session.pk for session in sessions}


def _release(values, today):
    """The time of release on the site's own clock; None for what nobody has dated yet."""
    if "in_days" in values:
        day = today + datetime.timedelta(days=values["in_days"])
        return _at(datetime.datetime.combine(day, RELEASE_TIME))
    return _at(values["at"]) if "at" in values else None


def _at(naive):
    return timezone.make_aware(naive, timezone.get_default_timezone())


def _put_page(rows, kind, values):
    texts = {f"body_{language}": body(f"pages/{kind}.{language}") for language in LANGUAGES}
    return rows.put(Page, {"kind": kind}, values | texts)
