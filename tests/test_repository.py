"""The repository keeps its own promises: sizes, links, commands, locks, translations, nothing inline."""

import os
import re
import shutil
from pathlib import Path

import polib
import pytest
from django.core.management import call_command
from django.template.loader import get_template

ROOT = Path(__file__).parent.parent
OURS = ("driversite", "news", "sponsors", "templates", "tests", "docs", ".ci", "deploy")
CATALOGUE = ROOT / "driversite" / "locale" / "de" / "LC_MESSAGES"


def from_root(path):
    return path.relative_to(ROOT).as_posix()


def files(*patterns, of=OURS):
    found = {path for pattern in patterns for place in of for path in (ROOT / place).rglob(pattern)}
    return sorted(path for path in found if "__pycache__" not in path.parts)


PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *files("*.md", of=["docs"])]
TEXTS = [
    *files("*.py", "*.html", "*.txt", "*.md", "*.css", "*.js", "*.json", "*.svg", "*.xml", "*.po", "run"),
    *files("*.conf", "*.service", "*.socket", "try", of=["deploy"]),
    # What `make run` leaves beside manage.py is no text of ours.
    *(
        path
        for path in ROOT.iterdir()
        if path.is_file() and path.name not in (".env", ".git") and not path.name.startswith("db.sqlite3")
    ),
]


@pytest.mark.parametrize("path", files("*.html", of=["templates", "news", "sponsors"]), ids=from_root)
def test_a_template_holds_nothing_that_the_content_security_policy_forbids(path):
    text = path.read_text()
    assert not re.search(r"<style\b", text), "a <style> element: it belongs in driversite/static/css/"
    assert not re.search(r"\sstyle\s*=", text), "a style attribute: give the element a class"
    assert not re.search(r"\son[a-z]+\s*=", text), (
        "an event handler attribute: listen in a module of static/js/"
    )
    assert not re.search(r"javascript:", text), "a javascript: address"
    for script in re.findall(r"<script\b[^>]*>", text):
        assert " src=" in script or 'type="application/ld+json"' in script, f"a script of its own: {script}"


@pytest.mark.parametrize("path", files("*.py"), ids=from_root)
def test_a_module_is_short(path):
    limit = 400 if path.is_relative_to(ROOT / "tests") else 300
    lines = len(path.read_text().splitlines())
    assert lines < limit or "migrations" in path.parts, f"{lines} lines: split it by noun"


@pytest.mark.parametrize("path", files("*.html", of=["templates"]), ids=from_root)
def test_a_template_is_short(path):
    lines = len(path.read_text().splitlines())
    assert lines < 80, f"{lines} lines: take a piece out"


@pytest.mark.parametrize("path", files("*.html", "*.txt", "*.xml", of=["templates"]), ids=from_root)
def test_a_template_can_be_read(path):
    get_template(path.relative_to(ROOT / "templates").as_posix())


def test_no_file_names_a_path_of_one_machine():
    one_machine = re.compile(r"(?<![\w.])/(?:home|root|Users|work)/\w|(?<![\w.])[A-Z]:\\Users")
    found = {from_root(path): hit.group() for path in TEXTS if (hit := one_machine.search(path.read_text()))}
    assert found == {}


@pytest.mark.parametrize("path", sorted(ROOT.glob("requirements*.lock")), ids=from_root)
def test_a_lock_is_plain_names_versions_and_hashes(path):
    text = path.read_text()
    assert "://" not in text
    assert "--index" not in text
    assert "--find-links" not in text
    pins = re.findall(r"^[a-z].*?(?=^[a-z#]|\Z)", text, flags=re.MULTILINE | re.DOTALL)
    assert pins
    assert [pin.split()[0] for pin in pins if "==" not in pin or "--hash=sha256:" not in pin] == []


def test_the_locks_agree():
    """What the site runs on is what was tested."""
    site, servers, development = (
        set(re.findall(r"^[a-z][\w-]*==\S+", (ROOT / f"requirements{name}.lock").read_text(), re.MULTILINE))
        for name in ("", "-servers", "-dev")
    )
    assert site < servers < development


@pytest.mark.parametrize("path", PAGES, ids=from_root)
def test_links_between_the_documents_lead_somewhere(path):
    targets = re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", path.read_text())
    assert [target for target in targets if not (path.parent / target).exists()] == []


def test_the_documents_name_only_commands_that_exist():
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = {name for path in PAGES for name in re.findall(r"`make ([a-z]+)", path.read_text())}
    assert named <= targets


def test_the_documents_name_every_variable_of_the_settings():
    read = set(
        re.findall(
            r"typed\(\s*env,\s*\"\w+\",\s*\"([A-Z_]+)\"", (ROOT / "driversite" / "settings.py").read_text()
        )
    )
    assert read
    for page in ("docs/operating.md", ".env.example"):
        assert read <= set(re.findall(r"\b[A-Z]+(?:_[A-Z]+)*\b", (ROOT / page).read_text())), page


def test_the_german_catalogue_is_complete():
    catalogue = polib.pofile(str(CATALOGUE / "django.po"))
    assert [entry.msgid for entry in catalogue.untranslated_entries()] == []
    assert [entry.msgid for entry in catalogue.fuzzy_entries()] == []


def test_the_compiled_catalogue_is_that_of_the_text():
    def said(entries):
        return {(e.msgctxt, e.msgid): e.msgstr_plural or e.msgstr for e in entries if not e.obsolete}

    catalogue, compiled = (
        polib.pofile(str(CATALOGUE / "django.po")),
        polib.mofile(str(CATALOGUE / "django.mo")),
    )
    assert said(catalogue) == said(compiled), "run `make messages`"


@pytest.mark.skipif(
    not shutil.which("xgettext") and "CI" not in os.environ,
    reason="no gettext to collect the texts with: apt install gettext",
)
def test_the_german_catalogue_knows_every_text_of_the_interface(tmp_path, monkeypatch, settings):
    for place in ("driversite", "news", "sponsors", "templates"):
        shutil.copytree(
            ROOT / place, tmp_path / place, ignore=shutil.ignore_patterns("static", "demo", "*.pyc")
        )
    monkeypatch.chdir(tmp_path)
    settings.LOCALE_PATHS = [tmp_path / "driversite" / "locale"]
    call_command("makemessages", locale=["de"], verbosity=0)
    collected = polib.pofile(str(tmp_path / CATALOGUE.relative_to(ROOT) / "django.po"))
    missing = [*collected.untranslated_entries(), *collected.fuzzy_entries()]
    assert [entry.msgid for entry in missing] == [], "run `make messages` and translate"
