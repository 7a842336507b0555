"""How `manage.py` ends when it cannot do its work: with a sentence, for whoever looks after the site."""

import sys
from contextlib import contextmanager

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, InterfaceError, connection

from news.management.tables import lacking


@contextmanager
def sentences():
    """`--traceback` shows where it happened, as with every command of Django."""
    try:
        yield
    except KeyboardInterrupt:
        sys.exit(130)
    except ImproperlyConfigured as error:
        # Settings that were refused are the operator's business; anything else is ours.
        if settings.configured:
            raise
        sys.exit(str(error))
    except (DatabaseError, InterfaceError) as error:
        if "--traceback" in sys.argv:
            raise
        sys.exit(_why(error))


def _why(error):
    reason = f"The database that DATABASE_URL names cannot be used: {' '.join(str(error).split())}"
    # One that could not even be reached is not waited for again.
    return (connection.connection and _lacking()) or reason


def _lacking():
    try:
        return lacking()
    except (DatabaseError, InterfaceError):
        return ""
