"""A demo site of one's own in a temporary folder, as production serves it: to be looked at and measured."""

import os
import secrets
import tempfile
import threading
from contextlib import contextmanager
from io import StringIO
from pathlib import Path

import django
from django.apps import apps
from django.core.management import call_command
from django.core.servers.basehttp import ThreadedWSGIServer
from django.core.wsgi import get_wsgi_application
from django.test.testcases import QuietWSGIRequestHandler
from django.urls import reverse
from django.utils import translation

LANGUAGES = ("de", "en")
ONE_OF_A_KIND = (
    "news:home",
    "news:articles",
    "news:calendar",
    "news:drivers",
    "news:gallery",
    "news:press",
    "news:imprint",
    "news:privacy",
    "news:accessibility",
    "sponsors:partners",
    "cookies",
)


@contextmanager
def demo_site(database="", **demo):
    """With the demo's content and pictures; `demo` goes to the command that fills the site."""
    with empty_site(database):
        call_command("demo", stdout=StringIO(), **demo)
        yield


@contextmanager
def empty_site(database=""):
    """Tables and static files; the database is a file of SQLite unless the address of an empty one is given."""
    with tempfile.TemporaryDirectory(prefix="driversite-") as folder:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "driversite.settings",
            "DEBUG": "false",
            "SECRET_KEY": secrets.token_urlsafe(64),
            "ALLOWED_HOSTS": "127.0.0.1,testserver",
            "SITE_URL": "http://127.0.0.1",
            "DATABASE_URL": database or f"sqlite:///{Path(folder, 'db.sqlite3').as_posix()}",
            "MEDIA_ROOT": str(Path(folder, "media")),
            "STATIC_ROOT": str(Path(folder, "static")),
            "STATE_ROOT": str(Path(folder, "state")),
            "LOG_LEVEL": "ERROR",
        }
        django.setup()
        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        yield


@contextmanager
def served():
    """Address of a server for it, on a free port of this machine."""
    server = ThreadedWSGIServer(("127.0.0.1", 0), QuietWSGIRequestHandler)
    server.set_app(get_wsgi_application())
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def pages():
    """(kind, language, path) of one page of every kind."""
    article = apps.get_model("news", "Article")
    race = apps.get_model("news", "Race").objects.get(first_day="2014-04-06")
    for language in LANGUAGES:
        with translation.override(language):
            report = article.objects.public().in_language(language).about(race).leading(1).first()
            for name in ONE_OF_A_KIND:
                yield name.split(":")[-1], language, reverse(name)
            yield "article", language, report.get_absolute_url()
            yield "race", language, race.get_absolute_url()
            yield "session", language, race.sessions.races().get().get_absolute_url()
            driver = apps.get_model("news", "Driver").objects.ours().first()
            yield "driver_races", language, reverse("news:driver_races", kwargs={"slug": driver.slug})
            yield "season", language, reverse("news:season", kwargs={"year": race.first_day.year})
            day = race.first_day
            yield "month", language, reverse("news:month", kwargs={"year": day.year, "month": day.month})
            yield "search", language, reverse("news:search") + "?q=Leimen"
            yield "missing", language, reverse("news:articles") + "not-there/"


def newsroom_pages():
    """(kind, path) of what an editor has before them on a Sunday evening."""
    article = apps.get_model("news", "Article")
    race = apps.get_model("news", "Race").objects.get(first_day="2014-04-06")
    report, translated = (
        article.objects.in_language(code).about(race).leading(1).first() for code in LANGUAGES
    )
    yield "start", reverse("admin:index")
    yield "article", reverse("admin:news_article_change", args=[report.pk])
    yield "history", reverse("admin:news_article_history", args=[report.pk])
    yield "translation", reverse("admin:news_article_translate", args=[translated.pk])
    yield "preview", reverse("article_look", args=[report.pk])
    for name in (
        "article_changelist",
        "article_planner",
        "article_languages",
        "photo_changelist",
        "photo_upload",
    ):
        yield name, reverse(f"admin:news_{name}")
