"""From a file's rows to tables: people known again, lists that stay, one transaction, undo."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from news.models import (
    Classification,
    Crew,
    Driver,
    DriverAlias,
    Entry,
    Result,
    ResultImport,
    Team,
    TeamAlias,
    TeamName,
)
from news.times import Gap
from news.timing.matching import How, person_key
from news.timing.plan import plan_import
from news.timing.read import read
from news.timing.rows import BadFile, Person, ResultFile, Row
from news.timing.store import Origin, store
from news.timing.undo import CannotUndo, undo
from tests.factories import (
    ClassificationFactory,
    DriverFactory,
    EntryFactory,
    PointSchemeFactory,
    ResultFactory,
    SeasonFactory,
    SessionFactory,
    TeamFactory,
)

pytestmark = pytest.mark.django_db

JENS = Person("Jens", "Klingmann", "DE")
CLAUDIA = Person("Claudia", "Hürtgen", "DE")
STATED = frozenset({"position", "status", "laps", "total_time_ms", "gap", "best_lap_ms"})


@pytest.fixture
def session():
    return SessionFactory()


def rows_of(*people, **values):
    """One car a person, in the order of the list."""
    return tuple(
        Row(
            line=number + 1,
            number=str(number),
            position=number,
            team=f"Scuderia {number}",
            crew=(person,),
            **values,
        )
        for number, person in enumerate(people, start=1)
    )


def list_of(*rows, **values):
    return ResultFile("alkamel", timed=False, rows=rows, states=STATED, **values)


def imported(session, file, state="provisional", **values):
    return store(plan_import(session, file, state=state, **values), Origin("liste.csv", b"bytes"))


def test_a_list_becomes_cars_crews_and_results(session):
    imported(session, list_of(*rows_of(JENS, CLAUDIA, laps=10)))
    first, second = session.current_classification().results.all()
    assert (first.entry.number, first.entry.team.name, first.laps) == ("1", "Scuderia 1", 10)
    assert [str(driver) for driver in second.entry.crew_drivers] == ["Claudia Hürtgen"]


@pytest.mark.parametrize(
    "spelt",
    [
        Person("CLAUDIA", "HÜRTGEN"),
        Person("Hürtgen", "Claudia", "DE"),
        Person("Claudia", "Huertgen", "DE"),
        Person("claudia", "Hurtgen", "DE"),
    ],
)
def test_a_driver_is_known_again_whatever_case_accents_and_order(session, spelt):
    claudia = DriverFactory(first_name="Claudia", last_name="Hürtgen")
    imported(session, list_of(*rows_of(spelt)))
    assert Crew.objects.get().driver == claudia
    assert Driver.objects.count() == 1


def test_a_driver_is_known_again_by_a_spelling_on_record(session):
    claudia = DriverFactory(first_name="Claudia", last_name="Hürtgen")
    DriverAlias.objects.create(driver=claudia, name="Claudia Huertgen-Schmidt")
    imported(session, list_of(*rows_of(Person("Claudia", "HÜRTGEN-SCHMIDT"))))
    assert Crew.objects.get().driver == claudia


def test_two_people_of_one_name_are_told_apart_by_their_countries(session):
    german = DriverFactory(first_name="Michael", last_name="Schmidt", country="DE")
    imported(
        session, list_of(*rows_of(Person("Michael", "Schmidt", "DE"), Person("Michael", "Schmidt", "AT")))
    )
    first, second = Crew.objects.order_by("entry__number")
    assert first.driver == german
    assert (second.driver.country, second.driver.slug) == ("AT", "michael-schmidt-2")


def test_one_person_in_two_cars_is_one_record(session):
    imported(session, list_of(*rows_of(JENS, replace(JENS, country=""), Person("JENS", "KLINGMANN", "DE"))))
    assert Driver.objects.count() == 1
    assert Crew.objects.count() == 3


def test_another_country_in_the_file_is_said_and_the_record_stays(session):
    driver = DriverFactory(first_name="Jens", last_name="Klingmann", country="AT")
    plan = plan_import(session, list_of(*rows_of(JENS)), state="provisional")
    assert plan.lines[0].crew[0].found == driver
    assert any("Jens Klingmann" in warning and "AT" in warning for warning in plan.warnings)
    store(plan, Origin())
    driver.refresh_from_db()
    assert driver.country == "AT"


def test_a_last_name_alone_is_proposed_where_only_one_person_has_it(session):
    driver = DriverFactory(first_name="Jens", last_name="Klingmann")
    plan = plan_import(session, list_of(*rows_of(Person("", "Klingmann"))), state="provisional")
    (match,) = plan.names.drivers
    assert (match.found, match.how) == (driver, How.LIKELY)


def test_a_last_name_that_two_people_have_is_left_to_the_editor(session):
    both = {DriverFactory(first_name=name, last_name="Müller") for name in ("Dirk", "Sven")}
    plan = plan_import(session, list_of(*rows_of(Person("", "Müller"))), state="provisional")
    (match,) = plan.names.drivers
    assert match.is_new and set(match.could_be) == both


def test_a_name_with_a_slip_in_it_is_new_and_says_who_it_could_be(session):
    driver = DriverFactory(first_name="Martin", last_name="Tomczyk")
    DriverFactory(first_name="Martin", last_name="Ragginger")
    plan = plan_import(session, list_of(*rows_of(Person("Martin", "Tomczik"))), state="provisional")
    (match,) = plan.names.drivers
    assert match.is_new and match.could_be == (driver,)


def test_a_team_without_its_sponsors_is_new_and_says_which_it_could_be(session):
    team = TeamFactory(name="BMW Sports Trophy Team Schubert")
    TeamFactory(name="BMW Team RLL")
    (row,) = rows_of(JENS)
    plan = plan_import(session, list_of(replace(row, team="Schubert Racing")), state="provisional")
    (match,) = plan.names.clubs
    assert match.is_new and match.could_be == (team,)


def test_a_corrected_match_is_stored_and_its_spelling_remembered(session):
    jens = DriverFactory(first_name="Jens", last_name="Klingmann")
    nick = Person("Jenny", "Klingman", "DE")
    file = list_of(*rows_of(nick))
    store(plan_import(session, file, state="provisional", people={person_key(nick): jens}), Origin())
    assert Crew.objects.get().driver == jens
    again = plan_import(session, file, state="official")
    assert (again.names.drivers[0].found, again.names.drivers[0].how) == (jens, How.ALIAS)


def test_the_editor_may_say_that_somebody_of_the_same_name_is_new(session):
    DriverFactory(first_name="Jens", last_name="Klingmann", country="DE")
    store(
        plan_import(session, list_of(*rows_of(JENS)), state="provisional", people={person_key(JENS): None}),
        Origin(),
    )
    assert Driver.objects.filter(last_name="Klingmann").count() == 2


def test_two_spellings_of_one_person_in_a_car_are_one_seat(session):
    claudia = DriverFactory(first_name="Claudia", last_name="Hürtgen", country="DE")
    row = replace(rows_of(CLAUDIA)[0], crew=(CLAUDIA, Person("C.", "Hürtgen"), JENS))
    imported(session, list_of(row))
    assert [str(seat.driver) for seat in Crew.objects.all()] == ["Claudia Hürtgen", "Jens Klingmann"]
    assert Crew.objects.first().driver == claudia


def test_two_names_that_the_editor_takes_for_one_person_are_one_seat(session):
    row = replace(rows_of(CLAUDIA)[0], crew=(CLAUDIA, JENS))
    claudia = DriverFactory(first_name="Claudia", last_name="Hürtgen")
    plan = plan_import(session, list_of(row), state="provisional", people={person_key(JENS): claudia})
    store(plan, Origin())
    assert Crew.objects.get().driver == claudia


def test_a_name_whose_letters_spell_out_long_fits_its_column(session):
    long = "ﷺ" * 80
    imported(session, list_of(replace(rows_of(Person(long, "Muster"))[0], team=long)))
    stored = [*Driver.objects.all(), *Team.objects.all()]
    assert all(len(row.name_key) <= row._meta.get_field("name_key").max_length for row in stored)


def test_teams_whose_names_hold_no_letter_stay_apart(session):
    first, second = rows_of(JENS, CLAUDIA)
    imported(session, list_of(replace(first, team="***"), replace(second, team="(???)")))
    assert {team.name for team in Team.objects.all()} == {"***", "(???)"}


def test_a_team_is_known_by_name_season_name_and_spelling(session):
    schubert = TeamFactory(name="Schubert")
    TeamName.objects.create(team=schubert, year=2014, name="BMW Sports Trophy Team Schubert")
    TeamAlias.objects.create(team=schubert, name="Schubert MS")
    names = ["SCHUBERT", "BMW Sports Trophy Team Schubert", "Schubert-MS"]
    rows = [replace(row, team=name) for row, name in zip(rows_of(JENS, JENS, JENS), names, strict=True)]
    imported(session, list_of(*rows))
    assert set(Entry.objects.values_list("team", flat=True)) == {schubert.pk}


def test_a_place_in_class_of_a_car_that_did_not_start_is_left_out(session):
    head = "Pos\tPlatz in Klasse\tNr.\tFahrer\tRunden\tStatus"
    file = read(f"{head}\n1\t1\t7\tErika Muster\t9\t\n\t2\t8\tMax Muster\t0\tDNS".encode())
    imported(session, file)
    assert [line.class_position for line in session.current_classification().results.all()] == [1, None]


def test_the_same_file_twice_changes_nothing_and_says_so(session):
    file = list_of(*rows_of(JENS, CLAUDIA, laps=10))
    imported(session, file)
    assert imported(session, file) is None
    assert (Classification.objects.count(), Result.objects.count(), ResultImport.objects.count()) == (1, 2, 1)


def test_the_official_list_keeps_the_provisional_one_and_says_what_moved(session):
    imported(session, list_of(*rows_of(JENS, CLAUDIA)))
    first, second = rows_of(JENS, CLAUDIA)
    file = list_of(replace(second, position=1), replace(first, position=2))
    log = imported(session, file, state="official")
    assert "#1: 1 → 2" in log.messages and "#2: 2 → 1" in log.messages
    assert session.current_classification().state == "official"
    provisional = Classification.objects.get(state="provisional")
    assert [line.entry.number for line in provisional.results.all()] == ["1", "2"]


def test_what_a_file_cannot_say_is_kept_from_the_list_before(session):
    entry = EntryFactory(race=session.race, number="1")
    ResultFactory(
        classification=ClassificationFactory(session=session),
        entry=entry,
        position=3,
        grid="11",
        note="5 s penalty",
        class_position=2,
        total_time_ms=99_000,
    )
    imported(session, list_of(*rows_of(JENS)), state="official")
    line = session.current_classification().results.get()
    assert (line.position, line.grid, line.note) == (1, "11", "5 s penalty")
    # Places, times and gaps of the older list would contradict the new positions.
    assert (line.class_position, line.total_time_ms) == (None, None)


def test_a_typed_car_without_a_number_is_known_by_its_driver(session):
    jens = DriverFactory(first_name="Jens", last_name="Klingmann", country="DE", ours=True)
    typed = EntryFactory(race=session.race, number="", drivers=[jens])
    imported(session, list_of(*rows_of(JENS)))
    typed.refresh_from_db()
    assert typed.number == "1" and Entry.objects.count() == 1


def test_numbers_are_text(session):
    rows = [
        replace(row, number=number) for row, number in zip(rows_of(JENS, CLAUDIA), ["3", "03"], strict=True)
    ]
    imported(session, list_of(*rows))
    assert set(Entry.objects.values_list("number", flat=True)) == {"3", "03"}


def test_one_number_twice_is_refused(session):
    first, second = rows_of(JENS, CLAUDIA)
    with pytest.raises(BadFile, match="#1"):
        plan_import(session, list_of(first, replace(second, number="1")), state="provisional")


def test_a_file_that_calls_itself_official_is_not_stored_as_provisional_without_a_word(session):
    plan = plan_import(session, list_of(*rows_of(JENS), state="official"), state="provisional")
    assert any("offiziell" in warning for warning in plan.warnings)


def test_a_contradicting_place_in_class_is_said(session):
    rows = [replace(row, car_class="SP9") for row in rows_of(JENS, CLAUDIA)]
    rows[1] = replace(rows[1], class_position=4)
    plan = plan_import(session, list_of(*rows), state="provisional")
    assert [warning for warning in plan.warnings if "4" in warning and "SP9" in warning and "2" in warning]


def test_a_list_that_could_not_come_into_force_is_refused(session):
    ClassificationFactory(session=session, issued_at=datetime(2014, 4, 6, 18, tzinfo=UTC))
    with pytest.raises(BadFile, match=r"06\.04\.2014"):
        plan_import(session, list_of(*rows_of(JENS)), state="official")


def test_a_dry_run_is_the_real_run_rolled_back(session):
    plan = plan_import(session, list_of(*rows_of(JENS)), state="provisional")
    log = store(plan, Origin(), dry_run=True)
    assert log.new == 1
    assert not any(
        model.objects.exists() for model in (Classification, Result, Entry, Driver, Team, ResultImport)
    )


def test_an_undone_import_leaves_everything_as_it_was(session):
    known = DriverFactory(first_name="Dirk", last_name="Werner")
    entry = EntryFactory(race=session.race, number="1", car="BMW Z4 GT3", car_class="", drivers=[known])
    ResultFactory(classification=ClassificationFactory(session=session), entry=entry, position=5)
    before = list(Result.objects.values())
    log = imported(session, list_of(*rows_of(JENS, CLAUDIA, car_class="SP9")), state="official")
    undo(log)
    assert list(Result.objects.values()) == before
    entry.refresh_from_db()
    assert (entry.car_class, [str(seat) for seat in entry.crew.all()]) == ("", ["Dirk Werner"])
    assert list(Driver.objects.all()) == [known]
    assert Team.objects.count() == 1 and Entry.objects.count() == 1


def test_an_undone_import_leaves_nobody_of_the_table_that_was_counted_from_it(session):
    season = SeasonFactory(scheme=PointSchemeFactory(), for_teams=True)
    season.rounds.create(race=session.race, number=1)
    log = imported(session, list_of(*rows_of(JENS, CLAUDIA)), state="official")
    assert season.standings.count() == 4
    undo(log)
    assert (
        not any(model.objects.exists() for model in (Driver, Team, Entry)) and not season.standings.exists()
    )


def test_an_undo_leaves_what_something_else_uses_meanwhile(session):
    log = imported(session, list_of(*rows_of(JENS)))
    EntryFactory(drivers=[Driver.objects.get()])
    undo(log)
    assert Driver.objects.count() == 1 and not Classification.objects.exists()


def test_an_import_on_whose_changed_cars_another_session_builds_stays(session):
    race = SessionFactory(race=session.race, kind="sprint")
    first, second = rows_of(JENS, CLAUDIA)
    EntryFactory(race=session.race, number="1", car="Früher")
    imported(session, list_of(replace(first, car="Erst"), second))
    qualifying = ResultImport.objects.get()
    imported(race, list_of(replace(first, car="Dann")))
    with pytest.raises(CannotUndo):
        undo(qualifying)
    undo(ResultImport.objects.first())
    undo(qualifying)
    assert Entry.objects.get(number="1").car == "Früher"


def test_only_the_last_import_can_be_undone_and_only_once(session):
    first = imported(session, list_of(*rows_of(JENS)))
    second = imported(session, list_of(*rows_of(JENS, CLAUDIA)), state="official")
    with pytest.raises(CannotUndo, match=r"later|spätere"):
        undo(first)
    undo(second)
    with pytest.raises(CannotUndo):
        undo(second)
    undo(first)
    assert not Result.objects.exists() and not Driver.objects.exists()


def test_a_day_race_of_sixty_cars_and_three_hundred_drivers_costs_few_queries(session):
    rows = [
        Row(
            line=car + 1, number=str(car), position=car, laps=700 - car, gap=Gap(laps=car - 1 or None),
            team=f"Team {car % 30}", car="Wagen", car_class=f"Klasse {car % 5}",
            crew=tuple(Person(f"Vorname{seat}", f"Name{car}", "DE") for seat in range(5)),
        )
        for car in range(1, 61)
    ]  # fmt: skip
    plan = plan_import(session, list_of(*rows), state="official")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        store(plan, Origin())
    assert (Result.objects.count(), Driver.objects.count()) == (60, 300)
    assert len(queries) <= 20 + 2 * 60
    with CaptureQueriesContext(connection) as again:
        plan = plan_import(session, list_of(*rows), state="official")
    assert len(again) <= 12
