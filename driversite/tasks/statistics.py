"""By what SQLite guesses the price of a question: how many rows an index finds. PostgreSQL counts by itself."""

from django.db import connection

# So many entries of an index are read: it tells rare from common, and takes as long with any number of articles.
LOOKED_AT = 1000


def gather() -> None:
    """Count anew. Connections that are open go on with what they know; each is opened again after a minute."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA analysis_limit = {LOOKED_AT}")
            cursor.execute("ANALYZE")
