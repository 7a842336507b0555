"""The page of an article: what stands beside the text."""

from datetime import UTC, date, datetime

import pytest

from tests.factories import (
    ArticleFactory,
    ClassificationFactory,
    DriverFactory,
    EntryFactory,
    RaceFactory,
    ResultFactory,
    SessionFactory,
)

pytestmark = pytest.mark.django_db
LAST_DAY = date(2014, 6, 22)


@pytest.fixture
def session():
    """A race over the night that we finished sixth; our driver sat in number 20."""
    race = RaceFactory(first_day=date(2014, 6, 19), last_day=LAST_DAY, starters=165)
    session = SessionFactory(race=race, planned_minutes=1440)
    entry = EntryFactory(race=race, number="20", drivers=[DriverFactory(last_name="Muster", ours=True)])
    ResultFactory(classification=ClassificationFactory(session=session), entry=entry, position=6, grid="11")
    return session


def facts(client, **values):
    page = client.get(ArticleFactory(**values).get_absolute_url()).text
    return page.split('class="facts"')[1].split("</aside>")[0], page


@pytest.mark.parametrize(
    ("kind", "day", "is_told"),
    [("report", 21, False), ("preview", 22, False), ("report", 22, True), ("preview", 23, True)],
)
def test_an_article_from_before_the_finish_does_not_give_the_result_away(client, session, kind, day, is_told):
    came_out = datetime(2014, 6, day, 12, tzinfo=UTC)
    box, page = facts(client, race=session.race, kind=kind, published_at=came_out)
    assert "Muster" in box and "24 Stunden" in box
    assert ("Gesamt" in box, "Startplatz" in box, "<summary>Ergebnis" in page) == (is_told,) * 3
    assert (f'class="more" href="{session.race.get_absolute_url()}"' in box) is not is_told


def test_where_the_hours_are_known_the_finish_decides(client, session):
    session.starts_at = datetime(2014, 6, 21, 14, tzinfo=UTC)
    session.save()
    for hour, is_told in ((13, False), (14, True)):
        came_out = datetime(2014, 6, 22, hour, tzinfo=UTC)
        box, _page = facts(client, race=session.race, kind="report", published_at=came_out)
        assert ("Gesamt" in box) is is_told
