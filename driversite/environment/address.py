"""Addresses as the environment has them: what can be seen to be wrong with one before anything is asked there."""

import re
from urllib.parse import SplitResult, unquote, urlsplit

from driversite.environment.reading import refuse

LABEL = "[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?"
NAME = re.compile(rf"{LABEL}(\.{LABEL})*\.?|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")


def address(url: str, name: str, example: str, *, many: bool = False) -> SplitResult:
    """In its parts. PostgreSQL alone may have `many` hosts, with commas."""
    reason = wrong(url, many=many)
    refuse([f"{name} {reason}. Write it like {example}."] if reason else [])
    return urlsplit(url)


def wrong(url: str, *, many: bool = False) -> str:
    """What is wrong with the host or the port, as the rest of a sentence; nothing of it is repeated."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return "must have an IPv6 address in its brackets"
    if "://" not in url:
        return "must be a whole address"
    if re.search(r"\s", url):
        return "must be one address without blanks (one in a path or a password is %20)"
    if "#" in url:
        return "must have a # percent-encoded, as %23"
    hosts = parts.netloc.rpartition("@")[2]
    return next(filter(None, map(_wrong_host, hosts.split(",") if many else [hosts])), "")


def _wrong_host(host):
    """Of `host:port`. A password with a / in it ends where the host should be, and shows as a port that is none."""
    try:
        parts = urlsplit(f"//{host}")
        is_port = parts.port != 0
    except ValueError:
        is_port = False
    if not is_port:
        return (
            "must have a number from 1 to 65535 as its port, and special characters of a password percent-encoded"
            " (/ is %2F, @ is %40)"
        )
    name = unquote(parts.hostname or "")
    if not name.isascii():
        return "must name its host as the network does, with xn--… for a name that has an umlaut"
    # A service on the same machine may be a file: PostgreSQL's socket is found in a folder.
    if name and not NAME.fullmatch(name) and not name.startswith("/"):
        return "must have the name of a host"
    return ""
