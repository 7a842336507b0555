"""What a visitor sends, received whole before a thread is given to it: who sends slowly holds up nobody."""

import asyncio
import tempfile

# Without scripts a browser sends all photos of a page at once; one may have 30 MB (news/pictures.py).
LARGEST = 256 * 1024 * 1024
IN_MEMORY = 512 * 1024
# Seconds without a single byte, and for all of it.
SILENCE, LONGEST = 30, 900


class Refused(Exception):
    """(status, sentence): the body cannot be taken."""


async def received(length, proto):
    """A file of this length; Refused where the body is cut off or does not come."""
    # Whoever answers closes it.
    body = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115
    try:
        if length:
            await _fill(body, proto)
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


async def _fill(body, proto):
    now = asyncio.get_running_loop().time
    until = now() + LONGEST
    try:
        async with asyncio.timeout(SILENCE) as patience:
            async for chunk in proto:
                body.write(chunk)
                patience.reschedule(min(now() + SILENCE, until))
    except TimeoutError:
        raise Refused(408, "The request did not arrive in time.") from None
    except OSError as error:
        raise Refused(503, f"There is no room for what was sent ({error.strerror}).") from error
