"""The page of a race: before, during and after it."""

import json
import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from news.derived import results_changed
from news.models import Article, Round
from tests.factories import (
    ArticleFactory,
    CircuitFactory,
    ClassificationFactory,
    DriverFactory,
    EntryFactory,
    RaceFactory,
    ResultFactory,
    SeasonFactory,
    SeriesFactory,
    SessionFactory,
)

pytestmark = pytest.mark.django_db


def soon():
    return timezone.localdate() + timedelta(days=5)


def page(client, race):
    return client.get(race.get_absolute_url())


def event_of(response):
    """What the page says for search engines."""
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', response.text, re.DOTALL)
    return json.loads(found[1])


def section(text, heading):
    """The words of one section of the page."""
    found = next(part for part in text.split("<section")[1:] if re.search(rf"<h[12][^>]*>{heading}</h", part))
    return found.split("</section>")[0]


def listed(race, entries, state="official", session=None, **fields):
    classification = ClassificationFactory(session=session or SessionFactory(race=race), state=state)
    for position, entry in enumerate(entries, start=1):
        ResultFactory(classification=classification, entry=entry, position=position, **fields)
    return classification


def test_a_race_says_where_when_and_how_long(client):
    race = RaceFactory(name="Qualifikationsrennen", starters=50, starters_rounded=True)
    race.layout = race.circuit.layouts.create(name_de="24h-Variante", name_en="24h variant", length_m=25378)
    race.save()
    SessionFactory(race=race, planned_minutes=360)
    head = section(page(client, race).text, "Qualifikations\u00adrennen")
    for fact in (
        "So, 6. April 2014",
        "24h-Variante",
        "25,378 km",
        "6 Stunden",
        "rund 50 Autos",
        "keine Meisterschaft",
        "Ausgetragen",
    ):
        assert fact in head
    english = client.get(race.address_in("en")).text
    for fact in (
        "Sun, 6 April 2014",
        "24h variant",
        "25.378 km",
        "6 hours",
        "about 50 cars",
        "no championship",
        "Finished",
    ):
        assert fact in english


def test_a_race_names_every_championship_that_it_counts_for(client):
    race = RaceFactory()
    for name, number in (("VLN", 2), ("GT Masters", 5)):
        season = SeasonFactory(series=SeriesFactory(name=name))
        Round.objects.create(season=season, race=race, number=number)
    text = page(client, race).text
    assert 'VLN, <span class="keep">Lauf 2</span>' in text
    assert 'GT Masters, <span class="keep">Lauf 5</span>' in text


def test_what_is_not_known_is_a_dash_with_words(client):
    text = page(client, RaceFactory(circuit=None)).text
    dash = '<span aria-hidden="true">—</span><span class="visually-hidden">nicht überliefert</span>'
    for fact in ("Strecke", "Länge", "Dauer", "Feld"):
        assert f"<dt>{fact}</dt><dd>{dash}</dd>" in text


@pytest.mark.parametrize("state", ["planned", "confirmed"])
def test_links_to_watch_stand_there_until_the_race_is_over(client, state):
    links = {"stream_url": "https://stream.example.org/", "timing_url": "https://timing.example.org/"}
    ahead, over = RaceFactory(first_day=soon(), state=state, **links), RaceFactory(**links)
    for url in links.values():
        assert f'href="{url}"' in page(client, ahead).text
        assert f'href="{url}"' not in page(client, over).text


@pytest.mark.parametrize(("state", "word"), [("cancelled", "Abgesagt"), ("postponed", "Verschoben")])
def test_a_race_that_is_off_says_so_and_strikes_its_days(client, state, word):
    text = page(client, RaceFactory(first_day=soon(), state=state)).text
    assert f'<span class="chip is-off">{word}</span>' in text
    assert "<del><time" in text


def test_sessions_stand_in_the_time_of_the_track_which_is_named(client):
    race = RaceFactory(first_day=date(2026, 11, 27), circuit=CircuitFactory(time_zone="America/New_York"))
    SessionFactory(
        race=race, kind="qualifying", label="1", starts_at=datetime(2026, 11, 27, 20, 30, tzinfo=UTC)
    )
    timetable = section(page(client, race).text, "Zeitplan")
    assert '<time class="clock" datetime="2026-11-27T15:30:00-05:00">Fr 15:30</time>' in timetable
    assert "EST" in timetable


def test_a_session_without_a_time_has_its_day_or_a_dash(client):
    race = RaceFactory(last_day=date(2014, 4, 7))
    SessionFactory(
        race=race, kind="practice", starts_at=datetime(2014, 4, 6, 10, tzinfo=UTC), time_known=False
    )
    SessionFactory(race=race, kind="qualifying")
    timetable = section(page(client, race).text, "Zeitplan")
    assert '<time class="clock" datetime="2014-04-06">So 6.4.</time>' in timetable
    assert "nicht überliefert" in timetable
    assert "12:00" not in timetable


def test_the_timetable_says_how_far_each_session_has_got(client):
    race = RaceFactory(first_day=soon(), last_day=soon() + timedelta(days=1))
    start = timezone.now() + timedelta(days=5)
    SessionFactory(race=race, kind="practice", starts_at=start, cancelled=True)
    SessionFactory(race=race, kind="qualifying", starts_at=start, moved_from=start - timedelta(hours=2))
    listed(race, [EntryFactory(race=race)], "provisional")
    practice, qualifying, main = section(page(client, race).text, "Zeitplan").split("<tr")[2:]
    assert "is-off" in practice
    assert "<del>Freies Training</del>" in practice
    assert "is-cancelled" in practice
    assert (start - timedelta(hours=2)).astimezone(race.zone).strftime("%H:%M") in qualifying
    assert "data-begins=" in qualifying
    assert "is-provisional" in main
    assert f'<a href="{race.get_absolute_url()}rennen/">' in main


def test_our_result_stands_in_the_timetable(client, driver):
    race = RaceFactory()
    listed(race, [EntryFactory(race=race), EntryFactory(race=race, drivers=[driver])])
    assert "<b>Platz 2</b>" in section(page(client, race).text, "Zeitplan")


def test_the_list_in_force_is_shown_and_the_older_one_named(client):
    race = RaceFactory()
    winner, second = EntryFactory(race=race, number="007"), EntryFactory(race=race, number="7")
    session = SessionFactory(race=race)
    listed(race, [second, winner], "provisional", session)
    listed(race, [winner, second], "amended", session)
    response = page(client, race)
    ((current, *older),) = response.context["race_results"]
    assert [line.entry.number for line in current.lines] == ["007", "7"]
    assert [each.classification.state for each in older] == ["provisional"]
    results = section(response.text, "Klassement")
    assert '<span class="chip is-amended">Geändert</span>' in results
    assert "Frühere Fassung: Vorläufig" in results


def test_a_list_says_when_it_was_issued_and_by_whom(client):
    race = RaceFactory(circuit=CircuitFactory(time_zone="America/New_York"))
    classification = listed(race, [EntryFactory(race=race)])
    classification.issued_at, classification.source = datetime(2014, 4, 6, 22, 15, tzinfo=UTC), "Zeitnahme"
    classification.remark_de = "Plätze 1 bis 5."
    classification.save()
    results = section(page(client, race).text, "Klassement")
    assert "Stand: 6. April 2014, 18:15 Uhr. Quelle: Zeitnahme." in results
    assert "Plätze 1 bis 5." in results


def test_a_long_list_shows_its_head_and_our_car_and_leads_to_the_rest(client, driver):
    race = RaceFactory()
    cars = [EntryFactory(race=race) for _n in range(40)]
    ours = EntryFactory(race=race, drivers=[driver])
    listed(race, [*cars, ours])
    response = page(client, race)
    ((current,),) = response.context["race_results"]
    assert [line.position for line in current.first_lines] == [*range(1, 11), 41]
    assert f'href="{race.get_absolute_url()}rennen/">Alle 41 Autos<' in response.text


def test_classes_stand_with_their_winners_ours_first_and_absent_ones_say_so(client, driver):
    race = RaceFactory()
    cars = [EntryFactory(race=race), EntryFactory(race=race, drivers=[driver])]
    listed(race, cars)
    assert "Keine Klassenwertung erfasst" in page(client, race).text
    for car, name in zip(cars, ("SP9", "SP10"), strict=True):
        car.car_class = name
        car.save()
    results_changed([race])
    ((current,),) = page(client, race).context["race_results"]
    assert [(group.name, group.winner.entry) for group in current.classes] == [
        ("SP10", cars[1]),
        ("SP9", cars[0]),
    ]
    assert f'href="{race.get_absolute_url()}rennen/sp10/"' in section(page(client, race).text, "Klassement")


def test_qualifying_shows_lap_times_and_no_grid(client):
    race = RaceFactory()
    session = SessionFactory(race=race, kind="qualifying")
    listed(race, [EntryFactory(race=race)], session=session, best_lap_ms=511192)
    assert "8:31,192" in section(page(client, race).text, "Zeittraining")
    assert "8:31.192" in client.get(race.address_in("en")).text
    assert '<th scope="col" class="fig">Start</th>' not in section(page(client, race).text, "Zeittraining")
    # Whoever leads such a list has the fastest lap: that needs no mark.
    assert "fastest" not in section(page(client, race).text, "Zeittraining")


def test_our_car_stands_with_its_crew_and_its_way_through_the_weekend(client, driver):
    race = RaceFactory()
    mate = DriverFactory(last_name="Zweite", hometown="München")
    entry = EntryFactory(race=race, number="20", drivers=[driver, mate], car_class="SP9")
    listed(race, [entry], session=SessionFactory(race=race, kind="qualifying"), best_lap_ms=512000)
    listed(race, [entry], session=SessionFactory(race=race, kind="qualifying", label="2"), best_lap_ms=511192)
    listed(race, [EntryFactory(race=race), entry], grid="11", class_position=2)
    (car,) = page(client, race).context["cars"]
    assert (car.entry.number, car.race_lines[0].position, car.best_qualifying.best_lap_ms) == (
        "20",
        2,
        511192,
    )
    panel = section(page(client, race).text, "Unser Auto")
    for word in (
        '<span class="plate is-large">20</span>',
        "Erika Zweite",
        "München",
        "Klasse SP9",
        "8:31,192",
        ">11<",
    ):
        assert word in panel


def test_our_car_stands_there_before_the_race(client, driver):
    race = RaceFactory(first_day=soon())
    EntryFactory(race=race, number="20", drivers=[driver])
    assert '<span class="plate is-large">20</span>' in section(page(client, race).text, "Unser Auto")


def test_two_cars_of_ours_have_a_panel_each(client, driver):
    race = RaceFactory()
    listed(race, [EntryFactory(race=race, number=number, drivers=[driver]) for number in ("20", "21")])
    text = page(client, race).text
    assert [car.entry.number for car in page(client, race).context["cars"]] == ["20", "21"]
    assert "Unsere Autos" in text


def test_reports_are_those_that_a_visitor_may_see_in_this_language(client):
    race = RaceFactory()
    shown = ArticleFactory(race=race)
    ArticleFactory(race=race, stage=Article.Stage.WRITING)
    english = ArticleFactory(race=race, language="en")
    ArticleFactory()
    assert list(page(client, race).context["articles"]) == [shown]
    assert list(client.get(race.address_in("en")).context["articles"]) == [english]


def test_earlier_races_at_the_circuit_stand_with_our_result(client, driver):
    circuit = CircuitFactory()
    for day in (date(2012, 4, 1), date(2013, 4, 1), date(2015, 4, 1)):
        race = RaceFactory(circuit=circuit, first_day=day)
        listed(race, [EntryFactory(race=race), EntryFactory(race=race, drivers=[driver])])
    elsewhere = RaceFactory(first_day=date(2013, 5, 1))
    listed(elsewhere, [EntryFactory(race=elsewhere, drivers=[driver])])
    response = page(client, RaceFactory(circuit=circuit, first_day=date(2014, 4, 6)))
    record = response.context["record"]
    assert [(line.entry.race.first_day.year, line.position) for line in record.newest] == [
        (2013, 2),
        (2012, 2),
    ]
    assert {figure.question.key: figure.value for figure in record.figures} == {
        "starts": 2,
        "wins": 0,
        "podiums": 2,
        "best-finish": 2,
    }
    assert response.context["race_results"] == []


def test_our_best_lap_here_is_that_of_the_same_layout_in_any_session(client, driver):
    circuit = CircuitFactory()
    short, long = (circuit.layouts.create(name_de=name, name_en=name) for name in ("Kurz", "Lang"))
    for layout, kind, lap in (
        (short, "race", 90_000),
        (long, "race", 520_000),
        (long, "qualifying", 511_192),
    ):
        race = RaceFactory(circuit=circuit, layout=layout, first_day=date(2013, 4, 1))
        session = SessionFactory(race=race, kind=kind)
        listed(race, [EntryFactory(race=race, drivers=[driver])], session=session, best_lap_ms=lap)
    response = page(client, RaceFactory(circuit=circuit, layout=long))
    assert response.context["record"].best_lap.best_lap_ms == 511_192
    assert len(response.context["record"].lines) == 2
    assert "8:31,192" in section(response.text, "Früher auf dieser Strecke")


@pytest.mark.parametrize(
    ("fields", "sentences"),
    [
        (
            {},
            [
                "Noch kein Zeitplan",
                "Kein Ergebnis erfasst",
                "Unser Auto ist nicht überliefert",
                "Noch kein Bericht",
                "Noch nichts erfasst",
            ],
        ),
        (
            {"first_day": timezone.localdate() + timedelta(days=9)},
            ["Noch kein Zeitplan", "Noch keine Nennung", "Noch kein Bericht"],
        ),
    ],
)
def test_a_bare_race_says_what_is_missing(client, fields, sentences):
    text = page(client, RaceFactory(**fields)).text
    for sentence in sentences:
        assert sentence in text


def test_a_race_ahead_is_not_told_to_lack_a_result(client):
    assert "Kein Ergebnis erfasst" not in page(client, RaceFactory(first_day=soon())).text


@pytest.mark.parametrize(
    ("state", "status"),
    [("confirmed", "EventScheduled"), ("cancelled", "EventCancelled"), ("postponed", "EventPostponed")],
)
def test_search_engines_read_the_event(client, state, status):
    race = RaceFactory(name="Rennen </script> & „mehr“", state=state, last_day=date(2014, 4, 7))
    SessionFactory(race=race, starts_at=datetime(2014, 4, 7, 10, tzinfo=UTC))
    data = event_of(page(client, race))
    assert (data["@type"], data["name"]) == ("SportsEvent", race.name)
    assert (data["startDate"], data["endDate"]) == ("2014-04-06", "2014-04-07")
    assert data["eventStatus"] == f"https://schema.org/{status}"
    assert data["location"]["name"] == race.circuit.name
    assert data["subEvent"][0]["startDate"] == "2014-04-07T12:00:00+02:00"


def test_an_unknown_race_is_not_found(client):
    race = RaceFactory()
    assert client.get(f"/rennen/2013/{race.slug}/").status_code == 404
    assert client.get("/rennen/2014/gibt-es-nicht/").status_code == 404


@pytest.mark.parametrize("moved", [True, False])
def test_search_engines_read_what_was_moved_or_called_off(client, moved):
    race = RaceFactory(first_day=soon(), moved_from=date(2026, 1, 31) if moved else None)
    start = datetime(2026, 2, 7, 10, tzinfo=UTC)
    SessionFactory(race=race, kind="practice", starts_at=start, cancelled=True)
    before = datetime(2026, 2, 7, 9, tzinfo=UTC) if moved else None
    SessionFactory(race=race, starts_at=start, moved_from=before)
    data = event_of(page(client, race))
    status = "https://schema.org/" + ("EventRescheduled" if moved else "EventScheduled")
    assert (data["eventStatus"], data.get("previousStartDate")) == (status, "2026-01-31" if moved else None)
    practice, main = data["subEvent"]
    assert practice["eventStatus"] == "https://schema.org/EventCancelled"
    assert (main["eventStatus"], main.get("previousStartDate")) == (
        status,
        "2026-02-07T10:00:00+01:00" if moved else None,
    )
