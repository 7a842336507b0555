"""EMAIL_URL as Django's settings: a mail server, or the log."""

from urllib.parse import unquote

from driversite.environment.address import address
from driversite.environment.reading import refuse

EXAMPLE = "smtp+tls://user:password@mail.example.org:587"
BACKENDS = {
    "smtp": "smtp",
    "smtps": "smtp",
    "smtp+tls": "smtp",
    "smtp+ssl": "smtp",
    "consolemail": "console",
    "memorymail": "locmem",
    "dummymail": "dummy",
}
# TLS that begins with the first byte has a port of its own: a server that waits for it answers nothing else.
PORTS = {"smtp": 25, "smtps": 587, "smtp+tls": 587, "smtp+ssl": 465}


def read(url):
    """What Django's settings that begin with EMAIL_ are to say."""
    parts = address(url, "EMAIL_URL", EXAMPLE)
    refuse([*_wrong(parts)][:1])
    return {
        "backend": f"django.core.mail.backends.{BACKENDS[parts.scheme]}.EmailBackend",
        "host": parts.hostname or "",
        "port": parts.port or PORTS.get(parts.scheme, 25),
        "user": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "tls": parts.scheme in ("smtps", "smtp+tls"),
        "ssl": parts.scheme == "smtp+ssl",
    }


def _wrong(parts):
    if parts.scheme not in BACKENDS:
        yield "EMAIL_URL must begin with smtp+tls://, smtp+ssl:// or smtp://, or be consolemail:// for the log."
    elif parts.scheme in PORTS:
        if not parts.hostname or parts.path.strip("/") or parts.query:
            yield f"EMAIL_URL must end with the mail server and its port. Write it like {EXAMPLE}."
        if bool(parts.username) != bool(parts.password):
            yield f"EMAIL_URL must have a user with a password, or neither. Write it like {EXAMPLE}."
        if parts.port == 465 and parts.scheme != "smtp+ssl":
            yield "EMAIL_URL names port 465, where TLS begins at once: it must begin with smtp+ssl://."
    elif parts.netloc or parts.path.strip("/") or parts.query:
        yield f"EMAIL_URL must be {parts.scheme}:// alone, or name a mail server. Write it like {EXAMPLE}."
