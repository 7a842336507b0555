"""The live server, looked at in the machine's own Chromium by visitors on a phone and at a desk."""

import os
from io import StringIO

import pytest
from cookie_consent.cache import delete_cache
from django.core.management import call_command
from django.db import connection

from tests.browser import chromium
from tests.browser.newsroom import PASSWORD
from tests.factories import member

# Playwright keeps an event loop in the thread of the tests, which Django would take for asynchronous code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

GERMAN = {"locale": "de-DE", "timezone_id": "Europe/Berlin"}


@pytest.fixture(scope="session")
def what_migrations_wrote(django_db_setup):
    return connection._test_serialized_contents


@pytest.fixture(scope="session")
def playwright(what_migrations_wrote, playwright):
    """Under Playwright's event loop Django opens another connection, which must know as well what to restore."""
    connection._test_serialized_contents = what_migrations_wrote
    return playwright


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


@pytest.fixture(autouse=True)
def _groups_and_register_stay(django_db_serialized_rollback, transactional_db):
    """A live server needs real commits, and what the migrations wrote must be there again for the next test."""
    # A page that was still open may have asked while the tables were empty.
    delete_cache()


@pytest.fixture
def demo(monkeypatch):
    """The demo site, its pictures in one size only: drawing them all takes longer than the tests."""
    monkeypatch.setattr("news.pictures.WIDTHS", (480,))
    call_command("demo", password="pit-lane-speed", verbosity=0, stdout=StringIO())


@pytest.fixture
def editor():
    return member("Editor", password=PASSWORD)


class Watch:
    """What a page asks of other hosts, puts into the browser and complains about."""

    def __init__(self, page, address):
        self.page, self.foreign, self.asked, self.complaints = page, [], [], []
        page.on("request", lambda request: self._note(request.url, address))
        page.on(
            "console",
            lambda message: message.type in ("error", "warning") and self.complaints.append(message.text),
        )
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _note(self, url, address):
        (self.asked if url.startswith((address, "data:", "blob:")) else self.foreign).append(url)

    @property
    def cookies(self):
        return {cookie["name"]: cookie["value"] for cookie in self.page.context.cookies()}

    @property
    def stored(self):
        return self.page.evaluate("({...localStorage, ...sessionStorage})")


@pytest.fixture
def watch(base_url):
    """`watch(page)` before the first page is opened."""
    return lambda page: Watch(page, base_url)
