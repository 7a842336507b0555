"""What a visitor's first view of each kind of page costs at 390 px and twofold density: requests, bytes by kind, shift.

Bytes are those that travel, headers of the answers not counted: what the browser itself reports, with an empty cache
and the cookie banner open.
"""

from collections import Counter
from typing import NamedTuple

from playwright.sync_api import sync_playwright

from tests.bench.table import Row, tell
from tests.browser import chromium
from tests.demosite import demo_site, pages, served

KINDS = {"document": "HTML", "stylesheet": "CSS", "script": "JS", "font": "fonts", "image": "pictures"}
OTHER = "other"
# KB in all, and KB of everything that is no picture; None where the design sets no limit.
BUDGETS = {"home": (150, 75), "article": (120, None)}
MOST_SHIFT = 0.01
SHIFT = """() => new Promise(resolve => {
    let shift = 0;
    new PerformanceObserver(list => list.getEntries().forEach(entry => shift += entry.value))
        .observe({type: "layout-shift", buffered: true});
    setTimeout(() => resolve(shift), 300);
})"""


class View(NamedTuple):
    """`weights`: KB by kind, in the order of KINDS."""

    requests: int
    weights: dict
    shift: float

    @property
    def all(self):
        return sum(self.weights.values())

    @property
    def text(self):
        return self.all - self.weights["pictures"]

    def keeps(self, budget):
        within = all(
            most is None or found <= most for found, most in zip((self.all, self.text), budget, strict=True)
        )
        return within and self.shift <= MOST_SHIFT


def first_view(browser, address):
    context = browser.new_context(**chromium.PHONE, locale="de-DE")
    page = context.new_page()
    answers = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(address, wait_until="networkidle")
    shift = page.evaluate(SHIFT)
    weights = Counter(dict.fromkeys([*KINDS.values(), OTHER], 0))
    for answer in answers:
        weights[KINDS.get(answer.request.resource_type, OTHER)] += (
            answer.request.sizes()["responseBodySize"] / 1024
        )
    context.close()
    return View(len(answers), dict(weights), shift)


def views():
    """(kind, path, View) of each kind of page, in German."""
    with demo_site():
        kinds = [(kind, path) for kind, language, path in pages() if language == "de"]
        with served() as address, sync_playwright() as playwright:
            browser = chromium.launched(playwright)
            for kind, path in kinds:
                yield kind, path, first_view(browser, address + path)
            browser.close()


def rows():
    for kind, path, view in views():
        parts = ", ".join(f"{name} {weight:.0f}" for name, weight in view.weights.items() if weight)
        figure = f"{view.requests} requests, {view.all:.0f} KB ({parts}), shift {view.shift:.3f}"
        budget = BUDGETS.get(kind, (None, None))
        words = [
            f"≤ {budget[0]} KB" if budget[0] else "",
            f"without pictures ≤ {budget[1]} KB" if budget[1] else "",
        ]
        said = ", ".join(filter(None, [*words, f"shift ≤ {MOST_SHIFT}"]))
        yield Row(f"first view, {kind} `{path}`", figure, said, view.keeps(budget))


if __name__ == "__main__":
    tell(rows)
