"""Promise 2: what visitors see changes by itself at these instants, and kept pages end there."""

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone as django_timezone

from driversite.machines import NEWS_AGE
from driversite.models import SiteProfile
from driversite.pages import clock as pages_clock
from driversite.pages.clock import LONGEST, OLDEST, Clock
from news.clock import next_change, next_end
from tests.factories import (
    ArticleFactory,
    ClassificationFactory,
    PageFactory,
    PhotoFactory,
    RaceFactory,
    SessionFactory,
    SponsorshipFactory,
)

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 28, 11, 0, tzinfo=UTC)  # 12:00 in Berlin
TODAY = date(2026, 11, 28)
MIDNIGHT = datetime(2026, 11, 28, 23, 0, tzinfo=UTC)
SIX = datetime(2026, 11, 28, 17, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture(autouse=True)
def noon(monkeypatch):
    monkeypatch.setattr(django_timezone, "now", lambda: NOON)
    with django_timezone.override("Europe/Berlin"):
        yield


def change():
    return next_change(NOON)


def test_without_anything_to_come_it_is_midnight():
    assert (change(), next_end(NOON)) == (MIDNIGHT, None)


def test_midnight_is_that_of_the_site():
    SiteProfile.objects.create(name="Erika Muster", time_zone="Australia/Sydney")
    # 22:00 there; at midnight two hours have passed.
    assert pages_clock._asked(NOON)[0] == (NOON + 2 * HOUR).timestamp()


def test_the_night_of_the_change_to_summer_time_is_shorter():
    with django_timezone.override(ZoneInfo("Europe/Berlin")):
        eve = datetime(2027, 3, 28, 0, 0, tzinfo=ZoneInfo("Europe/Berlin"))
        assert next_change(eve) - eve.astimezone(UTC) == 23 * HOUR


def test_a_scheduled_article():
    ArticleFactory(published_at=SIX + HOUR)
    ArticleFactory(published_at=SIX, language="en")
    ArticleFactory(published_at=NOON + HOUR, stage="review")
    assert (change(), next_end(NOON)) == (SIX, None)
    # At its instant it is there: what is rendered then waits for the next.
    assert next_change(SIX) == SIX + HOUR


def test_an_article_that_disappears():
    ArticleFactory(published_at=NOON - DAY, expires_at=SIX)
    assert (change(), next_end(NOON)) == (SIX, SIX)
    assert next_end(SIX) is None


def test_a_page_whose_time_comes():
    PageFactory(published_at=SIX)
    assert change() == SIX


def test_a_photo_whose_licence_ends():
    PhotoFactory(licence_ends_on=TODAY + 2 * DAY)
    PhotoFactory(licence_ends_on=TODAY - DAY)
    assert (change(), next_end(NOON)) == (MIDNIGHT, MIDNIGHT + 2 * DAY)


def limits(generation="one", at=NOON):
    return Clock().limits(generation, at.timestamp())


def test_a_partner_whose_agreement_ends():
    SponsorshipFactory(starts_on=TODAY - DAY, ends_on=TODAY)
    at = MIDNIGHT - HOUR / 2
    assert limits(at=at).stale_until == MIDNIGHT.timestamp()


@pytest.mark.parametrize(
    ("session", "instants"),
    [
        ({"starts_at": SIX, "planned_minutes": 60}, [SIX, SIX + HOUR, MIDNIGHT]),
        # Two hours where the length is not known.
        ({"starts_at": SIX, "planned_minutes": None}, [SIX, SIX + 2 * HOUR, MIDNIGHT]),
        # A race round the clock that has begun before.
        ({"starts_at": SIX - DAY, "planned_minutes": 24 * 60}, [SIX, MIDNIGHT]),
    ],
)
def test_the_phases_of_a_session(session, instants):
    race = RaceFactory(first_day=TODAY - DAY, last_day=TODAY)
    session = SessionFactory(race=race, time_known=True, **session)
    at, phases = NOON, [session.phase(NOON)]
    for instant in instants:
        assert next_change(at) == instant
        assert session.phase(instant - timedelta(microseconds=1)) == phases[-1]
        at = instant
        phases.append(session.phase(at))
    # Each of the instants but midnight is one at which it goes on.
    assert len({*phases}) == len(instants)


def test_a_session_without_hours_is_over_with_the_day_at_the_track():
    race = RaceFactory(first_day=TODAY, last_day=TODAY, circuit__time_zone="Asia/Tokyo")
    session = SessionFactory(race=race, starts_at=NOON - 2 * HOUR, time_known=False)
    assert change() == session.over_at == datetime(2026, 11, 28, 15, 0, tzinfo=UTC)


def test_a_session_far_away_costs_nothing(django_assert_num_queries):
    for number in range(5):
        SessionFactory(race=RaceFactory(first_day=TODAY + (40 + number) * DAY), starts_at=NOON + 40 * DAY)
        ClassificationFactory()
    with django_assert_num_queries(4):  # articles that come and go, pages, sessions
        assert change() == MIDNIGHT


def test_an_article_that_gets_too_old_for_the_news_sitemap():
    ArticleFactory(published_at=NOON - NEWS_AGE + HOUR)
    assert pages_clock._asked(NOON)[0] == (NOON + HOUR).timestamp()


def test_a_page_is_right_for_five_minutes_and_may_do_for_an_hour():
    at = NOON.timestamp()
    assert limits() == (at + LONGEST, at + OLDEST)


def test_the_clock_is_asked_once_for_each_generation_and_again_when_its_instant_has_come(
    django_assert_num_queries,
):
    ArticleFactory(published_at=SIX)
    clock, at = Clock(), NOON.timestamp()
    clock.limits("one", at)
    with django_assert_num_queries(0):
        assert clock.limits("one", SIX.timestamp() - 1).good_until == SIX.timestamp()
    assert clock.limits("one", SIX.timestamp()).good_until == SIX.timestamp() + LONGEST
    ArticleFactory(published_at=SIX + timedelta(seconds=9))
    assert clock.limits("one", SIX.timestamp()).good_until == SIX.timestamp() + LONGEST
    assert clock.limits("two", SIX.timestamp()).good_until == SIX.timestamp() + 9


# Where the code of public pages asks the clock; what changes by it has its instant in news/clock.py.
ASKS = re.compile(r"timezone\.now\(|localdate\(|datetime\.now\(|date\.today\(|time\.time\(")
PLACES = """
news/querysets/*.py news/models/*.py news/views/*.py news/career/*.py news/derived/*.py news/templatetags/*.py news/*.py
sponsors/*.py sponsors/templatetags/*.py driversite/*.py
""".split()
VISIBLE = """
driversite/machines.py news/clock.py news/models/pages.py news/models/photos.py news/models/races.py
news/models/seen.py news/models/sessions.py news/querysets/articles.py news/querysets/photos.py
news/querysets/stretches.py
news/querysets/races.py news/querysets/results.py news/views/articles.py
news/views/drivers.py news/views/home.py news/views/months.py news/views/races.py news/views/results.py
sponsors/querysets.py sponsors/templatetags/sponsors.py
""".split()
# It says when something was written, or no visitor sees what is asked for.
INVISIBLE = """
driversite/preview.py driversite/purge.py driversite/share.py news/metadata.py news/models/articles.py
news/models/loose.py news/models/mending.py news/models/shares.py news/models/withholding.py news/querysets/drafts.py
news/querysets/shares.py news/steps.py sponsors/admin.py
""".split()


def test_whoever_asks_the_clock_is_known_here():
    root = Path(__file__).parent.parent
    asking = {
        path.relative_to(root).as_posix()
        for place in PLACES
        for path in root.glob(place)
        if ASKS.search(path.read_text())
    }
    unknown = asking - {*VISIBLE, *INVISIBLE}
    assert unknown == set(), (
        "When does a page change by that? Say it in news/clock.py, then name the file here."
    )
