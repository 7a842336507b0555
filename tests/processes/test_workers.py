"""Promises 2 and 3 with real processes: saved is seen by the next visitor of every worker, and times are kept."""

import re
import time
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from django.db import connection

from tests.newsroom import Editor
from tests.patience import until
from tests.seconds import ADDRESS, HEADLINE, comes_and_goes_on_its_second
from tests.shipped import ask

pytestmark = pytest.mark.django_db


def everybody(site, path, times=32):
    """So many visitors at once, each with a connection of its own: both workers are asked."""
    with ThreadPoolExecutor(16) as threads:
        return [*threads.map(lambda _number: ask(site.app.port, path), range(times))]


def texts(site, path):
    return {answer.body.decode() for answer in everybody(site, path)}


def test_what_an_editor_saves_is_seen_by_the_next_visitor_on_every_worker(site):
    editor, port = Editor("pit-lane-speed"), site.app.port
    editor.log_in(port)
    for name in ("Grüne Hölle", "Brünnchen", "Pflanzgarten"):
        texts(site, site.article)
        editor.save(port, site.tag, name_de=name, name_en=name)
        assert all(name in text for text in texts(site, site.article)), name


def test_what_a_command_writes_is_seen_by_the_next_visitor_on_every_worker(site):
    texts(site, "/news/")
    site.app.shell("from news.models import Article; Article.objects.update(headline='Platz eins')")
    assert all("Platz eins" in text for text in texts(site, "/news/"))


def test_an_article_comes_and_goes_on_its_second(site):
    looks = {
        "its page": lambda: ask(site.app.port, ADDRESS).status == 200,
        "the list": lambda: HEADLINE in ask(site.app.port, "/news/").body.decode(),
    }
    assert comes_and_goes_on_its_second(site.app, looks)


def rendered(site, path):
    """How often Django was asked for an address at which nothing is: it says so each time."""
    return site.log.read_text().count(f"Not Found: {path}")


def test_a_burst_renders_a_page_once_over_all_workers(site):
    path = f"/gibt-es-nicht-{time.time_ns()}/"
    assert {answer.status for answer in everybody(site, path, 64)} == {404}
    assert rendered(site, path) == 1
    site.app.shell("from news.models import Article; Article.objects.update(pinned=False)")
    everybody(site, path, 64)
    assert rendered(site, path) == 2


def test_logging_in_and_writing_keeps_the_pages(site):
    path = f"/gibt-es-nicht-{time.time_ns()}/"
    everybody(site, path)
    editor = Editor("pit-lane-speed")
    editor.log_in(site.app.port)
    assert editor.open(site.app.port, "/admin/news/article/")[0] == 200
    everybody(site, path)
    assert rendered(site, path) == 1


def test_the_register_of_cookies_is_the_new_one_on_every_worker(site):
    texts(site, "/news/")
    change = (
        "from cookie_consent.models import CookieGroup as G; G.objects.filter(varname='media').update({})"
    )
    site.app.shell(change.format("is_required=True"))
    try:
        assert all('value="media"' not in text for text in texts(site, "/news/"))
    finally:
        site.app.shell(change.format("is_required=False"))
    assert all('value="media"' in text for text in texts(site, "/news/"))


BEGIN = "from driversite.pages.sharing import sharing; print(sharing().begin())"


def test_without_its_database_the_site_shows_what_it_has(site):
    fresh = texts(site, site.article)
    assert "alone" not in site.app.shell(BEGIN)
    site.database.go_away()
    try:
        answers = everybody(site, site.article)
        assert {answer.status for answer in answers} == {200}
        assert {answer.body.decode() for answer in answers} == fresh
        assert ask(site.app.port, "/healthz").status == 503
        assert "s-maxage=0" in answers[0].headers["Cache-Control"]
    finally:
        site.database.come_back()
    until(lambda: ask(site.app.port, "/healthz").status == 200)
    site.app.shell("from news.models import Article; Article.objects.update(headline='Wieder da')")
    until(lambda: all("Wieder da" in text for text in texts(site, site.article)))
    log = site.log.read_text()
    assert re.search(rf"ERROR +driversite.pages.making: {site.article} cannot be rendered .*copy of", log)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="readers of SQLite wait for nobody")
def test_a_database_that_hangs_is_noticed_and_the_site_shows_what_it_has(on_one_machine):
    site, pages = on_one_machine, "/ /en/ /news/ /kalender/ /fahrer/ /partner/ /presse/ /galerie/".split()
    fresh = {page: texts(site, page) for page in pages}
    site.app.shell(BEGIN)
    with psycopg.connect(site.database.url) as blocking:
        blocking.execute("LOCK TABLE driversite_siteprofile IN ACCESS EXCLUSIVE MODE")
        for _time in range(3):
            assert {page: texts(site, page) for page in pages} == fresh
    site.app.shell("from news.models import Article; Article.objects.update(headline='Es geht weiter')")
    until(lambda: all("Es geht weiter" in text for text in texts(site, "/news/")))
