"""The worker of production as a process of its own, in a hurry: what takes minutes there takes moments here. And tasks
of which a test can see what became of them."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

from django.core.management import call_command
from django.db import connection

from driversite import models
from driversite.tasks import signs, worker
from news.tasks import task
from tests.patience import PATIENCE, until
from tests.shipped import ROOT

HURRY = "import django; django.setup(); from tests.worker import main; main()"


@task
def note(path, line):
    with open(path, "a") as notes:
        notes.write(f"{line}\n")


@task
def note_and_wait(path, line, go_on):
    """Begun; and done once the other file is there."""
    note.func(path, f"{line} begun")
    until(Path(go_on).exists)
    note.func(path, f"{line} done")


@task
def fail(why):
    raise RuntimeError(why)


def database_url(port=None):
    """Of the database that the tests have made."""
    db = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{db['NAME']}"
    user, password = quote(db["USER"]), quote(db["PASSWORD"])
    return f"postgres://{user}:{password}@{db['HOST']}:{port or db['PORT']}/{db['NAME']}"


class WorkerProcess:
    def __init__(self, log, *arguments, port=None, **environment):
        self.log = log
        known = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        given = {
            "DATABASE_URL": database_url(port),
            "MEDIA_ROOT": str(log.parent / "media"),
            "DJANGO_SETTINGS_MODULE": "tests.settings",
        }
        with log.open("ab") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-c", HURRY, *arguments],
                cwd=ROOT,
                env=known | given | environment,
                stdout=out,
                stderr=out,
            )
        self.pid = self.process.pid

    def until_it_says(self, words):
        until(lambda: words in self.log.read_text(), self.log)

    def end(self, number=signal.SIGTERM):
        """The exit code."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        return self.process.wait(PATIENCE)


def main():
    """In the process itself."""
    signs.EVERY, worker.LOOK_EVERY, worker.TIDY_EVERY = 0.2, 0.05, 0.2
    # A worker of a slow machine may be silent for seconds; it counts for dead as soon only where a test says so.
    models.Worker.DEAD_AFTER = int(os.environ.get("DEAD_AFTER", models.Worker.DEAD_AFTER))
    for name in ("GRACE", "LONGEST", "MOST_MEMORY"):
        setattr(worker, name, int(os.environ.get(name, getattr(worker, name))))
    call_command("tasks", *sys.argv[1:])
