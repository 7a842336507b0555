"""A visitor of the site with its page cache, in this process: Django's own test client does not come by there."""

import sys
from concurrent.futures import Future
from contextlib import contextmanager
from io import BytesIO
from urllib.parse import unquote, urlsplit

from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from driversite.pages.front import PageCache
from driversite.pages.sharing import sharing


class InThisThread:
    """In place of `Renderers`, whose threads would not see what a test has in its transaction."""

    def __init__(self, render):
        self._render = render

    def hang(self, name, patience):
        return False

    def ask(self, name, *what):
        future = Future()
        try:
            future.set_result(self._render(*what))
        except Exception as error:
            future.set_exception(error)
        return future


@contextmanager
def connections_stay_open():
    """As Django's own client does: the test's transaction goes on after a request."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)


class Reply:
    """As much of Django's response as the tests ask."""

    streaming = False

    def __init__(self, status, headers, content):
        self.status_code, self.content = int(status.split()[0]), content
        self.all_headers = headers
        self.headers = {name.title(): value for name, value in headers}

    def __getitem__(self, name):
        return self.headers[name.title()]

    def __contains__(self, name):
        return name.title() in self.headers

    def get(self, name, default=None):
        return self.headers.get(name.title(), default)

    @property
    def text(self):
        return self.content.decode()


class Asking:
    """Counts what comes through to Django."""

    def __init__(self, application):
        self.application, self.asked = application, []

    def __call__(self, environ, start_response):
        self.asked.append(environ)
        return self.application(environ, start_response)


def environ(address, method="GET", **headers):
    parts = urlsplit(address)
    named = {f"HTTP_{name.upper()}": value for name, value in headers.items()}
    return {
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote(parts.path, "latin-1"),
        "QUERY_STRING": parts.query,
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "192.0.2.7",
        "HTTP_HOST": "testserver",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    } | named


class Visitor:
    """`get()` goes through the cache; `rendered` counts how often Django was asked since it was last looked at."""

    def __init__(self, application=None, renderers=InThisThread):
        self.django = Asking(application or WSGIHandler())
        self.cache = PageCache(self.django, renderers)

    def get(self, address, follow=False, method="GET", **headers):
        started = []
        asked = environ(address, method, **headers)
        with connections_stay_open():
            body = self.cache(asked, lambda status, headers, exc=None: started.append((status, headers)))
            content = b"".join(body)
            if hasattr(body, "close"):
                body.close()
        return Reply(*started[-1], content)

    def ready(self, address, **headers):
        return self.cache.ready(environ(address, **headers))

    @property
    def rendered(self):
        asked, self.django.asked = [each["PATH_INFO"] for each in self.django.asked], []
        return asked


def change():
    """As after a write that visitors see; a test's own writes are never committed."""
    sharing().begin()
