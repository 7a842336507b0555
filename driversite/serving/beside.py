"""The process beside the web server: does what shall be done outside requests, and is started again when it dies."""

import logging
import os
import subprocess
import threading
import time

logger = logging.getLogger(__name__)

# Seconds until a dead one is started again: doubled each time, back to the first after one that has lived a while.
FIRST_PAUSE, LONGEST_PAUSE = 1, 60


class Beside:
    """`start()` once, `stop()` to tell it, `wait(seconds)` until it has ended; it is killed where it does not."""

    def __init__(self, command):
        self.command, self.name = command, " ".join(command)
        self.process = None
        self.stopping = threading.Event()
        self.lock = threading.Lock()

    def start(self):
        # A worker that is forked while a program is being started would inherit the pipe through which its start is
        # reported, and nobody would ever hear the end of it.
        os.register_at_fork(
            before=self.lock.acquire, after_in_parent=self.lock.release, after_in_child=self.lock.release
        )
        threading.Thread(target=self._keep, name="beside", daemon=True).start()

    def _keep(self):
        pause = FIRST_PAUSE
        while not self.stopping.is_set():
            began = time.monotonic()
            ended = self._lived()
            if self.stopping.is_set():
                return
            pause = FIRST_PAUSE if time.monotonic() - began > LONGEST_PAUSE else pause
            logger.error("%s %s; started again in %d s", self.name, ended, pause)
            self.stopping.wait(pause)
            pause = min(2 * pause, LONGEST_PAUSE)

    def _lived(self):
        """From its start to its end, and how that came."""
        with self.lock:
            if self.stopping.is_set():
                return ""
            try:
                self.process = subprocess.Popen(self.command)
            except OSError as error:
                # Where the machine has no room for another process just now, it may have some in a minute.
                return f"could not be started ({error.strerror})"
        return f"ended with {self.process.wait()}"

    def stop(self):
        self.stopping.set()
        with self.lock:
            if self.process:
                self.process.terminate()

    def wait(self, seconds):
        if self.process is None:
            return
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            logger.warning("%s did not end in %d s and is killed", self.name, seconds)
            self.process.kill()
            self.process.wait()


class Nobody:
    """In place of the process where it runs elsewhere."""

    def start(self):
        pass

    stop = start

    def wait(self, seconds):
        pass
