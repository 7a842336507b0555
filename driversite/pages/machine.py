"""Sharing among the processes of one machine: a folder, a symbolic link and file locks. Nothing else has to run."""

import errno
import fcntl
import logging
import os
import secrets
import time
from contextlib import contextmanager, suppress
from pathlib import Path

from driversite.pages.alone import Alone
from driversite.pages.entry import Entry, place_of, places_of

logger = logging.getLogger(__name__)
# How the name of a generation begins that a web server can look up as well.
LINKED = "generations/"
# An older generation may still be on the tongue of a web server that has just looked it up.
OLD = 60


class Machine:
    """`folder/generation` leads to `folder/generations/<name>`: a change is one rename, the question one system call. A
    web server on the same machine can ask the same (nginx: `$realpath_root`)."""

    def __init__(self, folder):
        self._folder, self._link = Path(folder), os.path.join(folder, "generation")
        self._alone = Alone(logger, f"{folder} cannot be used")

    def current(self) -> str:
        try:
            return os.readlink(self._link)
        except OSError:
            return self._alone.now() if self._alone.is_resting() else self.begin()

    def begin(self) -> str:
        """A new generation: what was rendered before is older than what is true."""
        name = f"{time.time_ns():x}-{secrets.token_hex(3)}"
        new, target = f"{self._link}-{name}", LINKED + name
        try:
            os.makedirs(self._folder / target)
            os.symlink(target, new)
            os.replace(new, self._link)
        except OSError as error:
            # To take the old one away needs no room on the disk.
            for path in (new, self._link):
                with suppress(OSError):
                    os.unlink(path)
            return self._alone.rest(error)
        self._clear_away()
        return target

    def _clear_away(self):
        """Generations of more than a minute ago."""
        limit = f"{time.time_ns() - OLD * 10**9:x}"
        # Somebody else may clear away as well. The new one stands, whatever becomes of the old ones.
        with suppress(OSError):
            old = [name for name in os.listdir(self._folder / "generations") if name < limit]
            for name in old:
                with suppress(OSError):
                    os.rmdir(self._folder / "generations" / name)

    def get(self, key: str) -> Entry | None:
        for place in places_of(key):
            with suppress(OSError):
                entry = Entry.unpack((self._folder / place).read_bytes())
                if entry and entry.key == key:
                    return entry
        return None

    def put(self, entry: Entry) -> None:
        path = self._folder / place_of(entry.key, entry.is_question)
        new = path.with_name(f"{path.name}-{secrets.token_hex(6)}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            new.write_bytes(entry.pack())
            os.replace(new, path)
        except OSError as error:
            with suppress(OSError):
                new.unlink()
            self._alone.tell(error)

    @contextmanager
    def turn(self, key: str):
        """Whether it is ours to render this page now; False while another thread or process does."""
        path = self._folder / "turns" / place_of(key, "?" in key)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            lock = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except OSError as error:
            # Rather twice than not at all.
            self._alone.tell(error)
            yield True
            return
        try:
            yield _locked(lock)
        finally:
            # Closing gives it back; so does the end of the process, however it comes.
            os.close(lock)


def _locked(file):
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno not in (errno.EWOULDBLOCK, errno.EAGAIN):
            raise
        return False
    return True
