"""From a kept page to the answer to one request: which encoding, whole or "you have it already", with which headers."""

import re
from functools import lru_cache
from time import time
from typing import NamedTuple

from django.utils.http import http_date, parse_http_date_safe

from driversite.pages.entry import ENCODINGS, Entry
from driversite.pages.machine import LINKED

TAG = re.compile(r'(?:W/)?("[^"]*")|\*')
# What a proxy may keep without asking, where somebody tells it what has changed.
FRESH = 300
# Of what a visitor says they can unpack.
LONGEST = 200
# Ours, whatever a view said: they follow from the bytes, from the times, or from who is asked.
OURS = {
    "age", "cache-control", "connection", "content-encoding", "content-length", "date", "etag", "expires",
    "last-modified", "transfer-encoding", "vary",
}  # fmt: skip


class Answer(NamedTuple):
    """What WSGI wants; the headers are shared by many answers, so a server gets a copy."""

    status: str
    headers: list[tuple[str, str]]
    body: bytes


class Ready(NamedTuple):
    """The answers of a page in one encoding."""

    etag: str
    whole: Answer
    head: Answer
    unchanged: Answer


@lru_cache(maxsize=512)
def encoding_for(accepted: str) -> str:
    """The best of ours that the browser takes by its q-values. Where it takes none, it gets the bytes as they are."""
    wishes = dict(_wishes(accepted))
    # Nobody has to say that they take plain bytes; they come last unless wished for.
    others = wishes.get("*", 0)
    values = {name: wishes.get(name, others) for name in ENCODINGS}
    if "identity" not in wishes and "*" not in wishes:
        values["identity"] = 0.0001
    best = max(values.values())
    return next(name for name in ENCODINGS if values[name] == best) if best > 0 else "identity"


def _wishes(accepted):
    for each in accepted.lower().split(","):
        name, *parameters = (part.strip() for part in each.split(";"))
        quality = next((value[2:] for value in parameters if value.startswith("q=")), "1")
        try:
            yield name.removeprefix("x-"), min(max(float(quality), 0), 1)
        except ValueError:
            yield name.removeprefix("x-"), 0


def answer(entry: Entry, environ, purged: bool) -> Answer:
    """`purged`: somebody tells the proxies in front when a page has changed, so they may keep it for a while."""
    if purged and entry.answers_of != (now := int(time())):
        # How long a proxy may keep it gets shorter with every second.
        entry.answers, entry.answers_of = {}, now
    # What comes behind that many characters no browser has sent; what is remembered of it must not grow with it.
    encoding = encoding_for(environ.get("HTTP_ACCEPT_ENCODING", "")[:LONGEST])
    by_generation = environ.get("HTTP_X_PAGE_CACHE") == "generation"
    ready = entry.answers.get((encoding, by_generation))
    if ready is None:
        ready = entry.answers[encoding, by_generation] = _ready(entry, encoding, by_generation, purged)
    if _has_it(entry, ready.etag, environ):
        return ready.unchanged
    return ready.whole if environ["REQUEST_METHOD"] != "HEAD" else ready.head


def _has_it(entry, etag, environ):
    if not entry.status.startswith("200"):
        return False
    tags = environ.get("HTTP_IF_NONE_MATCH")
    if tags is not None:
        return tags == etag or any(tag.group() == "*" or tag[1] == etag for tag in TAG.finditer(tags))
    since = environ.get("HTTP_IF_MODIFIED_SINCE")
    if since is None:
        return False
    seconds = parse_http_date_safe(since)
    return seconds is not None and entry.last_modified <= seconds


def _ready(entry, encoding, by_generation, purged):
    body, etag = entry.bodies[encoding], f'"{entry.etag}-{encoding}"'
    kept = [
        ("ETag", etag),
        ("Last-Modified", http_date(entry.last_modified)),
        ("Vary", "Accept-Encoding"),
        ("Cache-Control", _kept_by_others(entry, purged)),
    ]
    if by_generation:
        kept.append(("X-Accel-Expires", _kept_by_our_own(entry)))
    headers = [header for header in entry.headers if header[0].lower() not in OURS]
    headers += [("Content-Length", str(len(body))), *kept]
    if encoding != "identity":
        headers.append(("Content-Encoding", encoding))
    return Ready(
        etag,
        Answer(entry.status, headers, body),
        Answer(entry.status, headers, b""),
        Answer("304 Not Modified", kept, b""),
    )


def _kept_by_our_own(entry):
    """The web server in front that has the link to the generation in its key may keep the page to its last second."""
    is_linked = entry.generation.startswith(LINKED) and entry.good_until > time()
    return f"@{int(entry.good_until) - 1}" if is_linked else "0"


def _kept_by_others(entry, purged):
    """Browsers ask each time. A proxy that is told of changes may keep the page, not beyond the instant at which it
    changes by itself; one that nobody tells has to ask as well."""
    said = next((value for name, value in entry.headers if name.lower() == "cache-control"), "")
    if said and "no-cache" not in said:
        return said
    left = int(entry.good_until - time()) if purged else 0
    fresh = min(max(left, 0), FRESH)
    later = min(max(left - fresh, 0), FRESH)
    words = f"public, max-age=0, must-revalidate, s-maxage={fresh}"
    return f"{words}, stale-while-revalidate={later}" if later else words
