"""docs/operating.md, "Backup and restore by hand": its lines are run as they stand there, on SQLite."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.programs import found, needed
from tests.shipped import App

ROOT = Path(__file__).parents[1]
CODE = ("driversite", "news", "sponsors", "templates", "manage.py", "prepared.py")
WRITE = "from tests.factories import ArticleFactory, PhotoFactory; ArticleFactory(); print(PhotoFactory().file.name)"
READ = "from news.models import Article, Photo; print(Article.objects.count(), Photo.objects.get().file.name)"


@pytest.fixture
def lines(tmp_path):
    """Those with one of the words, with places that are here: ready for a shell."""
    needed(bash=found("bash"), tar=found("tar"))
    text = (ROOT / "docs" / "operating.md").read_text()
    section = re.search(r"^## Backup and restore by hand$(.*?)^## ", text, re.MULTILINE | re.DOTALL)[1]
    blocks = [
        block.splitlines() for block in re.findall(r"^```sh$(.*?)^```", section, re.MULTILINE | re.DOTALL)
    ]

    def those(number, *words):
        assert all(any(word in line for line in blocks[number]) for word in words)
        kept = (line for line in blocks[number] if any(word in line for word in words))
        return (
            "\n".join(kept)
            .replace(".venv/bin/python", sys.executable)
            .replace("/backup", str(tmp_path / "backup"))
            .replace("/srv/driversite", str(tmp_path / "site"))
        )

    return those


@pytest.fixture
def site(tmp_path):
    folder = tmp_path / "site"
    (folder / "data").mkdir(parents=True)
    (tmp_path / "backup").mkdir()
    database = f"sqlite:///{folder / 'data' / 'db.sqlite3'}"
    app = App(folder, DATABASE_URL=database, MEDIA_ROOT=str(folder / "data" / "media"))
    app.migrate()
    app.photo = app.shell(WRITE)
    return app


def shell(script, folder):
    subprocess.run(["bash", "-euc", script], cwd=folder, env={"PATH": os.environ["PATH"]}, check=True)


def test_what_was_backed_up_is_back(site, lines):
    shell(lines(0, "sqlite3", "tar"), site.folder)
    shutil.rmtree(site.folder / "data" / "media")
    site.shell("from news.models import Article; Article.objects.all().delete()")
    shell(lines(2, "# SQLite", "tar"), site.folder)
    assert site.shell(READ) == f"1 {site.photo}"
    assert (site.folder / "data" / "media" / site.photo).exists()


def test_the_trial_in_a_second_folder_shows_what_was_backed_up(site, lines, tmp_path):
    shell(lines(0, "sqlite3", "tar"), site.folder)
    trial = tmp_path / "backup" / "trial"
    trial.mkdir()
    for name in CODE:
        (shutil.copytree if (ROOT / name).is_dir() else shutil.copy)(ROOT / name, trial / name)
    clone, rest = lines(3, "clone", ".env", "cp ", "tar").split(" && ", 1)
    assert clone.endswith(f" {trial}")
    shell(rest, trial)
    # What `make run` does between the tables and the server.
    said = subprocess.run(
        [sys.executable, "manage.py", "demo", "--if-empty"],
        cwd=trial,
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
    )
    assert said.returncode == 0, said.stderr
    assert "has content already" in said.stdout
    assert (trial / "data" / "media" / site.photo).exists()
