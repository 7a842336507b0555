"""`make prepare`: what has not changed is not collected and packed again."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
# In the place of Python: notes what it was asked for, and collects as little as possible.
PYTHON = """#!/bin/sh
echo "$*" >>"$ASKED"
case "$*" in *collectstatic*) [ ! -e "$ASKED.fails" ] && touch "$STATIC_ROOT/staticfiles.json" ;; esac
"""


@pytest.fixture
def prepare(tmp_path):
    """How often static files were collected by one `make prepare`."""
    if not shutil.which("make"):
        pytest.skip("no make to try the Makefile with")
    venv = tmp_path / "venv"
    (venv / "bin").mkdir(parents=True)
    (venv / "bin" / "python").write_text(PYTHON)
    (venv / "bin" / "python").chmod(0o755)
    for name in ("made", "requirements.installed"):
        (venv / name).touch()

    def run(static=tmp_path / "static files"):
        asked = tmp_path / "asked"
        asked.write_text("")
        subprocess.run(
            ["make", "--no-print-directory", "prepare", f"VENV={venv}"],
            cwd=ROOT,
            env={"PATH": os.environ["PATH"], "ASKED": str(asked), "STATIC_ROOT": str(static)},
            check=False,
            capture_output=True,
        )
        assert "migrate" in asked.read_text()
        return asked.read_text().count("collectstatic")

    return run


def test_static_files_are_collected_where_something_has_changed(prepare, tmp_path):
    assert [prepare(), prepare(), prepare()] == [1, 0, 0]
    # What pip has installed anew.
    (tmp_path / "venv" / "requirements.installed").touch()
    assert [prepare(), prepare()] == [1, 0]
    assert [prepare(tmp_path / "other"), prepare()] == [1, 0]


def test_static_files_are_collected_again_where_they_are_gone_or_it_broke_off(prepare, tmp_path):
    assert prepare() == 1
    (tmp_path / "static files" / "staticfiles.json").unlink()
    assert [prepare(), prepare()] == [1, 0]
    (tmp_path / "venv" / "requirements.installed").touch()
    (tmp_path / "asked.fails").touch()
    assert [prepare(), prepare()] == [1, 1]
    (tmp_path / "asked.fails").unlink()
    assert [prepare(), prepare()] == [1, 0]


def test_a_time_that_a_copy_has_kept_does_not_hide_a_change(prepare, tmp_path):
    # Twice: the times of files move in steps of some milliseconds, and one start may take no longer.
    assert [prepare(), prepare()] == [1, 0]
    lock = (ROOT / "requirements.lock").stat().st_mtime
    os.utime(tmp_path / "venv" / "requirements.installed", (lock + 1, lock + 1))
    assert [prepare(), prepare()] == [1, 0]
