"""Signs of life: a worker that gives none for a minute is taken for dead, and its task is put back."""

import logging
import os
import socket
import threading
import time

from django.db import Error, close_old_connections, connection
from django.utils.crypto import get_random_string

from driversite.models import Worker

EVERY = 10
log = logging.getLogger(__name__)


class SignsOfLife:
    """`with SignsOfLife() as signs:` gives one every few seconds by a thread of its own, however long a task takes."""

    def __init__(self):
        self.worker_id = f"{socket.gethostname()[:40]}-{os.getpid()}-{get_random_string(8)}"
        # By the clock that nobody sets: the last sign, and since when they have followed each other without a gap.
        self._last = self._since = None
        # Why none can be given; None while all is well.
        self.error = None
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._give_on, name="signs of life", daemon=True)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *error):
        self._ended.set()
        self._thread.join(timeout=EVERY)

    def are_seen(self):
        """Whether others know that this worker lives. One that they cannot know of takes no task."""
        return self._last is not None and time.monotonic() - self._last < Worker.DEAD_AFTER / 2

    def can_judge(self):
        """Whether a silence of others is theirs. After a time without a database, all get the time to be heard."""
        # The thread takes it back at any moment.
        since = self._since
        return since is not None and self.are_seen() and time.monotonic() - since > Worker.DEAD_AFTER

    def _give_on(self):
        while not self._ended.is_set():
            try:
                close_old_connections()
                Worker.objects.give_sign(self.worker_id)
            except Error as error:
                connection.close()
                self._since, self.error = None, error
            else:
                self._last, self.error = time.monotonic(), None
                self._since = self._since or self._last
            self._ended.wait(EVERY if self._since else 1)
        self._say_farewell()

    def _say_farewell(self):
        try:
            Worker.objects.filter(pk=self.worker_id).delete()
        except Error:
            log.debug("No farewell could be said; others notice the silence.", exc_info=True)
        finally:
            connection.close()
