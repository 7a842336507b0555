"""How many articles of each language and kind came out in each month: counted by triggers, whatever writes an article.

So the place where a page of a long list begins is found by some dozen numbers, not by passing over all that is newer.
Counted are those that stay for ever. What the clock does to them, a release that is still to come, and the few that
have an end are looked up beside them (news/querysets/archive.py).
"""

from django.db import connection, transaction

from news import triggers

TABLE = "news_archivedmonth"
# What an article is counted by.
COUNTED = ("language", "kind", "stage", "published_at", "expires_at")
# Months are numbered on and on, in UTC: where one begins is of no account, but it has to be the same everywhere.
MONTH = {
    "sqlite": "(CAST(substr({0}, 1, 4) AS integer) * 12 + CAST(substr({0}, 6, 2) AS integer) - 1)",
    "postgresql": "CAST(extract(year FROM {0} AT TIME ZONE 'UTC') * 12 "
    "+ extract(month FROM {0} AT TIME ZONE 'UTC') - 1 AS integer)",
}


def _count(**rows):
    """From {"old" or "new": where to read them}: the old ones are counted off. A statement of PostgreSQL does so once
    for all its rows, for a number that is written ten thousand times in a transaction gets slower with each of them."""
    month = MONTH[connection.vendor].format("published_at")
    of_each = (
        f"SELECT language, kind, {month} AS month, {-1 if which == 'old' else 1} AS number "
        f"FROM {source} WHERE stage = 'released' AND expires_at IS NULL"
        for which, source in rows.items()
    )
    # Always in this order, so that two statements never wait for each other in a circle.
    return (
        f"INSERT INTO {TABLE} (language, kind, month, number) SELECT language, kind, month, sum(number) "
        f"FROM ({' UNION ALL '.join(of_each)}) AS counted GROUP BY 1, 2, 3 HAVING sum(number) <> 0 ORDER BY 1, 2, 3 "
        f"ON CONFLICT (language, kind, month) DO UPDATE SET number = {TABLE}.number + excluded.number;"
    )


def _row(which):
    return f"(SELECT {', '.join(f'{which}.{name} AS {name}' for name in COUNTED)}) AS {which}_row"


def _triggers():
    made = {}
    for event, which in {"INSERT": ["new"], "UPDATE": ["old", "new"], "DELETE": ["old"]}.items():
        name = f"{TABLE}_{event.lower()}"
        if connection.vendor == "sqlite":
            of = f" OF {', '.join(COUNTED)}" if event == "UPDATE" else ""
            body = _count(**{each: _row(each) for each in which})
            made[name] = triggers.of_each_row(name, event + of, "true", body)
        else:
            body = _count(**{each: f"{each}_rows" for each in which})
            made[name] = triggers.of_each_statement(name, event, body)
    return made


def can_be():
    """Whether there are articles and months at all: not after all migrations were taken back."""
    return {triggers.TABLE, TABLE} <= {*connection.introspection.table_names()}


def is_whole():
    """Whether all triggers are there; SQLite drops those of a table that a migration rewrites."""
    return triggers.are_there(_triggers())


def make():
    with transaction.atomic(), connection.cursor() as cursor:
        triggers.make(_triggers())
        cursor.execute(f"DELETE FROM {TABLE}")
        cursor.execute(_count(new=triggers.TABLE))
