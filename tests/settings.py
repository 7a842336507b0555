"""The settings of production with the values that tests need; the machine's own `.env` changes nothing."""

import os
from tempfile import TemporaryDirectory

os.environ.update(
    DEBUG="false",
    SECRET_KEY="only-for-tests-and-long-enough-to-be-taken-for-a-real-one",
    ALLOWED_HOSTS="testserver,localhost",
    SITE_URL="http://testserver",
    CACHE_URL="locmemcache://",
    STORAGE_URL="",
    PURGE_URLS="",
    EMAIL_URL="memorymail://",
    STATISTICS_URL="",
    LOG_LEVEL="INFO",
)
# Which database is for the caller to say; the name stands for SQLite and no file of this name is made.
os.environ.setdefault("DATABASE_URL", "sqlite:////nowhere/tests.sqlite3")

from driversite.settings import *  # noqa: F403
from driversite.settings import STORAGES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# Static files come straight from where they are written, without collecting them first.
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True

# Every process that tests has its own, and leaves none behind.
_state = TemporaryDirectory(prefix="driversite-tests-")
STATE_ROOT = _state.name
