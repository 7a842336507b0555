"""Pages have a price, and the price does not grow with the site (design: at most ten queries a page)."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from news.derived import results_changed
from news.models import Session, SitemapChange, Tag
from news.slugs import slug_of
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

BUDGET = 10
RACE = {"year": 2014, "slug": "rennen"}
# Of its lists, the older one first: no database has counted so far.
NUMBERS = (900_001, 900_002)
# Every kind of page: view, what stands in its address, what is asked for.
KINDS = [
    ("home", {}, ""),
    *(
        ("articles", {}, query)
        for query in ("", "?page=2", "?kind=report", "?tag=thema", "?kind=report&tag=thema")
    ),
    ("article", {"slug": "bericht"}, ""),
    *(("calendar", {}, ""), ("month", {"year": 2014, "month": 4}, ""), ("calendar_file", {}, "")),
    *(("race", RACE, ""), ("race_file", RACE, ""), ("season_file", {"year": 2014}, "")),
    *((name, RACE | {"session": ""}, "") for name in ("session", "session_file")),
    ("session_class", RACE | {"session": "", "car_class": "sp9"}, ""),
    ("older_list", RACE | {"session": "", "number": NUMBERS[0]}, ""),
    *(("results", {}, ""), ("season", {"year": 2014}, "")),
    *(("drivers", {}, ""), ("drivers", {}, "?year=2014")),
    *(("driver_races", {"slug": "erika-muster"}, query) for query in ("", "?figure=starts")),
    *(("gallery", {}, ""), ("gallery", {}, "?page=2"), ("press", {}, "")),
    *(("search", {}, query) for query in ("", "?q=Bericht")),
    *((name, {}, "") for name in ("imprint", "privacy", "accessibility", "feed", "json_feed")),
    ("page", {"slug": "fans"}, ""),
]
ELSEWHERE = ["sponsors:partners", "cookies"]
MACHINES = [
    *("/robots.txt", "/sitemap.xml", "/sitemap-news.xml"),
    *(f"/sitemap-{part}.xml" for part in ("races", "years", "drivers", "pages", "sections", "partners")),
]
MISSING = [
    "/diese-seite-gibt-es-nicht/",
    "/news/nicht-da/",
    "/en/this-page-does-not-exist/",
    "/en/news/not-there/",
]


def addresses():
    """Of every kind of page in both languages, and those that only machines ask for."""
    found = [*MACHINES, *MISSING]
    # Parts are numbered by the keys of articles, which PostgreSQL never uses twice.
    found += [f"/sitemap-articles-{part}.xml" for part, _changed in SitemapChange.objects.listed()]
    for language in ("de", "en"):
        with override(language):
            for name, kwargs, query in KINDS:
                if "session" in kwargs:
                    kwargs = kwargs | {"session": slug_of(str(Session.Kind.RACE.label))}
                found.append(reverse(f"news:{name}", kwargs=kwargs) + query)
            found += map(reverse, ELSEWHERE)
    return found


def weekend(race, ours, cars, numbers=(None, None)):
    """A race with our car among others, in a class, with a list that was issued twice."""
    entries = [EntryFactory(race=race, drivers=[ours], car_class="SP9")]
    entries += [
        EntryFactory(race=race, drivers=[DriverFactory(), DriverFactory()], car_class=f"SP{9 - n % 2}")
        for n in range(cars)
    ]
    session = SessionFactory(race=race)
    for number in numbers:
        classification = ClassificationFactory(session=session, pk=number)
        for place, entry in enumerate(entries, start=1):
            ResultFactory(classification=classification, entry=entry, position=place, grid=str(place))
    results_changed([race])


def grow(n, ours):
    """Add n of everything to the site."""
    tag = Tag.objects.get(slug="thema")
    for number in range(n):
        race = RaceFactory(first_day=date(2014, 5, 1) + timedelta(days=number))
        RaceFactory(first_day=timezone.localdate() + timedelta(days=number))
        weekend(race, ours, cars=3)
        for language in ("de", "en"):
            article = ArticleFactory(
                race=race,
                lead_photo=PhotoFactory(for_press=True),
                headline=f"Bericht {number}",
                language=language,
                kind="report",
            )
            article.tags.add(tag)
        for _picture in range(4):
            article.gallery_photos.create(photo=PhotoFactory())
        SponsorshipFactory()
        StandingFactory(season=SeasonFactory(year=2014), driver=ours)


@pytest.fixture
def site(db):
    ours = DriverFactory(ours=True, first_name="Erika", last_name="Muster", slug="erika-muster")
    race = RaceFactory(slug="rennen", first_day=date(2014, 4, 6))
    weekend(race, ours, cars=10, numbers=NUMBERS)
    tag = TagFactory(slug="thema")
    for language in ("de", "en"):
        article = ArticleFactory(
            slug="bericht", language=language, race=race, lead_photo=PhotoFactory(renditions=True)
        )
        article.gallery_photos.create(photo=PhotoFactory(renditions=True))
        article.tags.add(tag)
    PageFactory(kind="imprint", slug="impressum")
    PageFactory(kind="free", slug="fans")
    SponsorshipFactory()
    return ours


def queries_of(client, address):
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    return len(captured)


def test_no_page_costs_more_than_its_budget_and_none_costs_more_on_a_larger_site(client, site):
    client.get("/")  # the register of cookies is read once and kept
    pages = addresses()
    small = {address: queries_of(client, address) for address in pages}
    grow(12, site)
    large = {address: queries_of(client, address) for address in pages}
    assert {address: price for address, price in large.items() if price > BUDGET} == {}
    # A page may look for one thing more once there is something to find, but never for one thing a row.
    assert {
        address: (small[address], large[address]) for address in pages if large[address] > small[address] + 3
    } == {}


def test_the_pages_whose_price_is_counted_are_there(client, site):
    grow(12, site)
    answers = {address: client.get(address).status_code for address in addresses()}
    assert {address for address, status in answers.items() if status != 200} == set(MISSING)
