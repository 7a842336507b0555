"""A burst, an error, a database that hangs: one rendering for all, an older copy rather than none, and no queue."""

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from driversite.pages import alone, making, renderers
from driversite.pages.clock import Limits
from driversite.pages.renderers import THREADS, Renderers
from driversite.pages.sharing import sharing
from tests.cached import Visitor, change
from tests.patience import PATIENCE


class Site:
    """In place of Django: a page that says how often it was rendered, and does whatever a test wants it to."""

    def __init__(self):
        self.times, self.status, self.does = 0, "200 OK", lambda: None
        self.headers = [("Content-Type", "text/html")]

    def __call__(self, environ, start_response):
        self.times += 1
        text = f"{environ['PATH_INFO']} {self.times}".encode()
        self.does()
        start_response(self.status, self.headers)
        return [text]


class FixedClock:
    """`good_for` and `stale_for`: seconds from now."""

    good_for, stale_for = 300, 3600

    def limits(self, generation, at):
        return Limits(at + self.good_for, at + self.stale_for)


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    clock = FixedClock()
    monkeypatch.setattr(making, "Clock", lambda: clock)
    # However slow the machine is, it is not over before a test says so.
    monkeypatch.setattr(making, "REST", 3600)
    return clock


@pytest.fixture
def site():
    return Site()


@pytest.fixture
def visitor(site):
    return Visitor(site, Renderers)


def test_a_burst_renders_a_page_once_over_all_threads_and_processes(site):
    site.does = lambda: time.sleep(0.1)
    # Two caches on one folder: what two processes are to each other.
    visitors = [Visitor(site, Renderers), Visitor(site, Renderers)]
    for number in (1, 2):
        # As a server does when it starts: where there is no generation yet, each of a burst would begin one.
        change()
        with ThreadPoolExecutor(24) as threads:
            texts = {*threads.map(lambda n: visitors[n % 2].get("/").text, range(24))}
        assert texts == {f"/ {number}"} and site.times == number


def test_a_page_that_is_being_rendered_holds_up_no_other(site, visitor):
    visitor.get("/quick/")
    go_on = Event()
    site.does = go_on.wait
    with ThreadPoolExecutor(3) as threads:
        waiting = [threads.submit(visitor.get, f"/slow/{n}/") for n in range(3)]
        assert visitor.ready("/quick/") and visitor.get("/quick/").status_code == 200
        go_on.set()
        assert {each.result().status_code for each in waiting} == {200}


def test_who_comes_after_a_change_is_not_given_what_was_begun_before_it(site, visitor):
    began, go_on = Event(), Event()

    def first():
        began.set()
        go_on.wait(PATIENCE)

    site.does = first
    with ThreadPoolExecutor(2) as threads:
        before = threads.submit(visitor.get, "/")
        assert began.wait(PATIENCE)
        change()
        site.does = lambda: None
        after = threads.submit(visitor.get, "/")
        time.sleep(0.05)
        go_on.set()
        assert (before.result().text, after.result().text) == ("/ 1", "/ 2")


def test_who_comes_after_an_instant_is_not_given_what_was_begun_before_it(site, visitor, clock):
    """A page that was begun a moment before six, while the article of six o'clock was not there yet."""
    began, go_on = Event(), Event()

    def first():
        began.set()
        go_on.wait(PATIENCE)

    clock.good_for, site.does = 0.05, first
    with ThreadPoolExecutor(2) as threads:
        before = threads.submit(visitor.get, "/")
        assert began.wait(PATIENCE)
        time.sleep(0.1)
        clock.good_for, site.does = 300, lambda: None
        after = threads.submit(visitor.get, "/")
        time.sleep(0.05)
        go_on.set()
        assert (before.result().text, after.result().text) == ("/ 1", "/ 2")


@pytest.mark.parametrize("how", ["status", "exception"])
def test_where_a_page_cannot_be_rendered_the_older_copy_does_for_it(site, visitor, caplog, monkeypatch, how):
    fresh = visitor.get("/")
    change()
    if how == "status":
        site.status = "500 Internal Server Error"
    else:
        site.does = lambda: 1 / 0
    older = [visitor.get("/") for _time in range(20)]
    assert {reply.content for reply in older} == {fresh.content}
    # One try and one line in the log; the next one after a rest.
    assert site.times == 2 and len(caplog.records) == 1 and "copy of" in caplog.text
    # And nobody on the way may keep it.
    assert visitor.get("/", x_page_cache="generation")["X-Accel-Expires"] == "0"
    site.status, site.does = "200 OK", lambda: None
    monkeypatch.setattr(making, "monotonic", lambda: time.monotonic() + making.REST)
    assert visitor.get("/").text == "/ 3"


def test_a_copy_of_another_process_does_as_well(site):
    Visitor(site).get("/")
    change()
    site.status = "500 Internal Server Error"
    assert Visitor(site).get("/").text == "/ 1"


def test_an_error_is_never_kept(site, visitor):
    site.status = "500 Internal Server Error"
    site.headers = [*site.headers, ("Set-Cookie", "a=b")]
    for number in (1, 2):
        reply = visitor.get("/")
        assert (reply.status_code, reply.text, reply["Cache-Control"]) == (500, f"/ {number}", "no-store")
        assert "Set-Cookie" not in reply
    site.status, site.headers = "200 OK", site.headers[:1]
    assert visitor.get("/").text == "/ 3"


def test_a_copy_that_shows_what_has_had_its_time_does_for_nothing(site, visitor, clock):
    clock.stale_for = 0.05
    visitor.get("/")
    time.sleep(0.1)
    change()
    site.status = "500 Internal Server Error"
    assert visitor.get("/").status_code == 500


def test_a_database_that_hangs_is_noticed_and_nobody_stands_in_line(site, visitor, monkeypatch):
    monkeypatch.setattr(making, "PATIENCE", 0.2)
    monkeypatch.setattr(making, "LONGEST", 0.4)
    pages = [f"/{number}/" for number in range(3 * THREADS)]
    for page in pages:
        visitor.get(page)
    change()
    go_on = Event()
    site.does = lambda: go_on.wait(PATIENCE)
    with ThreadPoolExecutor(len(pages)) as threads:
        assert {reply.status_code for reply in threads.map(visitor.get, pages)} == {200}
    assert visitor.get("/new/").status_code == 503
    # Now that it is known, nobody asks for a page any more: copies are there, or a word where there is none.
    with monkeypatch.context() as known:
        known.setattr(Renderers, "ask", lambda *_what: pytest.fail("somebody stands in line"))
        assert {visitor.get(page).status_code for page in pages} == {200}
        reply = visitor.get("/new/")
    assert reply.status_code == 503 and reply["Retry-After"] and "in a minute" in reply.text
    assert site.times == len(pages) + THREADS
    go_on.set()


def test_threads_that_render_outlive_connections_that_cannot_even_be_closed(site, visitor, monkeypatch):
    def broken():
        raise OSError("the connection is gone")

    monkeypatch.setattr(renderers, "close_old_connections", broken)
    for number in range(THREADS + 1):
        assert visitor.get(f"/{number}/").status_code == 503
    monkeypatch.undo()
    assert visitor.get("/").status_code == 200


def test_a_page_that_is_for_one_visitor_is_left_to_django(site, visitor, caplog):
    site.headers = [*site.headers, ("Cache-Control", "private")]
    for number in (2, 3, 4):
        assert visitor.get("/").text == f"/ {number}"
    assert not caplog.records and not visitor.ready("/")


def test_without_a_folder_each_process_trusts_itself_for_a_while(
    site, settings, tmp_path, caplog, monkeypatch
):
    # Two seconds are too short for a slow machine; how long it is has a test below.
    monkeypatch.setattr(alone, "TRUST", 3600)
    (tmp_path / "file").write_text("")
    settings.STATE_ROOT = tmp_path / "file" / "state"
    visitor = Visitor(site)
    now = sharing().current()
    assert now.startswith("alone-") and "cannot be used" in caplog.text
    for _time in range(20):
        visitor.get("/")
    # The hour may have ended in between.
    assert site.times <= 2 and len(caplog.records) == 1
    assert visitor.get("/", x_page_cache="generation")["X-Accel-Expires"] == "0"


def test_two_seconds_are_two_seconds(monkeypatch):
    times = iter([100.0, 101.9, 102.0])
    monkeypatch.setattr(alone.time, "time", lambda: next(times))
    by_itself = alone.Alone(None, "")
    assert by_itself.now() == by_itself.now() != by_itself.now()
