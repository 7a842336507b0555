"""What sixty cars, long seasons and moved dates must not do to a page: grow without end, or say what is not so."""

import re
from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.factories import (
    ClassificationFactory,
    EntryFactory,
    RaceFactory,
    ResultFactory,
    SessionFactory,
)

pytestmark = pytest.mark.django_db

DAY = date(2014, 4, 6)


def finished(driver, cars=1, place=1, kind="race", **fields):
    """A session in which ours came in at this place among so many cars."""
    session = SessionFactory(race=RaceFactory(first_day=fields.pop("day", DAY)), kind=kind)
    classification = ClassificationFactory(session=session)
    for n in range(1, cars + 1):
        crew = [driver] if n == place else []
        entry = EntryFactory(race=session.race, number=str(100 + n), car_class="SP9", drivers=crew)
        ResultFactory(classification=classification, entry=entry, position=n, **fields)
    return session


def plates(page):
    return re.findall(r'<span class="plate">(\d+)</span>', page)


def test_home_shows_the_head_of_a_long_list_and_ours_and_leads_to_the_rest(client, driver):
    session = finished(driver, cars=12, place=9)
    page = client.get("/en/").text
    assert plates(page) == ["101", "102", "103", "104", "105", "109"]
    assert re.search(rf"href=\"/en/races/2014/{session.race.slug}/race/\">All 12 cars<", page)


def test_home_shows_a_short_list_whole_without_a_further_button(client, driver):
    finished(driver, cars=5, place=2)
    page = client.get("/en/").text
    assert plates(page) == ["101", "102", "103", "104", "105"]
    assert "All 5 cars" not in page


def test_the_time_of_the_winner_is_not_called_a_gap(client, driver):
    finished(driver, cars=2, total_time_ms=3_600_000)
    page = client.get("/en/").text
    assert re.search(r'data-k="Time">.*1:00:00\.000', page)
    assert not re.search(r'data-k="Gap">[^<]*1:00:00\.000', page)


def test_the_fastest_of_a_qualifying_has_no_gap_that_is_not_recorded(client, driver):
    session = finished(driver, cars=2, kind="qualifying", best_lap_ms=90_000)
    page = client.get(f"/en/races/2014/{session.race.slug}/qualifying/").text
    first, second = re.findall(r"<tr.*?</tr>", page.split("<tbody>")[1], re.S)[:2]
    assert 'data-k="Gap"' not in first
    assert 'data-k="Gap"' in second


@pytest.mark.parametrize(("state", "code"), [("cancelled", "canc."), ("postponed", "ppd.")])
def test_the_season_strip_has_a_code_for_what_does_not_take_place(client, driver, state, code):
    today = timezone.localdate()
    finished(driver, day=today - timedelta(days=1) if today.timetuple().tm_yday > 1 else today)
    RaceFactory(first_day=today, state=state)
    assert f'<span class="code off" aria-hidden="true">{code}</span>' in client.get("/en/").text


def test_a_postponed_race_is_not_still_to_come_in_the_chart(client, driver):
    today = timezone.localdate()
    for _n in range(2):
        finished(driver, day=today)
    EntryFactory(race=RaceFactory(first_day=today, state="postponed"), drivers=[driver])
    page = client.get(f"/en/driver/?year={today.year}").text
    assert "to come" not in page
    assert page.count(">Postponed<") >= 2


def test_the_page_of_a_class_and_that_of_a_replaced_list_describe_themselves(client, driver):
    session = finished(driver, cars=2)
    older = session.classifications.get()
    for entry in session.race.entries.all():
        entry.car_class, entry.cup = "SP9", "Pro"
        entry.save()
    newer = ClassificationFactory(session=session, state="official")
    for place, entry in enumerate(session.race.entries.all(), start=1):
        ResultFactory(classification=newer, entry=entry, position=place)
    address = f"/en/races/2014/{session.race.slug}/race/"
    pages = [client.get(address + end).text for end in ("", "sp9/", f"list-{older.pk}/")]
    descriptions = {re.search(r'name="description" content="(.*?)"', page)[1] for page in pages}
    assert len(descriptions) == 3


def test_the_title_of_a_driver_says_more_than_the_name_of_the_site(client, driver):
    title = re.search(r"<title>(.*?)</title>", client.get("/en/driver/").text)[1]
    assert title.startswith("Erika Muster, ")
