"""The process that does tasks, one after the other: looks for the next every second, ends when it is asked to."""

import logging
import os
import signal
import sys
import time
from pathlib import Path

from django.db import Error, InterfaceError, OperationalError, close_old_connections, connection

from driversite.tasks import rows, statistics
from driversite.tasks.rounds import Rounds
from driversite.tasks.signs import SignsOfLife
from news.models.loose import sweep

# Seconds from one look for a task to the next; for what the dead have left; for what is old.
LOOK_EVERY, TIDY_EVERY, CLEAN_EVERY = 1, 15, 3600
# Seconds that the task which is being done has at the end; the server that has brought the worker along waits for 20.
GRACE = 15
# Seconds after which a task is taken for one that hangs, and would let nothing else be done for ever.
LONGEST = 600
# What pictures leave in memory is given back by starting anew.
MOST_MEMORY = 250 * 1024 * 1024
# Pages go first where there is not enough of the processor for both.
NICE = 10
AWAY = (OperationalError, InterfaceError)
ENDINGS = (signal.SIGTERM, signal.SIGINT)
log = logging.getLogger(__name__)


class Interrupted(BaseException):
    """The task takes longer than the end can wait. Not an Exception: no task takes it for a failure of its own."""


class TookTooLong(BaseException):
    """Of a task that hangs."""


class Worker:
    """`beside` is the process that has started it, and without which it does not go on."""

    def __init__(self, beside=None):
        self.beside, self.signs, self.rounds = beside, SignsOfLife(), Rounds()
        self._is_ending = self._can_be_interrupted = self._hears_alarms = self._is_database_away = False
        self._tidied = self._cleaned = 0.0

    def run(self):
        """Until a signal comes."""
        # Held back while threads are started, which thus never get one: it is for this one, that does the tasks.
        hold_back_signals()
        stand_back()
        with self.signs:
            log.info("Worker %s is there.", self.signs.worker_id)
            self._listen()
            while not self._shall_end():
                if not self._look():
                    time.sleep(LOOK_EVERY)
        log.info("Worker %s has ended.", self.signs.worker_id)

    def run_once(self):
        """Until nothing waits; how much it was."""
        with self.signs:
            self._listen()
            while not (self.signs.are_seen() or self._is_ending):
                time.sleep(0.05)
            while self.rounds.make():
                pass
            return self.work_off()

    def work_off(self):
        """All that can be done now, also what failed; that then waits for its next time."""
        done = 0
        while not self._shall_end() and (row := rows.take(self.signs.worker_id)):
            self._do(row)
            done += 1
        return done

    def _listen(self):
        for number in ENDINGS:
            signal.signal(number, self._end)
        if hasattr(signal, "SIGALRM"):
            signal.signal(signal.SIGALRM, self._interrupt)
            self._hears_alarms = True
            signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDINGS)

    def _end(self, number, frame):
        """The first time the task may be finished, the second time not."""
        if self._is_ending:
            self._interrupt(number, frame)
        self._is_ending = True
        self._set_alarm(GRACE)

    def _set_alarm(self, seconds):
        if self._hears_alarms:
            signal.alarm(seconds)

    def _interrupt(self, number, frame):
        if self._can_be_interrupted:
            self._can_be_interrupted = False
            raise Interrupted if self._is_ending else TookTooLong(f"It was not done in {LONGEST} s.")

    def _shall_end(self):
        return self._is_ending or (self.beside is not None and os.getppid() != self.beside)

    def _look(self):
        """Whether there was something to do. A database that is away is waited for."""
        if not self.signs.are_seen():
            if self.signs.error:
                self._wait_for_database(self.signs.error)
            return False
        try:
            self._tidy()
            moved = self.rounds.make()
            row = rows.take(self.signs.worker_id)
        except Error as error:
            self._wait_for_database(error)
            return False
        self._note_database_is_back()
        if row is None:
            return moved
        self._do(row)
        close_old_connections()
        self._start_anew_when_grown()
        return True

    def _tidy(self):
        now = time.monotonic()
        if now - self._tidied > TIDY_EVERY and self.signs.can_judge():
            self._tidied = now
            rows.put_back_of_the_dead()
        if now - self._cleaned > CLEAN_EVERY:
            self._cleaned = now
            rows.clean_out()
            sweep()
            statistics.gather()

    def _do(self, row):
        try:
            self._call(row)
        except Interrupted:
            # Both may have cut it off in the middle of a question.
            connection.close()
            self._store(rows.put_back, row)
        except TookTooLong as error:
            connection.close()
            self._store(rows.failed, row, error)
        except Exception as error:
            self._store(rows.failed, row, error)
        else:
            self._store(rows.done, row)

    def _call(self, row):
        try:
            self._can_be_interrupted = True
            if not self._is_ending:
                self._set_alarm(LONGEST)
            rows.call(row)
        finally:
            self._can_be_interrupted = False
            self._set_alarm(0)

    def _store(self, outcome, *what):
        """What has become of the task is true also while the database is away. At the end others find it undone."""
        while True:
            try:
                outcome(*what)
            except AWAY as error:
                self._wait_for_database(error)
                if self._shall_end():
                    return
                time.sleep(LOOK_EVERY)
            else:
                self._note_database_is_back()
                return

    def _wait_for_database(self, error):
        connection.close()
        if not self._is_database_away:
            self._is_database_away = True
            log.error("The database does not answer, the worker waits for it: %s", str(error).strip())

    def _note_database_is_back(self):
        if self._is_database_away:
            self._is_database_away = False
            log.info("The database answers again.")

    def _start_anew_when_grown(self):
        """In the same process, so that whoever watches it sees no end. A signal that comes now is heard afterwards."""
        if (held := memory()) <= MOST_MEMORY:
            return
        log.info("Worker %s starts anew: it holds %d MB.", self.signs.worker_id, held // 1024**2)
        self.signs.__exit__()
        connection.close()
        hold_back_signals()
        if not self._is_ending:
            os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])


def hold_back_signals():
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_BLOCK, ENDINGS)


def stand_back():
    if hasattr(os, "setpriority"):
        os.setpriority(os.PRIO_PROCESS, 0, max(NICE, os.getpriority(os.PRIO_PROCESS, 0)))


def memory():
    """Bytes that this process holds; 0 where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except OSError:
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")
