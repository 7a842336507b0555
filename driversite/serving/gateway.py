"""How a request is answered: a page that is ready at once, everything else by Django in one of a few threads.

The thread that hands out requests never waits for a render, a database or a slow visitor. Django runs in a bounded
number of threads, each with its own connection to the database; bodies are received before and files are sent after
a thread has had to do with them. Whoever sends much, such as a photo to be decoded, waits for a thread of its own: ten
of them leave the others free.
"""

import asyncio
import logging
import os
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import BinaryIO

from driversite.serving import bodies, environ

logger = logging.getLogger(__name__)

THREADS = 8
# For bodies too large for memory, such as photos: another one would keep what decoding a picture takes once more.
THREADS_FOR_LARGE = 1
# More requests than this wait for a thread: whoever comes now is told to come again rather than left waiting. Of large
# ones as many as are done before a browser, or a web server in front, gives up.
MOST_WAITING, MOST_LARGE = 512, 32
# Bodies on their way at once; of large ones no more than may wait afterwards.
MOST_ARRIVING = 256
# Bytes of a stream that may lie in memory; what is longer lies on the disk until it is sent.
OF_A_STREAM = 64 * 1024
# Seconds within which granian has opened a file that it was told to send.
OPENED_WITHIN = 3
PLAIN = [("content-type", "text/plain; charset=utf-8"), ("cache-control", "no-store")]


class Gateway:
    """A WSGI application behind granian's interface; `application.ready(environ)` where it has pages in memory."""

    def __init__(self, application):
        self.application = application
        self.ready = getattr(application, "ready", None)
        self.usual = Line(THREADS, MOST_WAITING, MOST_ARRIVING, "django")
        self.large = Line(THREADS_FOR_LARGE, MOST_LARGE, MOST_LARGE, "large")

    def at_once(self, scope, proto) -> bool:
        """Answer from memory, in whatever thread this is; False when there is more to do."""
        if self.ready is None:
            return False
        try:
            answer = self.ready(environ.asked(scope))
            if answer is not None:
                proto.response_bytes(int(answer.status[:3]), answer.headers, answer.body)
                return True
        except Exception:
            # Where granian calls this, nobody would hear of it.
            logger.exception("The page cache failed for %s", scope.path)
        return False

    async def __rsgi__(self, scope, proto):
        if self.at_once(scope, proto):
            return
        try:
            length = bodies.length_of(scope.headers)
            line = self.large if length > bodies.IN_MEMORY else self.usual
            with await bodies.received(length, proto, line.arriving) as body, line.place():
                loop = asyncio.get_running_loop()
                file = await loop.run_in_executor(
                    line.threads, self._by_django, environ.whole(scope, body, length), proto
                )
        except Full:
            proto.response_str(503, [*PLAIN, ("retry-after", "5")], "Too many requests are waiting.\n")
        except bodies.Refused as refused:
            status, sentence = refused.args
            proto.response_str(status, [*PLAIN, ("connection", "close")], f"{sentence}\n")
        else:
            if file:
                loop.call_later(OPENED_WITHIN, file.close)

    def _by_django(self, asked, proto):
        """In one thread from the first signal to the last: what it has opened, it closes."""
        asked["wsgi.file_wrapper"] = File
        begun = Begun()
        result = None
        try:
            result = self.application(asked, begun)
            return send(proto, begun, result)
        except Exception:
            logger.exception("%s %s failed", asked["REQUEST_METHOD"], asked["PATH_INFO"])
            proto.response_str(500, PLAIN, "Internal server error.\n")
            return None
        finally:
            if hasattr(result, "close"):
                result.close()


class Full(Exception):
    """As many wait as may."""


class Line:
    """Threads, those who wait for one, and bodies on their way there: all of it in the thread that hands out requests.

    A body that is on its way takes nobody's place among those who wait.
    """

    def __init__(self, threads, most, most_arriving, name):
        self.threads = ThreadPoolExecutor(threads, thread_name_prefix=name)
        self.most, self.waiting = most, 0
        self.arriving = bodies.Arriving(most_arriving)

    @contextmanager
    def place(self):
        if self.waiting >= self.most:
            raise Full
        self.waiting += 1
        try:
            yield
        finally:
            self.waiting -= 1


class Begun:
    """`start_response`, and what was said with it."""

    def __call__(self, status, headers, exc_info=None):
        self.status, self.headers = int(status[:3]), headers


class File:
    """`wsgi.file_wrapper`: an open file that somebody else may send."""

    def __init__(self, file, block_size=8192):
        self.file, self.block_size = file, block_size
        self.close = getattr(file, "close", lambda: None)

    def __iter__(self):
        return iter(lambda: self.file.read(self.block_size), b"")

    @property
    def path(self):
        """Where it lies on this machine, if it does (and not in a bucket) and is sent from its beginning."""
        name = getattr(self.file, "name", None)
        here = isinstance(name, str) and os.path.isabs(name) and self.file.tell() == 0
        return name if here else None


def send(proto, begun, result) -> BinaryIO | None:
    """Hand the answer to granian, which sends it without a thread of ours however slowly the visitor reads.

    What comes back is a file that it has been told to send and must still open.
    """
    path = result.path if isinstance(result, File) else None
    if path:
        proto.response_file(begun.status, begun.headers, path)
    elif getattr(result, "streaming", isinstance(result, File)):
        return _send_stream(proto, begun, result)
    else:
        proto.response_bytes(begun.status, begun.headers, b"".join(result))
    return None


def _send_stream(proto, begun, chunks):
    """A stream, such as a photo from a bucket, by way of the disk. granian takes whatever it is given, and keeps in
    memory what the visitor has not read yet; of a file it reads no more than it can send."""
    file = tempfile.SpooledTemporaryFile(max_size=OF_A_STREAM)  # noqa: SIM115
    try:
        for chunk in chunks:
            file.write(chunk)
        if file.tell() > OF_A_STREAM:
            file.flush()
            # It has no name of its own any more, so nothing is left of it whatever happens to this process.
            proto.response_file(begun.status, begun.headers, f"/proc/self/fd/{file.fileno()}")
            return file
        file.seek(0)
        proto.response_bytes(begun.status, begun.headers, file.read())
    except BaseException:
        file.close()
        raise
    file.close()
    return None
