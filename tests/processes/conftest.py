"""The site as it is shipped, with several processes of its own: on the database of this run, with pages shared by the
folder of one machine and by Redis."""

import itertools
import json
import os
from contextlib import contextmanager
from types import SimpleNamespace

import pytest
from django.db import connection

from tests.programs import REDIS, needed
from tests.several import Redis
from tests.shipped import App, stopped

NUMBERS = itertools.count()
CONTENT = """
import json
from django.contrib.auth.models import User
from tests.factories import ArticleFactory, TagFactory

User.objects.create_superuser("editor", "", "pit-lane-speed")
article = ArticleFactory(headline="Platz zwei", slug="platz-zwei")
tag = TagFactory(name_de="Nordschleife", slug="nordschleife")
article.tags.add(tag)
print(json.dumps({"article": article.get_absolute_url(), "tag": f"/admin/news/tag/{tag.pk}/change/"}))
"""


class Postgres:
    """A database beside that of the tests, on the same server."""

    def __init__(self):
        self.name = f"pages_{os.getpid()}_{next(NUMBERS)}"
        self.execute(f"CREATE DATABASE {self.name}")
        said = connection.settings_dict
        host = f"{said['HOST'] or '127.0.0.1'}:{said['PORT'] or 5432}"
        self.url = f"postgres://{said['USER']}:{said['PASSWORD']}@{host}/{self.name}"

    def execute(self, sql):
        with connection._nodb_cursor() as cursor:
            cursor.execute(sql)

    def go_away(self):
        self.execute(f"ALTER DATABASE {self.name} ALLOW_CONNECTIONS false")
        self.execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{self.name}'")

    def come_back(self):
        self.execute(f"ALTER DATABASE {self.name} ALLOW_CONNECTIONS true")

    def drop(self):
        self.execute(f"DROP DATABASE {self.name} WITH (FORCE)")


class Sqlite:
    """A file beside the site, in a folder that can be moved away; whoever had it open would not notice."""

    def __init__(self, folder):
        self.path, self.elsewhere = folder / "database", folder / "away"
        self.path.mkdir()
        self.url = f"sqlite:///{self.path / 'site.sqlite3'}?conn_max_age=0"

    def go_away(self):
        self.path.rename(self.elsewhere)

    def come_back(self):
        self.elsewhere.rename(self.path)

    def drop(self):
        pass


@contextmanager
def served(folder, static, **environment):
    """`app`, `database` and addresses, with two workers of four threads."""
    database = Postgres() if connection.vendor == "postgresql" else Sqlite(folder)
    app = App(folder, DATABASE_URL=database.url, STATIC_ROOT=static, **environment)
    try:
        app.migrate()
        addresses = json.loads(app.shell(CONTENT).splitlines()[-1])
        app.start()
        yield SimpleNamespace(app=app, database=database, log=folder / "server.log", **addresses)
    finally:
        app.stop()
        database.drop()


@pytest.fixture(scope="session")
def on_one_machine(django_db_setup, django_db_blocker, static, tmp_path_factory):
    with django_db_blocker.unblock(), served(tmp_path_factory.mktemp("machine"), static) as site:
        yield site


@pytest.fixture(scope="session")
def redis_server(tmp_path_factory):
    needed(redis_server=REDIS)
    server = Redis(tmp_path_factory.mktemp("redis"))
    server.start()
    yield server
    stopped(server.process)


@pytest.fixture(scope="session")
def over_redis(django_db_setup, django_db_blocker, redis_server, static, tmp_path_factory):
    folder = tmp_path_factory.mktemp("remote")
    with django_db_blocker.unblock(), served(folder, static, CACHE_URL=redis_server.url) as site:
        yield site


@pytest.fixture(params=["on_one_machine", "over_redis"])
def site(request):
    """Once for each way in which processes share their pages."""
    return request.getfixturevalue(request.param)
