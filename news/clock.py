"""When what visitors see changes by itself: kept pages are right until then.

Every use of today and now on a public page has its instant here: what is new to ask the clock goes into `next_change`,
and into `next_end` as well where something must no longer be seen.
"""

from datetime import datetime, time, timedelta

from django.utils import timezone

from news.models import Article, Page, Photo, Session

DAY = timedelta(days=1)


def next_change(at: datetime) -> datetime:
    """The first instant after this one at which a public page is another without anybody's doing.

    At the latest midnight in the active time zone: races, partners, licences and small facts are of another day then.
    """
    midnight = midnight_after(timezone.localdate(at))
    found = (
        Article.objects.next_release(at, midnight),
        Article.objects.next_expiry(at),
        Page.objects.next_release(at),
        *(instant for session in Session.objects.around(at) for instant in session.turns()),
    )
    return min([midnight, *(instant for instant in found if instant and instant > at)])


def next_end(at: datetime) -> datetime | None:
    """The first instant after this one from which something that visitors see must not be seen any more."""
    last_day = Photo.objects.next_licence_end(timezone.localdate(at))
    ends = (Article.objects.next_expiry(at), last_day and midnight_after(last_day))
    return min(filter(None, ends), default=None)


def midnight_after(day) -> datetime:
    """When the day is over in the active time zone."""
    return datetime.combine(day + DAY, time.min, timezone.get_current_timezone())
