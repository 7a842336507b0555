"""When each part of the sitemap of articles changes: noted by triggers, so whatever writes an article is heard.

What the clock will do, a release that is scheduled or the end of one, is noted beforehand, at its own time. One that is
called off again stays there: a date that is too late costs a search engine a look, one that is missing the article.
"""

from django.db import connection, transaction

from news import triggers

TABLE = "news_sitemapchange"
# So many rows of the table of articles are a part: a change is told by a short list, and none grows with the site.
PART = 500
# What an article says in its part, and where its versions in other languages are named, in theirs.
NAMED = ("id", "language", "slug", "stage", "published_at", "expires_at", "translation_group")
SAID = (*NAMED, "modified_at")

# To the second, as a sitemap tells it: what many rows change at once is noted once. And the same in all of a statement.
NOW = {
    "sqlite": "strftime('%Y-%m-%d %H:%M:%S', 'now')",
    "postgresql": "date_trunc('second', statement_timestamp())",
}


def _differs(names):
    differs = "IS DISTINCT FROM" if connection.vendor == "postgresql" else "IS NOT"
    return " OR ".join(f"old.{name} {differs} new.{name}" for name in names)


def _own(row):
    return f"SELECT {row}.id / {PART} AS part, {NOW[connection.vendor]} AS at"


def _of_versions(row, condition="true"):
    """The parts of the other languages."""
    return (
        f"SELECT id / {PART}, {NOW[connection.vendor]} FROM news_article "
        f"WHERE translation_group = {row}.translation_group AND stage = 'released' AND ({condition})"
    )


def _to_come(condition="true"):
    """Of all languages of an article in the parts of all: each names the others while they are public."""
    for moment in ("published_at", "expires_at"):
        yield (
            f"SELECT here.id / {PART} AS part, there.{moment} AS at FROM news_article AS here "
            "JOIN news_article AS there ON there.translation_group = here.translation_group "
            f"WHERE here.stage = 'released' AND there.stage = 'released' AND there.{moment} > "
            f"{NOW[connection.vendor]} AND ({condition})"
        )


def _note(*changes):
    # In the order of the parts: two who save two languages of an article at once never wait for each other in a circle.
    return (
        f"INSERT INTO {TABLE} (part, at) SELECT part, at FROM ({' UNION '.join(changes)}) AS noted "
        "WHERE true ORDER BY part, at ON CONFLICT DO NOTHING;"
    )


def _forget(row):
    """What was noted before the change that has just been noted."""
    return f"DELETE FROM {TABLE} WHERE part = {row}.id / {PART} AND at < {NOW[connection.vendor]};"


def _triggers():
    """Drafts stand in no part."""
    to_come = [*_to_come("here.translation_group = new.translation_group")]
    moved = _differs(NAMED)
    of_both = [_own("old"), _own("new"), _of_versions("old", moved), _of_versions("new", moved)]
    changed = f"('released' IN (old.stage, new.stage)) AND ({_differs(SAID)})"
    heard = {
        "insert": (
            "new.stage = 'released'",
            _note(_own("new"), _of_versions("new"), *to_come) + _forget("new"),
        ),
        "update": (changed, _note(*of_both, *to_come) + _forget("new")),
        "delete": ("old.stage = 'released'", _note(_own("old"), _of_versions("old")) + _forget("old")),
    }
    return {
        f"{TABLE}_{event}": triggers.of_each_row(f"{TABLE}_{event}", event.upper(), *what)
        for event, what in heard.items()
    }


def can_be():
    """Whether there are articles and parts at all: not after all migrations were taken back."""
    return {triggers.TABLE, TABLE} <= {*connection.introspection.table_names()}


def is_whole():
    """Whether all triggers are there; SQLite drops those of a table that a migration rewrites."""
    return triggers.are_there(_triggers())


def make():
    """What changed while nobody took note is not known: every part counts as changed now."""
    with transaction.atomic(), connection.cursor() as cursor:
        triggers.make(_triggers())
        cursor.execute(f"DELETE FROM {TABLE}")
        known = f"SELECT id / {PART} AS part, {NOW[connection.vendor]} AS at FROM news_article WHERE stage = 'released'"
        cursor.execute(_note(known, *_to_come()))
