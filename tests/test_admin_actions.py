"""Lists become official, two records become one, and however results are changed, what follows from them is right."""

from datetime import UTC, date, datetime

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from news.models import Classification, Crew, Driver, DriverAlias, Entry, Result, Standing, Team
from tests import factories
from tests.forms import complaints, filled_in

pytestmark = pytest.mark.django_db

State = Classification.State


def page_of(row, page="change"):
    return reverse(f"admin:news_{row._meta.model_name}_{page}", args=[row.pk])


def list_of(model, page="changelist"):
    return reverse(f"admin:news_{model._meta.model_name}_{page}")


def send(client, page, **typed):
    answer = client.post(page, filled_in(client.get(page), **typed))
    assert complaints(answer) == {} and answer.status_code == 302
    return answer


def act(client, action, *rows, **sent):
    sent = {"action": action, "_selected_action": [row.pk for row in rows], **sent}
    return client.post(list_of(type(rows[0])), sent)


def signed_in(client, role):
    client.force_login(factories.member(role))
    return client


@pytest.fixture
def editor(client):
    return signed_in(client, "Editor")


@pytest.fixture
def lines():
    """A race with three cars of one class in the order 1, 2, 3, which counts for a season with points."""
    season = factories.SeasonFactory(scheme=factories.PointSchemeFactory(positions="10, 6, 4"))
    race = factories.RaceFactory(first_day=date(2014, 4, 6))
    season.rounds.create(race=race, number=1)
    result_list = factories.ClassificationFactory(session__race=race)
    for place in (1, 2, 3):
        drivers = [factories.DriverFactory(last_name=f"Fahrer{place}")]
        entry = factories.EntryFactory(race=race, number=str(place), car_class="SP9", drivers=drivers)
        factories.ResultFactory(classification=result_list, entry=entry, position=place)
    return result_list


def places(result_list):
    """{car: place in class} of the list, as it is stored."""
    return dict(result_list.results.values_list("entry__number", "place_in_class"))


def points():
    return dict(Standing.objects.filter(computed=True).values_list("driver__last_name", "points"))


def official(lists, page="official"):
    return f"{list_of(Classification, page)}?lists={','.join(str(row.pk) for row in lists)}"


def test_a_list_is_marked_official_after_a_sentence_that_counts(editor, lines):
    answer = act(editor, "make_official", lines)
    assert answer.headers["Location"] == official([lines]).replace(",", "%2C")
    page = editor.get(official([lines]))
    assert "1 " in page.context["sentence"] and lines.session.title in page.text
    editor.post(official([lines]))
    lines.refresh_from_db()
    assert lines.state == State.OFFICIAL


@pytest.mark.parametrize("how", ["official", "copy"])
def test_a_list_that_becomes_official_is_issued_now_unless_the_race_is_long_past(editor, lines, how):
    editor.post(official([lines], how))
    assert lines.session.current_classification().issued_at is None
    fresh = factories.ClassificationFactory(session__race__first_day=timezone.localdate())
    editor.post(official([fresh], how))
    assert fresh.session.current_classification().issued_at


def test_the_day_of_issue_stays_and_lists_that_are_further_are_left_alone(editor, lines):
    issued = datetime(2014, 4, 6, 18, tzinfo=UTC)
    Classification.objects.update(issued_at=issued)
    amended = factories.ClassificationFactory(state=State.AMENDED)
    assert editor.get(official([lines, amended])).context["left"] == [amended]
    editor.post(official([lines, amended]))
    lines.refresh_from_db()
    amended.refresh_from_db()
    assert (lines.state, lines.issued_at, amended.state) == (State.OFFICIAL, issued, State.AMENDED)


def test_an_official_copy_is_in_force_and_the_provisional_list_stays_readable(editor, lines):
    Result.objects.filter(position=2).update(note="Zeitstrafe", gap_laps=1)
    lines.remark_de = "Nur die ersten drei"
    lines.save()
    assert act(editor, "copy_official", lines).headers["Location"].startswith(list_of(Classification, "copy"))
    answer = editor.post(official([lines], "copy"))
    assert answer.headers["Location"] == page_of(lines.session)
    copy = lines.session.current_classification()
    assert (copy.state, copy.remark_de) == (State.OFFICIAL, "Nur die ersten drei")
    assert places(copy) == places(lines) == {"1": 1, "2": 2, "3": 3}
    assert copy.results.get(position=2).note == "Zeitstrafe"
    lines.refresh_from_db()
    assert lines.state == State.PROVISIONAL

    editor.post(official([lines], "copy"))
    assert lines.session.classifications.count() == 2, "a second copy would replace the official list"


def test_the_buttons_stand_beside_the_list_for_those_who_may(client, lines):
    signed_in(client, "Editor")
    text = client.get(page_of(lines.session)).text
    assert official([lines]) in text and official([lines], "copy") in text and "?cars=1" in text
    signed_in(client, "Reporter")
    text = client.get(page_of(lines.session)).text
    assert official([lines]) not in text and "?cars=1" not in text


@pytest.mark.parametrize("how", ["official", "copy"])
def test_who_may_only_look_makes_nothing_official(client, lines, how):
    signed_in(client, "Reporter")
    assert client.post(official([lines], how)).status_code == 403
    act(client, "make_official", lines)
    assert list(Classification.objects.values_list("state", flat=True)) == [State.PROVISIONAL]


@pytest.mark.parametrize("how", ["official", "copy"])
def test_what_follows_is_counted_when_a_list_becomes_official(editor, lines, how):
    lines.results.update(place_in_class=9)
    editor.post(official([lines], how))
    assert places(lines.session.current_classification()) == {"1": 1, "2": 2, "3": 3}


def test_what_follows_is_counted_when_cars_and_weekends_are_copied(editor, lines):
    race, season = lines.session.race, lines.session.race.rounds.get().season
    new = factories.RaceFactory(first_day=date(2014, 5, 3))
    copied = factories.ResultFactory(classification__session__race=new, position=1, entry__car_class="SP9")
    Result.objects.filter(pk=copied.pk).update(place_in_class=9)
    page = f"{reverse('admin:news_race_cars', args=[new.pk])}?like={race.pk}"
    editor.post(page, filled_in(editor.get(page), all_others="on"))
    copied.refresh_from_db()
    assert copied.place_in_class == 1

    Standing.objects.filter(season=season).update(points=99)
    page = f"{reverse('admin:news_race_weekend')}?like={race.pk}"
    editor.post(page, filled_in(editor.get(page), name="Lauf 2", first_day="2014-06-07"))
    assert points() == {"Fahrer1": 10, "Fahrer2": 6, "Fahrer3": 4}


@pytest.mark.parametrize("asked", ["", "abc", "999999", "9" * 40])
def test_lists_that_are_not_there_are_not_found(editor, asked):
    assert editor.get(f"{list_of(Classification, 'official')}?lists={asked}").status_code == 404


@pytest.mark.parametrize("page_of_lines", ["session", "list"])
def test_two_cars_on_one_place_are_stored_and_said(editor, lines, page_of_lines):
    row = lines.session if page_of_lines == "session" else lines
    answer = send(editor, page_of(row), **{"results-1-position": "1"})
    said = [str(message) for message in get_messages(answer.wsgi_request)]
    assert places(lines)["2"] == 1 and any("#1, #2" in message for message in said)


def changed_on_its_own_page(client, lines):
    send(client, page_of(lines.results.get(position=1)), status="disqualified", position="")
    send(client, page_of(lines.results.get(position=2)), position="1")
    send(client, page_of(lines.results.get(position=3)), position="2")


def changed_under_the_session(client, lines):
    changes = {"0-position": "", "0-status": "disqualified", "1-position": "1", "2-position": "2"}
    send(client, page_of(lines.session), **{f"results-{name}": value for name, value in changes.items()})


def changed_in_the_grid(client, lines):
    changes = {"0-position": "", "0-status": "disqualified", "1-position": "1", "2-position": "2"}
    page = f"{page_of(lines.session)}?cars=1"
    send(client, page, **{f"results-{name}": value for name, value in changes.items()})


def changed_on_the_page_of_the_list(client, lines):
    changes = {"0-position": "", "0-status": "disqualified", "1-position": "1", "2-position": "2"}
    send(client, page_of(lines), **{f"results-{name}": value for name, value in changes.items()})


def another_class_for_the_winner(client, lines):
    send(client, page_of(lines.results.get(position=1).entry), car_class="Cup")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (changed_on_its_own_page, {"1": None, "2": 1, "3": 2}),
        (changed_under_the_session, {"1": None, "2": 1, "3": 2}),
        (changed_in_the_grid, {"1": None, "2": 1, "3": 2}),
        (changed_on_the_page_of_the_list, {"1": None, "2": 1, "3": 2}),
        (another_class_for_the_winner, {"1": 1, "2": 1, "3": 2}),
    ],
)
def test_places_in_class_follow_every_change(admin_client, lines, change, expected):
    change(admin_client, lines)
    assert places(lines) == expected


def delete(client, row):
    assert client.post(page_of(row, "delete"), {"post": "yes"}).status_code == 302


def delete_many(client, row):
    assert act(client, "delete_selected", row, post="yes").status_code == 302


@pytest.mark.parametrize("how", [delete, delete_many])
def test_places_in_class_follow_a_deleted_line_or_car(admin_client, lines, how):
    assert places(lines) == {"1": 1, "2": 2, "3": 3}
    how(admin_client, lines.results.get(position=1))
    assert places(lines) == {"2": None, "3": None}, "who won is not on record any more"
    how(admin_client, lines.results.get(position=2).entry)
    assert places(lines) == {"3": None}


@pytest.mark.parametrize("how", [delete, delete_many])
@pytest.mark.parametrize("row_of", [lambda it: it, lambda it: it.session, lambda it: it.session.race])
def test_points_follow_a_deleted_list_session_or_race(admin_client, lines, row_of, how):
    assert points() == {"Fahrer1": 10, "Fahrer2": 6, "Fahrer3": 4}
    how(admin_client, row_of(lines))
    assert points() == {}


def test_points_follow_crews_guests_and_rounds(admin_client, lines):
    winner = lines.results.get(position=1).entry
    send(admin_client, page_of(winner), guest="on")
    assert points()["Fahrer2"] == 10 and not points().get("Fahrer1")
    substitute = factories.DriverFactory(last_name="Ersatz")
    second = lines.results.get(position=2).entry
    send(admin_client, page_of(second), **{"crew-0-driver": substitute.pk})
    assert points()["Ersatz"] == 10
    send(admin_client, page_of(lines.session.race), **{"rounds-0-DELETE": "on"})
    assert points() == {}


def test_poles_follow_a_session_that_turns_out_to_be_a_race(admin_client, lines):
    qualifying = factories.ClassificationFactory(session__race=lines.session.race, session__kind="qualifying")
    factories.ResultFactory(classification=qualifying, entry=lines.results.get(position=3).entry, position=1)
    assert lines.results.get(is_pole=True).position == 3
    send(admin_client, page_of(qualifying.session), kind="practice")
    assert not lines.results.filter(is_pole=True).exists()


@pytest.mark.parametrize("typed", ["Hurtgen", "HUERTGEN", "Hürtgen", "hürtgen claudia"])
def test_a_name_is_found_however_it_is_spelt(admin_client, typed):
    driver = factories.DriverFactory(first_name="Claudia", last_name="Hürtgen")
    circuit = factories.CircuitFactory(name="Claudia-Hürtgen-Ring")
    race = factories.RaceFactory(name="Claudia Hürtgen Pokal", circuit=circuit)
    result = factories.ResultFactory(
        entry__drivers=[driver], entry__team__name="Hürtgen, Claudia", classification__session__race=race
    )
    factories.ResultFactory(entry__drivers=[factories.DriverFactory()])
    list_ = result.classification
    standing = factories.StandingFactory(driver=driver, season__series__name="GT")
    rows = (driver, result.entry.team, race, circuit, result.entry, result, list_, list_.session, standing)
    for row in rows:
        found = admin_client.get(list_of(type(row)), {"q": typed}).context["cl"].result_list
        assert list(found) == [row], type(row)


def test_an_alias_finds_its_driver_and_stands_in_a_list_once(admin_client):
    driver = factories.DriverFactory(last_name="Müller")
    page = page_of(driver)
    rows = {"aliases-TOTAL_FORMS": "2", "aliases-0-name": "E. Müller", "aliases-1-name": "MUELLER E."}
    answer = admin_client.post(page, filled_in(admin_client.get(page), **rows))
    assert "aliases-1-name" in complaints(answer)
    send(admin_client, page, **rows | {"aliases-1-name": "Mueller-Muster"})
    assert list(admin_client.get(list_of(Driver), {"q": "MUSTER"}).context["cl"].result_list) == [driver]


@pytest.mark.parametrize("model", [Classification, Result, Entry], ids=lambda model: model.__name__)
def test_lists_are_narrowed_to_a_series_a_season_or_our_cars(admin_client, lines, model):
    other = factories.ResultFactory(entry__drivers=[factories.DriverFactory(ours=True)])
    season = lines.session.race.rounds.get().season
    counted = model.objects.exclude(pk__in=[other.pk if model is Result else 0])
    ours = {Classification: other.classification, Result: other, Entry: other.entry}[model]
    for asked in ({"series": season.series_id}, {"season": season.pk}):
        found = set(admin_client.get(list_of(model), asked).context["cl"].result_list)
        assert found == set(counted) - {ours}
    assert list(admin_client.get(list_of(model), {"ours": "yes"}).context["cl"].result_list) == [ours]


def test_the_choice_of_seasons_stays_short_until_a_series_is_chosen(admin_client, lines):
    series = factories.SeriesFactory()
    for year in range(1990, 2010):
        factories.SeasonFactory(series=series, year=year)

    def offered(**asked):
        specs = admin_client.get(list_of(Entry), asked).context["cl"].filter_specs
        return len(next(spec for spec in specs if spec.parameter_name == "season").lookup_choices)

    assert (offered(), offered(series=series.pk)) == (10, 20)


def merge(rows, model=Driver):
    return f"{list_of(model, 'merge')}?rows={rows[0].pk},{rows[1].pk}"


def test_two_records_of_one_driver_become_one(editor, lines):
    stays, goes = (lines.results.get(position=place).entry.crew_drivers[0] for place in (2, 1))
    goes.aliases.create(name="F. Zwei")
    goes.hometown = "Leimen"
    goes.save()
    answer = act(editor, "merge_rows", stays, goes)
    assert answer.headers["Location"].startswith(list_of(Driver, "merge"))
    send(editor, merge([stays, goes]), stays=stays.pk)
    stays.refresh_from_db()
    assert not Driver.objects.filter(pk=goes.pk).exists() and stays.hometown == "Leimen"
    assert Crew.objects.filter(driver=stays).count() == 2
    assert {alias.name for alias in stays.aliases.all()} == {"Erika Fahrer1", "F. Zwei"}
    assert points() == {"Fahrer2": 10, "Fahrer3": 4}


def test_two_drivers_of_one_car_are_two_people(editor):
    pair = factories.DriverFactory.create_batch(2)
    factories.EntryFactory(drivers=pair)
    answer = editor.post(merge(pair), {"stays": pair[0].pk})
    assert answer.status_code == 200 and Driver.objects.count() == 2 and not DriverAlias.objects.exists()
    assert answer.context["form"].non_field_errors()


def test_two_rows_of_one_published_table_are_not_merged(editor):
    season = factories.SeasonFactory()
    pair = [factories.StandingFactory(season=season, position=place).driver for place in (1, 2)]
    assert editor.post(merge(pair), {"stays": pair[0].pk}).status_code == 200
    assert Driver.objects.count() == 2


def test_two_records_of_one_team_become_one(editor):
    stays, goes = factories.EntryFactory().team, factories.EntryFactory().team
    stays.names.create(year=2014, name="Bleibt")
    for year in (2013, 2014):
        goes.names.create(year=year, name="Geht")
    send(editor, merge([stays, goes], Team), stays=stays.pk)
    assert Team.objects.get() == stays and stays.entries.count() == 2
    assert dict(stays.names.values_list("year", "name")) == {2013: "Geht", 2014: "Bleibt"}
    assert [alias.name for alias in stays.aliases.all()] == [goes.name]


def test_merging_takes_exactly_two_and_the_right_to_delete(client, lines):
    drivers = list(Driver.objects.all())
    signed_in(client, "Reporter")
    assert client.post(merge(drivers), {"stays": drivers[0].pk}).status_code == 403
    signed_in(client, "Editor")
    assert act(client, "merge_rows", *drivers).status_code == 302
    assert client.get(f"{list_of(Driver, 'merge')}?rows={drivers[0].pk}").status_code == 404
    assert Driver.objects.count() == 3


def test_the_page_of_a_merged_driver_leads_to_that_of_the_one_who_stays(editor, client):
    stays, goes = (factories.DriverFactory(ours=True, slug=slug) for slug in ("bleibt", "geht"))
    factories.DriverFactory(ours=True)
    send(editor, merge([stays, goes]), stays=stays.pk)
    assert client.get("/fahrer/geht/")["Location"] == "/fahrer/bleibt/"
