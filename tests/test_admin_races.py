"""Races in the newsroom: starts in the track's time, results under their session, times in every notation."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from news.models import Classification, Crew, Result, Session
from tests import factories
from tests.forms import complaints, filled_in

pytestmark = pytest.mark.django_db


def change_page(row):
    return reverse(f"admin:news_{row._meta.model_name}_change", args=[row.pk])


@pytest.fixture
def race():
    """Six hours at a track in Japan, with two cars."""
    circuit = factories.CircuitFactory(name="Suzuka", time_zone="Asia/Tokyo")
    race = factories.RaceFactory(name="Sechs Stunden", circuit=circuit)
    for number in ("20", "007"):
        factories.EntryFactory(race=race, number=number)
    return race


@pytest.fixture
def session(race):
    return factories.SessionFactory(race=race)


def entry_of(race, number):
    return race.entries.get(number=number).pk


def line(number, **fields):
    """One line of the list, as its row in the form is named."""
    return {
        f"results-{number}-{name}": value
        for name, value in {"status": "finished", "classified": "on", **fields}.items()
    }


def save(client, row, **changes):
    page = change_page(row)
    return client.post(page, filled_in(client.get(page), **changes))


def test_a_start_is_typed_in_the_time_of_the_track(admin_client, race):
    rows = {
        "sessions-TOTAL_FORMS": "1",
        "sessions-0-kind": "race",
        "sessions-0-day": "2014-04-06",
        "sessions-0-clock": "12:00",
    }
    assert complaints(save(admin_client, race, **rows)) == {}
    session = race.sessions.get()
    assert session.starts_at == datetime(2014, 4, 6, 3, tzinfo=UTC)
    text = admin_client.get(change_page(race)).text
    assert 'value="2014-04-06" selected' in text and 'value="12:00"' in text and "Asia/Tokyo" in text
    text = admin_client.get(change_page(session)).text
    assert 'value="2014-04-06T12:00:00"' in text and "Asia/Tokyo" in text


def test_a_new_session_knows_the_zone_of_its_race(admin_client, race):
    page = "/admin/news/session/add/"
    sent = filled_in(admin_client.get(page), race=race.pk, starts_at="2014-04-06T12:00")
    assert complaints(admin_client.post(page, sent)) == {}
    assert Session.objects.get().starts_at == datetime(2014, 4, 6, 3, tzinfo=UTC)


def test_a_race_that_moves_to_another_circuit_keeps_its_clocks(admin_client, race):
    session = factories.SessionFactory(race=race, starts_at=datetime(2014, 4, 6, 3, tzinfo=UTC))
    berlin = factories.CircuitFactory(time_zone="Europe/Berlin")
    assert complaints(save(admin_client, race, circuit=berlin.pk)) == {}
    session.refresh_from_db()
    assert session.starts_at == datetime(2014, 4, 6, 10, tzinfo=UTC)


def test_layouts_to_choose_from_are_those_of_the_circuit(admin_client, race):
    race.circuit.layouts.create(name_de="Ganz", name_en="Full")
    factories.CircuitFactory().layouts.create(name_de="Fremd", name_en="Other")
    options = admin_client.get(change_page(race)).text.split('id="id_layout"')[1].split("</select>")[0]
    assert "Ganz" in options and "Fremd" not in options


def test_results_are_entered_on_the_page_of_their_session(admin_client, race, session):
    first = line(
        0, entry=entry_of(race, "20"), position="1", total_time_ms="6:01:02.003", best_lap_ms="8.31,192 min"
    )
    second = line(1, entry=entry_of(race, "007"), position="2", gap="2 Runden", grid="Boxengasse")
    assert complaints(save(admin_client, session, **first, **second)) == {}
    result_list = session.current_classification()
    assert result_list.state == Classification.State.PROVISIONAL
    winner, other = result_list.results.all()
    assert (winner.total_time_ms, winner.best_lap_ms, winner.gap_ms) == (21_662_003, 511_192, None)
    assert (other.gap_laps, other.gap_ms, other.grid) == (2, None, "Boxengasse")

    text = admin_client.get(change_page(session)).text
    assert 'value="8:31,192"' in text and 'value="2 Runden"' in text and 'value="6:01:02,003"' in text
    english = admin_client.get(change_page(session), headers={"Accept-Language": "en"}).text
    assert 'value="8:31.192"' in english and 'value="2 laps"' in english


def test_saving_a_session_without_lines_makes_no_list(admin_client, session):
    assert complaints(save(admin_client, session, planned_minutes="360")) == {}
    assert not Classification.objects.exists()


def test_lines_go_to_the_list_in_force_and_older_lists_stay(admin_client, race, session):
    old = factories.ClassificationFactory(session=session, state="provisional")
    factories.ResultFactory(classification=old, entry=race.entries.first(), position=5)
    official = factories.ClassificationFactory(session=session, state="official")
    new = line(0, entry=entry_of(race, "20"), position="4") | {"results-TOTAL_FORMS": "1"}
    assert complaints(save(admin_client, session, **new)) == {}
    assert [result.position for result in official.results.all()] == [4]
    assert [result.position for result in old.results.all()] == [5]


@pytest.mark.parametrize(
    ("typed", "stored", "shown"),
    [
        ("8:31,192", 511192, "8:31,192"),
        ("8:31.192", 511192, "8:31,192"),
        ("8.31,192 min", 511192, "8:31,192"),
        ("8'31\"192", 511192, "8:31,192"),
        ("8’31.192", 511192, "8:31,192"),
        ("52,197", 52197, "52,197"),
        ("24:01'19.952", 86479952, "24:01:19,952"),
        ("1:40:45.641", 6045641, "1:40:45,641"),
        ("-", None, ""),
        ("", None, ""),
    ],
)
def test_a_time_is_understood_in_every_notation_and_shown_in_one(admin_client, typed, stored, shown):
    result = factories.ResultFactory()
    assert complaints(save(admin_client, result, total_time_ms=typed)) == {}
    result.refresh_from_db()
    assert result.total_time_ms == stored
    field = admin_client.get(change_page(result)).text.split('name="total_time_ms"')[1].split(">")[0]
    assert (f'value="{shown}"' in field) if shown else ("value=" not in field)


@pytest.mark.parametrize(
    ("field", "typed", "right"),
    [
        ("best_lap_ms", "8.31", "8:31,192"),
        ("gap", "schnell", "1:23,456"),
        ("total_time_ms", "1:39:12:830", "8:31,192"),
    ],
)
def test_what_is_no_time_comes_back_with_what_would_be_right(
    admin_client, race, session, field, typed, right
):
    refused = save(admin_client, session, **line(0, entry=entry_of(race, "20"), **{field: typed}))
    ((where, (sentence,)),) = complaints(refused).items()
    assert where == f"results-0-{field}"
    assert typed in sentence and right in sentence.replace(".", ",")
    assert f'href="#id_results-0-{field}"' in refused.text
    assert not Classification.objects.exists()


def test_a_car_stands_in_a_list_once(admin_client, race, session):
    twice = line(0, entry=entry_of(race, "007"), position="1") | line(
        1, entry=entry_of(race, "007"), position="2"
    )
    assert "007" in complaints(save(admin_client, session, **twice))["results-1-entry"][0]
    assert not Result.objects.exists()


def test_a_list_takes_only_cars_of_its_race(admin_client, session):
    stranger = factories.EntryFactory()
    assert (
        f'value="{stranger.pk}"'
        not in admin_client.get(change_page(session)).text.split("results-0-entry")[1]
    )
    assert "results-0-entry" in complaints(save(admin_client, session, **line(0, entry=stranger.pk)))
    result = factories.ResultFactory()
    assert "entry" in complaints(save(admin_client, result, entry=stranger.pk))


def test_an_impossible_line_comes_back_with_a_sentence(admin_client, race, session):
    both = line(0, entry=entry_of(race, "20"), position="2", position_or_better="3")
    (sentence,) = complaints(save(admin_client, session, **both))["results-0-__all__"]
    assert sentence == "Geben Sie die Position oder „mindestens“ an, nicht beides."


def test_a_new_list_leads_to_the_page_of_its_lines(admin_client, session):
    page = "/admin/news/classification/add/"
    sent = filled_in(admin_client.get(f"{page}?session={session.pk}"), state="official")
    response = admin_client.post(page, sent)
    assert response.headers["Location"] == change_page(Classification.objects.get())


def test_a_crew_keeps_the_order_in_which_it_was_typed(admin_client, race):
    drivers = factories.DriverFactory.create_batch(3)
    rows = {"crew-TOTAL_FORMS": "3"} | {f"crew-{n}-driver": driver.pk for n, driver in enumerate(drivers)}
    entry = race.entries.first()
    assert complaints(save(admin_client, entry, **rows)) == {}
    assert entry.crew_drivers == drivers
    assert len(set(Crew.objects.values_list("order"))) == 3


@pytest.mark.parametrize("typed", ["20", "007", "7"])
def test_a_car_number_is_kept_as_it_is_on_the_car(admin_client, typed):
    entry = factories.EntryFactory()
    assert complaints(save(admin_client, entry, number=typed)) == {}
    entry.refresh_from_db()
    assert entry.number == typed


def test_points_are_shown_without_the_noughts_of_the_column(admin_client):
    result = factories.ResultFactory(points="12.5")
    assert 'value="12,5"' in admin_client.get(change_page(result)).text
    assert complaints(save(admin_client, result)) == {}


def test_deleting_a_race_names_the_reports_that_lose_it(admin_client):
    article = factories.ArticleFactory(headline="Bericht mit Rennen", race=factories.RaceFactory())
    page = admin_client.get(reverse("admin:news_race_delete", args=[article.race.pk]))
    assert "Bericht mit Rennen" in page.text


def test_a_driver_twice_in_a_crew_is_refused_in_plain_words(admin_client):
    driver, entry = factories.DriverFactory(), factories.EntryFactory()
    page = reverse("admin:news_entry_change", args=[entry.pk])
    rows = {"crew-TOTAL_FORMS": 2, "crew-0-driver": driver.pk, "crew-1-driver": driver.pk}
    answer = admin_client.post(page, filled_in(admin_client.get(page), **rows))
    assert answer.status_code == 200 and "Dieser Fahrer ist schon in der Besatzung." in answer.text


def test_positions_that_nobody_typed_follow_from_laps_and_times(admin_client, session):
    rows = {
        "results-TOTAL_FORMS": "2",
        **line(0, entry=entry_of(session.race, "20"), laps="40", total_time_ms="6:01:12,345"),
        **line(1, entry=entry_of(session.race, "007"), laps="41", total_time_ms="6:01:20,001"),
    }
    saved = save(admin_client, session, **rows)
    assert complaints(saved) == {}
    places = session.current_classification().results.values_list("entry__number", "position", "behind_laps")
    assert list(places) == [("007", 1, None), ("20", 2, 1)]
