"""The service may write its data and nothing else, least of all its own code."""

import re
import subprocess
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from tests.newsroom import Editor
from tests.shipped import ROOT

UNIT = (ROOT / "deploy" / "driversite.service").read_text()
# Runs a command for which this folder is read-only, as ProtectSystem=strict makes it.
READ_ONLY = ("unshare", "--map-root-user", "--mount", "sh", "-c")
MOUNT = 'mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && cd "$0" && exec "$@"'


def value(name):
    return re.search(rf"^{name}=(.*)$", UNIT, re.MULTILINE)[1]


def written_to():
    return [Path(path.removeprefix("-")) for path in value("ReadWritePaths").split()]


def test_the_unit_gives_it_its_data_and_not_its_code():
    code = Path(value("WorkingDirectory"))
    assert value("ProtectSystem") == "strict"
    for folder in written_to():
        assert not code.is_relative_to(folder), f"{folder} holds the code"
    # Nor anything that is run or read as code.
    for part in (".venv", "driversite", "templates", "build/static", ".env"):
        assert not any((code / part).is_relative_to(folder) for folder in written_to())


def test_what_the_example_of_the_environment_names_lies_there():
    example = (ROOT / ".env.example").read_text()
    places = re.findall(r"^#(?:DATABASE_URL=sqlite:///|MEDIA_ROOT=|STATE_ROOT=)(\S+)$", example, re.MULTILINE)
    assert len(places) == 3
    for place in places:
        assert any(Path(place).is_relative_to(folder) for folder in written_to()), place


def test_the_unit_says_when_the_site_is_there():
    """tests/test_serve_command.py has the server say so."""
    assert value("Type") == "notify"


@pytest.fixture
def elsewhere(settings):
    settings.DATABASE_FILE = "/data/rows/site.sqlite3"
    settings.MEDIA_ROOT, settings.STATE_ROOT = "/data/media", "/data/state"
    return settings


def printed(capsys):
    call_command("fill_in", str(ROOT / "deploy" / "driversite.service"))
    return capsys.readouterr()


def test_another_sites_unit_gives_it_the_places_of_its_settings(capsys, elsewhere):
    said = printed(capsys)
    assert "ReadWritePaths=/data/rows -/data/media -/data/state\n" in said.out and said.err == ""
    elsewhere.DATABASE_FILE = ""
    assert "ReadWritePaths=/data/state -/data/media -/data/state\n" in printed(capsys).out


@pytest.mark.parametrize(
    ("setting", "place", "name"),
    [("DATABASE_FILE", f"{ROOT}/db.sqlite3", "DATABASE_URL"), ("MEDIA_ROOT", str(ROOT.parent), "MEDIA_ROOT")],
)
def test_data_beside_the_code_is_called_out(capsys, elsewhere, setting, place, name):
    setattr(elsewhere, setting, place)
    assert f"{name}: this is a folder that holds the code" in printed(capsys).err


def test_the_site_is_served_from_code_that_may_only_be_read(site, nginx):
    within = (*READ_ONLY, MOUNT, str(settings.BASE_DIR))
    tried = subprocess.run([*within, "touch", "written"], capture_output=True, text=True)
    if "Read-only file system" not in tried.stderr:
        pytest.skip(f"no namespaces here: {tried.stderr.strip()}")
    site.app.stop()
    site.app.start(within=within)
    try:
        editor = Editor("pit-lane-speed")
        editor.log_in(nginx.port)
        editor.save(nginx.port, site.change, headline="Nur gelesen")
        assert "Nur gelesen" in nginx.ask(site.article).body.decode()
        assert nginx.ask("/static/css/site.css").status == 200
    finally:
        site.app.stop()
        site.app.start()
