"""How long nginx waits for whom, tried with the shipped site file for several servers: only the seconds are fewer.

The same lines stand in the one for one machine (tests/nginx/test_several.py).
"""

import contextlib
import socket
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.patience import PATIENCE, until
from tests.programs import NGINX, needed
from tests.upstream import Several, Upstream

FORM = b"POST /consent/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n\r\nhalf"


@pytest.fixture
def upstreams():
    needed(nginx=NGINX)
    both = Upstream(), Upstream()
    yield both
    for each in both:
        each.stop()


@pytest.fixture
def before(upstreams, tmp_path):
    """Starts nginx, with other ports or other words."""
    started = []

    def start(*ports, **words):
        ports = ports or [each.port for each in upstreams]
        words = {f"{name} {was}": f"{name} {seconds}" for name, (was, seconds) in words.items()}
        started.append(Several(tmp_path / "nginx", *ports, words=words))
        started[-1].start()
        return started[-1]

    yield start
    for each in started:
        each.stop()


def connected(nginx, sent):
    connection = socket.create_connection(("127.0.0.1", nginx.port), timeout=PATIENCE)
    connection.sendall(sent)
    return connection


def test_who_does_not_come_to_the_end_of_a_request_is_given_up(before):
    nginx = before(client_header_timeout=("15s", "1s"), client_body_timeout=("30s", "1s"))
    for sent in (b"GET / HTTP/1.1\r\nHos", FORM):
        with connected(nginx, sent) as connection:
            assert b"200" not in read_to_the_end(connection)[0]


def test_who_does_not_read_an_answer_is_given_up(before):
    nginx = before(send_timeout=("30s", "1s"))
    with connected(nginx, b"GET /large/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n") as connection:
        until(lambda: '"GET /large/ HTTP/1.1" 200' in log_of(nginx))
        # Reset, so that nothing of it is left in the kernel either.
        assert read_to_the_end(connection)[1] == "reset"


def read_to_the_end(connection):
    """What is said, and how it ends."""
    said = b""
    try:
        while part := connection.recv(1_000_000):
            said += part
    except ConnectionResetError:
        return said, "reset"
    return said, "closed"


def log_of(nginx):
    with contextlib.suppress(FileNotFoundError):
        return nginx.log.read_text()
    return ""


def test_a_server_that_takes_no_connection_is_not_waited_for(before, upstreams):
    with socket.create_server(("127.0.0.1", 0), backlog=0) as full:
        address = full.getsockname()
        waiting = [socket.socket() for _each in range(4)]
        for each in waiting:
            each.setblocking(False)
            each.connect_ex(address)
        nginx = before(address[1], upstreams[0].port)
        assert {nginx.ask("/admin/", "POST", b"a=1").status for _each in range(2)} == {200}
        for each in waiting:
            each.close()


def test_nobody_waits_for_ever_for_a_server_that_hangs(before):
    nginx = before(proxy_read_timeout=("30s", "1s"))
    answer = nginx.ask("/hangs/")
    assert answer.status == 504 and "Boxenstopp" in answer.body.decode()


def test_the_newsroom_may_take_its_time(before, upstreams):
    """An import, or a photo to be decoded."""
    nginx = before(proxy_read_timeout=("30s", "1s"))
    with ThreadPoolExecutor(1) as editor:
        saved = editor.submit(nginx.ask, "/admin/hangs/", "POST", b"a=1")
        until(lambda: any(each.asked for each in upstreams))
        assert nginx.ask("/hangs/").status == 504
        for each in upstreams:
            each.may_go_on.set()
        assert saved.result().status == 200


def test_an_answer_may_have_many_headers(before):
    answer = before().ask("/headers/")
    assert (answer.status, len(answer.headers["Content-Security-Policy"])) == (200, 12_000)
