"""Tells the caches in front of the site (a CDN, Varnish) that it has changed, so that they may keep pages meanwhile.

The calls are the operator's (`PURGE_URLS`), and each of them empties a whole cache: a change may show on any page.
"""

import logging
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import timedelta
from http.client import HTTPException
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, Request, build_opener

from django.conf import settings
from django.db import Error
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from news.tasks import MAILS

logger = logging.getLogger(__name__)

# An editor who saves waits for this; so long may a call take, all of them together.
PATIENCE = 2
LATE = "no answer in time"
# A page that was on its way to a cache when that was emptied arrives there as it was before the change: all are
# emptied once more, this much later. Many changes in a row share one such call.
ONCE_MORE, SHARED = timedelta(seconds=5), timedelta(seconds=2)


class StayHere(HTTPRedirectHandler):
    """Keys are for the host that the operator named, and for no other."""

    def redirect_request(self, *arguments, **named):
        return None


opener = build_opener(StayHere)


def purge():
    """Empty the caches in front, after a change was committed. Never fails: what went wrong is logged, and made good
    by the worker."""
    if not settings.PURGE_URLS:
        return
    for call, why in failures():
        logger.error("A cache in front was not emptied (%s): %s. It is tried again.", call, why)
    try:
        _once_more()
    except Error:
        logger.exception("The caches in front may show the site as it was for up to five minutes.")


def _once_more():
    now = timezone.now()
    waiting = DBTaskResult.objects.filter(
        task_path=purge_again.module_path, run_after__range=(now + SHARED, now + ONCE_MORE)
    )
    if not waiting.exists():
        purge_again.using(run_after=now + ONCE_MORE).enqueue()


class NotEmptied(Exception):
    """Which caches still show the site as it was."""


@task(priority=MAILS)
def purge_again():
    """Tried again for as long as it fails, as every task is."""
    if failed := failures():
        raise NotEmptied(", ".join(f"{call}: {why}" for call, why in failed))


def failures():
    """(call, why) of each call of PURGE_URLS that its cache did not confirm in time; all are made at once."""
    calls = settings.PURGE_URLS
    if not calls:
        return []
    # Its threads end by themselves: a name server that does not answer must not hold anybody up either.
    threads = ThreadPoolExecutor(len(calls), thread_name_prefix="purge")
    made = {threads.submit(_why_not, call): call for call in calls}
    threads.shutdown(wait=False)
    done, late = wait(made, timeout=PATIENCE)
    said = [(made[each], each.result()) for each in done]
    return [(call, why) for call, why in said if why] + [(made[each], LATE) for each in late]


def _why_not(call):
    """Nothing where the cache confirms; else why it does not, in words that hold no key."""
    headers = {"User-Agent": "Driversite"} | dict(call.headers)
    request = Request(call.address, call.body, headers, method=call.method)
    try:
        with opener.open(request, timeout=PATIENCE):
            return None
    except HTTPError as error:
        error.close()
        return f"it answered with {error.code}"
    except (OSError, HTTPException, ValueError) as error:
        reason = getattr(error, "reason", error)
        return LATE if isinstance(reason, TimeoutError) else type(reason).__name__
