"""What a visitor sends, received whole before a thread is given to it: who sends slowly holds up nobody."""

import asyncio
import tempfile
from collections import OrderedDict
from contextlib import contextmanager

# Without scripts a browser sends all photos of a page at once; one may have 30 MB (news/pictures.py).
LARGEST = 256 * 1024 * 1024
IN_MEMORY = 512 * 1024
# Seconds without a single byte, and for all of it.
SILENCE, LONGEST = 30, 900


class Refused(Exception):
    """(status, sentence): the body cannot be taken."""


class Arriving:
    """Bodies that are on their way, the one that has been silent for longest first.

    Where there are too many, this one gives way to who comes now: however many senders take their time, one who sends
    is served. To refuse the newcomer instead would let a few hundred slow ones lock out everybody.
    """

    def __init__(self, most):
        self._most, self._silent = most, OrderedDict()

    @contextmanager
    def place(self, patience):
        if len(self._silent) >= self._most:
            given_up, _nothing = self._silent.popitem(last=False)
            if not given_up.expired():
                given_up.reschedule(0)
        self._silent[patience] = None
        try:
            yield
        finally:
            self._silent.pop(patience, None)

    def heard(self, patience):
        """Something came for this one; too late where it has just had to give way."""
        if patience not in self._silent:
            raise TimeoutError
        self._silent.move_to_end(patience)


async def received(length, proto, arriving):
    """A file of this length; Refused where the body is cut off or does not come."""
    # Whoever answers closes it.
    body = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115
    try:
        if length:
            await _fill(body, proto, arriving)
        if body.tell() != length:
            raise Refused(400, "The request ended too early.")
    except BaseException:
        body.close()
        raise
    body.seek(0)
    return body


def length_of(headers):
    """Refused where the body is too large or does not say how long it is."""
    if "transfer-encoding" in headers:
        # A body in chunks that breaks off cannot be told from a whole one: half a report would be stored.
        raise Refused(411, "A request with a body needs Content-Length.")
    length = headers.get("content-length") or "0"
    if not (length.isascii() and length.isdecimal()):
        raise Refused(400, "Content-Length is no number.")
    if int(length) > LARGEST:
        raise Refused(413, f"At most {LARGEST // 1024 // 1024} MB are taken at once.")
    return int(length)


async def _fill(body, proto, arriving):
    now = asyncio.get_running_loop().time
    until = now() + LONGEST
    try:
        async with asyncio.timeout(SILENCE) as patience:
            with arriving.place(patience):
                async for chunk in proto:
                    body.write(chunk)
                    arriving.heard(patience)
                    patience.reschedule(min(now() + SILENCE, until))
    except TimeoutError:
        raise Refused(408, "The request did not arrive in time.") from None
    except OSError as error:
        raise Refused(503, f"There is no room for what was sent ({error.strerror}).") from error
