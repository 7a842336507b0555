"""A command that cannot do its work says why in a sentence; what went wrong in the code keeps its traceback."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import OperationalError

from driversite.door import sentences

ROOT = Path(__file__).parents[1]


@pytest.fixture
def manage(tmp_path):
    """(exit code, what it says) of a command of manage.py on a database without tables."""

    def run(*command, **environment):
        answer = subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=ROOT,
            env={
                "PATH": os.environ["PATH"],
                "DEBUG": "true",
                "DATABASE_URL": f"sqlite:///{tmp_path / 'site.sqlite3'}",
                "STATE_ROOT": str(tmp_path / "state"),
                "MEDIA_ROOT": str(tmp_path / "media"),
                **environment,
            },
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        return answer.returncode, answer.stderr

    return run


@pytest.mark.parametrize(
    "command",
    [
        ["check_facts", "README.md", "--race", "1", "--language", "de"],
        ["renditions"],
        ["reindex_search", "--check"],
        ["tasks", "--once"],
        ["serve", "--web-only"],
        ["demo", "--if-empty"],
    ],
    ids=lambda command: command[0],
)
def test_on_a_database_without_tables_a_command_says_what_to_do_first(manage, command):
    code, said = manage(*command)
    assert code == 1 and "Traceback" not in said
    assert said.endswith(
        "The database lacks tables of this version: run `make prepare`, or `manage.py migrate`, first.\n"
    )


def test_a_database_that_cannot_be_opened_is_named(manage, tmp_path):
    code, said = manage("migrate", DATABASE_URL=f"sqlite:///{tmp_path}/nowhere/site.sqlite3")
    assert (code, said) == (
        1,
        "The database that DATABASE_URL names cannot be used: unable to open database file\n",
    )
    code, said = manage("migrate", "--traceback", DATABASE_URL=f"sqlite:///{tmp_path}/nowhere/site.sqlite3")
    assert code == 1 and "Traceback" in said


def ended(error):
    with pytest.raises(SystemExit) as end, sentences():
        raise error
    return end.value.code


def test_a_database_that_fails_in_the_middle_of_a_command_is_a_sentence(db):
    assert ended(OperationalError("disk I/O\nerror")).endswith("cannot be used: disk I/O error")


def test_a_folder_that_is_closed_is_named_and_ctrl_c_says_nothing():
    assert "/srv/media" in ended(PermissionError(13, "Permission denied", "/srv/media"))
    assert ended(KeyboardInterrupt()) == 130


@pytest.mark.parametrize(
    "error", [ImproperlyConfigured("ours"), FileNotFoundError(2, "ours", "x"), KeyError()]
)
def test_what_is_ours_keeps_its_traceback(error):
    with pytest.raises(type(error)), sentences():
        raise error


@pytest.mark.parametrize(
    "app", ["nonsense", "127.0.0.1", "127.0.0.1:0", "127.0.0.1:99999", "a:8000;", "http://a:80"]
)
def test_fill_in_takes_an_address_that_nginx_can_ask(app):
    with pytest.raises(CommandError, match="--app must be a host and its port"):
        call_command("fill_in", ROOT / "deploy" / "nginx.conf", app=app)


def test_fill_in_reads_text_alone(tmp_path):
    (tmp_path / "picture").write_bytes(b"\xff\xfe")
    with pytest.raises(CommandError, match="it is no text"):
        call_command("fill_in", tmp_path / "picture")


@pytest.mark.parametrize("port", ["99999", "127.0.0.1:70000"])
def test_runserver_refuses_a_port_that_is_none(port):
    with pytest.raises(CommandError, match="from 1 to 65535"):
        call_command("runserver", port, use_reloader=False)


def test_serve_refuses_numbers_that_are_none(db):
    with pytest.raises(CommandError, match="WORKERS must be a number from 1 to 256"):
        call_command("serve", workers=100_000)
    with pytest.raises(CommandError, match="PORT must be a number from 1 to 65535, and 0 is none"):
        call_command("serve", port=0)
