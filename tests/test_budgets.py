"""Pages have a price, and the price does not grow with the site (design: at most ten queries a page)."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories import (
    ArticleFactory,
    ClassificationFactory,
    DriverFactory,
    EntryFactory,
    PageFactory,
    PhotoFactory,
    RaceFactory,
    ResultFactory,
    SeasonFactory,
    SessionFactory,
    SponsorshipFactory,
    StandingFactory,
    TagFactory,
)

PAGES = """
/ /news/ /news/bericht/ /kalender/ /kalender.ics /rennen/2014/rennen/ /ergebnisse/ /ergebnisse/2014/ /fahrer/ /galerie/
/partner/ /presse/ /suche/?q=bericht /impressum/ /cookies/ /feed/ /feed.json /sitemap-news.xml
/diese-seite-gibt-es-nicht/
""".split()
BUDGET = 10


def grow(n, ours):
    """Add n of everything to the site."""
    tag = TagFactory()
    for number in range(n):
        race = RaceFactory(first_day=date(2014, 5, 1) + timedelta(days=number))
        RaceFactory(first_day=timezone.localdate() + timedelta(days=number))
        session = SessionFactory(race=race)
        entries = [
            EntryFactory(race=race, drivers=[ours]),
            EntryFactory(race=race, drivers=[DriverFactory(), DriverFactory()]),
        ]
        for _issue in range(2):
            classification = ClassificationFactory(session=session)
            for place, entry in enumerate(entries, start=1):
                ResultFactory(classification=classification, entry=entry, position=place)
        article = ArticleFactory(
            race=race, lead_photo=PhotoFactory(for_press=True), headline=f"Bericht {number}"
        )
        article.tags.add(tag)
        SponsorshipFactory()
        StandingFactory(season=SeasonFactory(), driver=ours)


@pytest.fixture
def site(db):
    ours = DriverFactory(ours=True)
    race = RaceFactory(slug="rennen", first_day=date(2014, 4, 6))
    session = SessionFactory(race=race)
    classification = ClassificationFactory(session=session)
    ResultFactory(classification=classification, entry=EntryFactory(race=race, drivers=[ours]))
    for _number in range(10):
        ResultFactory(classification=classification, entry=EntryFactory(race=race, drivers=[DriverFactory()]))
    article = ArticleFactory(slug="bericht", race=race, lead_photo=PhotoFactory(renditions=True))
    article.gallery_photos.create(photo=PhotoFactory(renditions=True))
    article.tags.add(TagFactory())
    PageFactory(kind="imprint", slug="impressum")
    SponsorshipFactory()
    return ours


def queries_of(client, address):
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    return len(captured)


def test_no_page_costs_more_than_its_budget_and_none_costs_more_on_a_larger_site(client, site):
    client.get("/")  # the register of cookies is read once and kept
    small = {address: queries_of(client, address) for address in PAGES}
    grow(12, site)
    large = {address: queries_of(client, address) for address in PAGES}
    assert {address: price for address, price in large.items() if price > BUDGET} == {}
    # A page may look for one thing more once there is something to find, but never for one thing a row.
    assert {
        address: (small[address], large[address]) for address in PAGES if large[address] > small[address] + 3
    } == {}
