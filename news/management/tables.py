"""Whether the tables are there that a command works on."""

from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def lacking() -> str:
    """A sentence where they are not; raises what Django does where the database cannot be asked."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return "The database lacks tables of this version: run `make prepare`, or `manage.py migrate`, first."
    return ""
