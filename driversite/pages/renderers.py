"""Threads that render, apart from those that answer: a database that hangs holds up them, and nobody else."""

from concurrent.futures import Future
from dataclasses import dataclass, field
from queue import SimpleQueue
from threading import Lock, Thread
from time import monotonic

from django.db import close_old_connections

# They share one interpreter with those that answer: more of them would only slow each other and everybody else down.
THREADS = 2


@dataclass(eq=False)
class Job:
    what: tuple
    future: Future = field(default_factory=Future)
    begun_at: float | None = None

    def hangs(self, patience: float) -> bool:
        return self.begun_at is not None and monotonic() - self.begun_at > patience


class Renderers:
    """One rendering at a time for each name; whoever asks meanwhile waits for the same."""

    def __init__(self, render):
        self._render, self._queue, self._lock = render, SimpleQueue(), Lock()
        self._jobs: dict[object, Job] = {}
        self._threads: list[Thread] = []

    def ask(self, name, *what) -> Future:
        with self._lock:
            if job := self._jobs.get(name):
                return job.future
            job = self._jobs[name] = Job(what)
            if len(self._threads) < min(THREADS, len(self._jobs)):
                self._begin_thread()
        self._queue.put((name, job))
        return job.future

    def hang(self, name, patience: float) -> bool:
        """Whether there is no use in waiting: for this one or for every thread others have waited for so long."""
        with self._lock:
            job, jobs = self._jobs.get(name), [*self._jobs.values()]
        return bool(job and job.hangs(patience)) or sum(each.hangs(patience) for each in jobs) >= THREADS

    def _begin_thread(self):
        """Only when there is work: a server may have forked meanwhile. None of them keeps a process from ending."""
        thread = Thread(target=self._work, name=f"renderer-{len(self._threads)}", daemon=True)
        self._threads.append(thread)
        thread.start()

    def _work(self):
        while True:
            name, job = self._queue.get()
            job.begun_at = monotonic()
            result = error = None
            try:
                result = self._rendered(*job.what)
            except BaseException as raised:
                # Whatever it is: a thread that ends here would never be replaced.
                error = raised
            with self._lock:
                del self._jobs[name]
            if error is None:
                job.future.set_result(result)
            else:
                job.future.set_exception(error)

    def _rendered(self, *what):
        """As between the ends of a request: connections that broke or had their time are given up."""
        close_old_connections()
        try:
            return self._render(*what)
        finally:
            close_old_connections()
