"""Every public page through the page cache: nothing leaks, nothing is one visitor's, and all say the same of it."""

import ast
from pathlib import Path

import pytest

from driversite.pages.addresses import KNOWN
from tests.cached import Visitor, change
from tests.test_leaks import WAYS_IN, around_marker, deleted, hidden, newsroom, public  # noqa: F401
from tests.visitor import visit_everything

ROOT = Path(__file__).parent.parent
# Pages of one visitor, and files: they come from Django each time.
OWN = ("/cookies/", "/en/cookies/", "/media/")


@pytest.fixture
def every_page(public):  # noqa: F811
    """{address: reply} of everything that can be reached."""
    visitor = Visitor()
    return visitor, dict(visit_everything(visitor, WAYS_IN))


@pytest.mark.django_db
def test_nothing_hidden_is_on_any_page_from_the_cache(public, hidden, deleted, newsroom):  # noqa: F811
    visitor = Visitor()
    replies = dict(visit_everything(visitor, WAYS_IN))
    assert {address: said for address, reply in replies.items() if (said := around_marker(reply))} == {}
    # The second time nothing but files and pages of one visitor comes from Django.
    visitor.rendered  # noqa: B018
    for address, reply in replies.items():
        assert visitor.get(address).status_code == reply.status_code
    assert {path for path in visitor.rendered if not path.startswith(OWN)} == set()
    assert len(replies) > 100


@pytest.mark.django_db
def test_every_public_page_sets_no_cookie_and_varies_by_nothing_but_its_packing(every_page):
    visitor, replies = every_page
    pages = {address: reply for address, reply in replies.items() if not address.startswith(OWN)}
    assert len(pages) > 100
    for address, reply in pages.items():
        names = [name.lower() for name, _value in reply.all_headers]
        assert "set-cookie" not in names and len(names) == len({*names}), address
        assert reply["Vary"] == "Accept-Encoding", address
        assert reply["ETag"] and reply["Last-Modified"] and reply["Content-Type"], address
        assert reply["X-Content-Type-Options"] == "nosniff", address
        if reply.status_code == 200 and "/accent-" not in address:
            assert reply["Cache-Control"] == "public, max-age=0, must-revalidate, s-maxage=0", address
        assert visitor.ready(address), address


@pytest.mark.django_db
def test_no_page_depends_on_the_host_under_which_it_is_asked_for(every_page):
    _visitor, replies = every_page
    change()
    another = Visitor()
    for address, reply in replies.items():
        if not address.startswith(OWN):
            there = another.get(address, host="localhost:8000")
            assert (there.status_code, there.content) == (reply.status_code, reply.content), address
            assert there.get("Location") == reply.get("Location"), address


def views():
    places = [*(ROOT / "news" / "views").glob("*.py"), *(ROOT / "sponsors").glob("views.py")]
    return [*places, *(ROOT / "driversite" / name for name in ("machines.py", "accent.py"))]


def test_every_parameter_that_a_page_reads_is_known_to_the_cache():
    """Or it would never reach the page: what is not known is left out of the address."""
    known = {name for parameters in KNOWN.values() for name in parameters}
    read = set()
    for path in views():
        for node in ast.walk(ast.parse(path.read_text())):
            match node:
                case ast.Call(
                    func=ast.Attribute(value=ast.Attribute(attr="GET"), attr="get"),
                    args=[ast.Constant(name), *_],
                ):
                    read.add(name)
                case ast.Subscript(value=ast.Attribute(attr="GET"), slice=ast.Constant(name)):
                    read.add(name)
    assert read and read <= known, "KNOWN in driversite/pages/addresses.py"


@pytest.mark.django_db
def test_every_link_with_a_question_says_the_same_with_and_without_the_cache(every_page, client):
    _visitor, replies = every_page
    questions = [address for address in replies if "?" in address and not address.startswith(OWN)]
    assert len(questions) > 10
    for address in questions:
        plain = client.get(address)
        assert (plain.status_code, plain.content) == (
            replies[address].status_code,
            replies[address].content,
        ), address
