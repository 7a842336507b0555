"""A demo site with any number of articles, as a newsroom leaves them; two of different sizes differ in nothing else.

Some hundred articles are written one by one, and the others are their copies under numbers of their own, made by the
database itself. However many there are, the last weeks have as many, the same number is in writing, and the same
number of translations is behind: pages that show these show the same.
"""

from datetime import timedelta
from importlib import import_module

from django.apps import apps
from django.db import connection, transaction
from django.utils import timezone

WRITTEN = 500
# What calendars and a news sitemap show has come out at a driver's pace; all else is spread over the years before.
RECENT, STEP, YEARS = 200, timedelta(hours=7), 12
GENERATED = "byline = 'Demo-Generator'"
BEHIND = 5

IN_SQL = {
    "sqlite": {
        "group": "lower(hex(randomblob(16)))",
        "ago": "strftime('%Y-%m-%d %H:%M:%S', '{now}', '-' || ({seconds}) || ' seconds')",
    },
    "postgresql": {
        "group": "gen_random_uuid()",
        "ago": "timestamptz '{now}+00' - ({seconds}) * interval '1 second'",
    },
}


def grow(articles):
    """From `WRITTEN` generated articles, or from fewer if no more are wanted, to this many."""
    sql = IN_SQL[connection.vendor]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SELECT min(id), count(*) FROM news_article WHERE {GENERATED}")
        first, written = cursor.fetchone()
        # What is found is made once at the end, not article by article.
        words, headlines = (import_module(f"news.{name}") for name in ("searchindex", "headlineindex"))
        with words.made_anew(), headlines.made_anew():
            _copy(cursor, sql, first, written, articles // written - 1)
            cursor.execute(
                f"UPDATE news_article SET published_at = {_moment(sql, first, articles)} WHERE {GENERATED}"
            )
            _as_left_by_a_newsroom(cursor, first)
    _leave_some_behind(first)
    _count()


def _count():
    """What a database knows of its values when it has run for an hour: see to it at once."""
    if connection.vendor == "sqlite":
        import_module("driversite.tasks.statistics").gather()
    else:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def _copy(cursor, sql, first, written, times):
    fields = [field.column for field in apps.get_model("news.Article")._meta.concrete_fields]
    there = {
        "id": "id + {n} * {written}",
        "slug": "slug || '-{n}'",
        "headline": "headline || ' {n}'",
        "headline_key": "headline_key || ' {n}'",
        "translation_group": sql["group"],
    }
    columns, values = ", ".join(fields), ", ".join(there.get(name, name) for name in fields)
    articles = f"INSERT INTO news_article ({columns}) SELECT {values} FROM news_article WHERE id {{those}}"
    tags = (
        "INSERT INTO news_article_tags (article_id, tag_id) SELECT article_id + {n} * {written}, tag_id "
        "FROM news_article_tags WHERE article_id {those}"
    )
    # By their numbers, in which they stand in a row: no copy is looked at again.
    those = f"BETWEEN {first} AND {first + written - 1}"
    for n in range(1, times + 1):
        for statement in (articles, tags):
            cursor.execute(statement.format(n=n, written=written, those=those))


def _moment(sql, first, articles):
    """When an article came out, by its place: the higher its number, the longer ago."""
    step = int(STEP.total_seconds())
    wide = timedelta(days=365 * YEARS).total_seconds() / articles
    seconds = (
        f"CASE WHEN id - {first} < {RECENT} THEN (id - {first} + 1) * {step} "
        f"ELSE {RECENT * step} + CAST((id - {first} - {RECENT} + 1) * {wide} AS integer) END"
    )
    return sql["ago"].format(now=f"{timezone.now():%Y-%m-%d %H:%M:%S}", seconds=seconds)


def _as_left_by_a_newsroom(cursor, first):
    """The English ones are translations of the German ones before them, and some of the last weeks are drafts."""
    cursor.execute(
        "UPDATE news_article AS here SET translation_group = there.translation_group, source_id = there.id, "
        "source_version = there.text_version, source_text_version = there.text_version FROM news_article AS there "
        f"WHERE here.{GENERATED} AND here.language = 'en' AND there.language = 'de' AND there.id = here.id - 1"
    )
    cursor.execute(
        "UPDATE news_article SET stage = 'writing', published_at = NULL "
        f"WHERE {GENERATED} AND id < {first + RECENT} AND (id - {first}) %% 20 = 7",
        [],
    )


def _leave_some_behind(first):
    sources = apps.get_model("news.Article").objects.filter(pk__gte=first, translations__isnull=False)
    for source in sources.order_by("pk")[:BEHIND]:
        source.teaser = f"{source.teaser} Neu."
        source.save()
