"""What processes share of the pages: by a folder on one machine, by Redis where CACHE_URL names one."""

from functools import lru_cache

from django.conf import settings

from driversite.pages.machine import Machine
from driversite.pages.remote import Remote


def sharing():
    """`current()` and `begin()` a generation, `get(key)` and `put(entry)` pages, `turn(key)` to render one."""
    cache = settings.CACHES["default"]
    place = cache.get("LOCATION", "")
    if "redis" in cache["BACKEND"].lower():
        return _remote(place if isinstance(place, str) else place[0])
    return _machine(str(settings.STATE_ROOT))


_remote, _machine = lru_cache(Remote), lru_cache(Machine)
