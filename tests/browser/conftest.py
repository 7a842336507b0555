"""The live server, looked at in the machine's own Chromium by visitors on a phone and at a desk."""

import os

import pytest

from tests.browser import chromium

# Playwright keeps an event loop in the thread of the tests, which Django would take for asynchronous code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

GERMAN = {"locale": "de-DE", "timezone_id": "Europe/Berlin"}


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args, playwright):
    path = chromium.installed(playwright)
    if path is None:
        give_up = pytest.fail if os.environ.get("CI") else pytest.skip
        give_up(chromium.MISSING)
    return browser_type_launch_args | {"executable_path": path, "args": chromium.FLAGS}


@pytest.fixture(scope="session")
def base_url(live_server):
    """So that `page.goto("/news/")` is enough."""
    return live_server.url


@pytest.fixture
def open_page(new_context):
    """A new visitor's page, at a desk unless said otherwise: `open_page(java_script_enabled=False)`."""

    def opened(**options):
        context = new_context(**GERMAN | chromium.DESKTOP | options)
        context.set_default_timeout(15_000)
        return context.new_page()

    return opened


@pytest.fixture
def phone(open_page):
    return open_page(**chromium.PHONE)


@pytest.fixture
def dark_phone(open_page):
    return open_page(**chromium.PHONE, color_scheme="dark")


@pytest.fixture
def desktop(open_page):
    return open_page()


@pytest.fixture
def dark_desktop(open_page):
    return open_page(color_scheme="dark")
