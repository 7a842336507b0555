"""Whether the database fits the code: asked by `migrate`, so before every start."""

from django.apps import apps
from django.core.checks import Error
from django.db import connections
from django.db.migrations.executor import MigrationExecutor


def tables_fit(app_configs=None, databases=None, **kwargs):
    """One error for a database whose migrations all ran and which lacks columns nevertheless: until the first release
    the first migration was written anew."""
    return [error for alias in databases or [] for error in _misfits(connections[alias])]


def _misfits(connection):
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return  # Those to come may bring what is missing.
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        for model in apps.get_models():
            table = model._meta.db_table
            there = _columns(cursor, table) if table in tables else set()
            if lacking := {field.column for field in model._meta.concrete_fields} - there:
                yield Error(
                    f"The database lacks {table}.{min(lacking)}. It was made by a version before the first"
                    " release, which cannot be upgraded, or by a later version than this one.",
                    hint="docs/operating.md says how to go back to a backup. To start afresh, move the database and"
                    " the uploads away: db.sqlite3 and media/ where .env names no others.",
                    id="driversite.E001",
                )
                return


def _columns(cursor, table):
    """By an empty answer: Django's own description reads the table's SQL on SQLite, and stumbles over some of it."""
    cursor.execute(f"SELECT * FROM {cursor.db.ops.quote_name(table)} WHERE 1 = 0")
    return {column[0] for column in cursor.description}
