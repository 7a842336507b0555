"""Workers as they run beside the site, as processes: together, ended, killed, and without a database."""

import os
import signal
import subprocess
import sys
from collections import Counter
from datetime import timedelta
from functools import partial

import pytest
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from driversite.models import Worker
from tests.factories import SponsorFactory
from tests.patience import PATIENCE, until
from tests.shipped import ROOT, free_port
from tests.wire import Wire
from tests.worker import WorkerProcess, database_url, note, note_and_wait

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture
def notes(tmp_path):
    """What tasks have written down, line by line."""
    path = tmp_path / "notes"
    path.touch()
    return path


@pytest.fixture
def start(tmp_path):
    """`start()` a worker; whatever still runs is killed at the end."""
    running = []

    def started(*arguments, **how):
        worker = WorkerProcess(tmp_path / f"worker-{len(running)}.log", *arguments, **how)
        running.append(worker)
        return worker

    yield started
    for worker in running:
        worker.end(signal.SIGKILL)
    forget_counts()


def states():
    return Counter(DBTaskResult.objects.values_list("status", flat=True))


def lines(notes):
    return notes.read_text().splitlines()


def test_several_workers_do_each_task_once(start, notes):
    for number in range(60):
        note.enqueue(str(notes), str(number))
    workers = [start() for _each in range(3)]
    until(lambda: states() == {"SUCCESSFUL": 60})
    assert sorted(lines(notes), key=int) == [str(number) for number in range(60)]
    took_part = {ids[0] for ids in DBTaskResult.objects.values_list("worker_ids", flat=True)}
    assert len(took_part) > 1
    assert [worker.end() for worker in workers] == [0, 0, 0]
    assert not Worker.objects.exists()


def test_what_a_killed_worker_has_left_is_done_by_another(start, notes, tmp_path):
    go_on = tmp_path / "go-on"
    note_and_wait.enqueue(str(notes), "one", str(go_on))
    killed = start()
    until(lambda: lines(notes) == ["one begun"])
    killed.end(signal.SIGKILL)
    assert states() == {"RUNNING": 1}
    other = start(DEAD_AFTER="2")
    other.until_it_says("died over it")
    assert states() == {"READY": 1}
    go_on.touch()
    DBTaskResult.objects.update(run_after=timezone.now())
    until(lambda: states() == {"SUCCESSFUL": 1})
    assert lines(notes) == ["one begun", "one begun", "one done"]


def test_workers_that_live_keep_their_tasks_however_long_they_take(start, notes, tmp_path):
    go_on = tmp_path / "go-on"
    note_and_wait.enqueue(str(notes), "one", str(go_on))
    busy = start(DEAD_AFTER="4")
    until(lambda: lines(notes) == ["one begun"])
    idle = start(DEAD_AFTER="4")
    idle.until_it_says("is there")
    # Long after a silence of this length would be taken for a death.
    begun = Worker.objects.get(pk__contains=f"-{busy.pid}-").seen_at
    until(lambda: Worker.objects.filter(seen_at__gt=begun + timedelta(seconds=8)).count() == 2)
    assert states() == {"RUNNING": 1}
    go_on.touch()
    until(lambda: states() == {"SUCCESSFUL": 1})
    assert lines(notes) == ["one begun", "one done"]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_worker_that_is_asked_to_end_finishes_what_it_does_and_begins_nothing(
    start, notes, tmp_path, number
):
    go_on = tmp_path / "go-on"
    note_and_wait.enqueue(str(notes), "one", str(go_on))
    note.enqueue(str(notes), "two")
    worker = start()
    until(lambda: lines(notes) == ["one begun"])
    worker.process.send_signal(number)
    go_on.touch()
    assert worker.process.wait(PATIENCE) == 0
    assert lines(notes) == ["one begun", "one done"]
    assert states() == {"SUCCESSFUL": 1, "READY": 1} and not Worker.objects.exists()


def test_what_takes_longer_than_the_end_can_wait_is_put_back(start, notes, tmp_path):
    note_and_wait.enqueue(str(notes), "one", str(tmp_path / "never"))
    worker = start(GRACE="1")
    until(lambda: lines(notes) == ["one begun"])
    assert worker.end() == 0
    row = DBTaskResult.objects.get()
    assert (row.status, row.worker_ids) == ("READY", [])
    assert not Worker.objects.exists()


def test_a_task_that_hangs_fails_and_lets_others_be_done(start, notes, tmp_path):
    note_and_wait.enqueue(str(notes), "one", str(tmp_path / "never"))
    note.enqueue(str(notes), "two")
    worker = start(LONGEST="1")
    until(lambda: states() == {"READY": 1, "SUCCESSFUL": 1}, worker.log)
    assert lines(notes) == ["one begun", "two"]
    assert "failed at try 1" in worker.log.read_text() and "not done in 1 s" in worker.log.read_text()


def test_a_worker_goes_with_the_process_that_has_brought_it_along(tmp_path, start):
    """Even where that one had no time to say so."""
    log = tmp_path / "brought.log"
    brings = f"""
import django, os, signal, pathlib
django.setup()
from tests.worker import WorkerProcess
brought = WorkerProcess(pathlib.Path({str(log)!r}), "--beside")
brought.until_it_says("is there")
os.kill(os.getpid(), signal.SIGKILL)
"""
    environment = os.environ | {"DATABASE_URL": database_url(), "DJANGO_SETTINGS_MODULE": "tests.settings"}
    bringer = subprocess.run([sys.executable, "-c", brings], cwd=ROOT, env=environment, timeout=PATIENCE)
    assert bringer.returncode == -signal.SIGKILL
    until(lambda: "has ended" in log.read_text(), log)


def test_runserver_brings_one_worker_along(tmp_path, notes):
    log = tmp_path / "runserver.log"
    given = {"DATABASE_URL": database_url(), "DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONPATH": "."}
    with log.open("ab") as out:
        runserver = subprocess.Popen(
            [sys.executable, "manage.py", "runserver", str(free_port())],
            cwd=ROOT,
            env=os.environ | given,
            stdout=out,
            stderr=out,
            start_new_session=True,
            # Whoever runs the tests in the background has it ignored, and so would this process.
            preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
        )
    try:
        note.enqueue(str(notes), "one")
        until(lambda: states() == {"SUCCESSFUL": 1}, log)
        until(lambda: "Quit the server" in log.read_text())
        assert Worker.objects.count() == 1
    finally:
        # As Ctrl-C does, to all that the terminal has started.
        os.killpg(runserver.pid, signal.SIGINT)
        runserver.wait(PATIENCE)
    until(lambda: log.read_text().count("has ended") == 1, log)
    assert not Worker.objects.exists()


def test_a_worker_that_has_grown_starts_anew_and_goes_on(start, notes):
    for number in range(3):
        note.enqueue(str(notes), str(number))
    worker = start(MOST_MEMORY="1")
    until(lambda: states() == {"SUCCESSFUL": 3}, worker.log)
    assert len({ids[0] for ids in DBTaskResult.objects.values_list("worker_ids", flat=True)}) == 3
    assert sorted(lines(notes)) == ["0", "1", "2"]
    # Whatever it is about when it is asked to end.
    assert worker.end() == 0 and "starts anew: it holds" in worker.log.read_text()


@pytest.fixture
def wire():
    """Between the workers and the database."""
    db = connection.settings_dict
    if connection.vendor == "sqlite":
        pytest.skip("a file is never away: this is about PostgreSQL")
    wire = Wire(db["HOST"], db["PORT"])
    yield wire
    wire.cut()


def test_a_database_that_is_away_is_waited_for(start, notes, wire, tmp_path):
    go_on = tmp_path / "go-on"
    note_and_wait.enqueue(str(notes), "one", str(go_on))
    worker = start(port=wire.port)
    until(lambda: lines(notes) == ["one begun"])
    wire.cut()
    # What is done in the meantime is done, though it can be written down only later.
    go_on.touch()
    worker.until_it_says("The database does not answer")
    note.enqueue(str(notes), "two")
    wire.mend()
    until(lambda: states() == {"SUCCESSFUL": 2}, worker.log)
    assert lines(notes) == ["one begun", "one done", "two"]
    assert worker.end() == 0
    log = worker.log.read_text()
    assert log.count("The database does not answer") == log.count("The database answers again") == 1
    assert "Traceback" not in log


def test_a_worker_may_be_started_before_its_database(start, notes, wire):
    note.enqueue(str(notes), "one")
    wire.cut()
    worker = start(port=wire.port)
    worker.until_it_says("The database does not answer")
    wire.mend()
    until(lambda: states() == {"SUCCESSFUL": 1}, worker.log)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL counts by itself")
def test_a_worker_has_sqlite_count_how_rare_values_are(start):
    SponsorFactory.create_batch(3)
    start()
    until(lambda: counted("sponsors_sponsor").startswith("3 "))


def counted(table):
    """What SQLite says of an index of it: “3 1”, three entries, of which one has the value that is asked for."""
    with connection.cursor() as cursor:
        if tables_of_counts(cursor):
            cursor.execute("SELECT stat FROM sqlite_stat1 WHERE tbl = %s", [table])
            return (cursor.fetchone() or [""])[0]
    return ""


def tables_of_counts(cursor):
    cursor.execute("SELECT name FROM sqlite_master WHERE name IN ('sqlite_stat1', 'sqlite_stat4')")
    return [name for (name,) in cursor.fetchall()]


def forget_counts():
    """The other tests of this process ask a database that has never counted."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for name in tables_of_counts(cursor):
                cursor.execute(f"DELETE FROM {name}")
            cursor.execute("ANALYZE sqlite_schema")
