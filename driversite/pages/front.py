"""The door of the site: public pages from the cache, everything else from Django."""

from time import time

from django.conf import settings

from driversite.pages.addresses import Addresses, Hosts
from driversite.pages.answers import Answer, answer
from driversite.pages.entry import Entry
from driversite.pages.making import Maker
from driversite.pages.memory import Memory
from driversite.pages.register import Register
from driversite.pages.renderers import Renderers
from driversite.pages.sharing import sharing
from driversite.purge import purge

SAFE = frozenset(("GET", "HEAD"))


def open_door(application):
    """At each start of a server, which begins a generation: what an earlier start kept was rendered by other code. The
    caches in front have it too."""
    sharing().begin()
    purge()
    return PageCache(application)


class PageCache:
    """A WSGI application around Django's. `ready()` alone never waits for a page to be made."""

    def __init__(self, application, renderers=Renderers):
        self.application, shared, memory = application, sharing(), Memory()
        self._addresses, self._hosts = Addresses(), Hosts()
        self._register = Register()
        self._maker = Maker(application, shared, memory, renderers, self._register)
        # Each of these is asked for every request.
        self._page, self._question, self._current = memory.page, memory.question, shared.current
        self._proxy = settings.SECURE_PROXY_SSL_HEADER if settings.SECURE_SSL_REDIRECT else None
        self._purged = bool(settings.PURGE_URLS)

    def ready(self, environ) -> Answer | None:
        """The answer where the page is at hand and right; None for everything else."""
        path, query = environ["PATH_INFO"], environ.get("QUERY_STRING")
        if query and (query := self._addresses.query(path, query)):
            entry = self._question(f"{path}?{query}")
        elif "?" in path:
            return None
        else:
            entry = self._page(path) or self._question(path)
        if entry is None or entry.generation != self._current() or time() >= entry.good_until:
            return None
        if not self._is_for_us(environ):
            return None
        entry.used = True
        return answer(entry, environ, self._purged)

    def __call__(self, environ, start_response):
        found = self.ready(environ) or self._made(environ)
        if found is None:
            return self.application(environ, start_response)
        start_response(found.status, [*found.headers])
        return [found.body]

    def _made(self, environ):
        # Also for what Django answers alone, such as the page of the register itself.
        self._register.is_of(self._current())
        address = self._addresses.of(environ["PATH_INFO"] or "/", environ.get("QUERY_STRING", ""))
        if not address or not self._is_for_us(environ):
            return None
        made = self._maker.page(address, environ)
        if isinstance(made, Entry):
            return answer(made, environ, self._purged)
        return made and _failure(made, environ)

    def _is_for_us(self, environ):
        """A visitor's question under the site's own address: the others are refused or sent there by Django."""
        return (
            environ["REQUEST_METHOD"] in SAFE
            and environ.get("HTTP_HOST", "") in self._hosts
            and (self._proxy is None or self._is_secure(environ))
            and not environ.get("SCRIPT_NAME")
        )

    def _is_secure(self, environ):
        """As HttpRequest.scheme sees it."""
        header, value = self._proxy
        said = environ.get(header)
        if said is None:
            return environ["wsgi.url_scheme"] == "https"
        return said.partition(",")[0].strip() == value


def _failure(made, environ):
    """What Django says when it cannot: for everybody who waited, and to be kept by nobody."""
    headers = [header for header in made.headers if header[0].lower() not in ("cache-control", "set-cookie")]
    body = b"" if environ["REQUEST_METHOD"] == "HEAD" else made.body
    return Answer(made.status, [*headers, ("Cache-Control", "no-store")], body)
