"""Public pages through the shipped nginx: kept, and never a moment longer than they are right."""

import re

import pytest

from driversite.pages.addresses import KNOWN
from tests.newsroom import Editor
from tests.patience import until
from tests.seconds import ADDRESS, HEADLINE, comes_and_goes_on_its_second
from tests.shipped import ROOT, ask
from tests.upstream import Upstream

SITE_FILE = (ROOT / "deploy" / "nginx.conf").read_text()


def kept(nginx, path, **how):
    """Asked for until nginx has it; the answer that it gives by itself."""
    until(lambda: nginx.ask(path, **how).kept == "HIT")
    return nginx.ask(path, **how)


@pytest.mark.parametrize(
    "path", ["/", "/en/", "/news/", "/kalender/", "/feed/", "/sitemap.xml", "/suche/?q=zwei"]
)
def test_a_page_is_answered_by_nginx_from_the_second_time_on(nginx, path):
    first, second = nginx.ask(path), nginx.ask(path)
    assert (first.status, second.status, second.kept) == (200, 200, "HIT")
    assert second.body == first.body


def test_a_kept_page_has_the_headers_of_the_application(site, nginx):
    path = site.article
    by_nginx, by_app = kept(nginx, path).headers, ask(site.app.port, path).headers
    transport = {"date", "server", "connection", "x-cache-status", "accept-ranges", "content-length"}
    for name in {*map(str.lower, by_nginx), *map(str.lower, by_app)} - transport:
        assert by_nginx[name] == by_app[name], name


def test_a_visitor_learns_nothing_of_what_the_application_and_nginx_tell_each_other(site, nginx):
    answer = nginx.ask(site.article, X_Page_Cache="generation")
    assert answer.headers["X-Accel-Expires"] is None
    assert answer.headers["Server"] == "nginx"
    assert answer.headers.get_all("X-Content-Type-Options") == ["nosniff"]
    assert answer.headers.get_all("Content-Security-Policy") and answer.headers["Set-Cookie"] is None


def test_head_and_conditional_requests_are_answered_from_what_is_kept(nginx):
    page = kept(nginx, "/news/")
    head = nginx.ask("/news/", "HEAD")
    assert (head.status, head.kept, head.body) == (200, "HIT", b"")
    same = nginx.ask("/news/", If_None_Match=page.headers["ETag"])
    assert (same.status, same.kept, same.body) == (304, "HIT", b"")
    since = nginx.ask("/news/", If_Modified_Since=page.headers["Last-Modified"])
    assert (since.status, since.kept) == (304, "HIT")
    assert nginx.ask("/news/", If_None_Match='"another"').status == 200


@pytest.mark.parametrize(
    ("accepted", "packed"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("br;q=1.0, gzip;q=0.8, *;q=0.1", "br"),
        ("gzip, deflate", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("deflate", None),
        ("identity", None),
        ("", None),
    ],
)
def test_a_browser_gets_the_packing_that_it_can_open(nginx, accepted, packed):
    answer = kept(nginx, "/kalender/", Accept_Encoding=accepted)
    assert answer.headers["Content-Encoding"] == packed
    assert answer.headers["Vary"] == "Accept-Encoding"


def test_packings_are_named_in_many_ways_and_kept_once(nginx):
    kept(nginx, "/partner/", Accept_Encoding="gzip, br")
    for accepted in ("br", "gzip, deflate, br", "br;q=0.9,gzip;q=0.8", "GZIP, BR"):
        assert nginx.ask("/partner/", Accept_Encoding=accepted).kept == "HIT"


@pytest.mark.parametrize("path", ["/galerie/", "/suche/"])
@pytest.mark.parametrize("query", ["?utm_source=mail", "?fbclid=a1b2", "?%70age=2", "?x=/admin/"])
def test_what_others_add_to_an_address_makes_no_page_of_its_own(nginx, path, query):
    page = kept(nginx, path)
    answer = nginx.ask(f"{path}{query}")
    assert (answer.kept, answer.body) == ("HIT", page.body)


def test_a_question_mark_within_the_path_is_no_query(nginx):
    address, disguised = "/news/?kind=report", "/news/%3Fkind=report"
    assert [nginx.ask(each).status for each in (disguised, address, disguised, address)] == [404, 200] * 2


def test_what_a_page_asks_of_its_address_is_known_to_nginx():
    known = re.search(r"\(\^\|&\)\(([\w|]+)\)=", SITE_FILE)[1].split("|")
    assert set(known) == {name for parameters in KNOWN.values() for name in parameters}


def test_a_save_is_seen_by_the_very_next_request(site, nginx):
    for number in range(3):
        for path in (site.article, "/", "/news/", "/feed/"):
            kept(nginx, path)
        headline = f"Platz {number} von hundert"
        site.app.shell(
            f"from news.models import Article; a = Article.objects.get(slug='platz-zwei');"
            f"a.headline = '{headline}'; a.save()"
        )
        for path in (site.article, "/", "/news/", "/feed/"):
            assert headline in nginx.ask(path).body.decode(), path


def test_a_save_in_the_newsroom_is_seen_by_the_very_next_request(site, nginx):
    editor = Editor("pit-lane-speed")
    editor.log_in(nginx.port)
    kept(nginx, site.article)
    editor.save(nginx.port, site.change, teaser="Im Ziel.")
    assert "Im Ziel." in nginx.ask(site.article).body.decode()


def test_an_article_comes_and_goes_on_its_second_and_is_kept_in_between(site, nginx):
    pages = []

    def is_there(path):
        answer = nginx.ask(path)
        pages.append((path, answer.status, answer.kept))
        return HEADLINE in answer.body.decode()

    assert comes_and_goes_on_its_second(
        site.app, {path: lambda path=path: is_there(path) for path in (ADDRESS, "/news/")}
    )
    assert {(ADDRESS, 200, "HIT"), ("/news/", 200, "HIT")} < {*pages}
    # 410 where an article of that address was deleted before: a test that was run again.
    assert {status for _path, status, _kept in pages} - {410} == {200, 404}


def test_with_the_application_away_nginx_shows_what_is_right_and_else_says_so(site, nginx):
    page = kept(nginx, site.article)
    site.app.stop()
    try:
        assert nginx.ask(site.article).body == page.body
        away = nginx.ask("/news/gibt-es-nicht-mehr/")
        assert (away.status, away.headers["Retry-After"]) == (502, "30")
        assert "Boxenstopp" in away.body.decode() and "Pit stop" in away.body.decode()
        assert away.headers["Cache-Control"] == "no-store"
        # Saved while the application was away: what was kept before may be what was taken back.
        site.app.shell("from news.models import Article; Article.objects.update(teaser='Zurückgezogen.')")
        assert nginx.ask(site.article).status == 502
    finally:
        site.app.start()
    assert "Zurückgezogen." in nginx.ask(site.article).body.decode()


def test_without_a_generation_nothing_is_kept(site, nginx):
    link = site.app.state / "generation"
    aside = link.rename(site.app.state / "aside")
    try:
        # Nobody asks the application, which would begin one.
        site.app.stop()
        assert nginx.ask("/").status == 502
    finally:
        aside.rename(link)
        site.app.start()


@pytest.fixture
def upstream():
    upstream = Upstream()
    yield upstream
    upstream.stop()


def test_kept_is_what_the_application_says_and_only_under_a_generation(site, beside, upstream):
    """Whatever it should ever say: what is for one visitor, or what nobody could take back, is not kept."""
    instead = {f"127.0.0.1:{site.app.port}": f"127.0.0.1:{upstream.port}"}
    nginx = beside(instead)
    unsure = beside(instead | {f"{site.app.state}/generation;": f"{site.app.state}/nothing;"})

    def said(nginx, path):
        return [nginx.ask(path).kept for _each in range(3)]

    assert said(nginx, "/kept/") == ["MISS", "HIT", "HIT"]
    assert "HIT" not in said(nginx, "/kept/private/") + said(nginx, "/not/") + said(unsure, "/kept/")


def test_the_application_hears_who_asks_and_nothing_that_a_visitor_made_up(site, beside, upstream):
    nginx = beside({f"127.0.0.1:{site.app.port}": f"127.0.0.1:{upstream.port}"})
    made_up = {"X_Forwarded_For": "10.9.9.9", "X_Forwarded_Proto": "gopher", "X_Page_Cache": "mine"}
    for path, asks_for in (("/news/", "generation"), ("/suche/?q=spa", "generation"), ("/cookies/", None)):
        for accepted, told in (("zstd, br", "br, gzip"), ("deflate", "identity")):
            nginx.ask(path, sender="127.0.0.27", Accept_Encoding=accepted, **made_up)
            headers = upstream.asked[-1][2]
            assert headers["X-Page-Cache"] == asks_for
            assert headers["X-Forwarded-For"] == "127.0.0.27" and headers["X-Forwarded-Proto"] == "http"
            assert headers["Host"] == "127.0.0.1" and headers["Connection"] is None
            assert headers["Accept-Encoding"] == (told if asks_for else accepted)
    assert len({port for *_asked, port in upstream.asked}) < len(upstream.asked)
    assert nginx.ask("/headers/").status == 200


def test_a_new_start_begins_anew(site, nginx):
    """Another version of the templates may have come with it."""
    kept(nginx, "/presse/")
    site.app.stop()
    site.app.start()
    assert nginx.ask("/presse/").kept == "MISS"
