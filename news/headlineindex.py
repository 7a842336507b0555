"""The index of the letters of all headlines, three by three: for a word in the middle of them, as the newsroom looks.

It only narrows down. Which headline holds a word is asked of those that it names, so an answer is the same with it and
without. SQLite keeps it in a table of its own (FTS5) that triggers fill and that has to be asked by its name. In
PostgreSQL it is an index of the column (pg_trgm), taken by itself where a word is too rare to be met among the newest.
"""

import logging
from contextlib import contextmanager

from django.db import DatabaseError, connection, transaction
from django.db.models import Subquery
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce

logger = logging.getLogger(__name__)
TABLE = "news_headline_letters"
# One or two letters are looked for in so many headlines, the last ones: of all there may be any number.
LOOKED_AT = 10_000
# Some of the letters of a long question name so few headlines that more would only be more to read.
MOST_ASKED = 24

LEAVE = f"INSERT INTO {TABLE} ({TABLE}, rowid, headline_key) VALUES ('delete', old.id, old.headline_key);"
ENTER = f"INSERT INTO {TABLE} (rowid, headline_key) VALUES (new.id, new.headline_key);"
TRIGGERS = {
    "insert": f"AFTER INSERT ON news_article BEGIN {ENTER} END",
    "update": "AFTER UPDATE OF id, headline_key ON news_article "
    f"WHEN old.headline_key IS NOT new.headline_key OR old.id IS NOT new.id BEGIN {LEAVE} {ENTER} END",
    "delete": f"AFTER DELETE ON news_article BEGIN {LEAVE} END",
}
MADE = {
    # The letters alone: the headlines themselves stay in the articles' rows.
    "sqlite": [
        f"CREATE VIRTUAL TABLE {TABLE} USING fts5(headline_key, content='news_article', content_rowid='id', "
        "tokenize='trigram', detail='none', columnsize=0)",
        f"INSERT INTO {TABLE} ({TABLE}) VALUES ('rebuild')",
        *(f"CREATE TRIGGER {TABLE}_{event} {does}" for event, does in TRIGGERS.items()),
    ],
    "postgresql": [
        f"CREATE INDEX {TABLE} ON news_article USING gin (headline_key gin_trgm_ops) WITH (fastupdate = off)"
    ],
}
TAKEN_AWAY = {
    "sqlite": [
        *(f"DROP TRIGGER IF EXISTS {TABLE}_{event}" for event in TRIGGERS),
        f"DROP TABLE IF EXISTS {TABLE}",
    ],
    "postgresql": [f"DROP INDEX IF EXISTS {TABLE}"],
}
PIECES = {
    "sqlite": f"SELECT count(*) = {1 + len(TRIGGERS)} FROM sqlite_master WHERE name = '{TABLE}' "
    f"OR (type = 'trigger' AND name LIKE '{TABLE}%')",
    "postgresql": f"SELECT to_regclass('{TABLE}') IS NOT NULL",
}


def can_be():
    """Whether there are articles at all: not after all migrations were taken back."""
    return "news_article" in connection.introspection.table_names()


def is_whole():
    """Whether the index and what keeps it are there; SQLite drops the triggers of a table that a migration rewrites."""
    with connection.cursor() as cursor:
        cursor.execute(PIECES[connection.vendor])
        return bool(cursor.fetchone()[0])


def is_right():
    """Whether it holds the letters that the headlines have; of its own index PostgreSQL makes sure itself."""
    if not is_whole():
        return False
    if connection.vendor == "sqlite":
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f"INSERT INTO {TABLE} ({TABLE}, rank) VALUES ('integrity-check', 1)")
        except DatabaseError:
            return False
    return True


def make():
    with made_anew():
        pass


@contextmanager
def made_anew():
    """From the headlines as they are at the end; until then it follows none of them."""
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in TAKEN_AWAY[connection.vendor]:
            cursor.execute(statement)
        yield
        if connection.vendor == "postgresql":
            if not _has_trigrams(cursor):
                return
            # It makes no index of a table of which something is still to be checked.
            connection.check_constraints()
        for statement in MADE[connection.vendor]:
            cursor.execute(statement)


def _has_trigrams(cursor):
    """Whoever owns the database may add this extension, where the server has it. The site is whole without."""
    try:
        with transaction.atomic():
            cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    except DatabaseError as refused:
        logger.warning(
            "The extension pg_trgm is refused, so the newsroom reads all headlines to find a rare word. Let somebody"
            " who may say CREATE EXTENSION pg_trgm in this database, then run migrate again. PostgreSQL says: %s",
            refused,
        )
        return False
    return True


def newest(headlines, words: list[str], number: int) -> list[int]:
    """The keys of the last so many of these articles, the newest first: a queryset in this order, of those in whose
    headline the words are. Only as many entries are read as it takes to find them."""
    letters = _threes(words)
    if words and not letters:
        headlines = _last(headlines)
    if connection.vendor != "sqlite" or not letters:
        return list(headlines.values_list("pk", flat=True)[:number])
    here = headlines.filter(pk=RawSQL(f"{TABLE}.rowid", [])).order_by().values("pk")
    there, params = here.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT rowid FROM {TABLE} WHERE {TABLE} = %s AND EXISTS ({there}) ORDER BY rowid DESC LIMIT %s",
            [" ".join(f'"{three}"' for three in letters), *params, number],
        )
        return [key for (key,) in cursor.fetchall()]


def _last(headlines):
    """Those with the highest numbers, which an index of headlines holds in this order."""
    numbers = headlines.model.objects.order_by("-pk").values("pk")
    return headlines.filter(pk__gt=Coalesce(Subquery(numbers[LOOKED_AT : LOOKED_AT + 1]), 0))


def _threes(words):
    """What the index is asked for: nothing of words of one or two letters, which any part of it may hold."""
    threes = (word[start : start + 3] for word in words for start in range(len(word) - 2))
    # Folded words hold no quotation mark that would end what is asked here.
    return list(dict.fromkeys(threes))[:MOST_ASKED]
