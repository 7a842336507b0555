"""Result lists: on the page of the race in part, on pages of their own whole, by class and as they were before."""

import gzip
from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from news.derived import results_changed
from news.models import Crew, Driver, Entry, Result, Round, Team
from news.timing.read import read
from tests.factories import (
    ArticleFactory,
    CircuitFactory,
    ClassificationFactory,
    EntryFactory,
    PhotoFactory,
    RaceFactory,
    ResultFactory,
    SeasonFactory,
    SessionFactory,
    SponsorshipFactory,
)

pytestmark = pytest.mark.django_db

CLASSES = ("SP9", "SP9", "SP10", "Cup 3", "TCR")


def listed(session, entries, state="official", **fields):
    """A list of these cars in this order; fields may be lists, a value for each car."""
    classification = ClassificationFactory(session=session, state=state)
    for place, entry in enumerate(entries):
        own = {name: value[place] if isinstance(value, list) else value for name, value in fields.items()}
        ResultFactory(classification=classification, entry=entry, **{"position": place + 1} | own)
    results_changed([session.race])
    return classification


def sixty_cars(ours):
    """24 hours of Everywhere: 60 cars, 300 people, five sessions, the race with two lists."""
    race = RaceFactory(circuit=CircuitFactory(), last_day=date(2014, 4, 7), starters=60)
    teams = Team.objects.bulk_create(Team(name=f"Team Motorsport {n}") for n in range(30))
    entries = Entry.objects.bulk_create(
        Entry(
            race=race, number=str(n), team=teams[n % 30], car="BMW M4 GT3", car_class=CLASSES[n % 5], cup="Am"
        )
        for n in range(60)
    )
    people = Driver.objects.bulk_create(
        Driver(first_name="Maximilian", last_name=f"Mustermann{n}", slug=f"p{n}") for n in range(299)
    )
    Crew.objects.bulk_create(
        Crew(entry=entries[n // 5], driver=person, order=n % 5)
        for n, person in enumerate([*people[:200], ours, *people[200:]])
    )
    for kind, states in (
        ("practice", ["official"]),
        ("qualifying", ["official"]),
        ("top_qualifying", ["official"]),
        ("warm_up", ["official"]),
        ("race", ["provisional", "official"]),
    ):
        session = SessionFactory(race=race, kind=kind, starts_at=datetime(2014, 4, 6, tzinfo=UTC))
        for state in states:
            of_list(session, state, entries)
    results_changed([race])
    return race


def of_list(session, state, entries):
    classification = ClassificationFactory(session=session, state=state)
    # Between the two lists everybody has moved by one place: the longest news that there can be.
    order = entries if state == "official" else [*entries[1:], entries[0]]
    Result.objects.bulk_create(
        Result(
            classification=classification,
            entry=entry,
            position=place,
            grid=str(61 - place),
            laps=159 - place,
            best_lap_ms=500_000 + 997 * place,
            total_time_ms=86_400_000 + 7_123 * place,
        )
        for place, entry in enumerate(order, start=1)
    )


def own_page(session, rest=""):
    return session.get_absolute_url() + rest


def page_of(older):
    """The address of a list that was replaced."""
    session = older.session
    place = {"year": session.race.year, "slug": session.race.slug, "session": session.slug}
    return reverse("news:older_list", kwargs=place | {"number": older.pk})


def test_a_session_has_a_page_with_its_whole_list_in_both_languages(client, driver):
    race = RaceFactory(name="Sommerrennen")
    session = SessionFactory(race=race, kind="qualifying", label="2")
    listed(session, [EntryFactory(race=race) for _n in range(30)])
    address = f"{race.get_absolute_url()}zeittraining-2/"
    assert own_page(session) == address
    response = client.get(address)
    assert len(response.context["lines"]) == response.text.count('class="crew"') == 30
    english = f"{race.address_in('en')}qualifying-2/"
    assert f'hreflang="en" href="http://testserver{english}"' in response.text
    assert "Sommerrennen, Qualifying 2: overall" in client.get(english).text


def test_each_class_has_a_page_with_its_own_places(client):
    race = RaceFactory()
    session = SessionFactory(race=race)
    cars = [EntryFactory(race=race, car_class=name) for name in ("SP9", "SP10", "SP9", "SP10")]
    listed(session, cars, status=["finished"] * 3 + ["retired"], position=[1, 2, 3, None])
    response = client.get(own_page(session, "sp10/"))
    assert [(line.entry, line.place_in_class) for line in response.context["lines"]] == [
        (cars[1], 1),
        (cars[3], None),
    ]
    assert "<b>1</b>" in response.text
    assert ">DNF<" in response.text
    assert '<td class="fig is-second" data-k="Gesamt">2</td>' in response.text
    assert f'href="{own_page(session, "sp10/")}" aria-current="page"' in response.text


def test_a_class_shows_the_places_in_its_cups(client, driver):
    race = RaceFactory()
    session = SessionFactory(race=race)
    cups = ("Pro", "Am", "Pro", "Am")
    cars = [
        EntryFactory(race=race, car_class="GT3", cup=cup, drivers=[driver] if n == 3 else [])
        for n, cup in enumerate(cups)
    ]
    listed(session, cars)
    group = client.get(own_page(session, "gt3/")).context["group"]
    assert [(cup.name, [line.position for line in cup.lines]) for cup in group.cups] == [
        ("Pro", [1, 3]),
        ("Am", [2, 4]),
    ]
    assert "Am&nbsp;<b>P2</b>" in client.get(own_page(session)).text


def test_two_spellings_are_one_class_and_two_classes_never_share_an_address(client):
    race = RaceFactory()
    session = SessionFactory(race=race)
    names = ("GTDPRO", "GTDPro", "GT3", "GT3+", "++")
    listed(session, [EntryFactory(race=race, car_class=name) for name in names])
    classes = client.get(own_page(session)).context["current"].classes
    assert [(group.name, group.slug, len(group.lines)) for group in classes] == [
        ("GTDPRO", "gtdpro", 2),
        ("GT3", "gt3", 1),
        ("GT3+", "gt3-2", 1),
        ("++", "-", 1),
    ]
    assert all(client.get(own_page(session, f"{group.slug}/")).status_code == 200 for group in classes)


def test_a_field_of_one_class_has_no_view_by_class(client):
    race = RaceFactory()
    session = SessionFactory(race=race)
    listed(session, [EntryFactory(race=race, car_class="Formel BMW") for _n in range(2)])
    text = client.get(race.get_absolute_url()).text
    assert "switch is-many" not in text
    assert "Keine Klassenwertung erfasst" not in text


def test_what_has_moved_stands_with_the_older_list(client, driver):
    race = RaceFactory()
    session = SessionFactory(race=race)
    cars = [EntryFactory(race=race, number=str(n)) for n in range(1, 30)]
    cars[24] = EntryFactory(race=race, number="89", drivers=[driver])
    listed(session, cars, "provisional")
    before = session.classifications.get()
    later = [*cars[:5], *cars[6:], cars[5]]
    later[4], dropped = later[5], later[4]
    listed(session, [car for n, car in enumerate(later) if n != 5], "official")
    text = client.get(race.get_absolute_url()).text
    moves = text.split('<ul class="place-moves">')[1].split("</ul>")[0]
    assert "<b>Nr. 89:</b> 25 → 23" in moves.split("</li>")[0]
    assert f"<b>Nr. {dropped.number}:</b> 5 → " in moves.split("</li>")[1]
    assert "<b>Nr. 6:</b> 6 → 28" in moves.split("</li>")[2]
    assert moves.count("<li") == 7
    assert f'href="{page_of(before)}"' in text
    older = client.get(page_of(before))
    assert [line.entry for line in older.context["lines"]] == cars
    assert '<td class="fig is-second" data-k="Jetzt"><b>23</b></td>' in older.text


def test_a_place_that_was_not_known_has_not_moved(client):
    race = RaceFactory()
    session = SessionFactory(race=race)
    cars = [EntryFactory(race=race), EntryFactory(race=race)]
    listed(session, cars[:1], "provisional", position=None)
    listed(session, cars)
    ((_current, older),) = client.get(race.get_absolute_url()).context["race_results"]
    assert older.moves == []


def test_a_wrong_number_of_a_list_is_not_found_and_the_list_in_force_has_one_address(client):
    race = RaceFactory()
    session = SessionFactory(race=race)
    current = listed(session, [EntryFactory(race=race)])
    elsewhere = ClassificationFactory(session=SessionFactory(race=race, kind="qualifying"))
    address = page_of(current)
    assert client.get(address).url == own_page(session)
    assert client.get(address.replace(str(current.pk), str(elsewhere.pk))).status_code == 404


def test_who_comes_for_a_session_that_was_renamed_finds_the_race(client):
    race = RaceFactory()
    session = SessionFactory(race=race, label="1")
    listed(session, [EntryFactory(race=race, car_class="SP9"), EntryFactory(race=race, car_class="SP10")])
    before = own_page(session)
    assert client.get(own_page(session, "sp11/")).url == before
    session.label = "2"
    session.save()
    assert client.get(before).url == race.get_absolute_url()
    assert client.get("/rennen/2014/gibt-es-nicht/rennen/").status_code == 404


def test_a_page_below_a_race_moves_with_the_address_of_the_race(client):
    race = RaceFactory(slug="alt")
    session = SessionFactory(race=race)
    listed(session, [EntryFactory(race=race)])
    before = own_page(session)
    race.slug = "neu"
    race.save()
    assert client.get(before).url == own_page(session)
    assert client.get("/rennen/2014/anders/rennen/").status_code == 404


def test_the_grid_stands_by_places_and_starters_from_the_pit_lane_at_the_end(client):
    race = RaceFactory()
    session = SessionFactory(race=race)
    listed(session, [EntryFactory(race=race) for _n in range(4)], grid=["10", "Boxengasse", "2", ""])
    response = client.get(own_page(session))
    assert [line.grid for line in response.context["current"].grid] == ["2", "10", "Boxengasse"]
    assert f'href="{own_page(session)}#grid"' in client.get(race.get_absolute_url()).text
    Result.objects.update(grid="")
    assert "#grid" not in client.get(race.get_absolute_url()).text
    assert 'id="grid"' not in client.get(own_page(session)).text


def test_pole_position_and_fastest_lap_are_marked_in_words_too(client):
    race = RaceFactory()
    session = SessionFactory(race=race)
    cars = [EntryFactory(race=race), EntryFactory(race=race)]
    listed(session, cars, grid=["2", "1"], best_lap_ms=[511_192, 512_000], laps=10, best_lap_number=3)
    text = client.get(race.get_absolute_url()).text
    assert '<b class="pole">1<span class="visually-hidden"> Pole-Position</span></b>' in text
    assert '<i class="fastest">8:31,192<span class="visually-hidden"> Schnellste Runde</span></i>' in text
    assert 'class="note marks"' in text
    Result.objects.update(grid="", best_lap_ms=None)
    results_changed([race])
    assert 'class="note marks"' not in client.get(race.get_absolute_url()).text


def test_a_gap_that_no_list_states_follows_from_the_times(client):
    race = RaceFactory()
    session = SessionFactory(race=race)
    cars = [EntryFactory(race=race) for _n in range(3)]
    listed(session, cars, total_time_ms=[6_000_000, 6_012_345, None], laps=[20, 20, 18])
    text = client.get(race.get_absolute_url()).text
    assert "+12,345" in text
    assert "2 Runden" in text


def test_a_penalty_stands_with_its_car(client, driver):
    race = RaceFactory()
    listed(SessionFactory(race=race), [EntryFactory(race=race, drivers=[driver])], note="30 s Zeitstrafe")
    assert client.get(race.get_absolute_url()).text.count("30 s Zeitstrafe") == 2


def test_sixty_cars_with_three_hundred_people_cost_ten_queries_and_a_small_page(
    client, driver, django_assert_max_num_queries
):
    race = sixty_cars(driver)
    earlier = RaceFactory(circuit=race.circuit, first_day=date(2013, 4, 1))
    listed(SessionFactory(race=earlier), [EntryFactory(race=earlier, drivers=[driver])])
    for _n in range(3):
        Round.objects.create(season=SeasonFactory(), race=race, number=1)
        ArticleFactory(race=race, lead_photo=PhotoFactory(renditions=True))
    SponsorshipFactory()
    client.get("/kalender/")
    session = race.sessions.get(kind="race")
    older = page_of(session.classifications.get(state="provisional"))
    addresses = [race.get_absolute_url(), own_page(session), own_page(session, "sp9/"), older]
    for address in addresses:
        with django_assert_max_num_queries(10):
            response = client.get(address)
        assert response.status_code == 200
        assert len(gzip.compress(response.content)) < 15_000
    assert client.get(addresses[0]).text.count('class="crew"') == 11 + 4 * 4


def test_the_list_in_force_can_be_downloaded_and_reads_back(client):
    result = ResultFactory(position=1, entry__number="007", entry__car="=1+1")
    session = result.classification.session
    address = reverse("news:session_file", args=[session.race.year, session.race.slug, session.slug])
    assert address in client.get(session.race.get_absolute_url()).text
    response = client.get(address)
    assert response["Content-Type"].startswith("text/csv") and "attachment" in response["Content-Disposition"]
    assert "'=1+1" in response.content.decode()
    (row,) = read(response.content).rows
    assert (row.number, row.car, row.position) == ("007", "=1+1", 1)


def test_a_session_without_a_list_has_no_file(client):
    session = SessionFactory()
    address = reverse("news:session_file", args=[session.race.year, session.race.slug, session.slug])
    assert client.get(address).status_code == 404
