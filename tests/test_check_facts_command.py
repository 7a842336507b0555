"""`manage.py check_facts`: the fact check from the command line."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.reports import races

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def an_english_terminal(monkeypatch):
    monkeypatch.setenv("LC_ALL", "C.UTF-8")


@pytest.fixture
def race():
    return races()["quali"]


def run(path, race, language="de"):
    out, err = StringIO(), StringIO()
    call_command(
        "check_facts", str(path), race=race, language=language, stdout=out, stderr=err, no_color=True
    )
    return json.loads(out.getvalue()), err.getvalue()


def test_rows_are_printed_as_json_and_counted(tmp_path, race):
    path = tmp_path / "report.txt"
    path.write_text("Klingmann fuhr von Startplatz neun auf Rang zwei.", "utf-8")
    rows, count = run(path, race.pk)
    assert rows == [
        {"quote": "Startplatz neun", "kind": "grid", "said": "9", "record": "11", "verdict": "contradicts"},
        {"quote": "Rang zwei", "kind": "position", "said": "2", "record": "2", "verdict": "agrees"},
    ]
    assert count.splitlines()[-1] == "2 claims: 1 contradict, 1 agree, 0 unknown."


def test_html_is_read_as_its_text(tmp_path, race):
    path = tmp_path / "report.html"
    path.write_text("<h1>Report</h1><p>Klingmann started <em>ninth</em>.</p>", "utf-8")
    rows, _count = run(path, race.pk, "en")
    assert [(row["kind"], row["verdict"]) for row in rows] == [("grid", "contradicts")]


def test_wrong_arguments_get_a_sentence(tmp_path, race):
    path = tmp_path / "report.txt"
    with pytest.raises(CommandError, match=r"report\.txt cannot be read: No such file"):
        run(path, race.pk)
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(CommandError, match="no text in UTF-8"):
        run(path, race.pk)
    path.write_text("Rang zwei", "utf-8")
    with pytest.raises(CommandError, match="There is no race 987654"):
        run(path, 987654)
    with pytest.raises(CommandError, match="invalid choice: 'fr'"):
        call_command("check_facts", str(path), "--race", str(race.pk), "--language", "fr")
