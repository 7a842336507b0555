"""How `manage.py` ends when it cannot do its work: with a sentence, for whoever looks after the site."""

import errno
import sys
from contextlib import contextmanager

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, InterfaceError, OperationalError, connection

from news.management.tables import lacking

# A folder or a disk as this user finds it; .env says which.
CLOSED = (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.ENOSPC, errno.EDQUOT)


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
    except OSError as error:
        if "--traceback" in sys.argv or error.errno not in CLOSED:
            raise
        sys.exit(
            f"Nothing can be written or read there: {error.strerror} ({error.filename or 'no file is named'})."
        )


def _why(error):
    reason = f"The database that DATABASE_URL names cannot be used: {' '.join(str(error).split())}"
    # A server that could not even be reached is not waited for again.
    is_away = isinstance(error, OperationalError) and connection.vendor == "postgresql"
    return reason if is_away else _lacking() or reason


def _lacking():
    try:
        return lacking()
    except (DatabaseError, InterfaceError):
        return ""
