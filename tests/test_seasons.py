"""Results by season: the matrix, the list and the standings of a year."""

import re
from datetime import date, timedelta

import pytest
from django.utils import timezone

from news.career.matrix import columns_of, results_of_year, rows_of
from news.derived import results_changed
from news.models import Race, Round
from tests.factories import (
    ClassificationFactory,
    DriverFactory,
    EntryFactory,
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


def run(race, *entries, **session):
    """A result list of the race with these cars in this order; None leaves a place out."""
    classification = ClassificationFactory(session=SessionFactory(race=race, **session))
    for position, entry in enumerate(entries, start=1):
        if entry:
            ResultFactory(classification=classification, entry=entry, position=position)
    return classification


def rows(year=2014):
    columns = columns_of(Race.objects.of_year(year).in_order().with_sessions())
    return rows_of(columns, list(results_of_year(year=year)))


def codes(row):
    return [cell.code for cell in row.cells]


def test_our_driver_stands_first_and_then_the_best_cars(driver):
    race = RaceFactory()
    cars = [EntryFactory(race=race) for _number in range(4)]
    ours = EntryFactory(race=race, number="20", drivers=[driver, DriverFactory()], team__name="Schubert")
    run(race, *cars[:3], ours, cars[3])
    found = rows()
    assert (found[0].title, found[0].details, found[0].is_own) == (
        "Erika Muster",
        ("Nr. 20", "Schubert"),
        True,
    )
    assert [codes(row) for row in found] == [["P4"], ["P1"], ["P2"], ["P3"], ["P5"]]


def test_cars_behind_fifth_place_are_in_no_row_but_ours_always_is(driver):
    race = RaceFactory()
    run(race, *[EntryFactory(race=race) for _n in range(8)], EntryFactory(race=race, drivers=[driver]))
    assert [codes(row) for row in rows()] == [["P9"], ["P1"], ["P2"], ["P3"], ["P4"], ["P5"]]


def test_a_car_once_in_front_is_followed_through_the_year_by_team_and_number():
    team, other = TeamFactory(), TeamFactory()
    spring, summer = RaceFactory(first_day=date(2014, 4, 1)), RaceFactory(first_day=date(2014, 7, 1))
    run(
        spring,
        EntryFactory(race=spring, team=team, number="007"),
        EntryFactory(race=spring, team=other, number="7"),
    )
    behind = [None] * 8
    run(
        summer,
        *behind,
        EntryFactory(race=summer, team=team, number="007"),
        EntryFactory(race=summer, team=team, number="7"),
    )
    assert [codes(row) for row in rows()] == [["P1", "P9"], ["P2", "—"]]


def test_a_list_that_was_replaced_leaves_no_trace():
    race = RaceFactory()
    first, second = EntryFactory(race=race), EntryFactory(race=race)
    session = run(race, first).session
    ResultFactory(
        classification=ClassificationFactory(session=session, state="official"), entry=second, position=1
    )
    assert [codes(row) for row in rows()] == [["P1"]]
    assert rows()[0].details[0] == f"Nr. {second.number}"


def test_a_weekend_with_two_races_has_two_columns(driver):
    race = RaceFactory(short_name="Sprint")
    entry = EntryFactory(race=race, drivers=[driver])
    run(race, entry, kind="sprint", label="1", order=1)
    run(race, None, entry, kind="sprint", label="2", order=2)
    SessionFactory(race=race, kind="qualifying")
    (row,) = rows()
    assert [(cell.column.title, cell.code) for cell in row.cells] == [
        ("Sprint (1)", "P1"),
        ("Sprint (2)", "P2"),
    ]


def test_a_driver_in_two_cars_is_shown_with_the_better_one(driver):
    race = RaceFactory()
    run(race, *[EntryFactory(race=race, drivers=[driver]) for _n in range(2)])
    assert codes(rows()[0]) == ["P1"]


def test_each_of_our_drivers_has_a_row(driver):
    second = DriverFactory(last_name="Anders", ours=True)
    race = RaceFactory()
    run(race, EntryFactory(race=race, drivers=[driver, second]))
    assert [(row.title, codes(row)) for row in rows()] == [("Erika Anders", ["P1"]), ("Erika Muster", ["P1"])]


def test_a_race_without_a_result_says_why(driver):
    past, ahead = timezone.localdate() - timedelta(days=2), timezone.localdate() + timedelta(days=2)
    columns = [
        *columns_of([RaceFactory(first_day=past), RaceFactory(first_day=past, state="cancelled")]),
        *columns_of([RaceFactory(first_day=ahead, state="postponed"), RaceFactory(first_day=ahead)]),
    ]
    race = RaceFactory(first_day=past)
    run(race, EntryFactory(race=race, drivers=[driver]))
    (row,) = rows_of(columns, list(results_of_year(year=past.year)))
    assert [(cell.code, cell.kind, cell.words) for cell in row.cells] == [
        ("—", "none", "nicht überliefert"),
        ("entf.", "off", "Abgesagt"),
        ("verl.", "off", "Verschoben"),
        ("", "soon", "kommt noch"),
    ]


def test_every_cell_has_a_code_a_form_and_words(client, driver):
    race = RaceFactory(short_name="Auftakt")
    run(race, None, EntryFactory(race=race, drivers=[driver]))
    text = client.get("/ergebnisse/2014/").text
    tile = (
        '<span class="code podium" aria-hidden="true">P2</span><span class="visually-hidden">Platz 2</span>'
    )
    assert f'<td data-k="Auftakt">{tile}' in text


def test_the_tables_name_their_rows_and_columns(client, driver):
    race = RaceFactory()
    run(race, EntryFactory(race=race, drivers=[driver]))
    StandingFactory(driver=driver, season__year=2014)
    tables = re.findall(r"<table.*?</table>", client.get("/ergebnisse/2014/").text, re.DOTALL)
    assert len(tables) == 3
    assert all("<caption" in table and 'scope="col"' in table and 'scope="row"' in table for table in tables)


def test_a_year_shows_its_standings_and_whether_they_are_final(client, driver):
    vln, gt = (SeasonFactory(series=SeriesFactory(name=name), year=2014) for name in ("VLN", "GT Masters"))
    StandingFactory(season=vln, driver=driver, points="12.5", wins=2)
    StandingFactory(season=gt, driver=driver, final=False, position=None)
    text = client.get("/ergebnisse/2014/").text
    assert "VLN 2014, Endstand" in text
    assert "GT Masters 2014, Zwischenstand" in text
    assert "12,5" in text
    assert "12.5" in client.get("/en/results/2014/").text


def test_a_year_without_a_standing_says_so(client):
    RaceFactory()
    assert "2014: kein Stand erfasst" in client.get("/ergebnisse/2014/").text


def test_the_switch_names_the_years_with_races_or_standings(client):
    RaceFactory(first_day=date(2014, 4, 6))
    StandingFactory(season__year=2007)
    SeasonFactory(year=2010)
    response = client.get("/ergebnisse/")
    assert list(response.context["years"]) == [2014, 2007]
    assert client.get("/ergebnisse/2007/").status_code == 200
    assert client.get("/ergebnisse/2010/").status_code == 404
    assert client.get("/ergebnisse/1900/").status_code == 404


def test_the_results_open_with_the_last_year_that_has_begun(client):
    today = timezone.localdate()
    RaceFactory(first_day=date(today.year - 2, 4, 6))
    RaceFactory(first_day=date(today.year + 1, 4, 6))
    assert client.get("/ergebnisse/").context["year"] == today.year - 2
    StandingFactory(season__year=today.year - 1)
    assert client.get("/ergebnisse/").context["year"] == today.year - 1


def test_without_any_result_the_coming_year_is_shown(client):
    RaceFactory(first_day=timezone.localdate() + timedelta(days=400))
    coming = (timezone.localdate() + timedelta(days=400)).year
    assert client.get("/ergebnisse/").context["year"] == coming


def test_an_empty_site_has_an_empty_page_of_results(client):
    response = client.get("/ergebnisse/")
    assert response.status_code == 200
    assert "Noch ist nichts erfasst." in response.text


def test_the_summary_counts_what_is_recorded(client, driver):
    first, second = RaceFactory(), RaceFactory(first_day=date(2014, 5, 1))
    run(first, None, EntryFactory(race=first, drivers=[driver]))
    run(second, EntryFactory(race=second))
    text = client.get("/ergebnisse/2014/").text
    for sentence in (
        "2 Rennen.",
        "Von einem ist unser Ergebnis überliefert.",
        "Ein Podestplatz.",
        "Bestes Ergebnis: Platz 2.",
    ):
        assert sentence in text.replace("\u00a0", " ")


def test_a_year_costs_the_same_with_two_races_or_twenty(client, driver, django_assert_max_num_queries):
    SponsorshipFactory()
    client.get("/ergebnisse/")
    for number in range(20):
        race = RaceFactory(first_day=date(2014, 3, 1) + timedelta(days=number))
        cars = [EntryFactory(race=race, drivers=[DriverFactory(), DriverFactory()]) for _n in range(5)]
        run(race, *cars, EntryFactory(race=race, drivers=[driver]))
        StandingFactory(season__year=2014, driver=driver, team=TeamFactory())
    for address in ("/ergebnisse/", "/ergebnisse/2014/"):
        with django_assert_max_num_queries(10):
            client.get(address)


def test_pole_position_and_fastest_lap_stand_in_form_and_words(client, driver):
    race = RaceFactory(short_name="Auftakt")
    ours = EntryFactory(race=race, drivers=[driver])
    classification = run(race, None, ours)
    classification.results.update(pole=True, fastest_lap=True)
    results_changed([race])
    text = client.get("/ergebnisse/2014/").text
    assert (
        '<span class="code podium is-pole is-fastest" aria-hidden="true">P2</span>'
        '<span class="visually-hidden">Platz 2, Pole-Position, schnellste Runde</span>'
    ) in text
    assert "code done is-pole" in text
    assert "code done is-fastest" in text


@pytest.fixture
def two_championships(driver):
    """Spring counts for one, summer for both, autumn for none."""
    vln, gt = (SeasonFactory(series=SeriesFactory(name=name)) for name in ("VLN", "GT Masters"))
    for name, month, seasons in (
        ("Frühling", 4, [vln]),
        ("Sommer", 7, [vln, gt]),
        ("Herbst", 10, []),
    ):
        race = RaceFactory(short_name=name, first_day=date(2014, month, 1))
        run(race, EntryFactory(race=race, drivers=[driver]), EntryFactory(race=race))
        for season in seasons:
            Round.objects.create(season=season, race=race, number=month)
    return vln, gt


def test_each_of_several_championships_has_a_matrix_and_so_have_the_races_outside(client, two_championships):
    vln, gt = two_championships
    response = client.get("/ergebnisse/2014/")
    assert [
        (matrix.season, [column.title for column in matrix.columns], len(matrix.rows))
        for matrix in response.context["matrices"]
    ] == [
        (gt, ["Sommer"], 2),
        (vln, ["Frühling", "Sommer"], 3),
        (None, ["Herbst"], 2),
    ]
    for place in (1, 2, 3):
        assert f'href="#matrix-{place}"' in response.text
        assert f'id="matrix-{place}"' in response.text
    assert "<small>VLN, Lauf 4</small>" in response.text


def test_one_championship_and_the_races_outside_it_stand_in_one_matrix(client, two_championships):
    two_championships[1].delete()
    response = client.get("/ergebnisse/2014/")
    (matrix,) = response.context["matrices"]
    assert [column.title for column in matrix.columns] == ["Frühling", "Sommer", "Herbst"]
    assert "#matrix-1" not in response.text


def test_a_long_season_passes_under_its_first_column_and_can_be_reached_by_keyboard(client, driver):
    for number in range(24):
        race = RaceFactory(first_day=date(2014, 3, 1) + timedelta(days=number))
        run(race, EntryFactory(race=race, drivers=[driver]))
    text = client.get("/ergebnisse/2014/").text
    assert re.search(r'class="matrix-box is-long" role="region" aria-label="[^"]+" tabindex="0"', text)
    Race.objects.filter(first_day__gt=date(2014, 3, 8)).delete()
    assert "is-long" not in client.get("/ergebnisse/2014/").text


def test_only_a_season_with_races_to_come_offers_its_subscription(client):
    past, ahead = RaceFactory(first_day=date(2014, 4, 6)), RaceFactory(first_day=date(2100, 4, 6))
    shown = {race.year: client.get(f"/ergebnisse/{race.year}/").text for race in (past, ahead)}
    assert "kalender.ics" not in shown[2014].replace('href="/kalender.ics"', "")
    assert "/ergebnisse/2100/kalender.ics" in shown[2100]


def test_a_race_that_was_called_off_is_no_race_of_the_year(client):
    RaceFactory(name="Gefahren"), RaceFactory(name="Entfallen", state="cancelled")
    assert "Ein Rennen." in client.get("/ergebnisse/2014/").text
