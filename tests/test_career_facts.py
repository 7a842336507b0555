"""Small facts: said only where they are certain, in the language of the reader."""

from datetime import date, timedelta

import pytest
from django.utils import translation

from driversite.models import SiteProfile
from news.career import career_of, timeline
from news.career.facts import facts_of, facts_of_race
from news.models import Race
from tests.factories import (
    CircuitFactory,
    ClassificationFactory,
    DriverFactory,
    EntryFactory,
    RaceFactory,
    ResultFactory,
    SeasonFactory,
    SessionFactory,
    StandingFactory,
)

pytestmark = pytest.mark.django_db
TODAY = date(2016, 1, 15)


@pytest.fixture
def driver():
    with translation.override("en"):
        yield DriverFactory(first_name="Erika", last_name="Muster", ours=True)


def drives(driver, *places, first=date(2014, 3, 1), **fields):
    """A race a day: a place, "DNF", "DNS", "?" for a line without an outcome, None for no result at all."""
    races = []
    for number, place in enumerate(places):
        day = first + timedelta(days=number)
        race = RaceFactory(name=f"Race {number + 1}", slug=f"race-{day}", first_day=day)
        entry = EntryFactory(race=race, drivers=[driver])
        session = SessionFactory(race=race)
        status = {"DNF": "retired", "DNS": "not_started"}.get(place, "finished")
        position = place if isinstance(place, int) else None
        if place is not None:
            lines = ClassificationFactory(session=session)
            ResultFactory(classification=lines, entry=entry, position=position, status=status, **fields)
        races.append(race)
    return races


def said(driver, kind, today=TODAY):
    return [fact.sentence for fact in facts_of(career_of(driver), today) if fact.kind == kind]


def test_the_first_of_each_is_said(driver):
    drives(driver, 7, 3, 1)
    assert said(driver, "first") == [
        "First start on record: Race 1, 1 March 2014.",
        "First win on record: Race 3, 3 March 2014.",
        "First podium on record: Race 2, 2 March 2014.",
    ]


@pytest.mark.parametrize("before", [None, "?"])
def test_after_something_unknown_nothing_is_the_first(driver, before):
    drives(driver, before, 1)
    assert not [sentence for sentence in said(driver, "first") if "win" in sentence]


def test_a_standing_with_wins_comes_before_the_first_recorded_win(driver):
    drives(driver, 1)
    StandingFactory(driver=driver, season=SeasonFactory(year=2007), starts=18, wins=9)
    assert said(driver, "first") == []


def test_the_latest_is_said_only_if_nothing_unknown_came_after_it(driver):
    drives(driver, 1, 4, 1, 5)
    assert "Latest win: Race 3, 3 March 2014." in said(driver, "latest")
    drives(driver, None, first=date(2014, 4, 1))
    assert said(driver, "latest") == []


@pytest.mark.parametrize(
    ("places", "sentence"),
    [
        ((3, 2, 1), "3 podiums in a row so far, since Race 1, 1 March 2014."),
        ((3, 2, 1, 4), "Longest run of podiums: 3, from Race 1, 1 March 2014, to Race 3, 3 March 2014."),
        ((None, 3, 2, 1, 4), "3 podiums in a row, from Race 2, 2 March 2014, to Race 4, 4 March 2014."),
        (
            (9, 10, 4, 11),
            "Longest run among the first ten: 3 races, from Race 1, 1 March 2014, to Race 3, 3 March 2014.",
        ),
        ((3, "DNS", 2, 1), "3 podiums in a row so far, since Race 1, 1 March 2014."),
        ((20, 30, 40), "3 finishes in a row so far, since Race 1, 1 March 2014."),
    ],
)
def test_a_run_is_said_with_its_beginning(driver, places, sentence):
    drives(driver, *places)
    assert sentence in said(driver, "streak")


@pytest.mark.parametrize("between", [None, "?", "DNF", 12])
def test_what_lies_between_ends_a_run(driver, between):
    drives(driver, 1, 2, between, 2, 1)
    assert not [sentence for sentence in said(driver, "streak") if "podium" in sentence]


def test_a_year_without_any_race_on_record_ends_a_run(driver):
    drives(driver, 1, 2, 3, 1, first=date(2012, 3, 1))
    drives(driver, 1, 2, 3)
    assert said(driver, "streak") == [
        "3 podiums in a row so far, since Race 1, 1 March 2014.",
        "4 podiums in a row, from Race 1, 1 March 2012, to Race 4, 4 March 2012.",
    ]


def test_the_same_run_is_not_said_twice(driver):
    drives(driver, 1, 2, 3)
    assert len(said(driver, "streak")) == 1


def test_a_run_without_retirement_goes_over_a_disqualification(driver):
    drives(driver, 20, 30)
    (race,) = drives(driver, 15, first=date(2014, 4, 1))
    race.sessions.get().classifications.get().results.update(position=None, status="disqualified")
    drives(driver, 40, first=date(2014, 5, 1))
    assert said(driver, "streak") == [
        "4 starts in a row so far without a retirement, since Race 1, 1 March 2014."
    ]


def test_a_round_number_of_starts_and_podiums_is_said(driver):
    drives(driver, *[3] * 10, *[8] * 15)
    assert said(driver, "milestone") == [
        "Start number 25: Race 25, 25 March 2014.",
        "Podium number 10: Race 10, 10 March 2014.",
    ]


def test_the_next_race_is_announced_as_a_round_start(driver):
    drives(driver, *[8] * 24)
    coming = RaceFactory(name="Next", first_day=date(2016, 2, 1))
    assert said(driver, "ahead") == ["Next, 1 February 2016, can bring start number 25."]
    EntryFactory(race=coming, drivers=[driver])
    assert said(driver, "ahead") == ["Next, 1 February 2016, is to be start number 25."]
    Race.objects.filter(pk=coming.pk).update(state="cancelled")
    assert said(driver, "ahead") == []


def test_a_weekend_with_two_races_reaches_a_number_further(driver):
    drives(driver, *[8] * 23)
    race = RaceFactory(name="Next", first_day=date(2016, 2, 1))
    assert said(driver, "ahead") == []
    for label in "12":
        SessionFactory(race=race, label=label)
    assert said(driver, "ahead") == ["Next, 1 February 2016, can bring start number 25."]


def test_a_possible_podium_is_announced(driver):
    drives(driver, *[2] * 9, "DNF")
    RaceFactory(name="Next", first_day=date(2016, 2, 1))
    assert "Next, 1 February 2016, can bring podium number 10." in said(driver, "ahead")


@pytest.mark.parametrize("unknown", [None, "?"])
def test_nothing_is_announced_over_something_unknown(driver, unknown):
    drives(driver, *[2] * 9, unknown)
    RaceFactory(name="Next", first_day=date(2016, 2, 1))
    assert not [sentence for sentence in said(driver, "ahead") if "podium" in sentence]


def test_a_standing_adds_its_starts_and_one_without_starts_stops_the_count(driver):
    drives(driver, *[8] * 6)
    RaceFactory(name="Next", first_day=date(2016, 2, 1))
    standing = StandingFactory(driver=driver, season=SeasonFactory(year=2007), starts=18, wins=0)
    assert said(driver, "ahead") == ["Next, 1 February 2016, can bring start number 25."]
    standing.starts = None
    standing.save()
    assert said(driver, "ahead") == []


def test_every_fifth_year_since_the_first_start_is_said(driver):
    drives(driver, 8)
    assert said(driver, "years") == []
    sentence = "5 years in 2019 since the first start on record: Race 1, 1 March 2014."
    assert said(driver, "years", date(2019, 1, 1)) == [sentence]


def test_two_cars_in_one_race_are_one_step(driver):
    (race,) = drives(driver, 1)
    second = EntryFactory(race=race, drivers=[driver])
    ResultFactory(classification=race.sessions.get().classifications.get(), entry=second, position=30)
    steps = timeline.steps_of(career_of(driver), TODAY)
    assert [len(step.lines) for step in steps] == [2]
    assert steps[0].answer(timeline.is_podium) is True


def test_facts_come_in_the_language_of_the_reader_and_with_their_races(driver):
    race, *_others = drives(driver, 4)
    with translation.override("de"):
        fact = facts_of(career_of(driver), TODAY)[-1]
        assert "1. März 2014" in fact.sentence
    assert [line.entry.race for line in fact.lines] == [race]


def test_of_a_race_is_said_what_was_true_on_its_evening(driver):
    races = drives(driver, 5, 3, 4)
    sentences = [fact.sentence for fact in facts_of_race(career_of(driver), races[1], TODAY)]
    assert "Never better: place 3 in Race 2, 2 March 2014, is the best finish so far." in sentences
    assert "First podium on record: Race 2, 2 March 2014." in sentences
    assert not [sentence for sentence in sentences if "Race 3" in sentence]


def test_of_a_race_to_come_is_said_what_is_recorded_of_its_circuit(driver):
    spa = CircuitFactory(name="Spa")
    races = drives(driver, 5, 3)
    Race.objects.filter(pk__in=[race.pk for race in races]).update(circuit=spa)
    coming = RaceFactory(name="Next", circuit=spa, first_day=date(2016, 2, 1))
    sentences = [fact.sentence for fact in facts_of_race(career_of(driver), coming, TODAY)]
    assert sentences == [
        "Recorded starts at Spa before this race: 2.",
        "Best recorded finish at Spa before this race: place 3, Race 2, 2 March 2014.",
    ]


def test_the_editor_finds_the_sentences_in_both_languages_beside_the_form(admin_client, driver):
    races = drives(driver, 1)
    for row, name in ((driver, "driver"), (races[0], "race")):
        text = admin_client.get(f"/admin/news/{name}/{row.pk}/change/").text
        panel = text.split('fieldset class="module aligned said"')[1].split("</fieldset>")[0]
        assert "First win on record: Race 1, 1 March 2014." in panel
        assert "Race 1, 1. März 2014" in panel.split('<ul lang="de">')[1].split("</ul>")[0]


def test_the_forms_of_others_and_new_rows_have_no_sentences(admin_client, driver):
    other = DriverFactory()
    drives(other, 1)
    assert "First win" not in admin_client.get(f"/admin/news/driver/{other.pk}/change/").text
    assert "module aligned said" not in admin_client.get("/admin/news/race/add/").text


def test_the_editor_says_whether_qualifying_races_count(admin_client, driver):
    SiteProfile.current().save()
    assert 'name="qualifying_races_count"' in admin_client.get("/admin/driversite/siteprofile/1/change/").text


def test_in_the_year_of_a_season_without_races_nobody_knows_what_came_in_which_order(driver):
    drives(driver, *[2] * 7)
    assert said(driver, "streak") != []
    standing = StandingFactory(driver=driver, season=SeasonFactory(year=2014), starts=18, wins=0)
    assert said(driver, "streak") == []
    assert said(driver, "milestone") == []
    standing.season.year = 2013
    standing.season.save()
    assert said(driver, "milestone") == ["Start number 25: Race 7, 7 March 2014."]
