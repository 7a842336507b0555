"""The index of the words of all articles: FTS5 in SQLite, a tsvector with a GIN index in PostgreSQL.

Triggers of the database keep it, so that it follows whatever writes an article. An entry is a number that sorts by the
time of release: seconds, then the article. Both databases read entries in this order, so the newest of a hundred
thousand hits cost as much as those of a hundred.
"""

from contextlib import contextmanager

from django.conf import settings
from django.db import connection, transaction
from django.db.models.expressions import RawSQL

from news.words import Question, mark_of

TABLE = "news_article_search"
# The lower bits of an entry are the article, those above the second of its release.
ARTICLE = (1 << 28) - 1
PARTS = ("insert", "update", "delete")


# ---- What it is made of --------------------------------------------------------------------------------------

SECOND = {
    "sqlite": "CAST(strftime('%s', {row}.published_at) AS INTEGER)",
    "postgresql": "CAST(floor(extract(epoch FROM {row}.published_at)) AS bigint)",
}


def _place(row):
    second = SECOND[connection.vendor].format(row=row)
    return f"(COALESCE({second}, 0) * {ARTICLE + 1} + {row}.id)"


def _of_sqlite():
    """The words themselves stay in the article's row alone; so what leaves the index has to be told again."""
    table = f"CREATE VIRTUAL TABLE {TABLE} USING fts5(words, content='', tokenize='ascii', detail=none, columnsize=0)"
    leave = (
        f"INSERT INTO {TABLE} ({TABLE}, rowid, words) VALUES ('delete', {_place('old')}, old.search_text);"
    )
    enter = f"INSERT INTO {TABLE} (rowid, words) VALUES ({_place('new')}, new.search_text);"
    changed = f"old.search_text IS NOT new.search_text OR {_place('old')} IS NOT {_place('new')}"
    triggers = {
        "insert": f"AFTER INSERT ON news_article BEGIN {enter} END",
        "update": f"AFTER UPDATE OF id, search_text, published_at ON news_article WHEN {changed} "
        f"BEGIN {leave} {enter} END",
        "delete": f"AFTER DELETE ON news_article BEGIN {leave} END",
    }
    return [table], [f"CREATE TRIGGER {TABLE}_{part} {triggers[part]}" for part in PARTS]


VECTOR = "array_to_tsvector(array_remove(string_to_array({words}, ' '), ''))"


def _of_postgresql():
    """The words lie beside the entries (STORAGE EXTERNAL), which stay as narrow as their order needs them."""
    follow, forget = f"{TABLE}_follow", f"{TABLE}_forget"
    vector = VECTOR.format(words="new.search_text")
    table = [
        f"CREATE TABLE {TABLE} (place bigint PRIMARY KEY, words tsvector NOT NULL)",
        f"ALTER TABLE {TABLE} ALTER words SET STORAGE EXTERNAL, SET (toast_tuple_target = 128)",
    ]
    return table, [
        f"CREATE INDEX {TABLE}_words ON {TABLE} USING gin (words) WITH (fastupdate = off)",
        f"""CREATE OR REPLACE FUNCTION {follow}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP <> 'INSERT' THEN DELETE FROM {TABLE} WHERE place = {_place("old")}; END IF;
            IF TG_OP <> 'DELETE' THEN INSERT INTO {TABLE} VALUES ({_place("new")}, {vector}); END IF;
            RETURN NULL;
        END $$""",
        f"""CREATE OR REPLACE FUNCTION {forget}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN TRUNCATE {TABLE}; RETURN NULL; END $$""",
        f"CREATE TRIGGER {TABLE}_insert AFTER INSERT ON news_article FOR EACH ROW EXECUTE FUNCTION {follow}()",
        f"CREATE TRIGGER {TABLE}_update AFTER UPDATE ON news_article FOR EACH ROW "
        "WHEN (old.search_text IS DISTINCT FROM new.search_text OR old.id <> new.id "
        f"OR old.published_at IS DISTINCT FROM new.published_at) EXECUTE FUNCTION {follow}()",
        f"CREATE TRIGGER {TABLE}_delete AFTER DELETE ON news_article FOR EACH ROW EXECUTE FUNCTION {follow}()",
        f"CREATE TRIGGER {TABLE}_truncate AFTER TRUNCATE ON news_article EXECUTE FUNCTION {forget}()",
    ]


PIECES = {
    "sqlite": f"SELECT count(*) FROM sqlite_master WHERE name = '{TABLE}' "
    f"OR (type = 'trigger' AND name LIKE '{TABLE}%')",
    "postgresql": f"SELECT (SELECT count(*) FROM pg_class WHERE oid = to_regclass('{TABLE}')) "
    f"+ (SELECT count(*) FROM pg_trigger WHERE tgname LIKE '{TABLE}%' AND tgrelid = to_regclass('news_article'))",
}


def can_be():
    """Whether there are articles at all: not after all migrations were taken back."""
    return "news_article" in connection.introspection.table_names()


def is_whole():
    """Whether the table and all its triggers are there; SQLite drops those of a table that a migration rewrites."""
    with connection.cursor() as cursor:
        cursor.execute(PIECES[connection.vendor])
        (pieces,) = cursor.fetchone()
    return pieces == (4 if connection.vendor == "sqlite" else 5)


def make():
    with made_anew():
        pass


@contextmanager
def made_anew():
    """From the words that the articles keep at the end; until then it follows none of them."""
    with transaction.atomic(), connection.cursor() as cursor:
        ends = "" if connection.vendor == "sqlite" else " ON news_article"
        for part in (*PARTS, "truncate"):
            cursor.execute(f"DROP TRIGGER IF EXISTS {TABLE}_{part}{ends}")
        cursor.execute(f"DROP TABLE IF EXISTS {TABLE}")
        yield
        table, what_follows = _of_sqlite() if connection.vendor == "sqlite" else _of_postgresql()
        words = "search_text" if connection.vendor == "sqlite" else VECTOR.format(words="search_text")
        column = "rowid" if connection.vendor == "sqlite" else "place"
        # An index of PostgreSQL that is made of all words at once takes a fraction of one that gets them in turn.
        for statement in [
            *table,
            f"INSERT INTO {TABLE} ({column}, words) SELECT {_place('news_article')}, {words} FROM news_article",
            *what_follows,
        ]:
            cursor.execute(statement)


# ---- What it is asked ----------------------------------------------------------------------------------------


def _spelt(question, both, either, word, beginning):
    """The question as the database wants it. Words are letters and digits, so nothing in them can end a quote."""
    parts = []
    if len(question.languages) == 1:
        parts.append(word.format(mark_of(*question.languages)))
    for place, forms in enumerate(question.forms, start=1):
        others = [word.format(form) for form in forms]
        if question.beginning and place == len(question.words):
            others.append(beginning.format(question.beginning))
        parts.append(f"({either.join(others)})")
    return both.join(parts)


def _matching(question):
    """(condition, its parameter) for the entries of articles in which all is found."""
    if connection.vendor == "sqlite":
        return f"{TABLE} = %s", _spelt(question, " AND ", " OR ", '"{}"', '"{}" *')
    return "words @@ %s::tsquery", _spelt(question, " & ", " | ", "'{}'", "'{}':*")


def _entry():
    return f"{TABLE}.{'rowid' if connection.vendor == 'sqlite' else 'place'}"


def articles(question: Question) -> RawSQL:
    """For `pk__in`: all articles in which the question is found."""
    condition, asked = _matching(question)
    return RawSQL(f"SELECT {_entry()} & {ARTICLE} FROM {TABLE} WHERE {condition}", [asked])


# FTS5 reads its entries in their order and stops. PostgreSQL cannot, and its guess of how frequent a word is goes wrong
# for rare ones: so the last entries are looked through for a word that is common, and else the index is asked
# for all entries before they are put in order (adding nothing keeps that apart from the order of the table).
WAYS = {
    "sqlite": [(TABLE, f"{TABLE}.rowid")],
    "postgresql": [
        (f"(SELECT * FROM {TABLE} ORDER BY place DESC LIMIT 2000) AS {TABLE}", f"{TABLE}.place"),
        (TABLE, f"{TABLE}.place + 0"),
    ],
}


def newest(among, question: Question, start: int, end: int) -> list[int]:
    """The keys of those of these articles in which the question is found, the last released first, from one place to
    the other. Only as many entries are read as it takes to find them."""
    if not question.words:
        return []
    condition, asked = _matching(question)
    here = among.filter(pk=RawSQL(f"{_entry()} & {ARTICLE}", [])).order_by().values("pk")
    there, params = here.query.sql_with_params()
    keys = []
    for entries, order in WAYS[connection.vendor]:
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {_entry()} & {ARTICLE} FROM {entries} WHERE {condition} AND EXISTS ({there}) "
                f"ORDER BY {order} DESC LIMIT %s OFFSET %s",
                [asked, *params, end - start, start],
            )
            keys = [key for (key,) in cursor.fetchall()]
        if len(keys) == end - start:
            break
    return keys


def known() -> set[int]:
    """All articles that it holds, for a check."""
    every = " OR ".join(f'"{mark_of(code)}"' for code, _name in settings.LANGUAGES)
    condition = f"WHERE {TABLE} = '{every}'" if connection.vendor == "sqlite" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {_entry()} & {ARTICLE} FROM {TABLE} {condition}")
        return {key for (key,) in cursor.fetchall()}
