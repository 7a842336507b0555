"""Every kind of page in both languages: no finding of axe in either scheme, no sideways scrolling, no complaint."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser import chromium
from tests.demosite import pages

pytestmark = pytest.mark.usefixtures("demo")
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def findings(page):
    return [
        f"{finding['id']}: {node['html'][:160]}"
        for finding in Axe().run(page, options=RULES).response["violations"]
        for node in finding["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [chromium.PHONE, chromium.DESKTOP], ids=["phone", "desktop"])
def test_axe_finds_nothing_on_any_page(open_page, watch, scheme, size):
    page = open_page(**size, color_scheme=scheme)
    watched, found = watch(page), {}
    for kind, language, path in pages():
        page.goto(path, wait_until="networkidle")
        if found_here := findings(page):
            found[f"{kind} {language}"] = found_here
    assert found == {}
    # A page that is missing says so to the browser as well; nothing else may be complained about.
    assert [text for text in watched.complaints if "404" not in text] == []


def test_no_page_scrolls_sideways_on_the_narrowest_phone(open_page):
    page = open_page(viewport={"width": 320, "height": 640}, is_mobile=True)
    wide = {}
    for kind, language, path in pages():
        page.goto(path)
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > 320:
            wide[f"{kind} {language}"] = width
    assert wide == {}
