"""Production refuses to start with an unsafe value and says which; SQLite is set up for a real site."""

import os
import subprocess
import sys

import pytest
from django.db import connection

SAFE = {
    "DEBUG": "false",
    "SECRET_KEY": "x1" * 30,
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
        ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS"),
        ({"ALLOWED_HOSTS": "https://www.example.org"}, "without https://"),
        ({"ALLOWED_HOSTS": "www.example.org:443"}, "without https://"),
        ({"ALLOWED_HOSTS": "example.org"}, "the host of SITE_URL"),
        ({"SITE_URL": ""}, "SITE_URL"),
        ({"SITE_URL": "www.example.org"}, "SITE_URL"),
        ({"SITE_URL": "https://"}, "SITE_URL"),
        ({"SITE_URL": "https://www.example.org/path"}, "SITE_URL"),
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


def prepared(**environment):
    """As the first step of `make prepare`."""
    return subprocess.run(
        [sys.executable, "-m", "driversite.places"],
        env={"PATH": os.environ["PATH"], **SAFE, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_where_nothing_can_be_written_is_said_before_the_start(tmp_path):
    own = {name: str(tmp_path / "not" / "yet") for name in ("STATE_ROOT", "MEDIA_ROOT", "STATIC_ROOT")}
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
