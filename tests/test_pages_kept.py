"""What is kept of pages: no more than there is room for, in one copy each, and whole or not at all."""

import time
from dataclasses import replace

import pytest

from driversite.pages.addresses import Addresses, Hosts
from driversite.pages.answers import answer, encoding_for
from driversite.pages.entry import PAGES, QUESTIONS, Entry, bodies_of, places_of
from driversite.pages.front import PageCache
from driversite.pages.machine import OLD, Machine
from driversite.pages.memory import LARGEST, Memory
from tests.cached import Visitor, environ


def entry(key="/", body=b"<p>A page.</p>", generation="generations/one", **values):
    now = time.time()
    values = {"good_until": now + 300, "stale_until": now + 3600, "rendered_at": now} | values
    return Entry(
        key=key,
        status="200 OK",
        headers=[("Content-Type", "text/html"), ("X-Ä", "ü")],
        bodies=bodies_of(body),
        etag="abc",
        last_modified=int(now),
        generation=generation,
        **values,
    )


def test_a_page_comes_out_as_it_was_put_in(tmp_path):
    kept = entry("/straße/?q=ä", body=bytes(range(256)), is_question=True)
    assert Entry.unpack(kept.pack()) is not None
    machine = Machine(tmp_path)
    machine.put(kept)
    found = machine.get(kept.key)
    assert {
        name: getattr(found, name) for name in ("key", "headers", "bodies", "generation", "good_until")
    } == {name: getattr(kept, name) for name in ("key", "headers", "bodies", "generation", "good_until")}
    assert machine.get("/") is None


@pytest.mark.parametrize("cut", [0, 1, 20, -1])
def test_what_is_torn_is_no_page(cut):
    packed = entry().pack()
    assert Entry.unpack(packed[:cut]) is None
    assert Entry.unpack(packed.replace(b'"form": 1', b'"form": 0')) is None
    assert Entry.unpack(b"[]\n") is None and Entry.unpack(b"{}\n") is None


def test_memory_is_bounded_and_keeps_what_is_asked_for():
    size = entry("/0000/").size
    memory = Memory(pages=10 * size, questions=5 * size)
    for number in range(10):
        memory.put(entry(f"/{number:04}/"))
    memory.get("/0000/").used = True
    for number in range(10, 14):
        memory.put(entry(f"/{number:04}/"))
    assert memory.get("/0000/") and memory.get("/0013/") and not memory.get("/0001/")
    assert sum(memory.get(f"/{number:04}/") is not None for number in range(14)) == 10
    # Asked for once is not asked for always.
    for number in range(14, 34):
        memory.put(entry(f"/{number:04}/"))
    assert not memory.get("/0000/")


def test_the_same_page_again_takes_no_more_room():
    size = entry("/0000/").size
    memory = Memory(pages=10 * size)
    for number in range(100):
        memory.put(entry(f"/{number % 10:04}/"))
    assert all(memory.get(f"/{number:04}/") for number in range(10))


def test_questions_do_not_push_out_pages():
    memory = Memory(pages=10 * entry("/").size, questions=20 * entry("/").size)
    memory.put(entry("/"))
    for number in range(1000):
        memory.put(entry(f"/suche/?q={number}", is_question=True))
    assert memory.get("/") and memory.get("/suche/?q=999") and not memory.get("/suche/?q=1")


def test_a_file_that_would_push_out_everything_is_left_to_the_others():
    memory = Memory(pages=LARGEST * 10_000)
    memory.put(entry("/large/", body=b"x" * 20_000))
    assert memory.get("/large/") is None


def test_there_are_so_many_files_and_no_more(tmp_path):
    places = {place for number in range(40_000) for place in places_of(f"/suche/?q={number}")}
    assert len(places) == QUESTIONS
    places = {place for number in range(100_000) for place in places_of(f"/{number}/")}
    assert len(places) == PAGES + QUESTIONS


def test_a_generation_leads_somewhere_and_old_ones_are_cleared_away(tmp_path, monkeypatch):
    machine = Machine(tmp_path)
    names = {machine.begin() for _time in range(20)}
    assert len(names) == 20 and machine.current() == Machine(tmp_path).current() in names
    assert (tmp_path / "generation").resolve().is_dir()
    later = time.time_ns() + (OLD + 1) * 10**9
    monkeypatch.setattr("driversite.pages.machine.time.time_ns", lambda: later)
    machine.begin()
    assert [path.name for path in (tmp_path / "generations").iterdir()] == [machine.current().split("/")[1]]
    assert {path.name for path in tmp_path.iterdir()} == {"generation", "generations"}


def test_who_renders_and_dies_gives_its_turn_back(tmp_path):
    one, two = Machine(tmp_path), Machine(tmp_path)
    with one.turn("/") as mine, two.turn("/") as yours, two.turn("/other/") as other:
        assert (mine, yours, other) == (True, False, True)
    with two.turn("/") as yours:
        assert yours


@pytest.mark.parametrize(
    ("accepted", "sent"),
    [
        ("", "identity"),
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, deflate", "gzip"),
        ("GZIP;q=0.5, BR;q=0.4", "gzip"),
        ("br;q=0, gzip;q=0", "identity"),
        ("*", "br"),
        ("*;q=0.1, gzip", "gzip"),
        ("identity", "identity"),
        ("identity;q=1, br;q=0.9", "identity"),
        ("x-gzip", "gzip"),
        ("*;q=0", "identity"),
        ("br;q=nonsense, gzip;q=0.1", "gzip"),
        (";;,,q=", "identity"),
        ("deflate, zstd", "identity"),
    ],
)
def test_the_browser_gets_what_it_likes_best(accepted, sent):
    assert encoding_for(accepted) == sent


def kept_by(entry, purged=False, **headers):
    said = dict(answer(entry, environ("/", **headers), purged).headers)
    return said["Cache-Control"], said.get("X-Accel-Expires")


def test_a_proxy_keeps_a_page_only_where_it_is_told_of_changes_and_never_beyond_the_next_instant():
    now = time.time()
    base = "public, max-age=0, must-revalidate, s-maxage="
    assert kept_by(entry()) == (f"{base}0", None)
    soon = entry(good_until=now + 40)
    assert kept_by(soon, purged=True)[0] in (f"{base}40", f"{base}39")
    later = kept_by(entry(good_until=now + 1000), purged=True)[0]
    assert later == f"{base}300, stale-while-revalidate=300"
    # Each second that a page has been kept is one less for others.
    soon.answers_of -= 1
    soon.good_until -= 30
    assert kept_by(soon, purged=True)[0] in (f"{base}10", f"{base}9")
    assert kept_by(soon.out_of_date(), purged=True)[0] == f"{base}0"


def test_our_own_web_server_keeps_a_page_until_the_second_before():
    page = entry(good_until=2_000_000_000.9)
    assert kept_by(page, x_page_cache="generation")[1] == "@1999999999"
    assert kept_by(page)[1] is None
    assert kept_by(page.out_of_date(), x_page_cache="generation")[1] == "0"
    assert kept_by(replace(page, generation="3f", answers={}), x_page_cache="generation")[1] == "0"


def test_what_a_view_says_of_its_own_file_is_left_as_it_is():
    page = entry()
    page.headers.append(("Cache-Control", "max-age=3600"))
    assert kept_by(page) == ("max-age=3600", None)


def test_another_version_of_the_same_second_says_so(db):
    visitor = Visitor(lambda environ, start: [start("200 OK", []), [b"one"]][1])
    first = visitor.get("/")["Last-Modified"]
    visitor.cache.application.application = lambda environ, start: [start("200 OK", []), [b"two"]][1]
    visitor.cache._maker._sharing.begin()
    second = visitor.get("/")["Last-Modified"]
    assert first != second
    visitor.cache._maker._sharing.begin()
    # And the same bytes are as old as they were.
    assert visitor.get("/")["Last-Modified"] == second


@pytest.mark.django_db
def test_a_site_with_https_answers_from_the_cache_only_what_came_by_it(settings):
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.SITE_URL = "https://testserver"
    visitor = Visitor()
    secure = visitor.get("/", x_forwarded_proto="https")
    assert secure.status_code == 200 and visitor.ready("/", x_forwarded_proto="https")
    plain = visitor.get("/")
    assert (plain.status_code, plain["Location"]) == (301, "https://testserver/")
    assert visitor.get("/", x_forwarded_proto="http").status_code == 301
    assert visitor.ready("/") is None


def test_hosts_are_remembered_as_far_as_few_of_them_are(settings):
    settings.ALLOWED_HOSTS = [".example.org"]
    hosts = Hosts()
    assert all(f"h{number}.example.org" in hosts for number in range(200))
    assert "evil.example" not in hosts and "" not in hosts and "www.example.org:8000" in hosts
    assert len(hosts._known) == 100


def test_the_production_server_has_the_cache_in_front():
    from driversite.wsgi import application  # noqa: PLC0415 - opens the door

    assert isinstance(application, PageCache)


def test_an_address_has_one_name():
    of = Addresses().of
    assert of("/news/", "b=1&page=02&kind=report").key == "/news/?kind=report&page=2"
    assert of("/fahrer/", "page=2&year=2014&year=2013").key == "/fahrer/?year=2013"
    assert (
        of("/fahrer/erika/rennen/", "figure=wins&circuit=3").key
        == "/fahrer/erika/rennen/?circuit=3&figure=wins"
    )
    assert of("/", "&".join(f"a{number}=1" for number in range(99))).key == "/"
    # Who leaves out the last stroke is sent on with the question.
    assert of("/suche", "q=spa&utm=1").key == "/suche?q=spa"
    assert of("/accent-d63c12.css", "").is_question and not of("/", "").is_question
    for own in ("/admin/x/", "/vorschau/token/", "/en/preview/token/", "/cookies/", "/media/photos/x.jpg"):
        assert of(own, "") is None


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/news/?kind=report", "/suche/?q=Monza"])
def test_a_question_mark_within_the_path_puts_nothing_in_the_place_of_a_page(address):
    visitor, disguised = Visitor(), address.replace("?", "%3F")
    for _again in range(2):
        assert visitor.get(disguised).status_code == 404
        assert visitor.get(address).status_code == 200


def test_what_is_remembered_of_visitors_does_not_grow_with_what_they_send():
    encoding_for.cache_clear()
    addresses = Addresses()
    for number in range(50):
        assert addresses.query("/suche/", f"q=a&x={number}{'x' * 60_000}") == "q=a"
        answer(entry(), environ("/", accept_encoding=f"gzip, {'x' * 60_000}{number}"), purged=False)
    assert addresses._remembered.cache_info().currsize == 0
    assert encoding_for.cache_info().currsize == 1
