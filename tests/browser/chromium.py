"""The machine's own Chromium: where it is, how it is started, and the two widths that we look at."""

import shutil
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MISSING = "no Chromium for the browser tests: apt install chromium, or .venv/bin/playwright install chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Whatever a page asks of another host fails at once: nothing here leaves the machine.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]
PHONE = {
    "viewport": {"width": 390, "height": 844},
    "is_mobile": True,
    "has_touch": True,
    "device_scale_factor": 2,
}
DESKTOP = {"viewport": {"width": 1280, "height": 900}}


def installed(playwright) -> str | None:
    """Path of the machine's Chromium, else of the one that Playwright has downloaded, if there is one."""
    own = playwright.chromium.executable_path
    return next(filter(None, map(shutil.which, NAMES)), own if Path(own).exists() else None)


def launched(playwright):
    """A browser for a script; one that finds none ends with a sentence."""
    path = installed(playwright) or sys.exit(MISSING)
    return playwright.chromium.launch(executable_path=path, args=FLAGS)
