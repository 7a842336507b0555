"""What a journalist holds who prints a page."""

import pytest

from tests.factories import ArticleFactory

pytestmark = pytest.mark.one_database

COLOURS = """() => ["h1", ".teaser", ".prose p"].map(part => getComputedStyle(document.querySelector(part)).color)"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_printed_report_is_dark_on_white_and_says_whose_it_is_and_where_it_came_from(open_page, scheme):
    article = ArticleFactory(teaser="Ein Teaser.")
    page = open_page(color_scheme=scheme)
    page.goto(article.get_absolute_url())
    page.locator("#consent.is-asking").wait_for()
    page.emulate_media(media="print", color_scheme=scheme)
    assert page.locator(".brand").is_visible() and page.locator(".share input").is_visible()
    assert page.locator(".share input").input_value().endswith(article.get_absolute_url())
    assert page.locator(".share input").evaluate("field => getComputedStyle(field).borderTopStyle") == "none"
    for part in ("#consent", ".nav", ".lang", ".foot", ".share .ways"):
        assert not page.locator(part).is_visible(), part
    assert set(page.evaluate(COLOURS)) == {"rgb(16, 23, 27)"}
