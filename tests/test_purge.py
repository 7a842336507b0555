"""What is told to the caches in front, by whom and how; a save never fails or waits because of them."""

import json
import logging
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from driversite import purge
from driversite.environment import backing
from driversite.tasks import rows
from driversite.tasks.worker import Worker

CLOUDFLARE = (
    "POST https://api.cloudflare.example/client/v4/zones/23/purge_cache "
    'Authorization:Bearer%20sesame {"purge_everything":true}'
)


@contextmanager
def cache_in_front(status=200, location=""):
    """A server that writes down what it is told: yields its address and (method, path, headers, body) of each call."""
    told, may_end = [], Event()

    class Front(BaseHTTPRequestHandler):
        def answer(self):
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            told.append((self.command, self.path, self.headers, body))
            if status is None:
                may_end.wait(20)
                return
            self.send_response(status)
            if location:
                self.send_header("Location", location)
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_PURGE = do_POST = do_GET = do_BAN = answer

        def log_message(self, *arguments):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Front)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", told
    finally:
        may_end.set()
        server.shutdown()
        server.server_close()


def test_nothing_is_asked_for_unless_somebody_said_so(settings):
    assert settings.PURGE_URLS == backing.purge_calls("") == () and purge.failures() == []


def test_calls_are_read_with_method_address_headers_and_body():
    first, second = backing.purge_calls(f"PURGE http://10.0.0.6:6081/ {CLOUDFLARE}")
    assert first == backing.Call("PURGE", "http://10.0.0.6:6081/")
    assert second.address == "https://api.cloudflare.example/client/v4/zones/23/purge_cache"
    assert dict(second.headers) == {"Authorization": "Bearer sesame", "Content-Type": "application/json"}
    assert json.loads(second.body) == {"purge_everything": True}


@pytest.mark.parametrize(
    "text",
    [
        "http://10.0.0.6:6081/",
        "PURGE",
        "purge http://10.0.0.6/",
        "PURGE 10.0.0.6",
        "PURGE file:///etc/passwd",
        "PURGE http://10.0.0.6/{path}",
        "POST https://cdn.example Key:sesame sesame",
        "POST https://cdn.example {sesame}",
        "POST https://cdn.example Key:sesame%0D%0AHost:other.example",
    ],
)
def test_a_call_that_cannot_be_made_stops_the_start_and_its_keys_are_not_repeated(text):
    with pytest.raises(ImproperlyConfigured, match="PURGE_URLS") as refused:
        backing.purge_calls(text)
    assert "sesame" not in str(refused.value)


@pytest.mark.django_db
def test_every_cache_is_told_at_once(settings):
    with cache_in_front() as (varnish, told), cache_in_front() as (cdn, told_too):
        settings.PURGE_URLS = backing.purge_calls(
            f'PURGE {varnish}/ POST {cdn}/all Key:sesame {{"purge_everything":true}}'
        )
        purge.purge()
    ((method, path, _headers, body),) = told
    assert (method, path, body) == ("PURGE", "/", b"")
    ((method, path, headers, body),) = told_too
    assert (method, path, headers["Key"]) == ("POST", "/all", "sesame")
    assert json.loads(body) == {"purge_everything": True} and headers["Content-Type"] == "application/json"


@pytest.mark.django_db
@pytest.mark.parametrize(("status", "why"), [(403, "403"), (500, "500"), (None, "no answer in time")])
def test_a_cache_that_refuses_fails_or_is_silent_is_logged_without_its_key(
    settings, caplog, monkeypatch, status, why
):
    monkeypatch.setattr(purge, "PATIENCE", 0.3)
    monkeypatch.setattr(logging.getLogger("driversite"), "propagate", True)
    with cache_in_front(status) as (address, told):
        settings.PURGE_URLS = backing.purge_calls(f"POST {address}/sesame?key=sesame Key:sesame")
        purge.purge()
    assert len(told) == 1 and why in caplog.text
    assert "POST 127.0.0.1" in caplog.text and "sesame" not in caplog.text


@pytest.mark.django_db
def test_a_cache_that_is_away_is_logged(settings, caplog, monkeypatch):
    monkeypatch.setattr(logging.getLogger("driversite"), "propagate", True)
    with cache_in_front() as (address, _told):
        settings.PURGE_URLS = backing.purge_calls(f"PURGE {address}/")
    purge.purge()
    assert "ConnectionRefusedError" in caplog.text


def test_keys_go_to_no_other_host(settings):
    with cache_in_front() as (other, told_too), cache_in_front(302, location=f"{other}/") as (address, told):
        settings.PURGE_URLS = backing.purge_calls(f"POST {address}/ Key:sesame")
        ((_call, why),) = purge.failures()
    assert "302" in why and len(told) == 1 and told_too == []


def test_one_that_is_silent_keeps_no_other_from_being_told(settings, monkeypatch):
    monkeypatch.setattr(purge, "PATIENCE", 0.3)
    with cache_in_front(None) as (silent, _), cache_in_front() as (varnish, told):
        settings.PURGE_URLS = backing.purge_calls(f"PURGE {silent}/ PURGE {varnish}/")
        assert [why for _call, why in purge.failures()] == ["no answer in time"] and len(told) == 1


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_the_caches_are_emptied_once_more_for_what_was_on_its_way(settings):
    with cache_in_front() as (varnish, told):
        settings.PURGE_URLS = backing.purge_calls(f"PURGE {varnish}/")
        for _save in range(3):
            purge.purge()
        assert len(told) == 3
        (row,) = DBTaskResult.objects.all()
        assert row.run_after > timezone.now()
        DBTaskResult.objects.update(run_after=timezone.now())
        assert Worker().work_off() == 1 and len(told) == 4


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_cache_that_was_away_is_told_when_it_is_back(settings):
    with cache_in_front(503) as (broken, _told):
        settings.PURGE_URLS = backing.purge_calls(f"PURGE {broken}/")
        purge.purge()
        DBTaskResult.objects.update(run_after=timezone.now())
        Worker().work_off()
    row = DBTaskResult.objects.get()
    assert row.status == rows.READY and row.run_after > timezone.now() and "503" in row.traceback
    with cache_in_front() as (varnish, told):
        settings.PURGE_URLS = backing.purge_calls(f"PURGE {varnish}/")
        DBTaskResult.objects.update(run_after=timezone.now())
        assert Worker().work_off() == 1 and len(told) == 1


@pytest.mark.django_db
def test_a_save_is_not_lost_when_nothing_can_be_noted_for_later(settings, monkeypatch, caplog):
    def refused(*arguments, **named):
        raise DatabaseError("read only")

    monkeypatch.setattr(logging.getLogger("driversite"), "propagate", True)
    monkeypatch.setattr(DBTaskResult.objects, "create", refused)
    with cache_in_front() as (varnish, told):
        settings.PURGE_URLS = backing.purge_calls(f"PURGE {varnish}/")
        purge.purge()
    assert len(told) == 1 and "five minutes" in caplog.text
