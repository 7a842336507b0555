import fcntl
import os
from collections import Counter

import pytest
from cookie_consent.cache import delete_cache
from django.core.cache import cache
from django.db import connection
from django.utils import translation
from xdist.scheduler import LoadScopeScheduling

from driversite.tasks.worker import Worker
from tests.factories import DriverFactory
from tests.shipped import App

# Where one site is started for all tests of a folder or of a module.
SITES = (
    "tests/nginx/",
    "tests/processes/",
    "tests/test_serve_command.py",
    "tests/test_two_servers.py",
    "tests/test_varnish.py",
)


def pytest_terminal_summary(terminalreporter):
    """Why tests were skipped: one line for each reason, however many tests it stopped."""
    skipped = terminalreporter.stats.get("skipped", [])
    for reason, count in Counter(report.longrepr[2] for report in skipped).items():
        terminalreporter.write_line(f"{count} {reason}")


def pytest_addoption(parser):
    parser.addoption(
        "--another-database",
        action="store_true",
        help="leave out what has been tried on one database and cannot come out otherwise on another",
    )


def pytest_configure(config):
    config.addinivalue_line("markers", "one_database: asks for rows, but of what no database has a say in")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    return OneSiteOneProcess(config, log)


class OneSiteOneProcess(LoadScopeScheduling):
    """Every test goes to whichever process is free; but those that ask the same site, to the one that has started it.

    By place and not by the mark xdist_group, which the two packages have not understood alike since pytest 9.2.
    """

    def _split_scope(self, nodeid):
        return next((place for place in SITES if nodeid.startswith(place)), nodeid)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    _refuse_strangers(items)
    if config.getoption("--another-database"):
        asked = [item for item in items if _asks_the_database(item)]
        config.hook.pytest_deselected(items=[item for item in items if item not in {*asked}])
        items[:] = asked


def _asks_the_database(item):
    asks = item.get_closest_marker("django_db") or {"db", "transactional_db"} & {*item.fixturenames}
    return asks and not item.get_closest_marker("one_database")


def _refuse_strangers(items):
    """A parameter called `page` would be a browser's page: its test would run among those that empty the tables."""
    strangers = [
        item.nodeid
        for item in items
        if "browser_name" in item.fixturenames and item.path.parent.name != "browser"
    ]
    if strangers:
        raise pytest.UsageError(
            f"Name the parameter otherwise, these are no tests with a browser: {strangers}"
        )


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, tmp_path_factory):
    """SQLite in a file, as in production: a database in memory cannot serve browser and test at once."""
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "tests.sqlite3")


@pytest.fixture(scope="session")
def static(tmp_path_factory):
    """STATIC_ROOT as production has it. To pack it takes longest of all, so one process does it for the whole run."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    packed, begun = folder / "static", folder / "begun"
    with (folder / "packing").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not packed.exists():
            App(folder, STATIC_ROOT=str(begun)).manage("collectstatic", "--no-input", "--verbosity", "0")
            begun.rename(packed)
    return str(packed)


@pytest.fixture(autouse=True)
def nothing_left_by_the_test_before(settings, tmp_path):
    settings.MEDIA_ROOT, settings.STATE_ROOT = tmp_path / "media", tmp_path / "state"
    cache.clear()
    delete_cache()
    with translation.override("de"):
        yield


@pytest.fixture
def driver(db):
    """Our driver: whose page, marks and numbers the site is about."""
    return DriverFactory(first_name="Erika", last_name="Muster", ours=True)


@pytest.fixture
def work(db):
    """`work()` does what waits to be done outside requests, as the worker beside the site would; how much it was."""
    return Worker().work_off
