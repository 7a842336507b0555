"""What a visitor's first view of each kind of page costs at 390 px, as a table: requests, bytes, shift.

Bytes are bodies as they travel: text packed with gzip, everything else as it is.
"""

import gzip

from playwright.sync_api import sync_playwright

from tests.browser import chromium
from tests.demosite import demo_site, pages, served

TEXT = ("text/", "application/javascript", "application/json", "image/svg+xml")
SHIFT = """() => new Promise(resolve => {
    let shift = 0;
    new PerformanceObserver(list => list.getEntries().forEach(entry => shift += entry.value))
        .observe({type: "layout-shift", buffered: true});
    setTimeout(() => resolve(shift), 300);
})"""


def weight(response):
    body = response.body()
    kind = response.headers.get("content-type", "")
    return len(gzip.compress(body, 6)) if kind.startswith(TEXT) else len(body)


def row(browser, address):
    context = browser.new_context(**chromium.PHONE, locale="de-DE")
    page = context.new_page()
    answers = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(address, wait_until="networkidle")
    shift = page.evaluate(SHIFT)
    weights = {answer.request.resource_type: 0 for answer in answers}
    for answer in answers:
        weights[answer.request.resource_type] += weight(answer)
    pictures = weights.pop("image", 0)
    context.close()
    kilobytes = [sum(weights.values()) / 1024, pictures / 1024]
    return f"{len(answers)} | {sum(kilobytes):.0f} | {kilobytes[0]:.0f} | {kilobytes[1]:.0f} | {shift:.3f}"


def main():
    with demo_site():
        kinds = [(kind, path) for kind, language, path in pages() if language == "de"]
        with served() as address, sync_playwright() as playwright:
            browser = chromium.launched(playwright)
            print("\n| Page | Address | Requests | KB | HTML, CSS, JS, fonts, KB | Pictures, KB | CLS |")
            print("|---|---|--:|--:|--:|--:|--:|")
            for kind, path in kinds:
                print(f"| {kind} | `{path}` | {row(browser, address + path)} |")
            browser.close()


if __name__ == "__main__":
    main()
