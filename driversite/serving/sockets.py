"""Where the server listens: an address, a file for the web server on the same machine, or what systemd holds open."""

import contextlib
import errno
import os
import socket

BACKLOG = 2048
# The first socket that systemd hands over (sd_listen_fds).
FIRST_GIVEN = 3


class Taken(Exception):
    """A sentence: somebody else listens there, or nobody may."""


def listening(host, port, unix=""):
    """One socket for all workers: what waits on it is taken by whoever lives."""
    if os.environ.get("LISTEN_PID") == str(os.getpid()):
        return socket.socket(fileno=FIRST_GIVEN)
    return _file(unix) if unix else _address(host, port)


def spelt(listener):
    """As a person would type it."""
    name = listener.getsockname()
    if isinstance(name, str):
        return f"unix:{name}"
    return f"http://[{name[0]}]:{name[1]}" if ":" in name[0] else f"http://{name[0]}:{name[1]}"


def _address(host, port):
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    try:
        listener.bind((host, port))
        listener.listen(BACKLOG)
    except OSError as error:
        listener.close()
        raise Taken(_why(error, host, port)) from error
    return listener


def _why(error, host, port):
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} on {host} is taken: another server listens there. Stop it or name another PORT."
    if error.errno == errno.EACCES:
        return f"Port {port} is not for this user: take one above 1023 and let the web server in front have {port}."
    return f"Nothing can listen on {host}, port {port}: {error.strerror or error}."


def _file(path):
    """Whoever may enter the folder may connect; what a killed server left behind is taken over."""
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        if _somebody_answers(path):
            raise Taken(f"{path} is taken: another server listens there.")
        with contextlib.suppress(FileNotFoundError):
            os.unlink(path)
        listener.bind(path)
        os.chmod(path, 0o666)
        listener.listen(BACKLOG)
    except OSError as error:
        listener.close()
        raise Taken(f"Nothing can listen on {path}: {error.strerror or error}.") from error
    return listener


def _somebody_answers(path):
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        try:
            probe.connect(path)
        except (FileNotFoundError, ConnectionRefusedError):
            return False
    return True
