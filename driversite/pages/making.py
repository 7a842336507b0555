"""The page as it is now: found, or rendered by one for all who ask; an older copy where it cannot be rendered."""

import logging
from time import monotonic, sleep, time

from django.utils.http import http_date

from driversite.pages.addresses import Address
from driversite.pages.clock import Clock
from driversite.pages.entry import Entry
from driversite.pages.memory import Memory
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
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Retry-After", str(REST)),
        ("Cache-Control", "no-store"),
    ],
    b"Die Seite ist gleich wieder da. This page will be back in a moment.\n",
)


class Maker:
    def __init__(self, application, sharing, memory: Memory, renderers):
        self._application, self._sharing, self._memory = application, sharing, memory
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
            if found := self._found(address.key, generation, arrived):
                return found
            made = self._asked_for(address, environ, generation)
            # What others had begun to render before may be older than what this visitor must see.
            if (
                not isinstance(made, Entry)
                or made.is_good(generation, arrived)
                or self._has_failed(address.key)
            ):
                break
        return made

    def _found(self, key, generation, at):
        """In the memory, else where all processes look."""
        entry = self._memory.get(key)
        if entry and entry.is_good(generation, at):
            return entry
        entry = self._sharing.get(key)
        if entry and entry.is_good(generation, at):
            self._memory.put(entry)
            return entry
        return None

    def _asked_for(self, address, environ, generation):
        older, name = self._older(address.key), (address, generation)
        if older and monotonic() < self._failed.get(address.key, 0):
            return older
        patience = PATIENCE if older else LONGEST
        if self._renderers.hang(name, PATIENCE):
            return self._instead(address, "the database does not answer", older, AWAY)
        try:
            made = self._renderers.ask(name, address, environ, generation).result(patience)
        except TimeoutError:
            return self._instead(address, f"not within {patience} seconds", older, AWAY)
        except Exception as error:
            return self._instead(address, repr(error), older, AWAY)
        if isinstance(made, Rendered):
            return self._instead(address, made.status, older, made)
        self._failed.pop(address.key, None)
        return made

    def _older(self, key):
        copies = [entry for entry in (self._memory.get(key), self._sharing.get(key)) if entry]
        copies = [entry for entry in copies if time() < entry.stale_until and entry.status.startswith("200")]
        return max(copies, key=lambda entry: entry.rendered_at, default=None)

    def _has_failed(self, key):
        return key in self._failed

    def _instead(self, address, why, older, error):
        """One line in the log for each page until it can be rendered again."""
        if not self._has_failed(address.key):
            given = f"the copy of {http_date(older.rendered_at)}" if older else f"“{error.status}”"
            logger.error("%s cannot be rendered (%s). Visitors get %s.", address.key, why, given)
        _note(self._failed, address.key, REST)
        return older or error

    def _make(self, address, environ, generation):
        """In a thread that renders: wait for our turn among all processes, and look whether it still needs doing."""
        limit = monotonic() + LONGEST
        while monotonic() < limit:
            with self._sharing.turn(address.key) as is_ours:
                if found := self._found(address.key, generation, time()):
                    return found
                if is_ours:
                    return self._render(address, environ, generation)
            sleep(LOOK)
        raise TimeoutError(f"another process renders it and does not come to an end within {LONGEST} seconds")

    def _render(self, address, environ, generation):
        at = time()
        limits = self._clock.limits(generation, at)
        rendered = render(self._application, address, environ)
        if rendered.has_failed:
            return rendered
        if not may_be_kept(address, rendered):
            _note(self._not_ours, address.key, NOT_OURS)
            return None
        before = self._memory.get(address.key) or self._sharing.get(address.key)
        entry = entry_of(address, rendered, generation=generation, at=at, limits=limits, before=before)
        self._memory.put(entry)
        self._sharing.put(entry)
        return entry


def _note(notes, key, seconds):
    if len(notes) > MANY:
        notes.clear()
    notes[key] = monotonic() + seconds
