"""Sunday evening: the organiser's file goes in on a phone, and the whole site shows the result."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from news.models import DriverAlias, Result, ResultImport
from tests.browser.newsroom import fits, log_in
from tests.factories import DriverFactory, RaceFactory, SessionFactory

FILE = Path(__file__).parent.parent / "data" / "alkamel-sunday.csv"


@pytest.fixture
def driver():
    return DriverFactory(first_name="Jens", last_name="Klingmann", country="DE", ours=True)


@pytest.fixture
def session():
    day = timezone.localdate() - timedelta(days=1)
    race = RaceFactory(name="Sechs Stunden Eifel", name_en="Six Hours Eifel", first_day=day)
    return SessionFactory(race=race)


@pytest.mark.parametrize("language", ["de-DE", "en-GB"])
def test_a_file_goes_in_on_a_phone_and_every_page_shows_it(
    open_page, watch, editor, driver, session, language
):
    phone = open_page(locale=language, viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True)
    watched = watch(phone)
    log_in(phone, editor)

    phone.goto(f"/admin/news/session/{session.pk}/change/")
    phone.locator(f"a[href$='/session/{session.pk}/import/']").first.click()
    phone.wait_for_load_state()
    assert fits(phone)
    phone.locator("#id_file").set_input_files(FILE)
    phone.locator("#import_form [type=submit]").click()

    phone.locator("table.import").wait_for()
    assert fits(phone)
    assert "Jens Klingman" in phone.locator("table.import").inner_text() and not Result.objects.exists()
    asked = phone.locator("label", has_text="Jens Klingman").first.get_attribute("for")
    phone.locator(f"#{asked} + .select2 .select2-selection").click()
    phone.locator(".select2-dropdown .select2-search__field").fill("klingmann")
    phone.locator(".select2-results__option--highlighted", has_text="Klingmann").click()
    phone.locator("button[value=correct]").click()
    phone.locator("table.import", has_text="Klingmann").wait_for()
    assert not ResultImport.objects.exists()
    phone.locator("button[value=confirm]").click()
    phone.wait_for_url("**/resultimport/*/change/")
    assert fits(phone)
    assert watched.complaints == [] and watched.foreign == []

    assert DriverAlias.objects.get().driver == driver
    assert Result.objects.get(entry__number="20").is_fastest_lap
    home = "/en/" if language.startswith("en") else "/"
    pages = {
        "": "Klingmann",
        "driver/" if "en" in home else "fahrer/": "2",
        session.race.address_in(language[:2]): "Klingmann",
    }
    for address, words in pages.items():
        phone.goto(address if address.startswith("/") else home + address)
        assert words in phone.locator("main").inner_text(), address
        assert fits(phone), address
    phone.goto(home + ("calendar/" if "en" in home else "kalender/"))
    assert "P2" in phone.locator("main").inner_text()


def test_a_tap_after_a_field_with_a_hint_reaches_its_button(phone, editor):
    log_in(phone, editor)
    phone.goto("/admin/news/season/add/")
    add, factors = phone.locator(".add-row a"), phone.locator("[name$=-factor]:visible")
    for count in (1, 2, 3):
        add.tap()
        assert factors.count() == count
        factors.last.tap()
        assert phone.locator(".in-rows .help:visible").count() == 1
        assert fits(phone)


def test_a_hint_at_the_right_edge_does_not_widen_the_page(desktop, editor):
    log_in(desktop, editor)
    desktop.goto("/admin/news/season/add/")
    desktop.locator(".add-row a").click()
    desktop.locator("[name=rounds-0-factor]").focus()
    assert desktop.locator(".in-rows .help:visible").count() == 1
    assert desktop.evaluate("document.documentElement.scrollWidth") <= 1280
