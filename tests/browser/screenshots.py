"""A picture of every kind of page: `make screenshots`, or with a folder, `make screenshots ARGS=/somewhere`.

Both widths, schemes and languages, after the cookie banner was refused; the home page also with the banner; then the
newsroom as an editor finds it. The pictures in the README are made on the way.
"""

import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from tests.browser import chromium
from tests.browser.newsroom import PASSWORD
from tests.demosite import LANGUAGES, demo_site, newsroom_pages, pages, served

ROOT = Path(__file__).parent.parent.parent
WIDTHS = {"390": chromium.PHONE, "1280": chromium.DESKTOP}
SCHEMES = ("light", "dark")
# Pictures further down load late; for a picture of the whole page they must be there.
EVERYTHING_LOADED = """async () => {
    for (const picture of document.images) picture.loading = "eager";
    await Promise.all([...document.images].map(picture => picture.decode().catch(() => null)));
    await document.fonts.ready;
}"""


def take(page, address, path):
    answer = page.goto(address)
    assert answer.status < 500, f"{address} is broken: {answer.status}"
    page.evaluate(EVERYTHING_LOADED)
    page.screenshot(path=path, full_page=True)


def take_all(browser, address, folder, kinds):
    for language in LANGUAGES:
        for width, device in WIDTHS.items():
            for scheme in SCHEMES:
                context = browser.new_context(**device, color_scheme=scheme, locale=language)
                page = context.new_page()
                home = next(path for kind, tongue, path in kinds if (kind, tongue) == ("home", language))
                page.goto(address + home)
                page.screenshot(path=folder / f"banner-{language}-{width}-{scheme}.png")
                page.locator("button[name=choice][value=none]").first.click()
                page.wait_for_load_state()
                for kind, tongue, path in kinds:
                    if tongue == language:
                        take(page, address + path, folder / f"{kind}-{language}-{width}-{scheme}.png")
                context.close()


def take_newsroom(browser, address, folder, kinds):
    for language in LANGUAGES:
        for width, device in WIDTHS.items():
            for scheme in SCHEMES:
                context = browser.new_context(**device, color_scheme=scheme, locale=language)
                page = context.new_page()
                page.goto(f"{address}/admin/")
                page.locator("#id_username").fill("editor")
                page.locator("#id_password").fill(PASSWORD)
                page.locator("[type=submit]").click()
                for kind, path in kinds:
                    page.goto(address + path)
                    page.wait_for_load_state("networkidle")
                    page.screenshot(path=folder / f"newsroom-{kind}-{language}-{width}-{scheme}.png")
                context.close()


def picture_for_the_readme(folder, name, taken, height):
    """The upper part of a page at a desk, in few enough colours to be small."""
    picture = Image.open(folder / f"{taken}-1280-light.png").convert("RGB").crop((0, 0, 1280, height))
    target = ROOT / "docs" / "screenshots" / f"{name}.png"
    target.parent.mkdir(parents=True, exist_ok=True)
    picture.quantize(200).save(target, optimize=True)


def main(folder=ROOT / "build" / "screenshots"):
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    with demo_site(password=PASSWORD):
        kinds, newsroom = list(pages()), list(newsroom_pages())
        with served() as address, sync_playwright() as playwright:
            browser = chromium.launched(playwright)
            take_all(browser, address, folder, kinds)
            take_newsroom(browser, address, folder, newsroom)
            browser.close()
    picture_for_the_readme(folder, "home", "home-de", 1600)
    picture_for_the_readme(folder, "editor", "newsroom-article-en", 900)
    print(
        f"{len(list(folder.glob('*.png')))} pictures in {folder}, and the two of the README in docs/screenshots"
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
