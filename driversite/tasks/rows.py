"""What becomes of a task: rows of django-tasks-db that are taken, done, tried again later, given up or put back."""

import logging
from datetime import timedelta
from traceback import format_exception

from django.db import transaction
from django.utils import timezone
from django_tasks_db.compat import TaskContext, TaskResultStatus
from django_tasks_db.models import DBTaskResult

from driversite.models import Worker
from news.tasks import Hopeless

READY, RUNNING, FAILED, DONE = (
    TaskResultStatus.READY,
    TaskResultStatus.RUNNING,
    TaskResultStatus.FAILED,
    TaskResultStatus.SUCCESSFUL,
)
# With the pauses below it is tried for a day: a mail server, or whoever looks after it, may sleep for a night.
MOST_TRIES = 30
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=10), timedelta(hours=1)
# What has failed waits behind all that has not, so that what is new does not wait for what is away.
AFTER_A_FAILURE = -10
DONE_KEPT, FAILED_KEPT = timedelta(days=7), timedelta(days=90)
DIED = "driversite.tasks.WorkerDied"

log = logging.getLogger(__name__)


def take(worker_id):
    """The next task, which is this worker's from now on; None where nothing waits."""
    waiting = DBTaskResult.objects.ready()
    if not waiting.exists():  # asked without the right to write, which on SQLite only one has at a time
        return None
    with transaction.atomic():
        row = waiting.get_locked()
        if row:
            row.claim(worker_id)
    return row


def call(row):
    """Do it. Raises what the task raises, or what stands in the way of finding it."""
    task, arguments = row.task, row.args_kwargs
    context = [TaskContext(task_result=row.task_result)] if task.takes_context else []
    task.call(*context, *arguments["args"], **arguments["kwargs"])


def name(row):
    """For the log: “send_mail 3f2a”, by which the lines of one task are found."""
    return f"{row.task_path.rpartition('.')[2]} {str(row.pk)[:8]}"


def done(row):
    now = timezone.now()
    if _change(row, status=DONE, finished_at=now, exception_class_path="", traceback=""):
        log.info("%s is done in %.1f s.", name(row), (now - row.started_at).total_seconds())


def failed(row, error):
    """Later again, after growing pauses; given up when it is hopeless or was tried often enough."""
    kind = type(error)
    why = {
        "exception_class_path": f"{kind.__module__}.{kind.__qualname__}",
        "traceback": storable("".join(format_exception(error))),
    }
    if isinstance(error, Hopeless) or len(row.worker_ids) >= MOST_TRIES:
        _give_up(row, why, error)
    else:
        _later(row, why, error)


def storable(text):
    """What an error says may hold bytes that no database takes."""
    return text.encode(errors="backslashreplace").decode().replace("\0", "\\0")


def _later(row, why, error):
    tries = len(row.worker_ids)
    pause = min(FIRST_PAUSE * 2 ** (tries - 1), LONGEST_PAUSE)
    priority = min(row.priority, AFTER_A_FAILURE)
    if _change(row, status=READY, run_after=timezone.now() + pause, priority=priority, **why):
        said = "%s failed at try %d of %d and is tried again in %d s: %r"
        log.warning(said, name(row), tries, MOST_TRIES, pause.total_seconds(), error)


def _give_up(row, why, error):
    if _change(row, status=FAILED, finished_at=timezone.now(), **why):
        log.error("%s is given up after try %d: %r", name(row), len(row.worker_ids), error, exc_info=error)


def put_back(row):
    """As if it had never been taken: whoever ends has not failed."""
    if _change(row, status=READY, worker_ids=row.worker_ids[:-1]):
        log.info("%s is put back.", name(row))


def put_back_of_the_dead():
    """What was being done by workers that give no sign of life any more. A task whose worker dies twice running is
    likely to be why, and is given up."""
    alive = set(Worker.objects.alive().values_list("pk", flat=True))
    for row in DBTaskResult.objects.running():
        if row.worker_ids[-1] in alive:
            continue
        error = RuntimeError(f"The worker {row.worker_ids[-1]} died over it.")
        why = {"exception_class_path": DIED, "traceback": str(error)}
        if row.exception_class_path == DIED:
            _give_up(row, why, error)
        else:
            _later(row, why, error)
    Worker.objects.dead().delete()


def _change(row, **values):
    """Unless it is no longer the caller's: a worker that was taken for dead finds its task with another."""
    mine = DBTaskResult.objects.filter(pk=row.pk, status=RUNNING, started_at=row.started_at)
    changed = mine.update(**values)
    if not changed:
        log.warning("%s was taken over by another worker.", name(row))
    return changed


def clean_out(at=None):
    """Forget what was done a week ago; what was given up stays longer, to be looked at."""
    at = at or timezone.now()
    rows = DBTaskResult.objects
    rows.filter(status=DONE, finished_at__lt=at - DONE_KEPT).delete()
    rows.filter(status=FAILED, finished_at__lt=at - FAILED_KEPT).delete()


def at_once():
    """What has failed does not wait for its next time. How many."""
    tried = DBTaskResult.objects.filter(status=READY).exclude(exception_class_path="")
    return tried.update(run_after=timezone.now())


def from_the_start(until):
    """What was given up until then is tried as if for the first time. How many."""
    fresh = {"worker_ids": [], "finished_at": None, "exception_class_path": "", "traceback": ""}
    return _given_up(until).update(status=READY, run_after=timezone.now(), **fresh)


def _given_up(until):
    return DBTaskResult.objects.filter(status=FAILED, finished_at__lte=until)


def forget(until):
    """What was given up until then. How many."""
    return _given_up(until).delete()[0]
