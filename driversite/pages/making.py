"""The page as it is now: found, or rendered by one for all who ask; an older copy where it cannot be rendered."""

import logging
from pathlib import Path
from time import monotonic, sleep, time

from django.utils.http import http_date

from driversite.pages.addresses import Address
from driversite.pages.clock import Clock
from driversite.pages.entry import Entry
from driversite.pages.memory import Memory
from driversite.pages.register import Register
from driversite.pages.rendering import Rendered, entry_of, may_be_kept, render

logger = logging.getLogger(__name__)
# So many seconds a visitor waits before an older copy has to do, and without one before there is only an apology.
PATIENCE, LONGEST = 5, 20
# So long a page that failed is not tried again, and one that turned out not to be for everybody is left to Django.
REST, NOT_OURS = 5, 60
# So often a process looks whether another one has made the page meanwhile.
LOOK = 0.01
MANY = 1000
AWAY = Rendered(
    "503 Service Unavailable",
    [
        ("Content-Type", "text/html; charset=utf-8"),
        ("Retry-After", str(REST)),
    ],
    # What the web server in front says when nobody answers at all.
    (Path(__file__).parents[1] / "static" / "trouble" / "away.html").read_bytes(),
)


class Maker:
    def __init__(self, application, sharing, memory: Memory, renderers, register: Register):
        self._application, self._sharing, self._memory = application, sharing, memory
        self._register = register
        self._clock, self._renderers = Clock(), renderers(self._make)
        self._failed: dict[str, float] = {}
        self._not_ours: dict[str, float] = {}

    def page(self, address: Address, environ) -> Entry | Rendered | None:
        """The page, or the error in its place; None where Django has to answer this visitor alone."""
        if monotonic() < self._not_ours.get(address.key, 0):
            return None
        arrived = time()
        for _again in range(3):
            generation = self._sharing.current()
            found = self._found(address.key)
            if found and found.is_good(generation, arrived):
                return found
            made = self._asked_for(address, environ, generation, found if _may_do(found) else None)
            # What others had begun to render before may be older than what this visitor must see.
            if (
                not isinstance(made, Entry)
                or made.is_good(generation, arrived)
                or self._has_failed(address.key)
            ):
                break
        return made

    def _found(self, key):
        """The newest copy, of this process or of all."""
        own = self._memory.get(key)
        if own and own.is_good(self._sharing.current(), time()):
            return own
        shared = self._sharing.get(key)
        if not shared or (own and own.rendered_at >= shared.rendered_at):
            return own
        self._memory.put(shared)
        return shared

    def _asked_for(self, address, environ, generation, older):
        name = (address, generation)
        if older and monotonic() < self._failed.get(address.key, 0):
            return older.out_of_date()
        patience = PATIENCE if older else LONGEST
        if self._renderers.hang(name, patience):
            return self._instead(address, "the database does not answer", older, AWAY)
        try:
            made = self._renderers.ask(name, address, environ, generation).result(patience)
        except TimeoutError:
            return self._instead(address, f"not within {patience} seconds", older, AWAY)
        except Exception as error:
            return self._instead(address, error, older, AWAY)
        if isinstance(made, Rendered):
            return self._instead(address, made.status, older, made)
        self._failed.pop(address.key, None)
        return made

    def _has_failed(self, key):
        return key in self._failed

    def _instead(self, address, why, older, error):
        """One line in the log for each page until it can be rendered again."""
        if not self._has_failed(address.key):
            given = f"the copy of {http_date(older.rendered_at)}" if older else f"“{error.status}”"
            seen = why if isinstance(why, Exception) else None
            logger.error(
                "%s cannot be rendered (%s). Visitors get %s.", address.key, why, given, exc_info=seen
            )
        _note(self._failed, address.key, REST)
        return older.out_of_date() if older else error

    def _make(self, address, environ, generation):
        """In a thread that renders: wait for our turn among all processes, and look whether it still needs doing."""
        limit = monotonic() + LONGEST
        while monotonic() < limit:
            with self._sharing.turn(address.key) as is_ours:
                found = self._found(address.key)
                if found and found.is_good(generation, time()):
                    return found
                if is_ours:
                    return self._render(address, environ, generation, found)
            sleep(LOOK)
        raise TimeoutError(f"another process renders it and does not come to an end within {LONGEST} seconds")

    def _render(self, address, environ, generation, before):
        at = time()
        # Asked for by its generation, which may be newer than that of a moment ago.
        self._register.is_of(generation)
        limits = self._clock.limits(generation, at)
        rendered = render(self._application, address, environ)
        if rendered.has_failed:
            return rendered
        if not may_be_kept(address, rendered):
            _note(self._not_ours, address.key, NOT_OURS)
            return None
        entry = entry_of(address, rendered, generation=generation, at=at, limits=limits, before=before)
        self._memory.put(entry)
        self._sharing.put(entry)
        return entry


def _note(notes, key, seconds):
    if len(notes) > MANY:
        notes.clear()
    notes[key] = monotonic() + seconds


def _may_do(entry):
    """Whether a copy is better than an error: nothing in it has had its time, and it is not too old."""
    return entry and entry.status.startswith("200") and time() < entry.stale_until
