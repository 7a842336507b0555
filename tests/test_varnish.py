"""Varnish with the shipped deploy/varnish.vcl in front of a real server: pages are kept, and gone with a change."""

from contextlib import closing
from http.client import HTTPConnection

import pytest

from tests.programs import VARNISH, needed
from tests.seconds import HEADLINE, comes_and_goes_on_its_second
from tests.several import Varnish
from tests.shipped import App, ask, free_port, stopped

ARTICLE = """
from tests.factories import ArticleFactory
print(ArticleFactory(headline={headline!r}, slug="bericht").pk)
"""
RENAME = """
from news.models import Article
article = Article.objects.get()
article.headline = {headline!r}
article.save()
"""


@pytest.fixture(scope="module")
def servers(static, tmp_path_factory):
    needed(varnish=VARNISH)
    folder, port = tmp_path_factory.mktemp("varnish"), free_port()
    app = App(folder, STATIC_ROOT=static, PURGE_URLS=f"PURGE http://127.0.0.1:{port}/")
    varnish = Varnish(folder / "front", app.port, port)
    try:
        app.migrate()
        app.shell(ARTICLE.format(headline="Erster Bericht"))
        app.start()
        varnish.start()
        yield app, varnish
    finally:
        for each in (varnish, app):
            stopped(each.process)


@pytest.fixture
def app(servers):
    return servers[0]


@pytest.fixture
def varnish(servers):
    return servers[1]


def is_kept(varnish, path, **headers):
    """Whether the second of two answers came from Varnish alone: it then names the request that had fetched it."""
    ask(varnish.port, path, **headers)
    return len(ask(varnish.port, path, **headers).headers["X-Varnish"].split()) == 2


def test_a_page_is_kept_and_shows_a_change_at_the_next_request(app, varnish):
    for number in range(3):
        assert is_kept(varnish, "/news/")
        headline = f"Bericht Nummer {number}"
        app.shell(RENAME.format(headline=headline))
        assert headline in ask(varnish.port, "/news/").body.decode()


def test_an_article_comes_and_goes_on_its_second(app, varnish):
    looks = {
        path: lambda path=path: HEADLINE in ask(varnish.port, path).body.decode()
        for path in ("/news/", "/feed/")
    }
    assert comes_and_goes_on_its_second(app, looks)


def test_cookies_do_not_keep_a_page_from_being_kept(varnish):
    assert is_kept(varnish, "/news/bericht/", Cookie="cookie_consent=media=-1")


@pytest.mark.parametrize("path", ["/admin/login/", "/cookies/", "/healthz"])
def test_what_belongs_to_one_visitor_is_never_kept(varnish, path):
    assert not is_kept(varnish, path)


def test_only_the_application_may_empty_it(varnish):
    assert is_kept(varnish, "/kalender/")
    # All of 127.0.0.0/8 is this machine, but only the first address is named in the list.
    with closing(HTTPConnection("127.0.0.1", varnish.port, source_address=("127.0.0.2", 0))) as stranger:
        stranger.request("PURGE", "/")
        assert stranger.getresponse().status == 403
    assert is_kept(varnish, "/kalender/")
    assert ask(varnish.port, "/", method="PURGE").status == 200
    assert len(ask(varnish.port, "/kalender/").headers["X-Varnish"].split()) == 1


def test_what_is_meant_for_a_web_server_on_the_same_machine_is_not_passed_on(varnish):
    answer = ask(varnish.port, "/partner/", X_Page_Cache="generation")
    assert answer.status == 200 and answer.headers["X-Accel-Expires"] is None


def test_what_another_version_of_the_code_has_rendered_is_gone_with_a_new_start(app, varnish):
    assert is_kept(varnish, "/ergebnisse/")
    app.stop()
    assert is_kept(varnish, "/ergebnisse/")
    app.start()
    assert len(ask(varnish.port, "/ergebnisse/").headers["X-Varnish"].split()) == 1
