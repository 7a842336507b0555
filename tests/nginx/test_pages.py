"""Public pages through the shipped nginx: kept, and never a moment longer than they are right."""

import http.client
import json
import re
import time
from urllib.parse import urlencode

import pytest

from driversite.pages.addresses import KNOWN
from tests.forms import FormReader
from tests.shipped import ROOT, ask, until

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


@pytest.mark.parametrize("query", ["?utm_source=mail", "?fbclid=a1b2", "?%70age=2", "?x=/admin/"])
def test_what_others_add_to_an_address_makes_no_page_of_its_own(nginx, query):
    page = kept(nginx, "/galerie/")
    answer = nginx.ask(f"/galerie/{query}")
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
    newsroom = Newsroom(nginx)
    newsroom.log_in()
    kept(nginx, site.article)
    newsroom.send(
        site.change,
        teaser="<p>Im Ziel.</p>" if "<p>" in newsroom.field(site.change, "teaser") else "Im Ziel.",
    )
    assert "Im Ziel." in nginx.ask(site.article).body.decode()


def test_a_scheduled_article_appears_at_its_second_and_ends_at_its_second(site, nginx):
    path = "/news/auf-die-sekunde/"
    begins, ends = json.loads(
        site.app.shell(
            "from datetime import timedelta; from django.utils import timezone; import json;"
            "from tests.factories import ArticleFactory;"
            "now = timezone.now().replace(microsecond=0) + timedelta(seconds=4);"
            "a = ArticleFactory(headline='Auf die Sekunde', slug='auf-die-sekunde', published_at=now,"
            " expires_at=now + timedelta(seconds=4));"
            "print(json.dumps([a.published_at.timestamp(), a.expires_at.timestamp()]))"
        ).splitlines()[-1]
    )
    seen = set()
    while (asked := time.time()) < ends + 1.5:
        page, listed = nginx.ask(path), "Auf die Sekunde" in nginx.ask("/news/").body.decode()
        answered = time.time()
        if answered < begins or asked >= ends:
            assert (page.status, listed) in ((404, False), (410, False)), asked - begins
            seen.add("before" if answered < begins else "after")
        elif asked >= begins and answered < ends:
            assert (page.status, listed) == (200, True), asked - begins
            seen.add("HIT" if page.kept == "HIT" else "there")
        time.sleep(0.02)
    assert {"HIT", "after"} <= seen


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


def test_a_new_start_begins_anew(site, nginx):
    """Another version of the templates may have come with it."""
    kept(nginx, "/presse/")
    site.app.stop()
    site.app.start()
    assert nginx.ask("/presse/").kept == "MISS"


class Newsroom:
    """An editor's browser: keeps cookies, sends what stands in the form."""

    def __init__(self, nginx):
        self.nginx, self.cookies = nginx, {}

    def ask(self, path, method="GET", body=None, **headers):
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        answer = self.nginx.ask(path, method, body, Cookie=cookies, Origin="http://127.0.0.1", **headers)
        for cookie in answer.headers.get_all("Set-Cookie", []):
            name, _, value = cookie.split(";")[0].partition("=")
            self.cookies[name] = value
        assert answer.kept is None
        return answer

    def form(self, path):
        reader = FormReader()
        reader.feed(self.ask(path).body.decode())
        return reader.fields

    def field(self, path, name):
        return self.form(path)[name][0]

    def send(self, path, **changes):
        sent = urlencode(self.form(path) | changes, doseq=True)
        answer = self.ask(path, "POST", sent, Content_Type="application/x-www-form-urlencoded")
        assert answer.status == http.client.FOUND, answer.body.decode()
        return answer

    def log_in(self):
        self.ask("/admin/login/")
        page = self.ask("/admin/login/").body.decode()
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]
        sent = {
            "username": "editor",
            "password": "pit-lane-speed",
            "csrfmiddlewaretoken": token,
            "next": "/admin/",
        }
        answer = self.ask(
            "/admin/login/", "POST", urlencode(sent), Content_Type="application/x-www-form-urlencoded"
        )
        assert answer.status == http.client.FOUND
