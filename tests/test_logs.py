"""The log: whoever has the address of a draft may read it, so it stands in no line, however it was typed."""

import io
import logging
from logging.config import DictConfigurator

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils.translation import override
from granian.log import DEFAULT_ACCESSLOG_FMT

from driversite.logs import DRAFT
from driversite.management.commands.serve import logging_like_ours
from tests.factories import ShareLinkFactory

TOKEN = "oNsGYs0WX6QvGQDkcvpFSB.hiCVEoDfBHcNlM7cQ0a1"


@pytest.fixture
def log():
    """What the site writes with the handlers of its settings."""
    # pytest has handlers of its own there.
    console = next(each for each in logging.getLogger("django").handlers if each.name == "console")
    before = console.setStream(out := io.StringIO())
    yield out
    console.setStream(before)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    [
        f"/vorschau/{TOKEN}/",
        f"/vorschau/{TOKEN}",
        f"/en/preview/{TOKEN}/",
        f"/vorschau/{TOKEN[:9]}%20{TOKEN[9:]}/",
        f"/vorschau/{TOKEN}/{TOKEN}/",
        f"/en/vorschau/{TOKEN}/",
        f"/Vorschau/{TOKEN}/",
        f"/preview/{TOKEN}/",
    ],
)
def test_an_address_of_a_draft_that_opens_nothing_is_noted_without_its_token(client, log, address):
    assert client.get(address, follow=True).status_code == 404
    assert "Not Found: " in log.getvalue()
    for part in (TOKEN, TOKEN[:9], TOKEN[9:]):
        assert part not in log.getvalue()


@pytest.mark.django_db
def test_neither_is_one_that_opens_something_when_its_page_fails(client, log, monkeypatch):
    link = ShareLinkFactory()

    def failing(*arguments, **named):
        raise ValueError(f"no page for {link.get_absolute_url()}")

    monkeypatch.setattr("driversite.share._page", failing)
    client.raise_request_exception = False
    assert client.get(link.get_absolute_url()).status_code == 500
    assert "Internal Server Error: " in log.getvalue() and "ValueError: no page for" in log.getvalue()
    assert link.key not in log.getvalue()


@pytest.mark.django_db
def test_what_follows_from_a_mistyped_address_does_not_tell_it_either(client):
    """A link on the page would: browsers send along where they come from, and web servers write that down."""
    answer = client.get(f"/vorschau/{TOKEN}/")
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_the_web_server_writes_no_address_of_a_draft():
    config = logging_like_ours()
    line = DictConfigurator({"version": 1}).configure_formatter(config["formatters"]["line"])
    assert config["handlers"]["console"]["formatter"] == "line"
    assert config["loggers"]["granian.access"]["handlers"] == ["console"]
    request = {
        "addr": "192.0.2.1",
        "time": "now",
        "method": "GET",
        "protocol": "HTTP/1.1",
        "status": 404,
        "dt_ms": 1,
    }

    def written(path):
        values = (request | {"path": path},)
        return line.format(
            logging.LogRecord("granian.access", 20, "", 0, DEFAULT_ACCESSLOG_FMT, values, None)
        )

    assert written(f"/vorschau/{TOKEN}/").endswith('"GET /vorschau/… HTTP/1.1" 404 1.000')
    assert '"GET /news/24h-preview/ HTTP/1.1"' in written("/news/24h-preview/")
    assert '"GET /admin/news/article/3/preview/ HTTP/1.1"' in written("/admin/news/article/3/preview/")


def test_the_log_knows_what_addresses_of_drafts_begin_with():
    for language, _name in settings.LANGUAGES:
        with override(language):
            assert DRAFT.search(reverse("shared", args=[TOKEN]))[1] in ("vorschau", "preview")


def test_lines_about_all_else_are_whole(client, log, db):
    client.get("/nirgends/hier/")
    assert log.getvalue().endswith(" WARNING django.request: Not Found: /nirgends/hier/\n")
