"""A race weekend by hand: like an earlier one, with another race's cars, with a timetable day by day."""

from datetime import UTC, date, datetime

import pytest
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from news.models import Entry, Race, Result, Round, Season, Session
from tests import factories
from tests.forms import complaints, filled_in

pytestmark = pytest.mark.django_db

KINDS = Session.Kind


@pytest.fixture
def ours():
    return factories.DriverFactory(ours=True, last_name="Klingmann")


@pytest.fixture
def race(ours):
    """The third round of a season at a track in Japan: two days, three sessions, our car and another one."""
    circuit = factories.CircuitFactory(name="Suzuka", time_zone="Asia/Tokyo")
    race = factories.RaceFactory(
        name="Langstrecke Lauf 3", circuit=circuit, first_day=date(2014, 4, 5), last_day=date(2014, 4, 6)
    )
    factories.SeasonFactory().rounds.create(race=race, number=3)
    for kind, day, hour in ((KINDS.PRACTICE, 5, 1), (KINDS.QUALIFYING, 5, 4), (KINDS.RACE, 6, 3)):
        start = datetime(2014, 4, day, hour, tzinfo=UTC)
        factories.SessionFactory(race=race, kind=kind, starts_at=start, planned_minutes=60)
    factories.EntryFactory(race=race, number="20", guest=True, drivers=[ours, factories.DriverFactory()])
    factories.EntryFactory(race=race, number="007", drivers=[factories.DriverFactory()])
    return race


@pytest.fixture
def editor(client):
    client.force_login(factories.member("Editor"))
    return client


def weekend(race):
    return f"{reverse('admin:news_race_weekend')}?like={race.pk}"


def cars(race, like=None):
    return reverse("admin:news_race_cars", args=[race.pk]) + (f"?like={like.pk}" if like else "")


def change_page(row):
    return reverse(f"admin:news_{row._meta.model_name}_change", args=[row.pk])


def send(client, page, **typed):
    return client.post(page, filled_in(client.get(page), **typed))


def numbers(race):
    return sorted(race.entries.values_list("number", flat=True))


def starts(race):
    return [session.track_time.strftime("%d.%m. %H:%M") for session in race.sessions.in_order()]


def test_a_new_weekend_needs_its_day_and_takes_the_rest_from_the_earlier_one(editor, race, ours):
    answer = send(editor, weekend(race), first_day="2014-05-03")
    new = Race.objects.exclude(pk=race.pk).get()
    assert answer.headers["Location"] == change_page(new)
    assert (new.name, new.circuit, new.last_day) == ("Langstrecke Lauf 4", race.circuit, date(2014, 5, 4))
    assert starts(new) == ["03.05. 10:00", "03.05. 13:00", "04.05. 12:00"]
    assert [session.planned_minutes for session in new.sessions.all()] == [60, 60, 60]
    assert new.rounds.get().season == race.rounds.get().season and new.rounds.get().number == 4
    (entry,) = new.entries.all()
    assert (entry.number, entry.guest, entry.crew_drivers[0]) == ("20", True, ours)
    assert len(entry.crew_drivers) == 2


def test_other_cars_come_along_when_they_are_ticked(editor, race):
    other = race.entries.get(number="007").pk
    send(editor, weekend(race), first_day="2014-05-03", other_cars=[other], our_cars=[])
    send(editor, weekend(race), first_day="2014-06-03", name="Lauf 5", all_others="on")
    found = {new.first_day.month: numbers(new) for new in Race.objects.exclude(pk=race.pk)}
    assert found == {5: ["007"], 6: ["007", "20"]}


def test_times_are_those_of_the_clocks_at_another_track_and_in_another_season_of_the_year(editor, race):
    berlin = factories.CircuitFactory(time_zone="Europe/Berlin")
    send(editor, weekend(race), first_day="2014-12-06", circuit=berlin.pk)
    new = Race.objects.exclude(pk=race.pk).get()
    assert starts(new) == ["06.12. 10:00", "06.12. 13:00", "07.12. 12:00"]
    assert new.sessions.first().starts_at == datetime(2014, 12, 6, 9, tzinfo=UTC)


def test_in_a_shorter_weekend_no_session_lies_after_its_end(editor, race):
    send(editor, weekend(race), first_day="2014-05-03", last_day="2014-05-03")
    new = Race.objects.exclude(pk=race.pk).get()
    assert starts(new) == ["03.05. 10:00", "03.05. 12:00", "03.05. 13:00"]
    assert complaints(send(editor, change_page(new))) == {}


def test_the_season_of_a_new_year_begins_with_its_first_round(editor, race):
    before = race.rounds.get().season
    before.counted, before.scheme = "6/8", factories.PointSchemeFactory()
    before.save()
    send(editor, weekend(race), first_day="2015-04-04", timetable=[])
    new = Race.objects.exclude(pk=race.pk).get()
    season = Season.objects.get(year=2015)
    assert (season.series, season.counted, season.scheme) == (before.series, "6/8", before.scheme)
    assert new.rounds.get().number == 1 and not new.sessions.exists()


@pytest.mark.parametrize(
    ("typed", "where"),
    [
        ({"first_day": ""}, "first_day"),
        ({"first_day": "2014-05-03", "number": "3"}, "number"),
        ({"first_day": "2014-05-03", "last_day": "2014-05-01"}, "__all__"),
        ({"first_day": "2014-05-03", "name": "Langstrecke Lauf 3"}, "slug"),
        ({"first_day": "0001-05-03"}, "first_day"),
        ({"first_day": "2014-05-03", "other_cars": ["999999"]}, "other_cars"),
    ],
)
def test_what_cannot_be_comes_back_with_a_sentence_and_makes_nothing(editor, race, typed, where):
    answer = send(editor, weekend(race), **typed)
    assert answer.status_code == 200 and where in answer.context["form"].errors
    assert (Race.objects.count(), Entry.objects.count(), Round.objects.count()) == (1, 2, 1)


def test_a_weekend_is_made_whole_or_not_at_all(editor, race, monkeypatch):
    def fails(*args):
        raise RuntimeError

    monkeypatch.setattr("news.admin.weekends.add_round", fails)
    with pytest.raises(RuntimeError):
        send(editor, weekend(race), first_day="2014-05-03")
    assert (Race.objects.count(), Session.objects.count(), Entry.objects.count()) == (1, 3, 2)


def test_the_way_to_a_new_weekend_stands_on_start_list_and_race(editor, race):
    address = reverse("admin:news_race_weekend")
    for page in ("/admin/", reverse("admin:news_race_changelist"), change_page(race)):
        assert address in editor.get(page).text, page
    ticked = {"action": "make_weekend", "_selected_action": [race.pk]}
    answer = editor.post(reverse("admin:news_race_changelist"), ticked)
    assert answer.headers["Location"] == weekend(race)


def test_without_a_race_to_follow_a_new_one_is_entered_from_scratch(editor):
    answer = editor.get(reverse("admin:news_race_weekend") + "?like=abc")
    assert answer.headers["Location"] == reverse("admin:news_race_add")


@pytest.mark.parametrize("role", ["Reporter", None])
def test_who_may_only_look_makes_no_weekend(client, race, role):
    user = User.objects.create_user("reporter", is_staff=True)
    if role:
        user.groups.add(Group.objects.get(name=role))
    client.force_login(user)
    for page in (weekend(race), cars(race)):
        assert client.post(page, {"name": "x", "first_day": "2014-05-03"}).status_code == 403
    assert Race.objects.count() == 1


@pytest.mark.parametrize(
    "missing", ["add_race", "add_session", "add_season", "add_round", "add_entry", "add_crew"]
)
def test_who_may_not_add_every_part_of_a_weekend_makes_none(client, race, missing):
    user = User.objects.create_user("editor", is_staff=True)
    user.user_permissions.set(Group.objects.get(name="Editor").permissions.exclude(codename=missing))
    client.force_login(user)
    assert client.get(weekend(race)).status_code == 403


def test_cars_are_taken_over_from_the_last_round_then_from_the_last_edition(editor, race):
    season = race.rounds.get().season
    elsewhere = factories.EntryFactory(race__first_day=date(2014, 4, 20), race__name="Anderswo").race
    edition = factories.EntryFactory(race__first_day=date(2013, 5, 4)).race
    edition.circuit = factories.CircuitFactory()
    edition.save()
    new = factories.RaceFactory(first_day=date(2014, 5, 3), circuit=edition.circuit)
    season.rounds.create(race=new, number=4)
    offered = [choice for choice, _words in editor.get(cars(new)).context["races"]]
    assert offered == [race, edition, elsewhere]

    send(editor, cars(new), all_others="on")
    assert numbers(new) == ["007", "20"]


def test_a_car_whose_number_is_entered_already_is_left_out(editor, race):
    new = factories.EntryFactory(number="007", race__first_day=date(2014, 5, 3)).race
    send(editor, cars(new, like=race), all_others="on")
    assert numbers(new) == ["007", "20"]
    assert send(editor, cars(new, like=race)).status_code == 200


def row(number, **fields):
    return {f"sessions-{number}-{name}": value for name, value in fields.items()}


def test_a_new_race_is_offered_practice_qualifying_and_race(admin_client):
    page = reverse("admin:news_race_add")
    typed = row(1, clock="13:00") | row(2, clock="12:00", planned_minutes="360")
    sent = filled_in(admin_client.get(page), name="Sechs Stunden", first_day="2014-04-05", **typed)
    assert complaints(admin_client.post(page, sent | {"last_day": "2014-04-06"})) == {}
    race = Race.objects.get()
    assert [session.kind for session in race.sessions.all()] == ["practice", "qualifying", "race"]
    assert starts(race)[1:] == ["05.04. 13:00", "06.04. 12:00"]
    assert [session.time_known for session in race.sessions.all()] == [False, True, True]


def test_an_offered_row_that_is_emptied_is_no_session(admin_client):
    page = reverse("admin:news_race_add")
    emptied = {name: "" for number in range(2) for name in row(number, kind="", day="")}
    admin_client.post(
        page, filled_in(admin_client.get(page), name="Sechs Stunden", first_day="2014-04-05", **emptied)
    )
    assert [session.kind for session in Session.objects.all()] == ["race"]


def test_rows_are_added_by_a_link_and_only_then(admin_client, race):
    assert "sessions-3-kind" not in filled_in(admin_client.get(change_page(race)))
    page = f"{change_page(race)}?rows=warm_up&rows=nonsense"
    sent = filled_in(admin_client.get(page), **row(3, day="2014-04-06", clock="09:15"))
    assert complaints(admin_client.post(page, sent)) == {}
    assert race.sessions.get(kind="warm_up").track_time.strftime("%d. %H:%M") == "06. 09:15"


def test_a_time_without_a_day_asks_for_the_day_unless_there_is_only_one(admin_client, race):
    changed = row(0, day="", clock="08:00")
    assert "sessions-0-day" in complaints(send(admin_client, change_page(race), **changed))
    single = factories.SessionFactory().race
    assert complaints(send(admin_client, change_page(single), **changed)) == {}
    assert starts(single) == ["06.04. 08:00"]


def test_a_timetable_moves_with_its_race(admin_client, race):
    moved = {"first_day": "2014-04-12", "last_day": "2014-04-13"}
    assert complaints(send(admin_client, change_page(race), **moved)) == {}
    assert starts(race) == ["12.04. 10:00", "12.04. 13:00", "13.04. 12:00"]


def test_a_timetable_stays_where_only_one_end_of_the_weekend_moves(admin_client, race):
    assert complaints(send(admin_client, change_page(race), first_day="2014-04-04")) == {}
    assert starts(race) == ["05.04. 10:00", "05.04. 13:00", "06.04. 12:00"]


def test_a_session_outside_its_race_is_answered_at_its_day(admin_client, race):
    shortened = {"first_day": "2014-04-20", "last_day": "2014-04-20"}
    assert "sessions-2-day" in complaints(
        send(admin_client, change_page(race), **shortened, **row(2, planned_minutes="90"))
    )


def test_a_reporter_reads_the_timetable(client, race):
    client.force_login(factories.member("Reporter"))
    page = client.get(change_page(race)).text
    assert "5. April 2014, 10:00" in page and "sessions-0-day" not in page


def new_car(race):
    number = f"c{race.entries.count()}"
    return factories.EntryFactory(race=race, number=number, drivers=factories.DriverFactory.create_batch(2))


def grid(session):
    return f"{change_page(session)}?cars=1"


def test_the_grid_has_a_row_for_every_car_and_keeps_those_that_were_filled_in(admin_client, race):
    session = race.sessions.get(kind="race")
    page = admin_client.get(grid(session))
    assert filled_in(page)["results-TOTAL_FORMS"] == ["2"]
    typed = {"results-1-position": "1", "results-1-best_lap_ms": "8.31,192 min"}
    assert complaints(admin_client.post(grid(session), filled_in(page, **typed))) == {}
    (line,) = Result.objects.all()
    assert (line.entry.number, line.position, line.best_lap_ms) == ("20", 1, 511192)

    stays = admin_client.post(grid(session), filled_in(admin_client.get(grid(session)), _continue="1"))
    assert stays.headers["Location"] == grid(session)
    page = admin_client.get(grid(session))
    assert filled_in(page)["results-TOTAL_FORMS"] == ["2"] and page.text.count("#007</b>") == 1
    admin_client.post(grid(session), filled_in(page, **{"results-1-status": "retired"}))
    retired = Result.objects.get(entry__number="007")
    assert (retired.code, retired.classified) == ("DNF", False)


def test_a_car_that_is_entered_meanwhile_shifts_no_line_of_the_grid(admin_client, race):
    session = race.sessions.get(kind="race")
    sent = filled_in(admin_client.get(grid(session)), **{"results-1-position": "1"})
    factories.EntryFactory(race=race, number="001")
    assert complaints(admin_client.post(grid(session), sent)) == {}
    assert [line.entry.number for line in Result.objects.all()] == ["20"]


@pytest.mark.parametrize("address", [change_page, grid])
def test_what_is_sent_twice_is_stored_once_and_answered_in_words(admin_client, race, address):
    session, car = race.sessions.get(kind="race"), race.entries.get(number="20").pk
    page = admin_client.get(address(session))
    sent = filled_in(page, **{"results-1-position": "1", "results-1-entry": car})
    assert complaints(admin_client.post(address(session), sent)) == {}
    again = complaints(admin_client.post(address(session), sent))
    assert again["results-1-__all__"] == ["Dieses Auto steht schon in der Liste."]
    assert Result.objects.count() == 1


def test_a_line_in_the_grid_that_cannot_be_comes_back_with_its_car(admin_client, race):
    session = race.sessions.get(kind="race")
    sent = filled_in(admin_client.get(grid(session)), **{"results-0-total_time_ms": "schnell"})
    answer = admin_client.post(grid(session), sent)
    assert "results-0-total_time_ms" in complaints(answer) and "#007</b>" in answer.text


@pytest.mark.parametrize("address", [change_page, grid])
def test_the_page_of_a_session_costs_the_same_for_three_cars_or_thirty(admin_client, race, address):
    session = race.sessions.get(kind="race")
    lines = factories.ClassificationFactory(session=session)

    def add(count):
        for _car in range(count):
            entry = new_car(race)
            Result.objects.create(classification=lines, entry=entry)
        new_car(race)

    def cost():
        with CaptureQueriesContext(connection) as queries:
            admin_client.get(address(session))
        return len(queries)

    add(2)
    admin_client.get(address(session))
    few = cost()
    add(28)
    assert cost() <= few <= 22


def test_the_pages_of_a_weekend_cost_the_same_for_few_cars_or_many(admin_client, race):
    def cost(page):
        with CaptureQueriesContext(connection) as queries:
            admin_client.get(page)
        return len(queries)

    new = factories.RaceFactory(first_day=date(2014, 5, 3))
    pages = [weekend(race), cars(new, like=race), change_page(race)]
    [cost(page) for page in pages]
    few = [cost(page) for page in pages]
    for _car in range(10):
        new_car(race)
    assert [cost(page) for page in pages] == few
