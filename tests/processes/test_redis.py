"""Pages shared by Redis, with a real one: what it holds, and what happens while it is away."""

import time

import pytest
import redis

from driversite.pages import alone
from driversite.pages.entry import Entry, bodies_of
from driversite.pages.remote import GENERATION, Remote
from tests.patience import until
from tests.processes.test_workers import everybody, texts
from tests.several import Redis
from tests.shipped import ask, stopped

SAVE = "from news.models import Article; Article.objects.update(headline='{}')"


@pytest.fixture
def server(redis_server, tmp_path):
    server = Redis(tmp_path)
    server.start()
    yield server
    stopped(server.process)


@pytest.fixture
def remote(server):
    return Remote(server.url)


def entry(key="/", generation="one", **values):
    now = time.time()
    values = {"good_until": now + 300, "stale_until": now + 3600} | values
    return Entry(
        key=key,
        status="200 OK",
        headers=[("Content-Type", "text/html")],
        bodies=bodies_of(b"page"),
        etag="1",
        last_modified=int(now),
        generation=generation,
        rendered_at=now,
        **values,
    )


def test_a_generation_lasts_until_somebody_begins_another_one(server, remote):
    another = Remote(server.url)
    first = remote.current()
    assert another.current() == remote.current() == first
    second = another.begin()
    assert remote.current() == second != first


def test_a_page_is_found_by_all_until_nobody_may_see_it_any_more(server, remote):
    remote.put(entry("/news/"))
    found = Remote(server.url).get("/news/")
    assert found.bodies["identity"] == b"page" and found.headers == [("Content-Type", "text/html")]
    assert remote.get("/other/") is None
    (key,) = redis.Redis(port=server.port).keys("driversite:pages:pages/*")
    assert 3500 < redis.Redis(port=server.port).ttl(key) <= 3600


def test_one_renders_at_a_time(server, remote):
    another = Remote(server.url)
    with remote.turn("/") as first, another.turn("/") as second, another.turn("/other/") as other:
        assert (first, second, other) == (True, False, True)
    with Remote(server.url).turn("/") as again:
        assert again


def test_while_redis_is_away_a_process_is_alone_and_afterwards_begins_anew(server, remote, caplog):
    before = remote.current()
    redis.Redis(port=server.port).save()
    stopped(server.process)
    assert remote.current().startswith("alone-") and remote.begin().startswith("alone-")
    assert remote.get("/") is None
    remote.put(entry())
    with remote.turn("/") as ours:
        assert ours
    assert [record.levelname for record in caplog.records] == ["ERROR"]
    server.start()
    # It came back with what it knew before the change that nobody could tell it.
    redis.Redis(port=server.port).set(GENERATION, before)
    until(lambda: not remote.current().startswith("alone-"))
    assert remote.current() not in (before, "") and Remote(server.url).current() == remote.current()


def test_a_redis_that_hangs_is_waited_for_once_and_then_left_alone_for_a_while(server, remote, monkeypatch):
    remote.current()
    # However slow the machine is, the while is not over before the test is.
    monkeypatch.setattr(alone, "REST", 3600)
    asked, get = [], redis.Redis.get
    monkeypatch.setattr(redis.Redis, "get", lambda client, key: asked.append(key) or get(client, key))
    redis.Redis(port=server.port).client_pause(60_000)
    assert all(remote.current().startswith("alone-") for _time in range(50))
    assert asked == [GENERATION]


@pytest.mark.django_db
def test_the_site_goes_on_while_redis_is_away_and_what_was_saved_meanwhile_is_seen(over_redis, redis_server):
    texts(over_redis, over_redis.article)
    stopped(redis_server.process)
    try:
        assert {answer.status for answer in everybody(over_redis, over_redis.article)} == {200}
        over_redis.app.shell(SAVE.format("Ohne Redis"))
        until(lambda: all("Ohne Redis" in text for text in texts(over_redis, over_redis.article)))
    finally:
        redis_server.start()
    until(lambda: texts(over_redis, "/") and redis.Redis(port=redis_server.port).get(GENERATION))
    over_redis.app.shell(SAVE.format("Mit Redis"))
    assert all("Mit Redis" in text for text in texts(over_redis, over_redis.article))


@pytest.mark.django_db
def test_nginx_keeps_nothing_of_a_generation_that_it_cannot_look_up(over_redis, on_one_machine):
    by_generation = {"X_Page_Cache": "generation"}
    assert ask(over_redis.app.port, "/", **by_generation).headers["X-Accel-Expires"] == "0"
    kept = ask(on_one_machine.app.port, "/", **by_generation).headers["X-Accel-Expires"]
    assert time.time() < int(kept.removeprefix("@")) <= time.time() + 300
