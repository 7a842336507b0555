"""Where the server listens: at an address, at a file for a web server beside it, or at what systemd holds open."""

import contextlib
import errno
import os
import socket
import stat

BACKLOG = 2048
# The first socket that systemd hands over (sd_listen_fds).
FIRST_GIVEN = 3


class Taken(Exception):
    """A sentence: somebody else listens there, or nobody may."""


def listening(host, port, unix="", workers=1):
    """The sockets that workers listen on, the first at the first and so on.

    Each has one of its own where the system spreads connections over them: of those that share one, it is often one
    that takes all connections. This process keeps all of them open, so what waits on the one of a worker that was
    killed waits for the next.
    """
    if os.environ.get("LISTEN_PID") == str(os.getpid()):
        return _given(int(os.environ["LISTEN_FDS"]), workers)
    if unix:
        return [_file(unix)]
    _free(host, port)
    return [_address(host, port) for _ in range(workers)]


def _given(count, workers):
    if count > workers:
        raise Taken(
            f"systemd has opened {count} sockets: take as many workers, or nobody listens on some of them."
        )
    return [socket.socket(fileno=FIRST_GIVEN + number) for number in range(count)]


def spelt(listener):
    """As a person would type it."""
    name = listener.getsockname()
    if isinstance(name, str):
        return f"unix:{name}"
    return f"http://[{name[0]}]:{name[1]}" if ":" in name[0] else f"http://{name[0]}:{name[1]}"


def _free(host, port):
    """Sockets that share an address share it with those of another server as well: first, one that shares nothing."""
    _bound(host, port, socket.SO_REUSEADDR).close()


def _address(host, port):
    listener = _bound(host, port, socket.SO_REUSEADDR, socket.SO_REUSEPORT)
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    listener.listen(BACKLOG)
    return listener


def _bound(host, port, *options):
    if port == 0:
        # The system would choose one for each worker.
        raise Taken(_no_port(port))
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
    for option in options:
        listener.setsockopt(socket.SOL_SOCKET, option, 1)
    try:
        listener.bind((host, port))
    except (OSError, OverflowError) as error:
        listener.close()
        raise Taken(_why(error, host, port)) from error
    return listener


def _no_port(port):
    return f"PORT must be a number from 1 to 65535, and {port} is none."


def _why(error, host, port):
    if isinstance(error, OverflowError):
        return _no_port(port)
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} on {host} is taken: another server listens there. Stop it or name another PORT."
    if error.errno == errno.EACCES:
        return f"Port {port} is not for this user: take one above 1023 and let the web server in front have {port}."
    return f"Nothing can listen on {host}, port {port}: {error.strerror or error}."


def _file(path):
    """Whoever may enter the folder may connect; what a killed server left behind is taken over."""
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        _make_room(path)
        listener.bind(path)
        os.chmod(path, 0o666)
        listener.listen(BACKLOG)
    except OSError as error:
        listener.close()
        raise Taken(f"Nothing can listen on {path}: {error.strerror or error}.") from error
    return listener


def _make_room(path):
    """Only what another server has left may go: a path that was mistyped may be that of a file somebody needs."""
    if not os.path.lexists(path):
        return
    if not stat.S_ISSOCK(os.lstat(path).st_mode):
        raise Taken(f"{path} is there and no socket: name another path.")
    if _somebody_answers(path):
        raise Taken(f"{path} is taken: another server listens there.")
    with contextlib.suppress(FileNotFoundError):
        os.unlink(path)


def _somebody_answers(path):
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        try:
            probe.connect(path)
        except (FileNotFoundError, ConnectionRefusedError):
            return False
    return True
