"""The one receiver: whatever writes to a table that pages are made of begins a new generation, once it is committed.

It listens to the statements themselves, on every connection, so that nothing has to think of it: forms, `update()`,
`bulk_create()`, raw SQL, commands, the shell and the tasks' worker are heard alike.
"""

import logging
import re
import threading
from contextlib import contextmanager

from django.db import connections, transaction
from django.db.backends.signals import connection_created

from driversite.pages.sharing import sharing
from driversite.purge import purge

logger = logging.getLogger(__name__)
# Tables that no visitor sees: a table that stands neither here nor among those of the tests counts as public.
PRIVATE = {
    "auth_group", "auth_group_permissions", "auth_permission", "auth_user", "auth_user_groups",
    "auth_user_user_permissions", "cookie_consent_logitem", "django_admin_log", "django_content_type",
    "django_migrations", "django_session", "django_tasks_database_dbtaskresult", "driversite_worker", "news_answer",
    "news_contradiction", "news_headline_letters", "news_loosefile", "news_milestone", "news_openform",
    "news_resultimport", "news_rollingdraft", "news_sharelink", "news_step", "reversion_revision", "reversion_version",
}  # fmt: skip
# What begins otherwise reads.
WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE", "TRUNCATE", "WITH", "MERGE", "COPY")
TABLE = re.compile(
    r"\b(?:INSERT\s+(?:OR\s+\w+\s+)?INTO|REPLACE\s+INTO|MERGE\s+INTO|DELETE\s+FROM|COPY|UPDATE(?:\s+OR\s+\w+)?"
    r"|TRUNCATE(?:\s+TABLE)?)(?:\s+ONLY)?\s+(?!SET\b|OF\b|NOWAIT\b|SKIP\b)"
    r'(?:["\w]+\.)?"?(\w+)(?P<more>"?\s*,)?',
    re.I,
)


def concerns_visitors(sql: str) -> bool:
    """Whether the statement writes to a table of which something may be seen."""
    start = sql.lstrip(" \n\t(")
    if start[:8].upper().startswith("SELECT"):
        return False
    if start.startswith(("/*", "--")) or start[:8].upper().startswith(WRITES):
        tables = [*TABLE.finditer(start)]
        if not tables:
            # Where it does not begin with what it does, it may only read; else its table is spelt in a way of its own.
            return not start[:8].upper().startswith(("WITH", "/*", "--"))
        return any(table[1].lower() not in PRIVATE or table["more"] for table in tables)
    return False


def hear(execute, sql, params, many, context):
    """An execute wrapper: see Django's "Database instrumentation"."""
    result = execute(sql, params, many, context)
    if not isinstance(sql, str) or concerns_visitors(sql):
        _once_it_is_committed(context["connection"])
        _once_it_is_read(context["connection"], context["cursor"])
    return result


def _once_it_is_read(connection, cursor):
    """Outside a transaction SQLite commits what gives rows back (INSERT … RETURNING) only when these are read: whoever
    came before that has seen the old state. After reading comes closing."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block and cursor.description:
        close = cursor.close

        def closed():
            close()
            _once_it_is_committed(connection)

        cursor.close = closed


def _once_it_is_committed(connection):
    if _block.owes is not None:
        _block.owes.add(connection.alias)
        return
    # One of a transaction is enough. It stands where the first write was made: what takes back that write takes it
    # along, and the next one notes it anew.
    if not any(noted[1] is changed for noted in connection.run_on_commit):
        # Robust: what else waits for the commit does not depend on it.
        transaction.on_commit(changed, using=connection.alias, robust=True)


class _Block(threading.local):
    """For which databases `together()` owes a generation in this thread; None outside."""

    owes = None


_block = _Block()


@contextmanager
def together():
    """All that is written in this block begins one generation, at its end, however it ends. For work in pieces that
    takes a while, and leaves what the pages of before name where it is."""
    if _block.owes is not None:
        yield
        return
    _block.owes = set()
    try:
        yield
    finally:
        owes, _block.owes = _block.owes, None
        for alias in owes:
            _once_it_is_committed(connections[alias])


def changed():
    """Begin a new generation: the pages are others now. Who writes past the receiver calls it after the commit.

    What was saved is saved: if nobody can be told, it is seen in five minutes.
    """
    try:
        sharing().begin()
    except Exception:
        logger.exception(
            "A change could not be told to the page cache: it is seen in five minutes at the latest."
        )
    # Only now: a cache in front that is emptied asks at once for the page as it is.
    purge()


def listen(connection, **kwargs):
    if hear not in connection.execute_wrappers:
        # First, so that whoever stands there for the length of a block takes away themselves at its end.
        connection.execute_wrappers.insert(0, hear)


def listen_everywhere():
    connection_created.connect(listen, dispatch_uid="driversite.pages")
