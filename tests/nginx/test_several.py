"""The site file for several servers, before two that do what a test wants: what is passed on, to whom, and what is not.

That it carries the site itself, with one server dying after the other, is tried by tests/test_two_servers.py.
"""

import re
import socket

import pytest

from driversite.serving.workers import HEADERS_WITHIN
from tests.patience import until
from tests.programs import NGINX, needed
from tests.shipped import BEHIND, ROOT, ask, leave_traces_of
from tests.upstream import PAGE, Several, Upstream

FORM = "application/x-www-form-urlencoded"
TOKEN = "oNsGYs0WX6QvGQDkcvpFSB.hiCVEoDfBHcNlM7cQ0a1"
FILES = ("nginx.conf", "nginx-several.conf")


@pytest.fixture(scope="module")
def upstreams():
    both = Upstream(), Upstream()
    yield both
    for each in both:
        each.stop()


@pytest.fixture(scope="module")
def several(upstreams, tmp_path_factory):
    needed(nginx=NGINX)
    nginx = Several(tmp_path_factory.mktemp("several") / "nginx", *(each.port for each in upstreams))
    nginx.start()
    yield nginx
    nginx.stop()


@pytest.fixture
def asked(upstreams, several):
    """What the servers are asked within this test, which begins with both of them well and in use."""
    for each in upstreams:
        each.asked.clear()
        each.may_die = True
    until(lambda: several.ask("/").status == 200 and all(each.asked for each in upstreams))
    for each in upstreams:
        each.asked.clear()
    return lambda: [one for each in upstreams for one in each.asked if one[1] != "/healthz"]


def said_of(text, names):
    """What a site file says of these, outside of any location."""
    server = text[text.index("server {\n") :]
    return re.findall(rf"^(?:    )?((?:{names})\b.*;)$", re.sub(r"(?m)^ {8}.*\n", "", server), re.MULTILINE)


def test_what_is_promised_of_both_stands_in_both():
    """So that what is tried of the one holds for the other: limits, log, headers, sizes, how long who is waited for."""
    texts = [(ROOT / "deploy" / name).read_text() for name in FILES]
    for part in (
        r"# ---- Limits.*?(?=\n# ---- Files|\nserver \{)",
        r"location ~\* [^{]*preview.*?\}",
        r"location /admin/ \{.*?\}",
    ):
        one, several = (re.search(part, text, re.DOTALL)[0].strip() for text in texts)
        assert one == several
    for names in (
        r"proxy_(?!next)\w+",
        r"client_\w+",
        r"send_timeout|reset_\w+|gzip|server_tokens|access_log|ssl_\w+",
    ):
        one, several = (said_of(text, names) for text in texts)
        assert one == several and len(one) > 2


def test_connections_are_given_up_here_before_the_servers_do():
    """A form must not meet one that is just being closed."""
    for name in FILES:
        upstream = re.search(r"upstream driversite \{.*?\}", (ROOT / "deploy" / name).read_text(), re.DOTALL)[
            0
        ]
        assert "keepalive 32;" in upstream
        seconds = re.search(r"keepalive_timeout (\d+)s;", upstream)[1]
        assert int(seconds) * 1000 < HEADERS_WITHIN


def test_the_servers_hear_who_asks_and_nothing_that_a_visitor_made_up(several, asked):
    said = several.ask(
        "/news/",
        sender="127.0.0.21",
        X_Forwarded_For="10.9.9.9",
        X_Forwarded_Proto="gopher",
        X_Page_Cache="generation",
        Accept_Encoding="br",
    )
    ((_method, path, headers, _length, _port),) = asked()
    assert (said.status, path, headers["Host"]) == (200, "/news/", "127.0.0.1")
    assert headers["X-Forwarded-For"] == "127.0.0.21"
    assert headers["X-Forwarded-Proto"] == "https"
    assert headers["X-Page-Cache"] is None
    # The server packs, so it must hear what the browser can unpack.
    assert headers["Accept-Encoding"] == "br"


def test_connections_to_the_servers_are_kept(several, asked):
    for _each in range(6):
        several.ask("/")
    assert len({port for *_asked, port in asked()}) <= 4
    assert {headers["Connection"] for _m, _p, headers, *_rest in asked()} == {None}


def test_nothing_is_packed_a_second_time_and_nothing_said_of_the_version(several, asked):
    answer = several.ask("/", Accept_Encoding="gzip")
    assert (answer.body, answer.headers["Content-Encoding"]) == (PAGE, None)
    assert answer.headers["Server"] == "nginx"


@pytest.mark.parametrize("path", ["/dies/", "/broken/", "/garbage/"])
def test_a_page_that_one_server_fails_to_send_is_asked_of_the_other(several, asked, upstreams, path):
    upstreams[0].may_die, upstreams[1].may_die = True, False
    until(lambda: {several.ask(path).status for _each in range(4)} == {200} and len(asked()) > 4)
    assert {method for method, *_rest in asked()} == {"GET"}


def test_a_form_that_one_server_may_have_worked_on_is_sent_to_no_other(several, asked):
    answer = several.ask("/admin/dies/", "POST", b"headline=once", Content_Type=FORM)
    assert (
        answer.status == 502 and "Boxenstopp" in answer.body.decode() and "Pit stop" in answer.body.decode()
    )
    assert (answer.headers["Retry-After"], answer.headers["Cache-Control"]) == ("30", "no-store")
    assert [method for method, *_rest in asked()] == ["POST"]


def test_a_server_that_says_why_it_cannot_is_believed(several, asked):
    """Without its database: the other one lacks the same, and both would be taken for dead."""
    for _each in range(4):
        answer = several.ask("/unwell/")
        assert (answer.status, answer.body) == (503, PAGE)
    assert len(asked()) == 4
    assert several.ask("/").status == 200


def test_a_form_goes_to_the_server_that_is_there_and_a_dead_one_is_asked_again(upstreams, tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        dead = nobody.getsockname()[1]
    nginx = Several(tmp_path / "nginx", dead, upstreams[0].port)
    nginx.start()
    try:
        sent = [nginx.ask("/admin/", "POST", b"a=1", Content_Type=FORM).status for _each in range(4)]
        assert sent == [200] * 4
    finally:
        nginx.stop()


def test_bodies_have_their_size_everywhere_and_photos_theirs_in_the_newsroom(several, asked):
    large = several.ask("/news/", "POST", b"x" * 100_000, Content_Type=FORM)
    assert large.status == 413 and "zu groß" in large.body.decode() and "too large" in large.body.decode()
    assert large.headers["Retry-After"] is None and asked() == []
    assert several.ask("/admin/news/photo/upload/", "POST", b"x" * 3_000_000).status == 200
    assert asked()[-1][3] == 3_000_000
    assert several.ask("/admin/login/", "POST", b"x" * 100_000, sender="127.0.0.22").status == 413


@pytest.mark.parametrize(
    ("path", "method", "free", "times"),
    [
        ("/admin/login/", "POST", 10, 14),
        ("/vorschau/guessed/", "GET", 30, 36),
        ("/en/preview/guessed/", "GET", 30, 36),
        ("/suche/?q=spa", "GET", 20, 60),
        ("/en/search/?q=spa", "GET", 20, 60),
        ("/consent/", "POST", 50, 200),
    ],
)
def test_nobody_tries_without_end(several, asked, path, method, free, times):
    sender = f"127.0.3.{free + len(path)}"
    answers = [several.ask(path, method, sender=sender) for _each in range(times)]
    assert 429 not in [answer.status for answer in answers[:free]]
    refused = next(answer for answer in answers if answer.status == 429)
    assert "bitte gleich" in refused.body.decode() and refused.headers["Retry-After"] == "30"
    assert several.ask(path, method, sender="127.0.4.4").status == 200


def test_looking_at_the_login_and_reading_meet_no_limit(several, asked):
    for path in ("/admin/login/", "/"):
        assert {several.ask(path, sender="127.0.0.24").status for _each in range(80)} == {200}


def test_behind_a_load_balancer_visitors_are_those_whom_it_names(upstreams, asked, tmp_path):
    nginx = Several(tmp_path / "nginx", *(each.port for each in upstreams), words=BEHIND)
    nginx.start()
    try:
        nginx.ask("/", X_Forwarded_For="10.9.9.9, 198.51.100.7")
        assert asked()[-1][2]["X-Forwarded-For"] == "198.51.100.7"
        # Of IPv6 a network is one sender, however its addresses are spelt.
        guesses = [
            nginx.ask("/vorschau/guessed/", X_Forwarded_For=f"2001:db8::{number:x}:1").status
            for number in range(40)
        ]
        assert 429 in guesses
        assert nginx.ask("/vorschau/guessed/", X_Forwarded_For="2001:db8:0:1::1").status == 200
        until(lambda: "198.51.100.0 - -" in nginx.log.read_text())
    finally:
        nginx.stop()
    log = nginx.log.read_text()
    assert "198.51.100.7" not in log and "2001:db8:: - -" in log


def test_no_log_holds_the_address_of_a_draft(upstreams, tmp_path):
    """Opened or mistyped, refused or not to be had, nor where somebody went on from there."""
    nginx = Several(tmp_path / "nginx", *(each.port for each in upstreams))
    nginx.start()
    try:
        leave_traces_of(TOKEN, nginx)
        assert nginx.ask(f"/vorschau/{TOKEN}/dies/", sender="127.0.0.25").status == 502
    finally:
        nginx.stop()
    written = nginx.log.read_text() + nginx.errors.read_text()
    assert written.count("/vorschau/...") > 30 and "GET /en/preview/..." in written
    assert TOKEN not in written
    assert "/healthz" not in written, "the watchdog has asked as well"
    assert '"GET /news/24h-preview/ HTTP/1.1" 200' in written


def test_nginx_takes_it_with_its_certificate_and_sends_visitors_to_https(upstreams, tmp_path):
    nginx = Several(tmp_path / "nginx", *(each.port for each in upstreams), encrypted=True)
    said = nginx.accepts()
    assert (said.returncode, said.stderr.count("[")) == (0, 0), said.stderr
    nginx.start()
    try:
        plain = ask(nginx.port, "/news/?page=2", Host="example.com")
        assert (plain.status, plain.headers["Location"]) == (301, "https://127.0.0.1/news/?page=2")
        assert nginx.ask("/news/").status == 200
        challenge = nginx.folder / "html" / ".well-known" / "acme-challenge"
        challenge.mkdir(parents=True)
        (challenge / "token").write_text("proof")
        assert nginx.ask("/.well-known/acme-challenge/token").body == b"proof"
    finally:
        nginx.stop()
