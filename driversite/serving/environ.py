"""A request of granian's as the dictionary that WSGI applications read."""

import sys

# Names come from visitors: what was translated once is kept, but not without limit.
MOST_NAMES, LONGEST_NAME = 500, 60
NAMES = {"content-type": "CONTENT_TYPE", "content-length": "CONTENT_LENGTH"}


def asked(scope) -> dict:
    """What a cached page is chosen by: method, address and headers."""
    environ = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": _bytes_as_text(scope.path),
        "QUERY_STRING": scope.query_string,
        "wsgi.url_scheme": scope.scheme,
    }
    for header, value in scope.headers.items():
        name = NAMES.get(header) or _name(header)
        if name in environ:
            value = f"{environ[name]}{'; ' if name == 'HTTP_COOKIE' else ','}{value}"
        environ[name] = value
    # X_Real_IP would pass for X-Real-IP: a name that no proxy overwrites.
    environ.pop("", None)
    return environ


def whole(scope, body, length) -> dict:
    """Everything that Django asks for."""
    server, _, port = scope.server.rpartition(":")
    return asked(scope) | {
        "CONTENT_LENGTH": str(length),
        "REMOTE_ADDR": scope.client.rpartition(":")[0],
        "SERVER_NAME": server or "localhost",
        "SERVER_PORT": port if port.isdecimal() else "80",
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "wsgi.version": (1, 0),
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }


def _name(header):
    name = "" if "_" in header else f"HTTP_{header.upper().replace('-', '_')}"
    if len(NAMES) < MOST_NAMES and len(header) <= LONGEST_NAME:
        NAMES[header] = name
    return name


def _bytes_as_text(path):
    return path if path.isascii() else path.encode().decode("latin-1")
