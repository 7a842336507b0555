"""The race weekend on the visitor's clock: the countdown, the session that is on, starts in one's own time."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from tests.browser import chromium
from tests.factories import CircuitFactory, RaceFactory, SessionFactory

pytestmark = pytest.mark.one_database

DAYTONA = ZoneInfo("America/New_York")


@pytest.fixture
def start():
    """Of a race of 60 minutes in five days, whose page was made long before."""
    start = timezone.now().replace(minute=0, second=0, microsecond=0) + timedelta(days=5)
    race = RaceFactory(first_day=start.date() - timedelta(days=1), last_day=start.date() + timedelta(days=1))
    SessionFactory(race=race, starts_at=start, planned_minutes=60)
    return start


def test_the_countdown_ends_at_the_start_and_the_session_says_that_it_is_on(open_page, start):
    page = open_page()
    page.clock.install(time=start - timedelta(minutes=61, seconds=30))
    page.goto("/")
    figures, phase = page.locator(".countdown dd"), page.locator(".phase")
    height = page.locator(".weekend").bounding_box()["height"]
    assert figures.all_inner_texts() == ["0", "01", "02"]
    assert phase.text_content() == ""
    page.clock.run_for("01:00")
    assert figures.all_inner_texts() == ["0", "01", "01"]
    page.clock.run_for("01:00:31")
    assert not page.locator(".countdown").is_visible()
    assert phase.text_content() == "Läuft"
    assert abs(page.locator(".weekend").bounding_box()["height"] - height) < 1
    page.clock.run_for("01:00:00")
    assert phase.text_content() == "Beendet"


def test_without_scripts_the_start_is_a_date(open_page, start):
    page = open_page(java_script_enabled=False)
    page.goto("/")
    words = page.locator(".weekend time.when-big")
    local = start.astimezone(ZoneInfo("Europe/Berlin"))
    assert f"{local.day}. " in words.inner_text() and f"{local:%H:%M} Uhr" in words.inner_text()
    assert not page.locator(".countdown").is_visible()


@pytest.mark.parametrize(
    ("zone", "here"),
    [
        ("America/New_York", []),
        ("America/Toronto", []),
        # In the weeks between the changes of the clocks there and here it is five hours, not six.
        ("Europe/Berlin", ["Sa 23:00 Ihre Zeit", "So 20:00 Ihre Zeit"]),
        ("Asia/Kolkata", ["So 03:30 Ihre Zeit", "Mo 00:30 Ihre Zeit"]),
    ],
)
def test_starts_stand_in_ones_own_time_where_it_differs(open_page, zone, here):
    circuit = CircuitFactory(time_zone="America/New_York")
    day = next_second_sunday_of_march()
    race = RaceFactory(circuit=circuit, first_day=day.date() - timedelta(days=1), last_day=day.date())
    # The day before the change in New York and the day of it.
    SessionFactory(race=race, kind="qualifying", starts_at=day - timedelta(hours=7))
    SessionFactory(race=race, starts_at=day + timedelta(hours=15))
    page = open_page(timezone_id=zone)
    page.goto("/kalender/")
    assert page.locator(".sessions .here").all_inner_texts() == here


def next_second_sunday_of_march():
    """Midnight at the track of the day on which the clocks change there."""
    year = timezone.localdate().year + 1
    first = datetime(year, 3, 1, tzinfo=DAYTONA)
    return first + timedelta(days=(6 - first.weekday()) % 7 + 7)


def test_a_month_is_a_list_of_its_days_on_a_phone_and_a_table_at_a_desk(open_page):
    RaceFactory(first_day=datetime(2026, 6, 18, tzinfo=UTC).date(), name="Langstrecke" * 4)
    phone, desk = open_page(**chromium.PHONE), open_page()
    for page, days in ((phone, 1), (desk, 5 * 7)):
        page.goto("/kalender/2026/6/")
        assert page.locator(".month td:visible").count() == days
    phone.set_viewport_size({"width": 320, "height": 640})
    assert phone.evaluate("document.documentElement.scrollWidth") == 320
