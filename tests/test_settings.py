"""Production refuses to start with an unsafe value and says which; SQLite is set up for a real site."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

ROOT = str(Path(__file__).parents[1])
SAFE = {
    "DEBUG": "false",
    "SECRET_KEY": "k9Xw3vQ7rT1mZp5sLd8fGh2jBn4cVy6uKa0eRiOoWqEtYxMzAs",
    "ALLOWED_HOSTS": "www.example.org",
    "SITE_URL": "https://www.example.org",
    "DATABASE_URL": "sqlite:////nowhere/never-opened.sqlite3",
}


def start(**environment):
    """Load the settings in a process of their own, as a server does."""
    answer = subprocess.run(
        [sys.executable, "-c", "from driversite import settings; print(settings.SECURE_HSTS_SECONDS)"],
        env={"PATH": os.environ["PATH"], **SAFE, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    return answer.stdout.strip() or answer.stderr.strip().splitlines()[-1]


@pytest.mark.parametrize(
    ("environment", "named"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY"),
        ({"SECRET_KEY": "a" * 60}, "SECRET_KEY can be guessed"),
        ({"SECRET_KEY": "$SECRET_KEY"}, "SECRET_KEY"),
        ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS"),
        ({"ALLOWED_HOSTS": "https://www.example.org"}, "without https://"),
        ({"ALLOWED_HOSTS": "www.example.org:443"}, "without https://"),
        ({"ALLOWED_HOSTS": "example.org"}, "the host of SITE_URL"),
        ({"SITE_URL": ""}, "SITE_URL"),
        ({"SITE_URL": "www.example.org"}, "SITE_URL"),
        ({"SITE_URL": "https://"}, "SITE_URL"),
        ({"SITE_URL": "https://www.example.org/path"}, "SITE_URL"),
        ({"SITE_URL": "https://[zz]"}, "SITE_URL"),
        ({"DEBUG": "maybe"}, "DEBUG"),
        ({"DATABASE_URL": "driversite"}, "DATABASE_URL"),
        ({"DATABASE_URL": "oracle://user:secret@host/name"}, "DATABASE_URL"),
        ({"DATABASE_URL": "postgres://user:secret@host:port/name"}, "DATABASE_URL"),
        ({"CACHE_URL": "somewhere"}, "CACHE_URL"),
        ({"CACHE_URL": "memcache://127.0.0.1:11211"}, "CACHE_URL"),
        ({"STORAGE_URL": "s3://key:secret@s3.example.org"}, "STORAGE_URL"),
        ({"EMAIL_URL": "somewhere"}, "EMAIL_URL"),
        ({"MAIL_FROM": "newsroom"}, "MAIL_FROM"),
        ({"LOG_LEVEL": "loud"}, "LOG_LEVEL"),
        ({"STATE_ROOT": "state"}, "STATE_ROOT must be the whole path"),
        ({"MEDIA_ROOT": "C:\\media"}, "MEDIA_ROOT must be the whole path"),
        ({"STATIC_ROOT": ROOT}, "STATIC_ROOT must be a folder of its own"),
        ({"MEDIA_ROOT": "/nowhere"}, "DATABASE_URL must not lie within MEDIA_ROOT"),
        ({"STATISTICS_URL": "script.js"}, "STATISTICS_URL"),
        ({"STATISTICS_URL": "https://x.example/a.js; script-src *"}, "STATISTICS_URL"),
    ],
)
def test_an_unsafe_value_stops_the_start_and_is_named(environment, named):
    sentence = start(**environment)
    assert "ImproperlyConfigured" in sentence and named in sentence and ".env.example" in sentence
    assert "secret" not in sentence


def test_an_empty_line_means_the_default():
    assert int(start(DATABASE_URL="", LOG_LEVEL="", CACHE_URL="", STORAGE_URL="", EMAIL_URL="")) > 0


def test_manage_py_says_what_is_wrong_in_one_line():
    answer = subprocess.run(
        [sys.executable, "manage.py", "check"],
        env={"PATH": os.environ["PATH"], **SAFE, "CACHE_URL": "redis://h:6379/0?foo=1"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (answer.returncode, answer.stdout) == (1, "")
    assert answer.stderr.count("\n") == 1 and "CACHE_URL" in answer.stderr


def prepared(**environment):
    """As the first step of `make prepare`."""
    return subprocess.run(
        [sys.executable, "-m", "driversite.environment.places"],
        env={"PATH": os.environ["PATH"], **SAFE, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_where_nothing_can_be_written_is_said_before_the_start(tmp_path):
    own = {name: str(tmp_path / "not" / name) for name in ("STATE_ROOT", "MEDIA_ROOT", "STATIC_ROOT")}
    own["DATABASE_URL"] = f"sqlite:///{tmp_path}/site.sqlite3"
    assert prepared(**own).returncode == 0
    (tmp_path / "file").touch()
    for name in ("STATE_ROOT", "MEDIA_ROOT", "STATIC_ROOT"):
        # For root, whom the tests may belong to, only what is no folder is closed.
        last = prepared(**own | {name: str(tmp_path / "file" / "folder")}).stderr.splitlines()[-1]
        assert f"{name} is {tmp_path}" in last
    nowhere = prepared(**own | {"DATABASE_URL": f"sqlite:///{tmp_path}/nowhere/site.sqlite3"})
    assert "DATABASE_URL lies in" in nowhere.stderr.splitlines()[-1]


@pytest.mark.parametrize("hosts", ["example.org, www.example.org", ".example.org", "WWW.example.org,"])
def test_hosts_may_be_written_as_people_write_them(hosts):
    assert int(start(ALLOWED_HOSTS=hosts)) > 0


def test_the_scheme_of_the_address_decides_about_https():
    assert int(start()) > 0
    assert int(start(SITE_URL="http://www.example.org")) == 0


@pytest.mark.django_db
def test_sqlite_keeps_readers_going_while_somebody_writes():
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            assert cursor.execute("PRAGMA journal_mode").fetchone() == ("wal",)
            assert cursor.execute("PRAGMA foreign_keys").fetchone() == (1,)
            assert cursor.execute("PRAGMA busy_timeout").fetchone() == (20000,)
