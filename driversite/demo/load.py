"""The whole demo in the order in which its parts need each other."""

import datetime
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from driversite.demo.articles import group_of, load_articles, load_pages
from driversite.demo.partners import load_partners
from driversite.demo.pictures import load_photos
from driversite.demo.races import load_seasons, load_upcoming
from driversite.demo.rows import AS_BEFORE, CHANGED, NEW, Rows
from driversite.demo.site import load_driver_page, load_profile, load_users
from news.derived import results_changed
from news.models import Article, Race


@dataclass(frozen=True)
class Loaded:
    """What the demo consists of, how many rows that took, and the users with passwords set in this run."""

    parts: dict[str, int]
    counts: dict[str, int]
    users: dict[str, tuple[User, str]]


def is_empty() -> bool:
    """Nobody has written an article or entered a race yet."""
    return not (Article.objects.exists() or Race.objects.exists())


def is_demo() -> bool:
    """The demo is here already, whatever has been added to it."""
    return Article.objects.filter(translation_group=group_of("quali-report")).exists()


def load(*, today: datetime.date | None = None, password: str = "") -> Loaded:
    """Make the demo, or bring it back to what it says. Twice is once, but for what is dated around today."""
    today = today or timezone.localdate()
    rows = Rows()
    # Outside the transaction: all sizes of all pictures take a while, and nobody else should wait for them.
    photos = load_photos(rows)
    with transaction.atomic():
        users = load_users(password)
        load_profile(rows)
        races = load_seasons(rows) | load_upcoming(rows, today)
        results_changed(Race.objects.values_list("pk", flat=True))
        load_driver_page(rows, photos)
        articles = load_articles(rows, races=races, photos=photos, author=users["editor"][0], today=today)
        parts = {
            "articles": len(articles),
            "races": len(races),
            "photos": len(photos),
            "partners": len(load_partners(rows)),
            "pages": len(load_pages(rows)),
        }
    return Loaded(parts, {what: rows.counts[what] for what in (NEW, CHANGED, AS_BEFORE)}, users)
