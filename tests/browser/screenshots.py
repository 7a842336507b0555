"""A picture of every kind of page: `make screenshots`, or with a folder, `make screenshots ARGS=/somewhere`.

Both widths, schemes and languages, after the cookie banner was refused; the home page also with the banner.
The picture in the README is made on the way.
"""

import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from tests.browser import chromium
from tests.demosite import LANGUAGES, demo_site, pages, served

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


def picture_for_the_readme(folder):
    """The upper part of the German home page at a desk, in few enough colours to be small."""
    home = Image.open(folder / "home-de-1280-light.png").convert("RGB").crop((0, 0, 1280, 1600))
    target = ROOT / "docs" / "screenshots" / "home.png"
    target.parent.mkdir(parents=True, exist_ok=True)
    home.quantize(200).save(target, optimize=True)
    return target


def main(folder=ROOT / "build" / "screenshots"):
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    with demo_site():
        kinds = list(pages())
        with served() as address, sync_playwright() as playwright:
            browser = chromium.launched(playwright)
            take_all(browser, address, folder, kinds)
            browser.close()
    print(f"{len(list(folder.glob('*.png')))} pictures in {folder}, and {picture_for_the_readme(folder)}")


if __name__ == "__main__":
    main(*sys.argv[1:])
