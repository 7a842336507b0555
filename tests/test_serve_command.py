"""`manage.py serve` as an operator starts it: the site itself, with the task worker beside it."""

import contextlib
import http.client
import re
import signal
import socket
import subprocess
import sys

import pytest

from driversite.serving.sockets import Taken, listening
from tests.patience import PATIENCE, until
from tests.serving.process import Process
from tests.shipped import ROOT, App, free_port

SERVE = [sys.executable, "manage.py", "serve", "--workers", "1"]


@pytest.fixture(scope="module")
def environment(static, tmp_path_factory):
    app = App(tmp_path_factory.mktemp("site"), STATIC_ROOT=static)
    app.migrate()
    return app.environment


@pytest.fixture
def server(environment, tmp_path):
    port = free_port()
    server = Process([*SERVE, "--port", str(port)], port, tmp_path / "server.log", environment).start()
    yield server
    server.kill()


def test_it_serves_the_site_and_does_what_waits(server):
    assert b"<html" in server.get("/").body
    until(lambda: re.search(r"Worker \S+ is there", server.log.read_text()))
    server.signal(signal.SIGTERM)
    assert server.ended() == 0
    until(server.is_gone)
    assert "Traceback" not in server.log.read_text()


def test_static_files_are_packed_and_kept_for_ever(server):
    page = server.get("/").body.decode()
    for path in re.findall(r'(?:href|src)="(/static/[^"]+\.(?:css|js))"', page):
        assert re.search(r"\.[0-9a-f]{12}\.", path), f"{path} has no checksum in its name"
        plain = server.get(path, headers={"Accept-Encoding": "identity"})
        for encoding in ("br", "gzip"):
            packed = server.get(path, headers={"Accept-Encoding": encoding})
            assert packed.headers["Content-Encoding"] == encoding
            assert packed.headers["Vary"] == "Accept-Encoding"
            assert len(packed.body) < len(plain.body) / 2
        assert (
            "immutable" in plain.headers["Cache-Control"]
            and "max-age=315360000" in plain.headers["Cache-Control"]
        )
        again = server.get(path, headers={"If-None-Match": plain.headers["ETag"]})
        assert (again.status, again.body) == (304, b"")


def test_fonts_come_as_they_are(server):
    path = re.search(r'href="(/static/fonts/[^"]+\.woff2)"', server.get("/").body.decode())[1]
    font = server.get(path, headers={"Accept-Encoding": "br, gzip"})
    assert font.headers["Content-Type"] == "font/woff2" and font.body.startswith(b"wOF2")
    assert "Content-Encoding" not in font.headers and "immutable" in font.headers["Cache-Control"]


def test_a_port_that_is_taken_is_a_sentence(environment):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        answer = subprocess.run(
            [*SERVE, "--port", port], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
        )
    assert answer.returncode == 1
    assert answer.stderr.startswith(f"CommandError: Port {port} on 127.0.0.1 is taken")


class Unix(http.client.HTTPConnection):
    """A web server on the same machine."""

    def __init__(self, path):
        super().__init__("localhost")
        self.path = str(path)

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.connect(self.path)


def test_it_listens_on_a_file_and_takes_over_what_a_killed_one_left(environment, tmp_path):
    path = tmp_path / "site.sock"

    def answers():
        with contextlib.suppress(OSError, http.client.HTTPException):
            connection = Unix(path)
            connection.request("GET", "/healthz")
            return connection.getresponse().status == 200

    for end in (signal.SIGKILL, signal.SIGTERM):
        server = Process([*SERVE, "--unix", str(path), "--web-only"], 0, tmp_path / "server.log", environment)
        server.start(until_it_answers=False)
        try:
            until(answers)
            server.signal(end)
            until(server.is_gone)
        finally:
            server.kill()
    assert not path.exists()


def test_a_file_that_is_no_socket_is_left_alone(tmp_path):
    (tmp_path / "db.sqlite3").write_text("rows")
    with pytest.raises(Taken, match="is there and no socket"):
        listening("", 0, str(tmp_path / "db.sqlite3"))
    assert (tmp_path / "db.sqlite3").read_text() == "rows"


@pytest.mark.parametrize("port", [-1, 65536])
def test_a_port_that_is_none_is_named(port):
    with pytest.raises(Taken, match=f"PORT must be .* {port} is none"):
        listening("127.0.0.1", port)


def test_systemd_hears_when_it_is_there_and_when_it_ends(environment, tmp_path):
    told = tmp_path / "notify"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(str(told))
        systemd.settimeout(PATIENCE)
        port, heard = free_port(), environment | {"NOTIFY_SOCKET": str(told)}
        server = Process(
            [*SERVE, "--port", str(port), "--web-only"],
            port,
            tmp_path / "log",
            heard,
        )
        server.start(until_it_answers=False)
        try:
            assert systemd.recv(100) == b"READY=1"
            server.signal(signal.SIGTERM)
            assert systemd.recv(100) == b"STOPPING=1"
            assert server.ended() == 0
        finally:
            server.kill()
