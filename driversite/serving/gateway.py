"""How a request is answered: a page that is ready at once, everything else by Django in one of a few threads.

The thread that hands out requests never waits for a render, a database or a slow visitor. Django runs in a bounded
number of threads, each with its own connection to the database; bodies are received before and files are sent after
a thread has had to do with them.
"""

import asyncio
import logging
import os
from concurrent.futures import ThreadPoolExecutor

from driversite.serving import bodies, environ

logger = logging.getLogger(__name__)

THREADS = 8
# More requests than this wait for a thread: whoever comes now is told to come again rather than left waiting.
MOST_WAITING = 512
PLAIN = [("content-type", "text/plain; charset=utf-8"), ("cache-control", "no-store")]


class Gateway:
    """A WSGI application behind granian's interface; `application.ready(environ)` where it has pages in memory."""

    def __init__(self, application):
        self.application = application
        self.ready = getattr(application, "ready", None)
        self.threads = ThreadPoolExecutor(THREADS, thread_name_prefix="django")
        self.waiting = 0

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
        if self.waiting >= MOST_WAITING:
            proto.response_str(503, [*PLAIN, ("retry-after", "5")], "Too many requests are waiting.\n")
            return
        self.waiting += 1
        try:
            body, length = await bodies.received(scope, proto)
            with body:
                await asyncio.get_running_loop().run_in_executor(
                    self.threads, self._by_django, environ.whole(scope, body, length), proto
                )
        except bodies.Refused as refused:
            status, sentence = refused.args
            proto.response_str(status, [*PLAIN, ("connection", "close")], f"{sentence}\n")
        finally:
            self.waiting -= 1

    def _by_django(self, asked, proto):
        """In one thread from the first signal to the last: what it has opened, it closes."""
        asked["wsgi.file_wrapper"] = File
        begun = Begun()
        result = None
        try:
            result = self.application(asked, begun)
            send(proto, begun, result)
        except Exception:
            logger.exception("%s %s failed", asked["REQUEST_METHOD"], asked["PATH_INFO"])
            proto.response_str(500, PLAIN, "Internal server error.\n")
        finally:
            if hasattr(result, "close"):
                result.close()


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


def send(proto, begun, result):
    """Hand the answer to granian, which sends it without a thread of ours however slowly the visitor reads."""
    path = result.path if isinstance(result, File) else None
    if path:
        proto.response_file(begun.status, begun.headers, path)
    elif getattr(result, "streaming", isinstance(result, File)):
        chunks = iter(result)
        first = next(chunks, b"")  # fails before anything is sent, if it fails
        stream = proto.response_stream(begun.status, begun.headers)
        stream.send_bytes(first)
        for chunk in chunks:
            stream.send_bytes(chunk)
    else:
        proto.response_bytes(begun.status, begun.headers, b"".join(result))
