"""The production server under slow visitors, slow requests and signals: real processes, a site made for it."""

import contextlib
import os
import re
import select
import signal
import socket
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from driversite.serving import bodies
from driversite.serving.beside import Beside
from driversite.serving.gateway import MOST_ARRIVING, THREADS
from tests.patience import PATIENCE, until
from tests.serving.process import site
from tests.serving.site import MEGABYTE

WORKERS = 2
# As many requests as there are threads in all workers, however they are shared out.
ALL_THREADS = 2 * WORKERS * THREADS


@pytest.fixture
def server(tmp_path):
    server = site(tmp_path).start()
    yield server
    server.kill()


@pytest.fixture
def visitors():
    with ThreadPoolExecutor(ALL_THREADS) as visitors:
        yield visitors


@pytest.mark.parametrize("moment", [0.0, 0.15, 0.25, 0.4, 0.8])
def test_it_ends_whenever_it_is_told_to(tmp_path, moment):
    server = site(tmp_path).start(until_it_answers=False)
    with pytest.raises(subprocess.TimeoutExpired):
        server.process.wait(moment)
    server.signal(signal.SIGTERM)
    # Before it has a handler the signal itself ends it.
    assert server.ended() in (0, -signal.SIGTERM)
    until(server.is_gone)


@pytest.fixture
def go_on(tmp_path):
    """Requests for `/wait{go_on}` are under way until this file is there."""
    path = tmp_path / "go-on"
    yield path
    path.touch()


def test_requests_under_way_are_answered_when_it_ends(server, visitors, go_on):
    under_way = [visitors.submit(server.said, f"/wait{go_on}") for _ in range(6)]
    until(lambda: server.log.read_text().count("wait begins") == len(under_way))
    server.signal(signal.SIGTERM)
    go_on.touch()
    assert [answer.result()["PATH_INFO"] for answer in under_way] == [f"/wait{go_on}"] * 6
    assert server.ended() == 0


def test_a_kept_connection_does_not_hold_up_the_end(server):
    with server.connected(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n") as idle:
        assert idle.recv(100).startswith(b"HTTP/1.1 200")
        server.signal(signal.SIGTERM)
        assert server.ended() == 0


def pids(server):
    return {server.said()["pid"] for _ in range(40)}


def pids_of(server):
    """Of all workers."""
    return until(lambda: len(found := pids(server)) == WORKERS and found)


def test_killed_workers_are_replaced_all_at_once_and_again_and_again(server):
    killed = set()

    def others():
        found = pids(server) - killed
        return len(found) == WORKERS and found

    for _ in range(3):
        for pid in until(others):
            os.kill(pid, signal.SIGKILL)
            killed.add(pid)
    assert server.get("/").status == 200
    assert "Unexpected exit from worker" in server.log.read_text()


def test_new_workers_take_over_without_losing_a_request(server):
    before = pids(server)
    server.signal(signal.SIGHUP)
    # Each request is answered, or this fails; in the end by none of those who were there before.
    until(lambda: before.isdisjoint(pids(server)))


def test_workers_end_with_a_master_that_was_killed(server):
    server.signal(signal.SIGKILL)
    until(server.is_gone)


def test_whoever_sends_slowly_holds_up_nobody(server):
    begun = b"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nsome of it"
    slow = [server.connected(begun) for _ in range(100)]
    half = [server.connected(b"GET / HTTP/1.1\r\nHos") for _ in range(100)]
    assert server.get("/").status == 200
    assert server.said()["length"] == 0
    slow[0].sendall(b"x" * 990)
    assert slow[0].recv(100).startswith(b"HTTP/1.1 200")
    for connection in slow + half:
        connection.close()


def test_however_many_send_slowly_others_are_heard(server):
    """More than there is room for in all workers: those who have been silent for longest give way."""
    begun = b"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nsome of it"
    with contextlib.ExitStack() as stack:
        slow = [stack.enter_context(server.connected(begun)) for _ in range(3 * WORKERS * MOST_ARRIVING // 2)]
        for _ in range(20):
            assert server.said()["length"] == 0
            assert server.said(method="POST", body=b"x" * 5000)["length"] == 5000
        given_up = [connection for connection in slow if select.select([connection], [], [], 0)[0]]
        assert given_up[0].recv(100).startswith(b"HTTP/1.1 408")
        # Whoever came last is still listened to.
        slow[-1].sendall(b"x" * 990)
        assert slow[-1].recv(100).startswith(b"HTTP/1.1 200")


def memory(server):
    """Bytes that master and workers have for themselves."""
    pids = {server.process.pid, *pids_of(server)}
    rollups = [Path(f"/proc/{pid}/smaps_rollup").read_text() for pid in pids]
    return sum(
        int(kb) * 1024 for rollup in rollups for kb in re.findall(r"^Private_Dirty: +(\d+)", rollup, re.M)
    )


def test_whoever_reads_slowly_holds_up_nobody(server, tmp_path):
    large = tmp_path / "large"
    with large.open("wb") as file:
        file.truncate(8 * len(MEGABYTE))
    before = memory(server)
    readers = [
        server.connected(f"GET /file{large} HTTP/1.1\r\nHost: x\r\n\r\n".encode()) for _ in range(ALL_THREADS)
    ]
    assert all(reader.recv(100).startswith(b"HTTP/1.1 200") for reader in readers)
    assert server.get("/").status == 200
    assert server.said()["length"] == 0
    assert memory(server) - before < ALL_THREADS * len(MEGABYTE) * 2
    for reader in readers:
        reader.close()


def test_what_comes_from_a_bucket_is_sent_whole_and_lies_in_nobodys_memory_meanwhile(server):
    before, sent = memory(server), MEGABYTE * 8
    readers = [server.connected(b"GET /stream/8 HTTP/1.1\r\nHost: x\r\n\r\n") for _ in range(ALL_THREADS)]
    assert all(reader.recv(100).startswith(b"HTTP/1.1 200") for reader in readers)
    # Nor do they keep the threads.
    assert server.said()["length"] == 0
    assert memory(server) - before < ALL_THREADS * len(MEGABYTE) * 2
    for reader in readers:
        reader.close()
    assert server.get("/stream/8").body == sent
    assert server.get("/stream/0").body == b""


def test_slow_requests_do_not_hold_up_pages_that_are_ready(server, visitors, go_on):
    slow = [visitors.submit(server.said, f"/wait{go_on}") for _ in range(ALL_THREADS)]
    until(lambda: all(visit.running() for visit in slow))
    for _ in range(50):
        assert server.get("/").status == 200
    assert not any(visit.done() for visit in slow)
    go_on.touch()
    assert all(visit.result() for visit in slow)


def test_one_slow_request_does_not_hold_up_the_others_of_its_worker(server, visitors, go_on):
    slow = visitors.submit(server.said, f"/wait{go_on}")
    until(lambda: "wait begins" in server.log.read_text())
    for _ in range(20):
        assert server.said()["length"] == 0
    assert not slow.done()


def test_a_ready_page_is_answered_without_a_turn_of_the_event_loop(server):
    """Should granian change inside, pages still come, but slower: then look at `answer_at_once`."""
    assert server.get("/").headers["x-thread"] != "MainThread"


def test_a_body_arrives_as_it_was_sent(server):
    sent = os.urandom(3 * bodies.IN_MEMORY)
    assert server.said(method="POST", body=sent)["length"] == len(sent)


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (b"POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n", 411),
        (b"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n" % (bodies.LARGEST + 1), 413),
        (b"GET /failing HTTP/1.1\r\nHost: x\r\n\r\n", 500),
    ],
)
def test_what_cannot_be_taken_is_refused(server, request_, status):
    with server.connected(request_) as connection:
        assert connection.recv(1000).split()[1] == str(status).encode()


@pytest.mark.parametrize(
    "sent",
    [
        b"Content-Length: 10\r\n\r\nhalf",
        b"Content-Length: 4\r\nContent-Length: 10\r\n\r\nhalf",
        b"Content-Length: +4\r\n\r\nhalf",
        b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
    ],
)
def test_a_body_without_a_certain_end_reaches_nobody(server, sent):
    with server.connected(b"POST /slow/0 HTTP/1.1\r\nHost: x\r\n" + sent) as connection:
        connection.shutdown(socket.SHUT_WR)
        assert not connection.recv(1000).startswith(b"HTTP/1.1 200")
    assert "slow begins" not in server.log.read_text()


def test_headers_have_an_end(server):
    with (
        contextlib.suppress(ConnectionError),
        server.connected(b"GET /slow/0 HTTP/1.1\r\nHost: x\r\nX: ") as sender,
    ):
        sender.sendall(b"x" * 2_000_000 + b"\r\n\r\n")
        sender.recv(1000)
    assert "slow begins" not in server.log.read_text()


def test_no_header_passes_for_another(server):
    said = server.said(headers={"X_Forwarded_Proto": "https", "X-Forwarded-For": "10.0.0.1", "Cookie": "a=1"})
    assert "HTTP_X_FORWARDED_PROTO" not in said
    assert (said["HTTP_X_FORWARDED_FOR"], said["HTTP_COOKIE"]) == ("10.0.0.1", "a=1")
    assert (said["REMOTE_ADDR"], said["SERVER_PORT"]) == ("127.0.0.1", str(server.port))


def test_requests_sent_in_one_go_are_answered_in_turn(server):
    with server.connected(
        b"GET /slow/0.2 HTTP/1.1\r\nHost: x\r\n\r\nHEAD / HTTP/1.1\r\nHost: x\r\n\r\n"
    ) as connection:
        connection.settimeout(PATIENCE)
        answers = b""
        while answers.count(b"HTTP/1.1 200") < 2 or not answers.endswith(b"\r\n\r\n"):
            answers += connection.recv(10_000)
    assert answers.index(b"/slow/0.2") < answers.index(b"x-thread")


def test_who_works_beside_it_is_started_again_and_ends_with_it(tmp_path):
    born = tmp_path / "born"
    script = f"import os, time; open({str(born)!r}, 'a').write(f'{{os.getpid()}} '); time.sleep(600)"
    server = site(tmp_path, sys.executable, "-c", script).start()
    try:
        first = int(until(lambda: born.exists() and born.read_text()))
        os.kill(first, signal.SIGKILL)
        until(lambda: len(born.read_text().split()) == 2)
        assert "started again" in server.log.read_text()
        server.signal(signal.SIGTERM)
        assert server.ended() == 0
        until(server.is_gone)
    finally:
        server.kill()


def test_who_cannot_be_started_just_now_is_tried_again(caplog):
    beside = Beside(["/nowhere/a-program"])
    keeping = threading.Thread(target=beside._keep)
    keeping.start()
    try:
        until(lambda: caplog.text.count("could not be started (No such file or directory)") == 2)
    finally:
        beside.stop()
        keeping.join(PATIENCE)
    assert not keeping.is_alive()
