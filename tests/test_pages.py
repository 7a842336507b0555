"""The page cache: who is answered from it, with what, and that it is nobody's page but everybody's."""

import gzip

import brotli
import pytest
from django.contrib.auth.models import User

from news.models import Article
from tests.cached import Visitor, change
from tests.factories import ArticleFactory, ShareLinkFactory, TagFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def visitor(db):
    return Visitor()


def test_a_page_is_rendered_once_and_then_answered_without_django(visitor, django_assert_num_queries):
    first = visitor.get("/")
    assert visitor.rendered == ["/"]
    with django_assert_num_queries(0):
        second = visitor.get("/")
    assert visitor.rendered == []
    assert (second.status_code, second.content) == (200, first.content)


def test_another_process_takes_what_the_first_one_has_rendered(visitor):
    visitor.get("/")
    another = Visitor()
    assert another.get("/").status_code == 200
    assert another.rendered == []


def test_after_a_change_the_next_visitor_sees_it(visitor):
    article = ArticleFactory(headline="Vorher", slug="bericht")
    assert "Vorher" in visitor.get("/news/bericht/").text
    Article.objects.filter(pk=article.pk).update(headline="Nachher")
    change()
    assert "Nachher" in visitor.get("/news/bericht/").text


def test_the_bytes_travel_as_the_browser_likes_them_best(visitor):
    plain = visitor.get("/")
    assert "Content-Encoding" not in plain
    packed = visitor.get("/", accept_encoding="gzip, deflate, br, zstd")
    assert packed["Content-Encoding"] == "br" and brotli.decompress(packed.content) == plain.content
    old = visitor.get("/", accept_encoding="gzip;q=1.0, br;q=0.5")
    assert old["Content-Encoding"] == "gzip" and gzip.decompress(old.content) == plain.content
    for reply in (plain, packed, old):
        assert reply["Content-Length"] == str(len(reply.content)) and reply["Vary"] == "Accept-Encoding"
    assert len({plain["ETag"], packed["ETag"], old["ETag"]}) == 3


def test_who_has_the_page_is_told_so(visitor):
    first = visitor.get("/", accept_encoding="br")
    for tags in (first["ETag"], f"W/{first['ETag']}", f'"other", {first["ETag"]}', "*"):
        again = visitor.get("/", accept_encoding="br", if_none_match=tags)
        assert (again.status_code, again.content) == (304, b""), tags
        assert again["ETag"] == first["ETag"] and again["Vary"] == "Accept-Encoding"
        assert "Content-Length" not in again and "Content-Encoding" not in again
    assert visitor.get("/", accept_encoding="br", if_none_match='"other"').status_code == 200
    assert visitor.get("/", if_modified_since=first["Last-Modified"]).status_code == 304
    # The tag knows more than the clock.
    reply = visitor.get("/", if_none_match='"other"', if_modified_since=first["Last-Modified"])
    assert reply.status_code == 200


def test_head_says_what_get_would_bring(visitor):
    whole = visitor.get("/news/")
    head = visitor.get("/news/", method="HEAD")
    assert head.content == b"" and head.all_headers == whole.all_headers


def test_what_a_page_does_not_read_of_its_address_makes_no_other_page(visitor):
    TagFactory(slug="thema")
    visitor.get("/news/")
    visitor.rendered  # noqa: B018
    for query in (
        "utm_source=x",
        "page=1",
        "page=eins",
        "kind=nothing",
        "kind=",
        "page=1&fbclid=2",
        "q=%00",
        "&&=",
    ):
        assert visitor.get(f"/news/?{query}").status_code == 200, query
    assert visitor.rendered == []
    visitor.get("/suche/?q=spa&page=2&utm=3")
    for query in ("page=2&q=spa", "q=monza&q=spa&page=2", "q=+spa+&page=02"):
        visitor.get(f"/suche/?{query}")
    assert visitor.rendered == ["/suche/"]


@pytest.mark.parametrize(
    "address", ["/admin/login/", "/cookies/", "/en/cookies/", "/healthz", "/static/css/site.css"]
)
def test_what_is_for_one_visitor_is_never_kept(visitor, address):
    for _time in range(2):
        assert visitor.get(address).status_code == 200
    assert len(visitor.rendered) == 2 and visitor.ready(address) is None


@pytest.mark.parametrize("language", ["de", "en"])
def test_a_shared_draft_is_never_kept(visitor, language):
    address = ShareLinkFactory(article__language=language).address_in(language)
    for _time in range(2):
        assert visitor.get(address)["Cache-Control"] == "private, no-store"
    assert len(visitor.rendered) == 2


def test_nothing_that_a_browser_sends_reaches_the_page(visitor):
    visitor.get(
        "/",
        cookie="sessionid=x",
        accept_language="en",
        range="bytes=0-9",
        if_none_match='"x"',
        x_forwarded_host="evil",
    )
    (asked,) = visitor.django.asked
    said = {name for name in asked if name.startswith("HTTP_")}
    assert said == {"HTTP_HOST"} and asked["REMOTE_ADDR"] == "127.0.0.1"


def test_a_foreign_host_is_refused_and_nothing_is_kept_for_it(visitor):
    visitor.get("/")
    assert visitor.get("/", host="evil.example").status_code == 400
    assert visitor.get("/", host="localhost").status_code == 200


def test_a_form_that_is_sent_goes_to_django(visitor):
    visitor.get("/suche/")
    assert visitor.get("/consent/", method="POST").status_code == 302
    visitor.rendered  # noqa: B018
    visitor.get("/suche/", method="POST")
    assert visitor.rendered == ["/suche/"]


def test_whoever_is_logged_in_sees_the_same_public_page(visitor, client):
    User.objects.create_superuser("chief", password="pit-lane-speed")
    client.login(username="chief", password="pit-lane-speed")
    plain = visitor.get("/")
    logged_in = visitor.get("/", cookie=f"sessionid={client.cookies['sessionid'].value}")
    assert logged_in.content == plain.content and "Set-Cookie" not in logged_in


def test_a_page_that_is_for_one_visitor_is_logged_and_not_kept(visitor, caplog, monkeypatch):
    def with_cookie(environ, start_response):
        start_response("200 OK", [("Content-Type", "text/html"), ("Set-Cookie", "a=b"), ("Vary", "Cookie")])
        return [environ.get("HTTP_COOKIE", "").encode()]

    visitor = Visitor(with_cookie)
    for name in ("one", "two"):
        assert visitor.get("/", cookie=name).text == name
    assert "sets a cookie" in caplog.text


def test_answers_that_lead_on_or_say_no_are_kept_apart_from_pages(visitor):
    for address, status in (("/nirgends/", 404), ("/rennen/", 301), ("/news", 301)):
        assert visitor.get(address).status_code == status
        visitor.rendered  # noqa: B018
        assert visitor.get(address).status_code == status
        assert visitor.rendered == []
        assert not visitor.cache._page(address) and visitor.cache._question(address)
