"""What a process does while nobody can tell it whether a page is still right: it trusts itself for two seconds."""

import time
from threading import Lock

# So long a page lives that nobody vouches for, and so long whoever was missing is not asked again.
TRUST, REST = 2, 1
# One line a minute says that it goes on.
SILENCE = 60


class Alone:
    def __init__(self, logger, what: str):
        self._logger, self._what, self._lock = logger, what, Lock()
        self._asked_again_at = self._told_again_at = 0.0

    def now(self) -> str:
        """A generation of this process alone: the next one begins by itself."""
        return f"alone-{int(time.time() // TRUST)}"

    def is_resting(self) -> bool:
        return time.monotonic() < self._asked_again_at

    def rest(self, error) -> str:
        self._asked_again_at = time.monotonic() + REST
        self.tell(error)
        return self.now()

    def tell(self, error) -> None:
        with self._lock:
            if time.monotonic() < self._told_again_at:
                return
            self._told_again_at = time.monotonic() + SILENCE
        self._logger.error(
            "%s: %s. Pages are right all the same, but each process renders its own.", self._what, error
        )
