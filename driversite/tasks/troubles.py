"""What is wrong with the work outside requests, in sentences: for the newsroom's start page and for the watchdog."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django_tasks_db.models import DBTaskResult

from driversite.models import Worker
from driversite.tasks.rows import DONE, FAILED, READY
from news.tasks import Hopeless, make_renditions, send_mail

# So long a task may wait before anybody is told: for a worker, and for what it needs to be there again.
UNTOUCHED, AGAIN = timedelta(minutes=2), timedelta(minutes=5)
SHOWN = 6
HOPELESS = f"{Hopeless.__module__}.{Hopeless.__qualname__}"
STOPPED, DELAYED, GIVEN_UP = "stopped", "delayed", "given_up"
HEADINGS = {
    STOPPED: gettext_lazy("Nobody does the work in the background"),
    DELAYED: gettext_lazy("Delayed"),
    GIVEN_UP: gettext_lazy("Could not be done"),
}


@dataclass(frozen=True)
class Trouble:
    kind: str
    counts: dict[str, int]
    since: datetime
    rows: list[DBTaskResult]
    next_at: datetime | None = None
    # The newest of what is told of, when it was given up: nobody forgets what they have not been shown.
    until: datetime | None = None

    @property
    def heading(self):
        return HEADINGS[self.kind]

    @property
    def sentence(self):
        said = {"what": _counted(self.counts), "since": _moment(self.since)}
        if self.kind == STOPPED:
            words = _(
                "%(what)s: waiting since %(since)s. Please tell whoever looks after the server that "
                "“manage.py tasks” does not run there; nothing is lost until it does."
            )
        elif self.kind == DELAYED:
            words = _("%(what)s: waiting since %(since)s. The next try comes by itself: %(next)s.")
            said["next"] = _moment(self.next_at)
        else:
            words = _("%(what)s: asked for since %(since)s, and not tried again by itself.")
        return words % said

    @property
    def examples(self):
        """Of a few, what it was about and what stood in the way."""
        return [(about(row), why(row)) for row in self.rows]

    @property
    def more(self):
        return sum(self.counts.values()) - len(self.rows)


def troubles(at=None) -> Iterator[Trouble]:
    """The worst first; nothing where all is well."""
    at, rows = at or timezone.now(), DBTaskResult.objects
    if not rows.exclude(status=DONE).exists():
        return
    waiting = rows.filter(status=READY)
    if Worker.objects.alive().exists():
        late = _told(DELAYED, waiting.exclude(exception_class_path="").filter(enqueued_at__lt=at - AGAIN))
    else:
        # Nothing is tried again either.
        late = _told(STOPPED, waiting.filter(enqueued_at__lt=at - UNTOUCHED))
    yield from filter(None, [late, _told(GIVEN_UP, rows.filter(status=FAILED))])


def _told(kind, rows):
    asked = {"n": Count("pk"), "since": Min("enqueued_at"), "next_at": Min("run_after")}
    counted = list(rows.order_by().values("task_path").annotate(**asked))
    if not counted:
        return None
    newest = rows.order_by("-finished_at").first() if kind == GIVEN_UP else None
    return Trouble(
        kind,
        {row["task_path"]: row["n"] for row in counted},
        since=min(row["since"] for row in counted),
        rows=list(rows.order_by("enqueued_at")[:SHOWN]),
        next_at=min(row["next_at"] for row in counted),
        until=newest and newest.finished_at,
    )


def _moment(moment):
    return date_format(timezone.localtime(moment), "SHORT_DATETIME_FORMAT")


def _counted(counts):
    """ "3 mails and sizes of 1 photo": what tasks are called by those who asked for them."""
    mails, photos = counts.get(send_mail.module_path, 0), counts.get(make_renditions.module_path, 0)
    others = sum(counts.values()) - mails - photos
    said = [
        mails and ngettext("%(n)d mail", "%(n)d mails", mails) % {"n": mails},
        photos and ngettext("sizes of %(n)d photo", "sizes of %(n)d photos", photos) % {"n": photos},
        others and ngettext("%(n)d other task", "%(n)d other tasks", others) % {"n": others},
    ]
    return _(" and ").join(filter(None, said))


def about(row):
    """One task, in the words of whoever asked for it."""
    arguments = row.args_kwargs["args"]
    if row.task_path == send_mail.module_path:
        to, subject, _body = arguments
        return _("To %(to)s: %(subject)s") % {"to": to, "subject": subject}
    if row.task_path == make_renditions.module_path:
        return _("Photo %(n)s") % {"n": arguments[0]}
    return row.task_path.rpartition(".")[2]


def why(row):
    """The last line of its traceback; where it is hopeless, that is a sentence for people."""
    last = row.traceback.strip().rpartition("\n")[2]
    return last.removeprefix(f"{HOPELESS}: ")[:200]
