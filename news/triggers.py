"""Triggers of the table of articles: what is kept beside it hears of whatever writes one."""

from django.db import connection

TABLE = "news_article"


def of_each_row(name, event, condition, body):
    """The statements that make it; `old` and `new` are the row."""
    if connection.vendor == "sqlite":
        return [f"CREATE TRIGGER {name} AFTER {event} ON {TABLE} WHEN {condition} BEGIN {body} END"]
    return _with_function(name, event, body, f"FOR EACH ROW WHEN ({condition})")


def of_each_statement(name, event, body):
    """With PostgreSQL alone; `old_rows` and `new_rows` are those that the statement has changed."""
    old, new = "OLD TABLE AS old_rows", "NEW TABLE AS new_rows"
    rows = {"INSERT": new, "UPDATE": f"{old} {new}", "DELETE": old}[event]
    return _with_function(name, event, body, f"REFERENCING {rows} FOR EACH STATEMENT")


def _with_function(name, event, body, each):
    return [
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN {body} RETURN NULL; END $$",
        f"CREATE TRIGGER {name} AFTER {event} ON {TABLE} {each} EXECUTE FUNCTION {name}()",
    ]


THERE = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": f"SELECT tgname FROM pg_trigger WHERE tgrelid = to_regclass('{TABLE}')",
}


def are_there(names):
    with connection.cursor() as cursor:
        cursor.execute(THERE[connection.vendor])
        return {*names} <= {name for (name,) in cursor.fetchall()}


def make(triggers):
    """From {name: its statements}; those that are there are made anew."""
    ends = "" if connection.vendor == "sqlite" else f" ON {TABLE}"
    with connection.cursor() as cursor:
        for name, statements in triggers.items():
            for statement in (f"DROP TRIGGER IF EXISTS {name}{ends}", *statements):
                cursor.execute(statement)
