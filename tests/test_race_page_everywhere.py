"""One truth: what a result list says, every page says, at the next request."""

from datetime import UTC, date, datetime

import pytest

from news.derived import results_changed
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


@pytest.fixture
def ours():
    """Our line: ninth of a race that is told in an article, behind those of whom other pages tell."""
    driver = DriverFactory(first_name="Erika", last_name="Muster", ours=True)
    race = RaceFactory(slug="rennen", first_day=date(2014, 4, 6))
    start = datetime(2014, 4, 6, 10, tzinfo=UTC)
    classification = ClassificationFactory(session=SessionFactory(race=race, starts_at=start))
    for place in range(1, 10):
        car_class = "SP10" if place in (2, 9) else "SP9"
        entry = EntryFactory(race=race, car_class=car_class, drivers=[driver] if place == 9 else [])
        ResultFactory(classification=classification, entry=entry, position=place)
    ArticleFactory(slug="bericht", race=race)
    return classification.results.get(position=9)


def shown_as(place):
    """The ways in which pages write a place."""
    return (
        f"Platz {place}<",
        f"Platz {place}.",
        f'<span class="code top" aria-hidden="true">P{place}</span>',
        f'<span class="fig">{place}</span>',
    )


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/news/bericht/",
        "/rennen/2014/rennen/",
        "/ergebnisse/2014/",
        "/fahrer/",
        "/kalender/",
    ],
)
def test_a_change_of_a_result_shows_everywhere_at_the_next_request(client, ours, address):
    before = client.get(address).text
    assert any(words in before for words in shown_as(9))
    assert not any(words in before for words in shown_as(8))
    other = ours.classification.results.get(position=8)
    other.position, ours.position = 9, 8
    for line in (other, ours):
        line.save()
    results_changed([ours.classification.session.race])
    after = client.get(address).text
    assert any(words in after for words in shown_as(8))
    assert not any(words in after for words in shown_as(9))


def test_the_fact_box_says_what_follows_from_the_list(client, ours):
    ours.entry.cup = "Pro-Am"
    ours.entry.save()
    ours.grid, ours.best_lap_ms, ours.fastest_lap = "1", 511_192, True
    ours.total_time_ms, ours.laps = 6_012_345, 20
    ours.save()
    ours.classification.results.filter(position=1).update(total_time_ms=6_000_000, laps=20)
    results_changed([ours.classification.session.race])
    box = client.get("/news/bericht/").text.split('<aside class="facts"')[1].split("</aside>")[0]
    for fact in (
        '<dt>Startplatz</dt><dd><span class="fig">1</span> (Pole-Position)</dd>',
        '<dt>Rückstand</dt><dd><span class="fig">+12,345</span></dd>',
        '<dt>In der Klasse</dt><dd><span class="fig">2</span> (SP10)</dd>',
        '<dt>Pro-Am</dt><dd><span class="fig">1</span></dd>',
        "8:31,192",
    ):
        assert fact in box


def test_the_table_of_an_article_says_who_started_first(client, ours):
    ours.classification.results.filter(position=2).update(grid="1")
    results_changed([ours.classification.session.race])
    table = client.get("/news/bericht/").text.split('<details class="fold">')[1].split("</details>")[0]
    assert '<b class="pole">1<' in table
    assert 'class="note marks"' in table
