"""Every kind of page in both languages: no finding of axe in either scheme, no sideways scrolling, no complaint."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser import chromium
from tests.demosite import pages

pytestmark = [pytest.mark.one_database, pytest.mark.usefixtures("demo")]
# Neighbouring letters of a headline on two lines, without a hyphen between them; hyphens from a dictionary are switched
# off, since not every browser has one.
TORN = """() => [...document.querySelectorAll("h1")].flatMap((headline) => {
  headline.style.hyphens = "manual";
  const walker = document.createTreeWalker(headline, NodeFilter.SHOW_TEXT), torn = [];
  const top = (node, at) => {
    const range = document.createRange();
    range.setStart(node, at);
    range.setEnd(node, at + 1);
    return [...range.getClientRects()].at(-1).top;  // a soft hyphen before it comes first
  };
  while (walker.nextNode()) {
    for (const word of walker.currentNode.data.matchAll(/\\p{L}{2,}/gu)) {
      const tops = [...word[0]].map((_letter, n) => Math.round(top(walker.currentNode, word.index + n)));
      if (new Set(tops).size > 1) torn.push(word[0]);
    }
  }
  return torn;
})"""
WIDTHS = (320, 390, 768, 980, 1000, 1100, 1280, 1366, 1440, 1600, 1920)
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


def test_no_headline_tears_a_word_without_a_hyphen(desktop):
    torn = {}
    for kind, language, path in pages():
        if kind not in ("race", "article", "home", "drivers"):
            continue
        desktop.goto(path)
        for width in WIDTHS:
            desktop.set_viewport_size({"width": width, "height": 900})
            if found := desktop.evaluate(TORN):
                torn[f"{kind} {language} {width}"] = found
    assert torn == {}
