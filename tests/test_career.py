"""The career in numbers: every number is counted by its published definition and opens what was counted."""

import re
from datetime import date

import pytest

from news.career import career_of, questions
from news.career.chart import chart_of
from news.models import Result, Round, Standing
from tests.factories import (
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


def race_result(driver, race=None, *, kind="race", season=None, others=(), **fields):
    """A line of the driver in a race of its own."""
    race = race or RaceFactory()
    if season:
        Round.objects.get_or_create(season=season, race=race, defaults={"number": season.rounds.count() + 1})
    session = SessionFactory(race=race, kind=kind, label=str(race.sessions.count()))
    entry = EntryFactory(race=race, drivers=[driver, *others])
    return ResultFactory(classification=ClassificationFactory(session=session), entry=entry, **fields)


def value(driver, key):
    return next(figure for figure in career_of(driver).figures if figure.question.key == key).value


ALL_KINDS = [
    {"position": 1, "class_position": 1, "grid": "1", "pole": None, "fastest_lap": True},
    {"position": 2, "class_position": 1, "grid": "1", "pole": False, "fastest_lap": False},
    {"position": 3, "class_position": 2, "grid": "4", "pole": True, "fastest_lap": False},
    {"position": None, "position_or_better": 3, "class_position": None},
    {"position": 4, "class_position": 4, "grid": "pit lane"},
    {"position": None, "status": "retired"},
    {"position": None, "status": "disqualified"},
    {"position": None, "status": "not_started"},
    {"position": None, "status": "withdrawn"},
]


def test_each_count_is_what_the_queryset_of_that_name_finds(driver):
    for fields in ALL_KINDS:
        race_result(driver, **fields)
        race_result(DriverFactory(), **fields)
    lines = Result.objects.current().in_races().of_driver(driver)
    for question, found in [
        (questions.STARTS, lines.started()),
        (questions.WINS, lines.wins()),
        (questions.PODIUMS, lines.podiums()),
        (questions.CLASS_WINS, lines.class_wins()),
        (questions.CLASS_PODIUMS, lines.class_podiums()),
        (questions.POLES, lines.poles()),
        (questions.FASTEST_LAPS, lines.fastest_laps()),
        (questions.RETIREMENTS, lines.retirements()),
    ]:
        figure = next(figure for figure in career_of(driver).figures if figure.question == question)
        assert set(figure.lines) == set(found), question.key
        assert figure.value == found.count(), question.key
        assert found.exists(), question.key


@pytest.mark.parametrize(
    ("key", "number"),
    [
        ("starts", 7),
        ("wins", 1),
        ("podiums", 4),
        ("class-wins", 2),
        ("class-podiums", 3),
        ("best-in-class", 1),
        ("laps", None),
        ("poles", 2),
        ("fastest-laps", 1),
        ("retirements", 1),
        ("best-finish", 1),
        ("places-gained", 1),
        ("titles", None),
    ],
)
def test_a_career_of_every_kind_of_result_is_counted_right(driver, key, number):
    for fields in ALL_KINDS:
        race_result(driver, **fields)
    assert value(driver, key) == number


def test_practice_and_qualifying_count_for_nothing_and_a_sprint_does(driver):
    race_result(driver, kind="qualifying", position=1)
    assert career_of(driver).figures == []
    race_result(driver, kind="sprint", position=1)
    assert value(driver, "wins") == 1


def test_two_races_of_a_weekend_are_two_starts(driver):
    race = RaceFactory()
    race_result(driver, race, position=1)
    race_result(driver, race, position=1)
    assert value(driver, "wins") == 2


def test_two_cars_in_one_race_are_one_start(driver):
    line = race_result(driver, position=1)
    second = EntryFactory(race=line.entry.race, drivers=[driver])
    ResultFactory(classification=line.classification, entry=second, position=3)
    assert value(driver, "starts") == 1
    assert value(driver, "podiums") == 1


def test_a_corrected_list_corrects_the_career(driver):
    line = race_result(driver, position=1)
    amended = ClassificationFactory(session=line.classification.session, state="amended")
    ResultFactory(classification=amended, entry=line.entry, position=4)
    assert value(driver, "best-finish") == 4
    assert value(driver, "wins") == 0


def test_what_is_not_recorded_is_not_nought(driver):
    race_result(driver, position=5)
    assert value(driver, "wins") == 0
    assert value(driver, "poles") is None
    assert value(driver, "fastest-laps") is None
    assert value(driver, "class-wins") is None
    race_result(driver, position=None)
    assert value(driver, "wins") is None


def test_a_driver_without_results_has_no_figures(driver):
    assert career_of(driver).figures == []
    assert career_of(driver).seasons == []


def test_a_season_without_recorded_races_counts_by_its_final_standing(driver):
    race_result(driver, position=2)
    standing = StandingFactory(driver=driver, position=1, starts=18, wins=9)
    figures = {figure.question.key: figure for figure in career_of(driver).figures}
    assert {key: figures[key].value for key in ("starts", "wins", "podiums", "titles", "best-finish")} == {
        "starts": 19,
        "wins": 9,
        "podiums": 10,
        "titles": 1,
        "best-finish": 1,
    }
    assert figures["wins"].standings == (standing,)
    assert figures["wins"].lines == ()
    # How often the car retired in that season nobody has recorded.
    assert figures["retirements"].value is None


def test_the_wins_of_a_standing_are_the_least_that_its_podiums_can_be(client, driver):
    race_result(driver, position=2)
    StandingFactory(driver=driver, season=SeasonFactory(year=2007), position=1, starts=18, wins=9)
    career = career_of(driver)
    assert [figure.question.key for figure in career.figures if figure.at_least] == ["podiums"]
    assert [(each.year, each.podiums.value, each.podiums.at_least) for each in career.seasons] == [
        (2014, 1, False),
        (2007, 9, True),
    ]
    text = client.get("/en/driver/").text
    assert '<dd class="number"><small>at least</small> 10</dd>' in text
    assert re.search(r'data-k="Podiums"><small>at least</small> <a [^>]*>9</a></td>', text)


def test_a_standing_without_a_win_says_nothing_of_podiums(driver):
    StandingFactory(driver=driver, position=4, starts=10, wins=0)
    assert value(driver, "podiums") is None


def test_a_season_with_recorded_races_is_not_counted_twice(driver):
    season = SeasonFactory()
    race_result(driver, season=season, position=1)
    StandingFactory(season=season, driver=driver, starts=18, wins=9)
    assert (value(driver, "starts"), value(driver, "wins")) == (1, 1)


def test_standings_on_the_way_and_of_others_count_for_nothing(driver):
    race_result(driver, position=2)
    StandingFactory(driver=driver, position=1, wins=3, final=False)
    StandingFactory(driver=DriverFactory(), position=1, wins=3)
    assert value(driver, "wins") == 0
    assert value(driver, "titles") is None


def test_of_two_standings_in_one_season_the_overall_one_counts(driver):
    season = SeasonFactory()
    for car_class, wins in (("GT4", 5), ("", 2)):
        StandingFactory(season=season, driver=driver, car_class=car_class, wins=wins, starts=10)
    assert (value(driver, "wins"), value(driver, "starts")) == (2, 10)


def test_the_seasons_stand_by_year_and_championship_and_the_rest_below(driver):
    vln, gt = SeriesFactory(name="VLN"), SeriesFactory(name="ADAC GT Masters")
    race_result(driver, RaceFactory(first_day=date(2014, 4, 6)), position=2)
    race_result(driver, season=SeasonFactory(series=vln, year=2014), position=None, position_or_better=3)
    race_result(driver, season=SeasonFactory(series=gt, year=2014), position=7)
    StandingFactory(season=SeasonFactory(series=gt, year=2015), driver=driver, position=3)
    seasons = career_of(driver).seasons
    assert [(each.year, str(each.season or "")) for each in seasons] == [
        (2015, "ADAC GT Masters 2015"),
        (2014, "ADAC GT Masters 2014"),
        (2014, "VLN 2014"),
        (2014, ""),
    ]
    assert [
        (each.starts.value, each.wins.value, each.podiums.value, each.best.value) for each in seasons
    ] == [
        (None, None, None, None),
        (1, 0, 0, 7),
        (1, None, 1, None),
        (1, 0, 1, 2),
    ]


def test_a_race_that_counts_twice_stands_in_both_seasons_and_is_one_start(driver):
    race = RaceFactory()
    for number, season in enumerate((SeasonFactory(), SeasonFactory()), start=1):
        Round.objects.create(season=season, race=race, number=number)
    race_result(driver, race, position=1)
    assert [each.wins.value for each in career_of(driver).seasons] == [1, 1]
    assert value(driver, "starts") == 1


def test_a_team_has_the_name_of_the_year(driver):
    team = TeamFactory(name="Heute GmbH")
    team.names.create(year=2014, name="Damals Racing")
    entry = EntryFactory(race=RaceFactory(), number="20", team=team, drivers=[driver])
    session = SessionFactory(race=entry.race)
    ResultFactory(classification=ClassificationFactory(session=session), entry=entry)
    StandingFactory(season=SeasonFactory(year=2007), driver=driver, team=team, number="11")
    assert [each.cars for each in career_of(driver).seasons] == [
        [("BMW Z4 GT3", "20", "Damals Racing")],
        [("", "11", "Heute GmbH")],
    ]


def season_of(driver, *places):
    """A race a month: a place, None for no result, "DNF"."""
    for month, place in enumerate(places, start=1):
        race = RaceFactory(first_day=date(2014, month, 1), short_name=f"R{month}")
        if place == "DNF":
            race_result(driver, race, position=None, status="retired", grid="3")
        elif place:
            race_result(driver, race, position=place, grid=str(place + 9))
    return career_of(driver).stops(2014)


def test_the_chart_puts_better_places_higher_and_dots_what_lies_between(driver):
    drawing = chart_of(season_of(driver, 1, None, 6, 2)).wide
    first, unknown, sixth, second = drawing.marks
    assert first.place < second.place < sixth.place
    assert unknown.place is None
    assert first.at < unknown.at < sixth.at < second.at
    assert [way.is_dashed for way in drawing.ways] == [True, False]
    assert all(mark.place < mark.grid for mark in drawing.marks if mark.grid)


def test_the_chart_has_a_lane_for_cars_that_did_not_come_in(driver):
    drawing = chart_of(season_of(driver, 1, "DNF", 12)).wide
    assert drawing.marks[1].out > max(mark.place for mark in drawing.marks if mark.place)
    assert drawing.ticks[-1][1] < drawing.marks[1].out


@pytest.mark.parametrize("places", [[1, 2], [60, 1, "DNF"], [3] * 12, [25, None, 26]])
def test_everything_in_the_chart_lies_inside_of_it(driver, places):
    chart = chart_of(season_of(driver, *places))
    for drawing in (chart.wide, chart.tall):
        across, down = [], []
        for mark in drawing.marks:
            known = [number for number in (mark.place, mark.grid, mark.out) if number is not None]
            (down if drawing.is_rows else across).append(mark.at)
            (across if drawing.is_rows else down).extend(known)
        assert all(0 < number < drawing.width for number in across)
        assert all(0 < number < drawing.height for number in down)


def test_a_long_season_is_drawn_in_rows(driver):
    assert not chart_of(season_of(driver, 1, 2)).wide.is_rows
    for number in range(40):
        race_result(driver, RaceFactory(first_day=date(2014, 6, 2)), position=number + 1)
    assert chart_of(career_of(driver).stops(2014)).wide.is_rows


def test_one_result_makes_no_chart(driver):
    assert chart_of(season_of(driver, 1, None)) is None
    assert chart_of([]) is None


def test_every_number_on_the_page_opens_its_races(client, driver):
    line = race_result(driver, position=1, grid="3")
    StandingFactory(season=SeasonFactory(year=2007), driver=driver, position=1, starts=18, wins=9)
    text = client.get("/fahrer/").text
    for key in ("starts", "wins", "podiums", "titles", "best-finish", "places-gained"):
        opened = text.split(f'<details id="{key}">')[1].split("</details>")[0]
        assert (line.entry.race.get_absolute_url() in opened) == (key != "titles")
    missing = text.split("Nicht überliefert:")[1].split("</p>")[0]
    assert all(name in missing for name in ("Klassensiege", "schnellste Runden", "Ausfälle"))


def test_an_only_drivers_page_has_one_address(client, driver):
    assert client.get("/fahrer/").context["driver"] == driver
    assert client.get(f"/fahrer/{driver.slug}/")["Location"] == "/fahrer/"
    assert client.get(f"/en/driver/{driver.slug}/")["Location"] == "/en/driver/"


def test_several_drivers_have_a_page_each(client, driver):
    second = DriverFactory(ours=True)
    overview = client.get("/fahrer/").text
    assert f'href="/fahrer/{driver.slug}/"' in overview
    assert f'href="/fahrer/{second.slug}/"' in overview
    assert client.get(f"/fahrer/{second.slug}/").context["driver"] == second


def test_a_driver_of_others_has_no_page(client, driver):
    other = DriverFactory()
    assert client.get(f"/fahrer/{other.slug}/").status_code == 404
    assert client.get("/fahrer/niemand/").status_code == 404


def test_a_site_without_a_driver_says_so(client):
    assert "Noch kein Fahrer" in client.get("/fahrer/").text


def test_the_page_costs_the_same_for_one_race_or_forty(client, driver, django_assert_max_num_queries):
    driver.portrait = PhotoFactory(renditions=True)
    driver.save()
    driver.facts.create(label_de="Wohnort", label_en="Home", value_de="Leimen", value_en="Leimen")
    SponsorshipFactory()
    client.get("/fahrer/")
    for number in range(20):
        race_result(driver, season=SeasonFactory(), position=number + 1)
        Standing.objects.create(season=SeasonFactory(year=2000 + number), driver=driver, team=TeamFactory())
    with django_assert_max_num_queries(10):
        client.get("/fahrer/")
