"""When each part of the sitemap of articles last changed: noted by triggers, so whatever writes an article is heard.

What the clock does, a release that was scheduled or the end of one, is no writing: that is asked of the articles
(news/querysets/stretches.py).
"""

from django.db import connection, transaction

TABLE = "news_sitemappart"
# So many rows of the table of articles are a part: a change is told by a short list, and none grows with the site.
PART = 500
# What a part says of an article, or hangs on.
SAID = (
    "id",
    "language",
    "slug",
    "stage",
    "published_at",
    "expires_at",
    "modified_at",
    "translation_group",
)

# To the second, as a sitemap tells it: of many changes in one second only the first has to be written.
NOW = {
    "sqlite": "strftime('%Y-%m-%d %H:%M:%S', 'now')",
    "postgresql": "date_trunc('second', clock_timestamp())",
}


def _note(row):
    return (
        f"INSERT INTO {TABLE} (number, changed_at) VALUES ({row}.id / {PART}, {NOW[connection.vendor]}) "
        f"ON CONFLICT (number) DO UPDATE SET changed_at = excluded.changed_at "
        f"WHERE {TABLE}.changed_at < excluded.changed_at;"
    )


def _triggers():
    """{name: (event, condition, what it notes)}. Drafts stand in no part."""
    differs = "IS DISTINCT FROM" if connection.vendor == "postgresql" else "IS NOT"
    changed = " OR ".join(f"old.{name} {differs} new.{name}" for name in SAID)
    return {
        f"{TABLE}_insert": ("INSERT", "new.stage = 'released'", _note("new")),
        f"{TABLE}_update": (
            "UPDATE",
            f"('released' IN (old.stage, new.stage)) AND ({changed})",
            _note("old") + _note("new"),
        ),
        f"{TABLE}_delete": ("DELETE", "old.stage = 'released'", _note("old")),
    }


def _statements():
    for name, (event, condition, note) in _triggers().items():
        if connection.vendor == "sqlite":
            yield f"CREATE TRIGGER {name} AFTER {event} ON news_article WHEN {condition} BEGIN {note} END"
        else:
            yield (
                f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN {note} RETURN NULL; END $$"
            )
            yield (
                f"CREATE TRIGGER {name} AFTER {event} ON news_article FOR EACH ROW WHEN ({condition}) "
                f"EXECUTE FUNCTION {name}()"
            )


PIECES = {
    "sqlite": f"SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name LIKE '{TABLE}%'",
    "postgresql": f"SELECT count(*) FROM pg_trigger WHERE tgname LIKE '{TABLE}%' "
    "AND tgrelid = to_regclass('news_article')",
}


def can_be():
    """Whether there are articles and parts at all: not after all migrations were taken back."""
    return {"news_article", TABLE} <= {*connection.introspection.table_names()}


def is_whole():
    """Whether all triggers are there; SQLite drops those of a table that a migration rewrites."""
    with connection.cursor() as cursor:
        cursor.execute(PIECES[connection.vendor])
        return cursor.fetchone()[0] == len(_triggers())


def make():
    """What changed while nobody took note is not known: every part counts as changed now."""
    ends = "" if connection.vendor == "sqlite" else " ON news_article"
    with transaction.atomic(), connection.cursor() as cursor:
        for name in _triggers():
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{ends}")
        for statement in _statements():
            cursor.execute(statement)
        cursor.execute(f"DELETE FROM {TABLE}")
        cursor.execute(
            f"INSERT INTO {TABLE} (number, changed_at) SELECT DISTINCT id / {PART}, {NOW[connection.vendor]} "
            "FROM news_article WHERE stage = 'released'"
        )
