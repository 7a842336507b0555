"""When public pages change by themselves: the parts of the site together, asked once for each generation."""

from datetime import UTC, datetime
from math import inf
from threading import Lock
from typing import NamedTuple

from django.utils import timezone

from driversite.machines import news_sitemap_changes
from driversite.models import SiteProfile
from news import clock as news
from sponsors.models import Sponsorship

# Whatever nobody heard of is seen by then.
LONGEST = 300
# After an older copy nobody wants to see it any more.
OLDEST = 3600


class Limits(NamedTuple):
    good_until: float
    stale_until: float


class Clock:
    """A page is right until the next change, and at most five minutes; it may stand in for a newer one that cannot be
    made until something in it has had its time, and at most an hour."""

    def __init__(self):
        self._lock, self._known = Lock(), None

    def limits(self, generation: str, at: float) -> Limits:
        change, end = self._next(generation, at)
        return Limits(min(change, at + LONGEST), min(end, at + OLDEST))

    def _next(self, generation, at):
        with self._lock:
            known = self._known
        if not known or known[0] != generation or at >= known[1]:
            known = self._known = (generation, *_asked(datetime.fromtimestamp(at, UTC)))
        return known[1:]


def _asked(at):
    """(next change, next end of something) of the whole site, in the site's own time zone: days end at its midnight."""
    with timezone.override(SiteProfile.current().time_zone):
        last_day = Sponsorship.objects.last_day(timezone.localdate(at))
        ends = [news.next_end(at), last_day and news.midnight_after(last_day)]
        changes = [news.next_change(at), news_sitemap_changes(at), *ends]
    return tuple(min((each.timestamp() for each in found if each), default=inf) for found in (changes, ends))
