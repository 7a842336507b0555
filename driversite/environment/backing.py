"""Where rows, shared memory and files live, as Django's dictionaries: one machine by default, several by environment.

The addresses are `DATABASE_URL`, `CACHE_URL`, `STORAGE_URL` and `PURGE_URLS`. What cannot be used stops the start with
a sentence that names the variable and repeats nothing of its value, which may hold a password.
"""

import json
import os
import re
from importlib import import_module
from importlib.util import find_spec
from typing import NamedTuple
from urllib.parse import parse_qs, unquote, urlsplit

from environ import Env

from driversite.environment.address import address, wrong
from driversite.environment.reading import refuse

DATABASE_EXAMPLE = (
    "postgres://user:password@127.0.0.1:5432/driversite or sqlite:////srv/driversite/data/db.sqlite3"
)
CACHE_EXAMPLE = "redis://:password@10.0.0.5:6379/0"
EXAMPLE = "s3://key:secret@s3.example.org/bucket?region=eu-central-1&public=https://media.example.org"
# Pictures may come from a folder of another host. It goes into the content security policy.
FOLDER = re.compile(r"https?://[A-Za-z0-9.-]+(:\d+)?(/[A-Za-z0-9._~-]+)*")
BUCKET, REGION = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*"), re.compile("[A-Za-z0-9-]+")
NUMBERS = ("pool", "connect_timeout", "conn_max_age")
SSLMODES = ("prefer", "disable", "allow", "require", "verify-ca", "verify-full")
TLS = {
    "ssl_cert_reqs": {"none", "optional", "required"}.__contains__,
    **dict.fromkeys(("ssl_ca_certs", "ssl_certfile", "ssl_keyfile"), os.path.isfile),
}

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
# render), one to spare. Who finds none within `timeout` seconds is told so. Attempts to connect again are given up
# soon, because the pool waits twice as long before each next one: the first request after an outage starts afresh.
POOL = {"min_size": 1, "max_size": 12, "timeout": 4, "reconnect_timeout": 2, "max_idle": 300}
# A page never waits longer than this for a shared memory that is away or slow.
REDIS = {"socket_connect_timeout": 0.5, "socket_timeout": 0.5, "health_check_interval": 30}

PACKAGES = {
    "DATABASE_URL": ("psycopg", "psycopg_pool"),
    "CACHE_URL": ("redis",),
    "STORAGE_URL": ("storages", "boto3"),
}


def database(url):
    """Django's dictionary for DATABASE_URL; `?pool=20` there allows more connections a process."""
    parts = address(url, "DATABASE_URL", DATABASE_EXAMPLE, many=True)
    if parts.scheme == "sqlite":
        refuse([*_wrong_in_sqlite(parts)][:1])
        config = Env.db_url_config(url)
        # To open the file anew for each request would take as long as most questions to it; `?conn_max_age=0` does.
        return {"CONN_MAX_AGE": 60} | config | {"OPTIONS": SQLITE | config.get("OPTIONS", {})}
    if parts.scheme not in ("postgres", "postgresql", "psql", "pgsql"):
        refuse([f"DATABASE_URL must name a PostgreSQL or a file. Write it like {DATABASE_EXAMPLE}."])
    _need("DATABASE_URL")
    config = Env.db_url_config(url)
    options = POSTGRES | config.get("OPTIONS", {})
    most = options.pop("pool", POOL["max_size"])
    refuse([*_wrong_in_postgres(config["NAME"], parts, options, most)][:1])
    options["pool"] = POOL | {"max_size": most}
    # The pool keeps connections, so that a request must not; each is tried before it is handed out.
    return config | {"OPTIONS": options, "CONN_MAX_AGE": 0, "CONN_HEALTH_CHECKS": True}


def _wrong_in_sqlite(parts):
    path, query = unquote(parts.path[1:]), parse_qs(parts.query, keep_blank_values=True)
    if parts.netloc or not os.path.isabs(path) or path.endswith("/") or os.path.isdir(path):
        yield (
            "DATABASE_URL must have the whole path of a file behind sqlite:///, which makes four slashes:"
            " sqlite:////srv/driversite/data/db.sqlite3."
        )
    if not _are_numbers(query, ("conn_max_age", "timeout")):
        yield "DATABASE_URL of a file knows conn_max_age= and timeout= after the question mark, with a number."


def _wrong_in_postgres(name, parts, options, most):
    query = parse_qs(parts.query, keep_blank_values=True)
    if not name or re.search(r"[\s/]", name):
        yield f"DATABASE_URL must end with the name of one database. Write it like {DATABASE_EXAMPLE}."
    if not (isinstance(most, int) and 1 <= most <= 500):
        yield "DATABASE_URL must give the number of connections after pool= as a number from 1 to 500."
    if not _are_numbers({key: said for key, said in query.items() if key in NUMBERS}, NUMBERS):
        yield f"DATABASE_URL must have one number each after {'=, '.join(NUMBERS)}=."
    if options.get("sslmode", SSLMODES[0]) not in SSLMODES:
        yield f"DATABASE_URL must have one of {', '.join(SSLMODES)} after sslmode=."
    if {key for key in query if key.upper() in Env._DB_BASE_OPTIONS} - {"conn_max_age"} or not _is_known(
        options
    ):
        yield (
            "DATABASE_URL knows pool=, sslmode= and other options of PostgreSQL's connections after the question mark,"
            " and not what stands there."
        )


def _are_numbers(query, names):
    return all(key in names and len(said) == 1 and said[0].isdecimal() for key, said in query.items())


def _is_known(options):
    """As the driver itself judges, which else would say so only when it connects."""
    psycopg = import_module("psycopg")
    try:
        psycopg.conninfo.make_conninfo("", **options)
    except psycopg.ProgrammingError:
        return False
    return True


def cache(url):
    """Django's dictionary for CACHE_URL: the memory of each process, or Redis for all of them."""
    if url == "locmemcache://":
        return {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    parts = address(url, "CACHE_URL", CACHE_EXAMPLE)
    if parts.scheme not in ("redis", "rediss") or not parts.hostname:
        refuse([f"CACHE_URL must be locmemcache:// or the address of a Redis, such as {CACHE_EXAMPLE}."])
    refuse([*_wrong_in_redis(parts)][:1])
    _need("CACHE_URL")
    return {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": url,
        "OPTIONS": REDIS,
        "KEY_PREFIX": "driversite",
    }


def _wrong_in_redis(parts):
    """What its driver passes over, or finds out when it connects."""
    if not re.fullmatch(r"(/[0-9]*/?)?", parts.path):
        yield f"CACHE_URL must end with the number of one database. Write it like {CACHE_EXAMPLE}."
    query = parse_qs(parts.query, keep_blank_values=True)
    known = TLS if parts.scheme == "rediss" else {}
    if any(key not in known or len(said) > 1 or not known[key](said[0]) for key, said in query.items()):
        yield (
            "CACHE_URL knows ssl_cert_reqs= (none, optional or required) and ssl_ca_certs=, ssl_certfile= and"
            " ssl_keyfile= (files that are there) after the question mark of rediss://, and nothing else."
        )


def storage(url):
    """Django's dictionary for STORAGE_URL: the folder MEDIA_ROOT, or a bucket for all servers."""
    if not url:
        return {"BACKEND": "driversite.folder.FolderStorage"}
    parts = address(url, "STORAGE_URL", EXAMPLE)
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


def _wrong_in_storage(parts, bucket, query, public):
    region = query.get("region", ["us-east-1"])[0]
    checks = [
        (parts.scheme in ("s3", "s3+http"), "STORAGE_URL must begin with s3:// (or with s3+http:// where no TLS is)."),
        (
            parts.username and parts.password and parts.hostname,
            "STORAGE_URL must name key, secret and host; a / in them is written %2F, a + as %2B.",
        ),
        (BUCKET.fullmatch(bucket), "STORAGE_URL must end with the name of one bucket, such as /pictures."),
        (
            not public or (FOLDER.fullmatch(public) and not wrong(public)),
            "STORAGE_URL must give after public= an address such as https://media.example.org.",
        ),
        (
            query.keys() <= {"region", "public"},
            "STORAGE_URL knows region= and public= after the question mark and nothing else.",
        ),
        (
            all(len(said) == 1 and said[0] for said in query.values()) and REGION.fullmatch(region),
            "STORAGE_URL must have one value each after region= and public=, such as eu-central-1.",
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
# A word that is an address is none: it belongs to a call whose method was forgotten.
HEADER = re.compile(r"(?!https?://)([A-Za-z][A-Za-z0-9-]*):([^\r\n]+)")
PURGE_EXAMPLE = "PURGE http://10.0.0.6:6081/ (see docs/operating.md for headers and keys)"


def purge_calls(text):
    """The calls of PURGE_URLS: method, address, `Name:value` for each header, `{…}` for a body in JSON; and the next.

    A blank within a header or a body is written %20.
    """
    if not text.isascii():
        _refuse_calls()
    calls, words = [], text.split()
    while words:
        method, place = words.pop(0), words.pop(0) if words else ""
        headers, body = {}, None
        while words and not METHOD.fullmatch(words[0]):
            word = unquote(words.pop(0))
            if header := HEADER.fullmatch(word):
                headers[header[1]] = header[2]
            elif body is None and _is_json(word):
                body, headers = word.encode(), {"Content-Type": "application/json"} | headers
            else:
                _refuse_calls()
        if not (METHOD.fullmatch(method) and ADDRESS.fullmatch(place)) or wrong(place):
            _refuse_calls()
        calls.append(Call(method, place, tuple(headers.items()), body))
    return tuple(calls)


def _is_json(word):
    try:
        return word.startswith("{") and isinstance(json.loads(word), dict)
    except ValueError:
        return False


def _refuse_calls():
    refuse([f"PURGE_URLS cannot be read. Write each call like {PURGE_EXAMPLE}."])


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
