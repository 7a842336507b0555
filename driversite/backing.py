"""Where rows, shared memory and files live, as Django's dictionaries: one machine by default, several by environment.

The addresses are `DATABASE_URL`, `CACHE_URL`, `STORAGE_URL` and `PURGE_URLS`. What cannot be used stops the start with
a sentence that names the variable and repeats nothing of its value, which may hold a password.
"""

import json
import re
from importlib.util import find_spec
from typing import NamedTuple
from urllib.parse import parse_qs, unquote, urlsplit

from driversite.environment import FOLDER, refuse

# One writer at a time, readers never wait for it, and a transaction asks for the right to write when it begins:
# two editors who save at once queue up instead of meeting "database is locked".
SQLITE = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
}
# Whoever lost its power would be waited for, and hold what it had locked, for two hours. Both sides find out within
# half a minute; a process that hangs in the middle of a transaction loses it after five.
POSTGRES = {
    "connect_timeout": 3,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 20_000,
    "options": "-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3"
    " -c idle_in_transaction_session_timeout=300000",
}
# Connections of one process: one for each of the threads that may ask (8 that answer, 1 for large requests, 2 that
# render), one to spare. Who finds none within `timeout` seconds is told so. Attempts to connect again are given up soon, because the
# pool waits twice as long before each next one: the first request after an outage starts afresh.
POOL = {"min_size": 1, "max_size": 12, "timeout": 4, "reconnect_timeout": 2, "max_idle": 300}
# A page never waits longer than this for a shared memory that is away or slow.
REDIS = {"socket_connect_timeout": 0.5, "socket_timeout": 0.5, "health_check_interval": 30}

PACKAGES = {
    "DATABASE_URL": ("psycopg", "psycopg_pool"),
    "CACHE_URL": ("redis",),
    "STORAGE_URL": ("storages", "boto3"),
}


def database(config):
    """Django's dictionary for what was read from DATABASE_URL; `?pool=20` there allows more connections a process."""
    if config["ENGINE"] == "django.db.backends.sqlite3":
        # To open the file anew for each request would take as long as most questions to it; `?conn_max_age=0` does.
        return {"CONN_MAX_AGE": 60} | config | {"OPTIONS": SQLITE | config.get("OPTIONS", {})}
    _need("DATABASE_URL")
    options = POSTGRES | config.get("OPTIONS", {})
    most = options.pop("pool", POOL["max_size"])
    if not (isinstance(most, int) and 1 <= most <= 500):
        refuse(["DATABASE_URL must give the number of connections after pool= as a number from 1 to 500."])
    options["pool"] = POOL | {"max_size": most}
    # The pool keeps connections, so that a request must not; each is tried before it is handed out.
    return config | {"OPTIONS": options, "CONN_MAX_AGE": 0, "CONN_HEALTH_CHECKS": True}


def cache(url):
    """Django's dictionary for CACHE_URL: the memory of each process, or Redis for all of them."""
    parts = _parts(url, "CACHE_URL", "redis://:password@10.0.0.5:6379/0")
    if parts.scheme == "locmemcache":
        return {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    if parts.scheme not in ("redis", "rediss") or not parts.hostname:
        refuse(
            ["CACHE_URL must be locmemcache:// or the address of a Redis, such as redis://10.0.0.5:6379/0."]
        )
    _need("CACHE_URL")
    return {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": url,
        "OPTIONS": REDIS,
        "KEY_PREFIX": "driversite",
    }


def storage(url):
    """Django's dictionary for STORAGE_URL: the folder MEDIA_ROOT, or a bucket for all servers."""
    if not url:
        return {"BACKEND": "driversite.folder.FolderStorage"}
    parts = _parts(url, "STORAGE_URL", EXAMPLE)
    bucket, query = parts.path.strip("/"), parse_qs(parts.query, keep_blank_values=True)
    public = query.get("public", [""])[0].rstrip("/")
    refuse(_wrong_in_storage(parts, bucket, query, public))
    _need("STORAGE_URL")
    options = {
        "access_key": unquote(parts.username),
        "secret_key": unquote(parts.password),
        "bucket_name": bucket,
        "endpoint_url": f"{'http' if parts.scheme == 's3+http' else 'https'}://{parts.netloc.rpartition('@')[2]}",
        "region_name": query.get("region", ["us-east-1"])[0],
        "public": public,
    }
    return {"BACKEND": "driversite.bucket.BucketStorage", "OPTIONS": options}


def sources(storage):
    """What the content security policy must allow beside the site itself for pictures to be seen."""
    public = storage.get("OPTIONS", {}).get("public")
    return [f"{public}/"] if public else []


EXAMPLE = "s3://key:secret@s3.example.org/bucket?region=eu-central-1&public=https://media.example.org"


def _wrong_in_storage(parts, bucket, query, public):
    checks = [
        (parts.scheme in ("s3", "s3+http"), "STORAGE_URL must begin with s3:// (or with s3+http:// where no TLS is)."),
        (
            parts.username and parts.password and parts.hostname,
            "STORAGE_URL must name key, secret and host; a / in them is written %2F, a + as %2B.",
        ),
        (bucket and "/" not in bucket, "STORAGE_URL must end with the name of one bucket, such as /pictures."),
        (
            not public or FOLDER.fullmatch(public),
            "STORAGE_URL must give after public= an address such as https://media.example.org.",
        ),
        (
            query.keys() <= {"region", "public"},
            "STORAGE_URL knows region= and public= after the question mark and nothing else.",
        ),
    ]  # fmt: skip
    return [sentence for right, sentence in checks if not right]


class Call(NamedTuple):
    """What empties a cache in front. Headers, body and the address itself may hold keys: only `str()` is for logs."""

    method: str
    address: str
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes | None = None

    def __str__(self):
        return f"{self.method} {urlsplit(self.address).hostname}"


METHOD, ADDRESS = re.compile("[A-Z]{3,12}"), re.compile(r"https?://[A-Za-z0-9.\[\]:-]+(/[^\s{}]*)?")
HEADER = re.compile(r"([A-Za-z][A-Za-z0-9-]*):([^\r\n]+)")
PURGE_EXAMPLE = "PURGE http://10.0.0.6:6081/ (see docs/operating.md for headers and keys)"


def purge_calls(text):
    """The calls of PURGE_URLS: method, address, `Name:value` for each header, `{…}` for a body in JSON; and the next.

    A blank within a header or a body is written %20.
    """
    calls, words = [], text.split()
    while words:
        method, address = words.pop(0), words.pop(0) if words else ""
        headers, body = {}, None
        while words and not METHOD.fullmatch(words[0]):
            word = unquote(words.pop(0))
            if header := HEADER.fullmatch(word):
                headers[header[1]] = header[2]
            elif body is None and _is_json(word):
                body, headers = word.encode(), {"Content-Type": "application/json"} | headers
            else:
                _refuse_calls()
        if not (METHOD.fullmatch(method) and ADDRESS.fullmatch(address)):
            _refuse_calls()
        calls.append(Call(method, address, tuple(headers.items()), body))
    return tuple(calls)


def _is_json(word):
    try:
        return word.startswith("{") and isinstance(json.loads(word), dict)
    except ValueError:
        return False


def _refuse_calls():
    refuse([f"PURGE_URLS cannot be read. Write each call like {PURGE_EXAMPLE}."])


def _parts(url, name, example):
    """The address in its parts, with a port that is a number."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        refuse([f"{name} cannot be read. Write it like {example}."])
    return parts


def _need(name):
    """What a service is spoken to with is an extra of its own; a site on one machine does without it."""
    missing = [package for package in PACKAGES[name] if find_spec(package) is None]
    if missing:
        refuse(
            [
                f"{name} needs the package {' and '.join(missing)}, which is not installed: `make serve` does it, or "
                "`pip install --require-hashes -r requirements-servers.lock`."
            ]
        )
