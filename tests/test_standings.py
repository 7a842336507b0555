"""Championship tables as they follow from the results: when they are counted, what stands in them, what is in force."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from news.derived import results_changed
from news.derived.standings import gaps, refresh
from news.models import Classification, Crew, Entry, Result, Round, Standing
from tests.factories import (
    ClassificationFactory,
    DriverFactory,
    EntryFactory,
    PointSchemeFactory,
    RaceFactory,
    SeasonFactory,
    SessionFactory,
    StandingFactory,
    TeamFactory,
)
from tests.test_points import place_of, season

pytestmark = pytest.mark.django_db


@pytest.fixture
def gt(db):
    return SeasonFactory(series__name="GT", scheme=PointSchemeFactory(positions="10, 6, 4"))


def race_of(season, number, **more):
    day = date(2014, 3, 1) + timedelta(weeks=number)
    race = RaceFactory(**{"first_day": day} | more.pop("race", {}))
    return Round.objects.create(season=season, race=race, number=number, **more)


def run(each, *drivers, kind="race", label="", teams=(), **entry):
    """A result list with these drivers, each in a car of one, in this order."""
    session = SessionFactory(race=each.race, kind=kind, label=label)
    result_list = ClassificationFactory(session=session)
    for place, driver in enumerate(drivers, start=1):
        team = teams[place - 1] if teams else TeamFactory()
        car = EntryFactory(race=each.race, drivers=[driver], team=team, number="", **entry)
        Result.objects.create(classification=result_list, entry=car, position=place)
    results_changed([each.race])
    return result_list


def rows(season, **wanted):
    found = Standing.objects.in_force().filter(season=season, **wanted).order_by("position", "pk")
    return [(row.position, str(row.driver or row.team), row.points) for row in found]


def people(count):
    return [DriverFactory(first_name="", last_name=f"D{number}") for number in range(1, count + 1)]


def test_the_table_follows_from_the_results_after_each_race(gt):
    one, two, three = people(3)
    first, second = race_of(gt, 1), race_of(gt, 2)
    run(first, one, two, three)
    assert rows(gt) == [(1, "D1", 10), (2, "D2", 6), (3, "D3", 4)]
    run(second, three, two, one)
    assert rows(gt) == [(1, "D1", 14), (1, "D3", 14), (3, "D2", 12)]
    last = Standing.objects.get(driver=three)
    assert (last.position_before, last.after_round, last.starts, last.wins) == (3, 2, 2, 1)
    assert last.final
    assert last.gross_points is None


def test_a_table_is_final_only_after_the_last_round(gt):
    (one,) = people(1)
    run(race_of(gt, 1), one)
    assert Standing.objects.get().final
    coming = race_of(gt, 2, race={"first_day": date(2100, 1, 1)})
    refresh([gt])
    assert not Standing.objects.get().final
    coming.race.state = "cancelled"
    coming.race.save()
    refresh([gt])
    assert Standing.objects.get().final


def test_who_comes_in_later_has_no_place_before(gt):
    one, two = people(2)
    run(race_of(gt, 1), one)
    run(race_of(gt, 2), two, one)
    assert dict(Standing.objects.values_list("driver__last_name", "position_before")) == {"D1": 1, "D2": None}


def test_a_missing_list_ends_the_table_there(gt):
    one, two = people(2)
    run(race_of(gt, 1), one, two)
    missing = race_of(gt, 2)
    run(race_of(gt, 3), two, one)
    assert rows(gt) == [(1, "D1", 10), (2, "D2", 6)]
    assert not Standing.objects.first().final
    SessionFactory(race=missing.race)
    with translation.override("en"):
        assert gaps(gt) == [f"Round 2, {missing.race}: Race has no result list."]
    assert gaps(gt, on=missing.race.last_day) == [], "it is under way"


def test_a_missing_list_leaves_the_published_table_in_force(gt):
    one, two = people(2)
    run(race_of(gt, 1), one, two)
    missing = race_of(gt, 2)
    published = StandingFactory(season=gt, driver=one, points="99", position=1)
    refresh([gt])
    assert rows(gt) == [(1, "D1", 99)]
    run(missing, one, two)
    assert rows(gt) == [(1, "D1", 20), (2, "D2", 12)]
    Classification.objects.filter(session__race=missing.race).delete()
    results_changed([missing.race])
    assert rows(gt) == [(1, "D1", 99)]
    published.refresh_from_db()
    assert published.points == 99


@pytest.mark.parametrize(
    ("race", "more"),
    [({"state": "cancelled"}, {}), ({"state": "postponed"}, {}), ({}, {"factor": 0})],
    ids=["called off", "put off", "factor 0"],
)
def test_what_does_not_count_is_no_gap(gt, race, more):
    (one,) = people(1)
    race_of(gt, 1, race=race, **more)
    run(race_of(gt, 2), one)
    assert rows(gt) == [(1, "D1", 10)]
    assert Standing.objects.get().final == (race.get("state") != "postponed")


def test_a_race_counts_as_soon_as_its_lists_are_there_even_on_its_last_day(gt):
    (one,) = people(1)
    ahead = date(2099, 5, 1)
    each = race_of(gt, 1, race={"first_day": ahead})
    second = SessionFactory(race=each.race, label="2")
    run(each, one, label="1")
    assert rows(gt) == [], "the second race of the weekend is not driven yet"
    second.delete()
    refresh([gt])
    assert rows(gt) == [(1, "D1", 10)]


def test_a_list_that_leaves_out_places_is_no_list(gt):
    one, two = people(2)
    each = race_of(gt, 1)
    result_list = run(each, one, two)
    Result.objects.filter(entry__crew__driver=two).update(position=5)
    refresh([gt])
    assert rows(gt) == []
    Result.objects.filter(entry__crew__driver=two).update(position=None, position_or_better=3)
    refresh([gt])
    assert rows(gt) == []
    Result.objects.filter(entry__crew__driver=two).update(position=2, position_or_better=None)
    each.race.starters = 50
    each.race.save()
    refresh([gt])
    assert rows(gt) == [], "third place is not on record"
    gt.scheme.positions = "10, 6"
    gt.scheme.save()
    refresh([gt])
    assert [row[:2] for row in rows(gt)] == [(1, "D1"), (2, "D2")]
    assert result_list.results.count() == 2


@pytest.mark.parametrize("points", ["pole_points", "fastest_lap_points"])
def test_a_point_for_what_nobody_knows_waits_until_it_is_known(gt, points):
    (one,) = people(1)
    setattr(gt.scheme, points, 1)
    gt.scheme.save()
    run(race_of(gt, 1), one)
    assert rows(gt) == []
    Result.objects.update(**{points.removesuffix("_points"): True})
    results_changed(RaceFactory._meta.model.objects.all())
    assert rows(gt) == [(1, "D1", 11)]


def test_where_the_list_states_all_points_no_lap_or_pole_is_missed(gt):
    (one,) = people(1)
    gt.scheme.fastest_lap_points = 1
    gt.scheme.save()
    run(race_of(gt, 1), one)
    Result.objects.update(points=Decimal("12.5"))
    refresh([gt])
    assert rows(gt) == [(1, "D1", Decimal("12.5"))]


@pytest.mark.parametrize(
    ("line", "points"),
    [
        ({"status": "retired"}, 10),  # classified all the same: far enough before the end
        ({"status": "retired", "classified": False}, 0),
        ({"status": "disqualified"}, 0),
        ({"status": "not_classified"}, 0),
        ({"points": Decimal("3.5")}, Decimal("3.5")),
    ],
)
def test_points_by_place_need_a_classified_car(gt, line, points):
    run(race_of(gt, 1), *people(1))
    Result.objects.update(**line)
    refresh([gt])
    assert rows(gt) == [(1, "D1", points)]


def test_a_car_that_did_not_start_makes_no_row(gt):
    one, two = people(2)
    run(race_of(gt, 1), one, two)
    Result.objects.filter(position=2).update(position=None, status="not_started")
    refresh([gt])
    assert rows(gt) == [(1, "D1", 10)]


def test_the_newest_list_counts(gt):
    one, two = people(2)
    result_list = run(race_of(gt, 1), one, two)
    amended = ClassificationFactory(session=result_list.session, state="amended")
    for place, line in enumerate(result_list.results.order_by("-position"), start=1):
        Result.objects.create(classification=amended, entry=line.entry, position=place)
    results_changed([result_list.session.race])
    assert rows(gt) == [(1, "D2", 10), (2, "D1", 6)]


def test_each_class_has_its_table_and_points_by_place_in_class(gt):
    gt.by_class = True
    gt.save()
    one, two, three = people(3)
    each = race_of(gt, 1)
    run(each, one, two, three)
    for driver, car_class in ((one, "SP9"), (two, "SP10"), (three, "sp9")):
        Entry.objects.filter(crew__driver=driver).update(car_class=car_class)
    results_changed([each.race])
    assert rows(gt, car_class="SP10") == [(1, "D2", 10)]
    in_class = Standing.objects.filter(car_class__iexact="SP9")
    assert [(row.position, row.points) for row in in_class] == [(1, 10), (2, 6)]
    assert len(set(in_class.values_list("car_class"))) == 1, "one table, one spelling"


def test_a_place_in_class_that_is_not_known_waits_and_a_car_of_no_class_has_no_table(gt):
    gt.by_class = True
    gt.save()
    one, two = people(2)
    each = race_of(gt, 1)
    run(each, one, two, car_class="SP9")
    of_two = Entry.objects.filter(crew__driver=two)
    of_two.update(car_class="")
    results_changed([each.race])
    assert rows(gt) == []
    Result.objects.filter(entry__in=of_two).update(position=None, status="retired")
    results_changed([each.race])
    assert rows(gt) == [(1, "D1", 10)]


def test_a_sprint_without_points_and_a_cancelled_race_need_no_list(gt):
    each = race_of(gt, 1)
    SessionFactory(race=each.race, kind="sprint")
    SessionFactory(race=each.race, label="2", cancelled=True)
    run(each, *people(1), label="1")
    assert rows(gt) == [(1, "D1", 10)]


def test_a_guest_start_for_another_team_changes_nothing_in_the_row(gt):
    one, two = people(2)
    run(race_of(gt, 1), one, teams=[TeamFactory(name="Own")])
    second = race_of(gt, 2)
    run(second, one, two, teams=[TeamFactory(name="Host"), TeamFactory()], guest=True)
    assert [(str(row.team), row.points, row.starts) for row in Standing.objects.all()] == [("Own", 10, 1)]


def test_teams_have_a_table_of_their_own(gt):
    gt.for_teams = True
    gt.save()
    one, two, three = people(3)
    team = TeamFactory(name="Zakspeed")
    run(race_of(gt, 1), one, two, three, teams=[team, TeamFactory(name="Rowe"), team])
    assert rows(gt, driver=None) == [(1, "Zakspeed", 14), (2, "Rowe", 6)]
    assert len(rows(gt, driver__isnull=False)) == 3


def test_a_driver_stands_with_the_last_team_in_one_row(gt):
    (one,) = people(1)
    old, new = TeamFactory(), TeamFactory()
    run(race_of(gt, 1), one, teams=[old])
    row = Standing.objects.get()
    run(race_of(gt, 2), one, teams=[new])
    assert list(Standing.objects.values_list("pk", "team")) == [(row.pk, new.pk)]


def test_shares_are_exact_until_they_are_stored(gt):
    gt.scheme.shared_cars = "split"
    gt.scheme.save()
    crew = people(3)
    for number in (1, 2, 3):
        run(race_of(gt, number), crew[0])
    for driver in crew[1:]:
        for entry in Entry.objects.all():
            Crew.objects.create(entry=entry, driver=driver)
    refresh([gt])
    assert rows(gt) == [(1, "D1", 10), (1, "D2", 10), (1, "D3", 10)]
    Round.objects.filter(number=3).delete()
    refresh([gt])
    assert rows(gt)[0] == (1, "D1", Decimal("6.666667"))


def test_without_a_scheme_the_computed_table_goes(gt):
    run(race_of(gt, 1), *people(1))
    gt.scheme = None
    gt.save()
    refresh([gt])
    assert not Standing.objects.exists()


def test_rows_that_say_the_same_stay_as_they_are(gt):
    one, two, three = people(3)
    run(race_of(gt, 1), one, two)
    before = dict(Standing.objects.values_list("driver__last_name", "pk"))
    run(race_of(gt, 2), three, one)
    after = dict(Standing.objects.values_list("driver__last_name", "pk"))
    assert before.items() <= after.items()
    with CaptureQueriesContext(connection) as captured:
        refresh([gt])
    written = ("INSERT", "UPDATE", "DELETE")
    assert [query for query in captured.captured_queries if query["sql"].startswith(written)] == []


def test_counting_costs_the_same_for_two_rounds_or_twelve(gt, django_assert_num_queries):
    drivers = people(4)
    for number in (1, 2):
        run(race_of(gt, number), *drivers)
    with CaptureQueriesContext(connection) as captured:
        refresh([gt.pk])
    for number in range(3, 13):
        run(race_of(gt, number), *drivers)
    with django_assert_num_queries(len(captured)):
        refresh([gt.pk])
    assert len(captured) <= 10


def test_a_change_that_concerns_no_counted_season_costs_two_queries(django_assert_num_queries):
    race = race_of(SeasonFactory(), 1).race
    with CaptureQueriesContext(connection) as captured:
        refresh(Round.objects.filter(race=race).values_list("season", flat=True))
    assert len([each for each in captured.captured_queries if "SELECT" in each["sql"]]) == 2


@pytest.mark.parametrize("year", [1979, 1984, 1988, 1991])
def test_a_season_that_was_driven_comes_out_of_its_result_lists(year):
    _scheme, _counted, said = season(year)
    names, factors = said.pop("rounds").split(), said.pop("factors", {})
    counted = {1979: "4/7, 4/8", 1984: "11", 1988: "11", 1991: ""}[year]
    first = 9 if year < 1991 else 10
    scheme = PointSchemeFactory(positions=f"{first}, 6, 4, 3, 2, 1")
    formula_one = SeasonFactory(year=year, scheme=scheme, counted=counted)
    named = {name: DriverFactory(first_name="", last_name=name) for name in said}
    field = [DriverFactory(first_name="", last_name=f"Z{number}") for number in range(15)]
    for number, name in enumerate(names):
        each = Round.objects.create(
            season=formula_one,
            number=number + 1,
            factor=factors.get(name, 1),
            race=RaceFactory(first_day=date(year, 1, 1) + timedelta(weeks=number)),
        )
        places = {driver: said[name]["results"].split()[number] for name, driver in named.items()}
        enter(each.race, places, field)
    refresh([formula_one])
    rows = Standing.objects.filter(driver__in=named.values()).order_by("position")
    # The rest of the field is made up, and so are the places between.
    assert [(str(row.driver), row.points, row.gross_points or row.points) for row in rows] == [
        (name, Fraction(books["points"]), Fraction(books["gross"])) for name, books in said.items()
    ]


def enter(race, places, field):
    """A whole list: those named at their places, others in between."""
    result_list = ClassificationFactory(session=SessionFactory(race=race))
    taken = {place_of(said): driver for driver, said in places.items() if place_of(said)}
    others = iter(field)
    crews = [taken.get(place) or next(others) for place in range(1, 16)]
    out = [driver for driver, said in places.items() if not place_of(said)]
    cars = Entry.objects.bulk_create(Entry(race=race) for _driver in crews + out)
    Crew.objects.bulk_create(
        Crew(entry=car, driver=driver) for car, driver in zip(cars, crews + out, strict=True)
    )
    Result.objects.bulk_create(
        Result(
            classification=result_list,
            entry=car,
            position=place if place <= len(crews) else None,
            status="finished" if place <= len(crews) else "retired",
        )
        for place, car in enumerate(cars, start=1)
    )
