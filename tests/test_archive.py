"""Far down a long list: a page begins with its month, and shows what one shows that passes over all before it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from news import archive
from news.models import ArchivedMonth, Article
from news.querysets.archive import month_with
from news.views import articles as views
from tests.factories import ArticleFactory

pytestmark = pytest.mark.django_db

NEW_YEAR = datetime(2016, 1, 1, tzinfo=UTC)
INSTANT = timedelta(microseconds=1)
# The last and the first instant of a month, and of months that have many or none.
MOMENTS = [
    *(NEW_YEAR + each for each in (-INSTANT, timedelta(0), INSTANT, timedelta(days=45))),
    *(NEW_YEAR + timedelta(days=100, hours=hour) for hour in range(9)),
]


@pytest.fixture
def years():
    """Articles of some months in both languages and of two kinds: to come, public, with an end, over."""
    now = timezone.now()
    for n, moment in enumerate([*MOMENTS, now, now + timedelta(days=1), now + timedelta(days=99)]):
        for language in ("de", "en"):
            kind = ["report", "column"][n % 2]
            ArticleFactory(language=language, kind=kind, published_at=moment)
        for end in (now - timedelta(hours=1), now + timedelta(hours=1)):
            if moment < end:
                ArticleFactory(published_at=moment, kind="report", expires_at=end)
    ArticleFactory(stage="writing", published_at=None)


def listed(language, kind=None, at=None):
    """How many of the list came out in each month, by what was counted."""
    counted = ArchivedMonth.objects.of_list(at or timezone.now(), language, kind)
    months = {}
    for month, number in counted:
        months[month] = months.get(month, 0) + number
    return {month: number for month, number in months.items() if number}


def public(language, kind=None, at=None):
    """The same by the articles themselves."""
    rows = Article.objects.public(at).in_language(language)
    months = {}
    for row in rows.filter(kind=kind) if kind else rows:
        at = row.published_at.astimezone(UTC)
        month = at.year * 12 + at.month - 1
        months[month] = months.get(month, 0) + 1
    return months


@pytest.mark.parametrize("kind", [None, "report", "column"])
@pytest.mark.parametrize("language", ["de", "en"])
def test_a_month_has_as_many_as_visitors_see(years, language, kind):
    now = timezone.now()
    for at in (now, now + timedelta(days=2), now + timedelta(days=120), NEW_YEAR):
        assert listed(language, kind, at) == public(language, kind, at)


@pytest.mark.parametrize("query", ["", "kind=report&", "kind=column&"])
def test_every_page_shows_the_same_whether_it_begins_with_its_month_or_not(years, client, query, monkeypatch):
    monkeypatch.setattr(views, "ON_A_PAGE", 3)

    def pages():
        found = []
        while (answer := client.get(f"/news/?{query}page={len(found) + 1}")).status_code == 200:
            found.append([article.pk for article in answer.context["page"]])
        return found

    as_passed = pages()
    monkeypatch.setattr(views, "FAR_DOWN", 0)
    assert pages() == as_passed
    assert len(as_passed) > 2


def test_a_page_far_down_passes_over_the_articles_of_its_month_alone(years, client, monkeypatch):
    monkeypatch.setattr(views, "ON_A_PAGE", 3)
    monkeypatch.setattr(views, "FAR_DOWN", 5)
    number = Article.objects.public().in_language("de").count()
    with CaptureQueriesContext(connection) as asked:
        assert client.get(f"/news/?page={-(-number // 3)}").status_code == 200
    (passing,) = [each["sql"] for each in asked if "OFFSET" in each["sql"]]
    december = Article.objects.public().filter(language="de", published_at__lt=NEW_YEAR).count()
    assert int(passing.split("OFFSET ")[1].split(")")[0]) < 2 * december < number / 3


def test_a_page_behind_the_last_one_is_not_there(years, client, monkeypatch):
    monkeypatch.setattr(views, "FAR_DOWN", 0)
    assert client.get("/news/?page=99").status_code == 404
    Article.objects.all().delete()
    assert client.get("/news/?page=2").status_code == 404
    assert client.get("/news/").status_code == 200


def test_the_month_of_a_place_is_told_with_how_many_are_newer():
    year = 2016 * 12
    ends = [
        month_with(place, [(year - 1, 2), (year + 2, 4), (year + 2, -1), (year + 50, 0)])
        for place in range(6)
    ]
    assert ends == [(NEW_YEAR.replace(month=4), 0)] * 3 + [(NEW_YEAR, 3)] * 2 + [None]


CHANGES = {
    "a new time": {"published_at": NEW_YEAR},
    "another kind": {"kind": "preview"},
    "another language": {"language": "en"},
    "taken back": {"stage": "review"},
    "an end": {"expires_at": timezone.now() + timedelta(days=9)},
    "nothing of account": {"pinned": True},
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_whatever_changes_what_a_list_holds_is_counted(years, change):
    def are_right():
        return all(listed(code) == public(code) for code in ("de", "en"))

    Article.objects.filter(published_at=MOMENTS[-1]).update(**change)
    assert are_right()
    row = Article.objects.in_language("de").public().first()
    for name, value in change.items():
        setattr(row, name, value)
    row.save()
    assert are_right()
    row.delete()
    Article.objects.filter(published_at__lt=NEW_YEAR).delete()
    Article.objects.bulk_create(
        [Article(headline="H", slug=f"h{n}", stage="released", published_at=NEW_YEAR) for n in range(3)]
    )
    assert are_right()


def test_a_migration_that_takes_the_triggers_away_is_made_good(years):
    with connection.cursor() as cursor:
        ends = " ON news_article" * (connection.vendor != "sqlite")
        cursor.execute(f"DROP TRIGGER {archive.TABLE}_update{ends}")
    Article.objects.filter(published_at__lt=NEW_YEAR).update(stage="review")
    assert listed("de") != public("de")
    call_command("migrate", verbosity=0)
    assert archive.is_whole() and listed("de") == public("de")
