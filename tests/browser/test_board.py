"""How much of the window the question about cookies takes, and what the first view is without the site's own faces."""

import pytest

from tests.browser import chromium

pytestmark = pytest.mark.one_database

WINDOWS = {
    "phone": (390, 844),
    "small phone": (320, 568),
    "phone held sideways": (844, 390),
    "desk": (1280, 900),
}
BOXES = """() => [...document.querySelectorAll(
    ".top, .brand, .nav a, .menu-button, .weekend h2, .weekend .where, h1, main h2, .card h3, .consent, .acts button"
  )].filter(part => part.getClientRects().length).map(part => {
    const box = part.getBoundingClientRect();
    return [part.className || part.textContent.trim(), Math.round(box.height)].join(": ");
  })"""
# Links within the words are text; everything else that is pressed has the size of a fingertip.
SMALL = """() => [...document.querySelectorAll("#consent :is(button, label)")].filter(part => {
    const box = part.getBoundingClientRect();
    return box.height < 44 || box.width < 44;
  }).map(part => part.textContent.trim())"""


@pytest.fixture
def opened(open_page):
    def at(window, address="/", scheme="light", text="100%"):
        width, height = WINDOWS[window]
        page = open_page(viewport={"width": width, "height": height}, color_scheme=scheme)
        page.goto(address)
        page.evaluate("size => document.documentElement.style.fontSize = size", text)
        page.locator("#consent.is-asking").wait_for()
        return page

    return at


@pytest.mark.parametrize("text", ["100%", "200%"])
@pytest.mark.parametrize("window", WINDOWS)
@pytest.mark.parametrize(("address", "scheme"), [("/", "light"), ("/en/", "dark")])
def test_half_of_the_window_stays_for_the_page_and_every_button_can_be_reached(
    opened, window, address, scheme, text
):
    page = opened(window, address, scheme, text)
    width, height = WINDOWS[window]
    assert page.locator("#consent").bounding_box()["height"] <= height / 2
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for button in page.locator("#consent button").all():
        button.scroll_into_view_if_needed()
        box = button.bounding_box()
        assert box["y"] >= height / 2 - 1 and box["y"] + box["height"] <= height
    assert page.evaluate(SMALL) == []


@pytest.mark.parametrize("window", ["phone", "desk"])
@pytest.mark.parametrize("address", ["/", "/en/"])
def test_nothing_of_the_question_has_to_be_scrolled_for_on_a_usual_screen(opened, window, address):
    board = opened(window, address).locator("#consent")
    assert board.evaluate("board => board.scrollHeight - board.clientHeight") == 0


@pytest.mark.parametrize("window", WINDOWS)
def test_the_buttons_are_equal_at_every_width(opened, window):
    page = opened(window)
    sizes = {
        (round(box["width"]), round(box["height"]))
        for box in (button.bounding_box() for button in page.locator("#consent button").all())
    }
    assert len(sizes) == 1


@pytest.mark.parametrize("address", ["/", "/en/"])
@pytest.mark.parametrize("size", [chromium.PHONE, chromium.DESKTOP], ids=["phone", "desk"])
def test_without_the_sites_own_faces_names_and_headlines_break_where_they_always_do(
    open_page, demo, size, address
):
    with_faces, without = open_page(**size), open_page(**size)
    without.route("**/*.woff2", lambda route: route.abort())
    for page in (with_faces, without):
        page.goto(address, wait_until="networkidle")
    # The faces are optional, so a browser may do without them until it has them at hand.
    with_faces.reload(wait_until="networkidle")
    assert with_faces.evaluate(BOXES) == without.evaluate(BOXES)
