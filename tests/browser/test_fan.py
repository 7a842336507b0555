"""The fan's way: from the home page to the race and to a partner, on a phone, with and without scripts or a mouse."""

import pytest

pytestmark = [pytest.mark.one_database, pytest.mark.usefixtures("demo")]


def test_a_fan_goes_from_the_report_to_the_race_and_to_a_partner(phone, watch):
    watched = watch(phone)
    phone.goto("/")
    phone.locator("#consent button[value=none]").click()
    phone.get_by_role("link", name="Von Startplatz elf auf Platz zwei").first.click()
    assert "8:31,192" in phone.get_by_role("complementary").inner_text()
    assert "Jens Klingmann" in phone.locator("main .quote").first.inner_text()
    phone.get_by_role("complementary").get_by_role("link", name="24h").first.click()
    phone.wait_for_url("**/rennen/2014/**")
    own = phone.locator("tr.is-own").first
    assert "Klingmann" in own.inner_text() and own.locator(".pos").inner_text().strip() == "2"
    partner = phone.locator("a[rel~=sponsored]").first
    assert partner.get_attribute("rel") == "sponsored noopener" and partner.get_attribute("href").startswith(
        "https://"
    )
    phone.get_by_role("contentinfo").get_by_role("link", name="Presse").click()
    phone.wait_for_url("**/presse/")
    assert watched.complaints == [] and watched.foreign == []


def test_the_report_is_read_in_english_too(phone):
    phone.goto("/")
    phone.locator("#consent button[value=none]").click()
    phone.get_by_role("link", name="Von Startplatz elf auf Platz zwei").first.click()
    phone.get_by_role("navigation", name="Sprache").get_by_role("link").click()
    phone.wait_for_url("**/en/news/**")
    assert phone.locator("html").get_attribute("lang") == "en"
    assert "8:31.192" in phone.get_by_role("complementary").inner_text()


def test_an_article_without_a_released_translation_offers_none(phone):
    phone.goto("/")
    phone.locator("#consent button[value=none]").click()
    phone.goto("/news/bester-neuling-vierter-gesamtrang/")
    assert phone.get_by_role("navigation", name="Sprache").get_by_role("link").count() == 0


def test_without_scripts_everything_is_there(open_page, watch):
    page = open_page(java_script_enabled=False, viewport={"width": 390, "height": 844})
    watched = watch(page)
    page.goto("/")
    page.get_by_role("button", name="Menü").click()
    page.get_by_role("navigation", name="Hauptmenü").get_by_role("link", name="Fahrer").click()
    page.wait_for_url("**/fahrer/")
    page.goto("/news/von-startplatz-elf-auf-platz-zwei/")
    page.locator("details summary").first.click()
    assert page.locator("details tr.is-own").first.is_visible()
    page.goto("/suche/?q=Hürtgen")
    assert page.locator("main mark").count()
    assert watched.foreign == []


def test_with_the_keyboard_alone_a_fan_reads_the_report(desktop):
    desktop.goto("/")
    for _presses in range(80):
        desktop.keyboard.press("Tab")
        focus = desktop.evaluate(
            """() => { const e = document.activeElement; const box = e.getBoundingClientRect();
               const look = getComputedStyle(e);
               return {text: e.innerText, value: e.value, width: box.width, outline: look.outlineStyle} }"""
        )
        assert focus["width"] > 0 and focus["outline"] != "none", focus
        if focus["value"] == "none":
            break
    desktop.keyboard.press("Enter")
    desktop.locator("#consent").wait_for(state="hidden")
    desktop.reload()
    desktop.keyboard.press("Tab")
    assert desktop.evaluate("document.activeElement.innerText") == "Zum Inhalt springen"
    desktop.keyboard.press("Enter")
    for _presses in range(20):
        desktop.keyboard.press("Tab")
        if desktop.evaluate("document.activeElement.innerText").startswith("Von Startplatz elf"):
            break
    desktop.keyboard.press("Enter")
    desktop.wait_for_url("**/news/von-startplatz-elf-auf-platz-zwei/")
    assert desktop.locator("h1").inner_text().replace("\u00ad", "") == "Von Startplatz elf auf Platz zwei"


SHIFTS = """() => new Promise(done => { let sum = 0;
    const add = entry => { if (!entry.hadRecentInput) sum += entry.value };
    new PerformanceObserver(list => list.getEntries().forEach(add))
        .observe({type: "layout-shift", buffered: true});
    setTimeout(() => done(sum), 500) })"""


@pytest.mark.parametrize(
    "address", ["/", "/news/von-startplatz-elf-auf-platz-zwei/", "/fahrer/", "/ergebnisse/2014/"]
)
def test_nothing_jumps_while_a_page_loads(phone, address):
    phone.goto(address, wait_until="networkidle")
    assert phone.evaluate(SHIFTS) <= 0.01
