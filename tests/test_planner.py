"""The newsroom's calendar: what appears and disappears when, by the site's clocks, beside the races."""

from datetime import UTC, date, datetime, timedelta

import pytest

from driversite.models import SiteProfile
from tests.factories import ArticleFactory, RaceFactory, SessionFactory, member

pytestmark = pytest.mark.django_db
PLANNER = "/admin/news/article/planner/"
# Midnight in Berlin, still Saturday in Greenwich.
SUNDAY = datetime(2026, 11, 21, 23, 0, tzinfo=UTC)


def days_of(page):
    """{day: the moments on it} of the month that the page shows."""
    days = [day for week in page.context["weeks"] for day in week]
    return {day.date: day for day in days}


def test_articles_stand_on_their_day_by_the_clocks_of_the_site(admin_client):
    SiteProfile.objects.create(name="Erika Muster", time_zone="Europe/Berlin")
    shown = ArticleFactory(headline="Erscheint", published_at=SUNDAY, expires_at=SUNDAY + timedelta(hours=12))
    ArticleFactory(headline="Geplant", stage="review", published_at=SUNDAY + timedelta(hours=9))
    page = admin_client.get(PLANNER, {"month": "2026-11"})
    day = days_of(page)[date(2026, 11, 22)]
    assert [(moment.article.headline, moment.is_the_end) for moment in day.moments] == [
        ("Erscheint", False),
        ("Geplant", False),
        ("Erscheint", True),
    ]
    assert "Europe/Berlin" in page.text and f"/admin/news/article/{shown.pk}/change/" in page.text
    assert "geplant, nicht freigegeben" in page.text and "verschwindet" in page.text


def test_the_zone_is_that_of_the_month(admin_client):
    SiteProfile.objects.create(name="Erika Muster", time_zone="Europe/Berlin")
    assert "Europe/Berlin, MEZ" in admin_client.get(PLANNER, {"month": "2026-11"}).text
    assert "Europe/Berlin, MESZ" in admin_client.get(PLANNER, {"month": "2026-07"}).text


def test_races_and_their_sessions_stand_beside_them(admin_client):
    race = RaceFactory(name="Qualifikationsrennen", first_day=date(2026, 11, 21), last_day=date(2026, 11, 22))
    SessionFactory(race=race, starts_at=SUNDAY + timedelta(hours=15))
    SessionFactory(race=race, kind="practice", starts_at=SUNDAY, time_known=False)
    page = admin_client.get(PLANNER, {"month": "2026-11"})
    days = days_of(page)
    assert [day.day for day, found in days.items() if found.races] == [21, 22]
    assert [moment.session.kind for moment in days[date(2026, 11, 22)].moments] == ["race"]
    assert f"/admin/news/race/{race.pk}/change/" in page.text


@pytest.mark.parametrize("asked", ["", "2026-13", "x", "0001-01", "9999-12", "2026-11-22", "²"])
def test_what_is_no_month_shows_this_one(admin_client, asked):
    page = admin_client.get(PLANNER, {"month": asked})
    assert page.context["today"] in days_of(page)


def test_a_month_costs_the_same_for_one_article_or_many(admin_client, django_assert_max_num_queries):
    for _n in range(12):
        ArticleFactory(published_at=SUNDAY, expires_at=SUNDAY + timedelta(hours=1))
        SessionFactory(race__first_day=date(2026, 11, 22), starts_at=SUNDAY)
    with django_assert_max_num_queries(12):
        admin_client.get(PLANNER, {"month": "2026-11"})


@pytest.mark.parametrize(("role", "status"), [("Reporter", 200), ("Driver", 403)])
def test_the_calendar_is_for_those_who_see_articles(client, role, status):
    client.force_login(member(role))
    assert client.get(PLANNER).status_code == status
