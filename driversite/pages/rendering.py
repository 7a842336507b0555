"""Asking Django for a page that is for nobody in particular, and whether its answer may be kept."""

import logging
from io import BytesIO
from typing import NamedTuple

from driversite.pages.addresses import Address
from driversite.pages.entry import Entry, bodies_of, etag_of

logger = logging.getLogger(__name__)
# A page, and what is said of an address where none is. All else is for the one who asked.
PAGE, QUESTIONS = ("200",), ("301", "302", "404", "410")
# Of the request that starts a rendering: where the site is, and nothing of who asks.
SITE = (
    "HTTP_HOST", "HTTP_X_FORWARDED_PROTO", "SERVER_NAME", "SERVER_PORT", "SERVER_PROTOCOL", "wsgi.errors",
    "wsgi.url_scheme", "wsgi.version",
)  # fmt: skip


class Rendered(NamedTuple):
    status: str
    headers: list[tuple[str, str]]
    body: bytes
    is_streaming: bool = False

    @property
    def has_failed(self) -> bool:
        return self.status >= "500"

    def named(self, name) -> list[str]:
        return [value for key, value in self.headers if key.lower() == name]


def render(application, address: Address, environ) -> Rendered:
    """Without cookies, languages, conditions or anything else that a browser sends."""
    started = []
    asked = {name: environ[name] for name in SITE if name in environ} | {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": address.path,
        "QUERY_STRING": address.query,
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.input": BytesIO(),
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    answer = application(asked, lambda status, headers, exc_info=None: started.append((status, headers)))
    try:
        # What a stream holds may be large and goes straight to who asked for it.
        is_streaming = getattr(answer, "streaming", False)
        body = b"" if is_streaming else b"".join(answer)
    finally:
        if hasattr(answer, "close"):
            answer.close()
    status, headers = started[-1]
    return Rendered(status, list(headers), body, is_streaming)


def may_be_kept(address: Address, rendered: Rendered) -> bool:
    """Only what is the same for everybody. A public page that is not is a mistake, and logged as one."""
    if not rendered.status.startswith(PAGE + QUESTIONS) or rendered.is_streaming:
        return False
    rules = {rule.strip().lower() for value in rendered.named("cache-control") for rule in value.split(",")}
    if rules & {"private", "no-store"}:
        return False
    if wrong := _what_is_for_one(rendered):
        logger.error("%s is a public page and %s: it is not kept.", address.key, wrong)
        return False
    return True


def _what_is_for_one(rendered):
    if rendered.named("set-cookie"):
        return "sets a cookie"
    varies = {name.strip().lower() for value in rendered.named("vary") for name in value.split(",")}
    if others := varies - {"accept-encoding", ""}:
        return f"varies by {', '.join(sorted(others))}"
    if any("'nonce-" in value for value in rendered.named("content-security-policy")):
        return "carries a nonce"
    return ""


def entry_of(address: Address, rendered: Rendered, *, generation, at, limits, before: Entry | None) -> Entry:
    """`before` is the copy that this one takes the place of: the same bytes are as old as they were."""
    etag = etag_of(rendered.body)
    now = int(at)
    if before and before.etag == etag and before.status == rendered.status:
        bodies, since = before.bodies, before.last_modified
    else:
        # Two versions within a second differ in what they say of their age.
        bodies, since = bodies_of(rendered.body), max(now, before.last_modified + 1 if before else now)
    return Entry(
        key=address.key,
        status=rendered.status,
        headers=rendered.headers,
        bodies=bodies,
        etag=etag,
        last_modified=since,
        generation=generation,
        rendered_at=at,
        good_until=limits.good_until,
        stale_until=limits.stale_until,
        is_question=address.is_question or not rendered.status.startswith(PAGE),
    )
