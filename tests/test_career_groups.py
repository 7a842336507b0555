"""A career by series, circuit, car, team and crew; laps and kilometres; the site's word on qualifying races."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from news.career import Career, career_of, questions
from news.career.groups import CAR, CIRCUIT, CREW, DIVISIONS, SERIES, TEAM, groups_of, selected
from news.career.tally import Tally
from news.models import Circuit, Classification, Entry, Layout, Race, Result, Round, Session
from tests.factories import (
    CircuitFactory,
    ClassificationFactory,
    DriverFactory,
    EntryFactory,
    RaceFactory,
    ResultFactory,
    SeasonFactory,
    SeriesFactory,
    SessionFactory,
    StandingFactory,
    TeamFactory,
)

pytestmark = pytest.mark.django_db


def drives(driver, race=None, *, kind="race", season=None, entry=None, others=(), **fields):
    """A line of the driver in a race of its own."""
    race = race or RaceFactory()
    if season:
        Round.objects.create(season=season, race=race, number=season.rounds.count() + 1)
    entry = EntryFactory(race=race, drivers=[driver, *others], **entry or {})
    session = SessionFactory(race=race, kind=kind, label=str(race.sessions.count()))
    return ResultFactory(classification=ClassificationFactory(session=session), entry=entry, **fields)


def rows(driver, division):
    """{title: (starts, wins)} of every group."""
    groups = groups_of(career_of(driver), division)
    return {str(group.title): (group.starts.value, group.wins.value) for group in groups}


def figure(driver, key, **how):
    return career_of(driver, **how).figure(key)


def test_a_career_by_series_counts_a_race_in_each_of_its_championships(driver):
    vln, gt = SeriesFactory(name="VLN"), SeriesFactory(name="GT Masters")
    line = drives(driver, season=SeasonFactory(series=vln), position=1)
    Round.objects.create(season=SeasonFactory(series=gt), race=line.entry.race, number=1)
    drives(driver, season=SeasonFactory(series=gt, year=2015), position=4)
    drives(driver, position=2)
    assert rows(driver, SERIES) == {"GT Masters": (2, 1), "VLN": (1, 1), "Rennen ohne Meisterschaft": (1, 0)}


def test_a_season_known_by_its_standing_stands_with_its_series_and_its_team(driver):
    team = TeamFactory(name="Eifelland Racing")
    StandingFactory(
        driver=driver,
        team=team,
        starts=18,
        wins=9,
        season=SeasonFactory(series=SeriesFactory(name="Formel BMW")),
    )
    drives(driver, entry={"team": team}, position=1)
    assert rows(driver, SERIES)["Formel BMW"] == (18, 9)
    assert rows(driver, TEAM) == {"Eifelland Racing": (19, 10)}
    assert "Formel BMW" not in rows(driver, CIRCUIT)


def test_a_career_by_circuit_has_a_row_for_races_without_one(driver):
    spa = CircuitFactory(name="Spa")
    drives(driver, RaceFactory(circuit=spa), position=1)
    drives(driver, RaceFactory(circuit=spa), position=5)
    drives(driver, RaceFactory(circuit=None), position=9)
    assert rows(driver, CIRCUIT) == {"Spa": (2, 1), "nicht überliefert": (1, 0)}


def test_a_car_is_one_car_however_it_is_spelt(driver):
    drives(driver, entry={"car": "BMW Z4 GT3"}, position=1)
    drives(driver, entry={"car": "BMW  Z4 gt3"}, position=2)
    drives(driver, entry={"car": "BMW M6 GT3"}, position=3)
    assert rows(driver, CAR) == {"BMW Z4 GT3": (2, 1), "BMW M6 GT3": (1, 0)}


def test_alone_in_the_car_and_with_others_are_told_apart(driver):
    drives(driver, position=1)
    drives(driver, others=[DriverFactory()], position=2)
    drives(driver, others=[DriverFactory(), DriverFactory()], position=3)
    assert {group.key: group.starts.value for group in groups_of(career_of(driver), CREW)} == {
        "shared": 2,
        "solo": 1,
    }


def test_a_start_that_was_none_is_none_in_every_group(driver):
    drives(driver, position=None, status="not_started")
    for division in DIVISIONS:
        assert [group.starts.value for group in groups_of(career_of(driver), division)] == [0]


def long_way(metres=25000, **fields):
    circuit = CircuitFactory()
    layout = Layout.objects.create(circuit=circuit, name_de="Ring", name_en="Ring", length_m=metres)
    return RaceFactory(circuit=circuit, layout=layout, **fields)


def test_kilometres_are_laps_times_the_length_of_the_layout(driver):
    drives(driver, long_way(25000), laps=20)
    drives(driver, long_way(3629), laps=1)
    laps, kilometres = figure(driver, "laps"), figure(driver, "kilometres")
    assert (laps.value, laps.at_least) == (21, False)
    assert (kilometres.value, kilometres.written, kilometres.at_least) == (503629, "503", False)


def test_a_race_without_laps_or_length_makes_the_sum_a_least(driver):
    drives(driver, long_way(25000), laps=20)
    drives(driver, long_way(25000), laps=None)
    drives(driver, long_way(None), laps=30)
    laps, kilometres = figure(driver, "laps"), figure(driver, "kilometres")
    assert (laps.value, laps.at_least, laps.known, laps.asked) == (50, True, 2, 3)
    assert (kilometres.value, kilometres.at_least, kilometres.known, kilometres.asked) == (500000, True, 1, 3)


def test_unknown_laps_are_not_nought_and_laps_without_a_start_are_none(driver):
    drives(driver, laps=None)
    drives(driver, laps=0, position=None, status="retired")
    assert figure(driver, "laps").value is None
    drives(driver, laps=7, position=None, status="not_started")
    assert figure(driver, "laps").value is None


def test_a_number_that_may_be_higher_says_so(driver):
    drives(driver, position=1)
    drives(driver, position=None, position_or_better=3)
    assert (figure(driver, "wins").value, figure(driver, "wins").at_least) == (1, True)
    assert (figure(driver, "wins").known, figure(driver, "wins").asked) == (1, 2)
    assert (figure(driver, "podiums").value, figure(driver, "podiums").at_least) == (2, False)


def test_qualifying_races_count_as_the_setting_says(driver):
    race = RaceFactory()
    drives(driver, race, kind="qualifying_race", position=1, laps=5)
    drives(driver, kind="sprint", position=2)
    assert figure(driver, "starts", qualifying_races=True).value == 2
    without = career_of(driver, qualifying_races=False)
    assert (without.starts.value, without.wins.value) == (1, 0)
    assert [group.starts.value for group in groups_of(without, CIRCUIT)] == [1]
    # It was driven all the same: the way through the season shows it.
    assert [stop.place for stop in without.stops(race.year)] == [1, 2]


def test_a_selection_is_what_its_parts_have_in_common(driver):
    season, spa = SeasonFactory(), CircuitFactory()
    both = drives(driver, RaceFactory(circuit=spa), season=season, position=1)
    drives(driver, RaceFactory(circuit=spa), position=1)
    drives(driver, season=season, position=1)
    wanted = {"circuit": str(spa.pk), "series": str(season.series_id), "figure": "wins"}
    selection = selected(career_of(driver), wanted)
    assert selection.shown == (both,)
    assert selection.asked.value == 1
    assert dict(pair.split("=") for pair in selection.address.split("&")) == wanted


@pytest.mark.parametrize(
    "wanted", [{"series": "999"}, {"circuit": "x"}, {"figure": "luck"}, {"crew": ""}, {"year": "1999"}]
)
def test_what_is_not_on_record_cannot_be_selected(driver, wanted):
    drives(driver)
    with pytest.raises(LookupError):
        selected(career_of(driver), wanted)


LINES = st.lists(
    st.fixed_dictionaries(
        {
            "position": st.none() | st.integers(1, 40),
            "laps": st.none() | st.integers(0, 90),
            "circuit": st.integers(0, 2),
            "year": st.integers(2010, 2012),
            "crew": st.integers(1, 2),
            "started": st.booleans(),
        }
    ),
    max_size=12,
)


def built(driver, kinds):
    """A career of these lines without a database: only what numbers ask of them."""
    lines = []
    for number, kind in enumerate(kinds, start=1):
        circuit = Circuit(pk=kind["circuit"] + 1, name=f"Ring {kind['circuit']}")
        race = Race(pk=number, name="R", circuit=circuit, layout=Layout(circuit=circuit, length_m=4000))
        race.first_day = date(kind["year"], 1, 1)
        race.year = kind["year"]
        session = Session(pk=number, race=race)
        status = "finished" if kind["started"] else "not_started"
        line = Result(
            pk=number,
            classification=Classification(session=session),
            entry=Entry(race=race, car=""),
            status=status,
            position=kind["position"] if kind["started"] else None,
            laps=kind["laps"],
        )
        line.crew_size = kind["crew"]
        lines.append(line)
    races = tuple(line.entry.race for line in lines)
    career = Career(tuple(lines), (), driver, tuple(lines), (), races, True)
    career.__dict__["_rounds"] = {}
    return career


@given(kinds=LINES)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_division_adds_up_to_the_whole(driver, kinds):
    career = built(driver, kinds)
    for division in DIVISIONS:
        groups = groups_of(career, division)
        assert sorted(line.pk for group in groups for line in group.lines) == [
            line.pk for line in career.lines
        ]
        for question in (questions.STARTS, questions.WINS, questions.PODIUMS):
            parts = [questions.count(question, group.lines) for group in groups]
            assert sum(len(part.lines) for part in parts) == len(
                questions.count(question, career.lines).lines
            )
        laps = [questions.total(questions.KILOMETRES, group.lines).value or 0 for group in groups]
        assert sum(laps) == (questions.total(questions.KILOMETRES, career.lines).value or 0)
    in_seasons = {line.pk for season in career.seasons for line in season.lines}
    assert in_seasons == {line.pk for line in career.lines}
    assert Tally(career.lines, ()).starts.value == (career.starts.value if kinds else None)
