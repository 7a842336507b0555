"""Sharing among several machines: by Redis."""

import logging
import secrets
from contextlib import contextmanager, suppress
from math import ceil
from time import time

from driversite.pages.alone import Alone
from driversite.pages.entry import Entry, place_of, places_of

try:
    import redis
    from redis.exceptions import LockError, RedisError
except ImportError:  # The extra "redis" is installed where CACHE_URL asks for it.
    redis = None

logger = logging.getLogger(__name__)
PREFIX = "driversite:pages:"
GENERATION = f"{PREFIX}generation"
# Every request asks: a Redis that does not answer at once is as good as none.
PATIENCE = 0.25
# A change that is not told is seen five minutes late: whoever has saved something waits longer than whoever reads.
PATIENCE_OF_CHANGES = 3
# Whoever renders and dies gives the turn back by then.
TURN = 30


class Remote:
    """As `Machine`. While Redis is away each process is alone; what was changed meanwhile could not be told to the
    others, so whoever noticed begins a new generation when it is back."""

    def __init__(self, url):
        self._redis, self._patient = (
            redis.Redis.from_url(
                url, socket_timeout=wait, socket_connect_timeout=wait, health_check_interval=30
            )
            for wait in (PATIENCE, PATIENCE_OF_CHANGES)
        )
        self._alone, self._owes = Alone(logger, "Redis cannot be used"), False

    def current(self) -> str:
        if self._alone.is_resting():
            return self._alone.now()
        if self._owes:
            return self._begin(self._redis)
        try:
            found = self._redis.get(GENERATION)
        except RedisError as error:
            self._owes = True
            return self._alone.rest(error)
        return found.decode() if found else self._begin(self._redis)

    def begin(self) -> str:
        return self._begin(self._patient)

    def _begin(self, client):
        name = secrets.token_hex(8)
        try:
            client.set(GENERATION, name)
        except RedisError as error:
            self._owes = True
            return self._alone.rest(error)
        self._owes = False
        return name

    def get(self, key: str) -> Entry | None:
        if self._alone.is_resting():
            return None
        try:
            found = self._redis.mget([f"{PREFIX}{place}" for place in places_of(key)])
        except RedisError as error:
            self._alone.rest(error)
            return None
        entries = (Entry.unpack(packed) for packed in found if packed)
        return next((entry for entry in entries if entry and entry.key == key), None)

    def put(self, entry: Entry) -> None:
        if self._alone.is_resting():
            return
        # As long as it may be shown at all: Redis throws away what nobody may see any more.
        lives = max(1, ceil(max(entry.stale_until, entry.good_until) - time()))
        try:
            self._redis.set(f"{PREFIX}{place_of(entry.key, entry.is_question)}", entry.pack(), ex=lives)
        except RedisError as error:
            self._alone.rest(error)

    @contextmanager
    def turn(self, key: str):
        lock = self._redis.lock(f"{PREFIX}turn:{place_of(key, '?' in key)}", timeout=TURN, blocking=False)
        try:
            is_ours = not self._alone.is_resting() and lock.acquire()
        except RedisError as error:
            self._alone.rest(error)
            is_ours = False
        if self._alone.is_resting():
            # Rather twice than not at all.
            yield True
            return
        try:
            yield is_ours
        finally:
            if is_ours:
                # It may have run out meanwhile, or Redis may be gone.
                with suppress(LockError, RedisError):
                    lock.release()
