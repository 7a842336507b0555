"""The driver's page and the races behind each of its numbers: lean, complete, the same for a long career."""

import gzip
import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from driversite.models import SiteProfile
from news.career import career_of
from news.career.circuits import PLACES, circuits_of
from news.derived import results_changed
from news.models import Classification, Crew, Entry, Race, Result, Round, Session
from tests.factories import (
    CircuitFactory,
    ClassificationFactory,
    DriverFactory,
    EntryFactory,
    PhotoFactory,
    RaceFactory,
    ResultFactory,
    SeasonFactory,
    SeriesFactory,
    SessionFactory,
    SponsorshipFactory,
    StandingFactory,
    TeamFactory,
)

pytestmark = pytest.mark.django_db


def drives(driver, circuit=None, *, day=date(2014, 4, 6), kind="race", **fields):
    race = RaceFactory(circuit=circuit or CircuitFactory(), first_day=day)
    session = SessionFactory(race=race, kind=kind)
    entry = EntryFactory(race=race, drivers=[driver])
    return ResultFactory(classification=ClassificationFactory(session=session), entry=entry, **fields)


def long_career(driver, races=200):
    """So many races in fifteen years, at once."""
    series, circuits = SeriesFactory.create_batch(4), CircuitFactory.create_batch(25)
    seasons = {(s.pk, year): SeasonFactory(series=s, year=year) for s in series for year in range(2010, 2025)}
    team = TeamFactory()
    for n in range(races):
        year, day = 2010 + n * 15 // races, date(2010 + n * 15 // races, 1, 1) + timedelta(days=n % 300)
        race = Race.objects.create(name=f"R{n}", first_day=day, circuit=circuits[n % 25])
        Round.objects.create(season=seasons[series[n % 4].pk, year], race=race, number=n + 1)
        entry = Entry.objects.create(race=race, number="20", team=team, car=f"Auto {n % 6}")
        Crew.objects.create(entry=entry, driver=driver)
        session = Session.objects.create(race=race)
        classification = Classification.objects.create(session=session)
        Result.objects.create(classification=classification, entry=entry, position=n % 20 + 1, laps=20)
    results_changed(Race.objects.all())


def races_of(driver, query="", language="de"):
    with translation.override(language):
        return reverse("news:driver_races", kwargs={"slug": driver.slug}) + query


def test_two_hundred_races_cost_the_same_and_the_page_stays_lean(
    client, driver, django_assert_max_num_queries
):
    driver.portrait = PhotoFactory(renditions=True)
    driver.save()
    driver.facts.create(label_de="Wohnort", label_en="Home", value_de="Leimen", value_en="Leimen")
    StandingFactory(season=SeasonFactory(year=2007), driver=driver, starts=18, wins=9)
    SponsorshipFactory()
    long_career(driver)
    client.get("/fahrer/")
    for address in ("/fahrer/", "/fahrer/?year=2012", races_of(driver), races_of(driver, "?figure=starts")):
        with django_assert_max_num_queries(10):
            page = client.get(address)
        assert page.status_code == 200
        assert len(gzip.compress(page.content)) < 22_000, address


def test_a_number_of_many_races_shows_the_first_and_the_last_and_leads_to_all(client, driver):
    lines = [drives(driver, day=date(2014, 4, day), position=1) for day in range(1, 8)]
    opened = client.get("/fahrer/").text.split('<details id="wins">')[1].split("</details>")[0]
    shown = [line.entry.race.get_absolute_url() in opened for line in lines]
    assert shown == [True, False, False, False, False, False, True]
    assert f'href="{races_of(driver)}?figure=wins"' in opened


def test_every_number_of_every_table_opens_exactly_its_races(client, driver):
    for place in (1, 3, 8):
        drives(driver, position=place)
    page = client.get("/fahrer/")
    tables = [page.context["career"].seasons, page.context["circuits"].groups]
    tables += [groups for _division, groups in page.context["divisions"]]
    for row in [row for table in tables for row in table]:
        for figure in getattr(row, "cells", None) or row.in_brief:
            address = f"{races_of(driver)}?{row.query}&figure={figure.question.key}"
            linked = f'href="{address.replace("&", "&amp;")}"' in page.text
            assert linked == bool(figure.value), address
            if linked:
                assert set(client.get(address).context["selection"].shown) == set(figure.lines)


def test_a_name_in_a_table_opens_all_numbers_of_its_races(client, driver):
    spa = CircuitFactory(name="Spa")
    drives(driver, spa, position=1, grid="4")
    drives(driver, position=2)
    text = client.get(races_of(driver, f"?circuit={spa.pk}")).text
    assert f'href="?circuit={spa.pk}&amp;figure=wins"' in text
    assert "Erster in der Gesamtwertung." in text
    assert text.count('<th scope="row"><a') == 1


@pytest.mark.parametrize("query", ["?figure=luck", "?series=999", "?circuit=", "?year=1999", "?car=none"])
def test_a_question_about_nothing_on_record_is_a_page_that_is_missing(client, driver, query):
    drives(driver)
    assert client.get(races_of(driver, query)).status_code == 404


def test_a_number_that_is_nought_or_unknown_says_so_in_a_sentence(client, driver):
    drives(driver, position=5)
    assert "No recorded race fits this question." in client.get(races_of(driver, "?figure=wins", "en")).text
    unknown = client.get(races_of(driver, "?figure=fastest-laps", "en")).text
    assert "Not known: too little is recorded." in unknown


def test_the_races_of_a_driver_who_has_none_are_an_empty_page(client, driver):
    assert "No recorded race fits this question." in client.get(races_of(driver, language="en")).text


def test_the_races_of_others_are_no_page(client, driver):
    other = DriverFactory()
    drives(other)
    assert client.get(races_of(other)).status_code == 404


def test_the_other_language_and_search_engines_get_the_same_question(client, driver):
    drives(driver, position=1)
    text = client.get(races_of(driver, "?figure=wins&utm_source=x")).text
    assert f'rel="canonical" href="http://testserver{races_of(driver, "?figure=wins")}"' in text
    assert f'href="{races_of(driver, "?figure=wins", "en")}"' in text


def test_a_season_known_by_its_standing_stands_among_what_was_counted(client, driver):
    standing = StandingFactory(driver=driver, season=SeasonFactory(year=2007), starts=18, wins=9, position=1)
    for query in ("?figure=wins", f"?year=2007&series={standing.season.series_id}"):
        text = client.get(races_of(driver, query)).text
        assert f'<a href="/ergebnisse/2007/">{standing.season}</a>' in text


@pytest.mark.parametrize(
    ("counts", "starts", "words"), [(True, 2, "count like races"), (False, 1, "do not count")]
)
def test_the_page_says_whether_qualifying_races_count(client, driver, counts, starts, words):
    SiteProfile(qualifying_races_count=counts).save()
    drives(driver, kind="qualifying_race", position=1)
    drives(driver, position=2)
    for address in ("/en/driver/", races_of(driver, language="en")):
        page = client.get(address)
        assert page.context["career"].starts.value == starts
        assert f"Qualifying races {words}." in page.text


@pytest.mark.parametrize("counts", [True, False])
def test_a_season_whose_numbers_leave_out_a_qualifying_race_says_so(client, driver, counts):
    SiteProfile(qualifying_races_count=counts).save()
    drives(driver, day=date(2014, 4, 6), kind="qualifying_race", position=2)
    drives(driver, day=date(2014, 6, 22), position=6)
    teaser = re.search(r'<p class="teaser">(.*?)</p>', client.get("/en/results/2014/").text, re.DOTALL)[1]
    assert ("Qualifying races do not count." in teaser) != counts


def test_any_season_can_be_drawn(client, driver):
    for year in (2013, 2014):
        for month in (4, 5):
            drives(driver, day=date(year, month, 1), position=month)
    page = client.get("/fahrer/")
    assert page.context["year"] == 2014
    assert 'href="?year=2013#way"' in page.text
    assert client.get("/fahrer/?year=2013").context["chart"].stops[0].race.year == 2013
    for wrong in ("2012", "x", ""):
        assert client.get(f"/fahrer/?year={wrong}").status_code == 404


def test_the_seasons_stand_with_poles_and_the_standing(client, driver):
    drives(driver, position=3, grid="1")
    row = client.get("/en/driver/").text.split('<table class="plain record">')[1].split("</tbody>")[0]
    assert '&amp;figure=poles">1</a>' in row


def test_a_driver_with_places_at_circuits_has_a_chart_with_words_and_a_table(client, driver):
    spa = CircuitFactory(name="Spa")
    drives(driver, spa, position=4)
    drives(driver, spa, position=9)
    drives(driver, spa, position=None, status="retired")
    text = client.get("/en/driver/").text
    assert "Spa: best finish place 4, 3 starts" in text
    part = text.split('aria-labelledby="circuits"')[1].split("</section>")[0]
    assert "<title" in part and "<desc" in part and "<table" in part
    assert "style=" not in part


@pytest.mark.parametrize("circuits", [1, 5, 25])
def test_the_chart_by_circuit_has_a_row_for_each_and_everything_lies_inside(driver, circuits):
    for number, circuit in enumerate(CircuitFactory.create_batch(circuits)):
        drives(driver, circuit, position=number * 3 + 1)
        drives(driver, circuit, position=number * 5 + 2)
        drives(
            driver,
            circuit,
            position=None,
            **({"status": "retired"} if number % 2 else {"position_or_better": 3}),
        )
    chart = circuits_of(career_of(driver))
    for drawing in (chart.wide, chart.tall):
        assert len(drawing.rows) == circuits
        across = [
            x
            for row in drawing.rows
            for x in (row.best_x, row.worst_x, row.bound, *(x for x, _y in row.dots))
        ]
        assert all(drawing.left <= x <= drawing.out_x for x in across if x is not None)
        assert all(0 < row.y < drawing.height for row in drawing.rows)
        assert drawing.ticks[0][0] == 1
        assert {place for place, _x in drawing.ticks} <= set(PLACES)


def test_better_places_stand_further_to_the_left_and_the_best_is_no_dot(driver):
    spa = CircuitFactory()
    for place in (7, 2, 2, 30):
        drives(driver, spa, position=place)
    row = circuits_of(career_of(driver)).wide.rows[0]
    assert (row.best, row.times, len(row.dots)) == (2, 2, 2)
    assert row.best_x < row.dots[0][0] < row.dots[1][0] == row.worst_x


def test_no_result_makes_no_chart(driver):
    assert circuits_of(career_of(driver)) is None
    drives(driver, position=None)
    assert circuits_of(career_of(driver)) is None
