"""What slow visitors do to others, and how servers end then: `python -m tests.bench.patience`, some ten minutes.

A page that is ready and another one are asked for while many visitors are slow; then the server is told to end.
"""

import http.client
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.serving.process import Process
from tests.shipped import free_port

SITE = "tests.serving.wsgi:application"
SERVERS = {
    "gunicorn, sync": f"gunicorn {SITE} --bind 127.0.0.1:{{}} --workers 2 --no-control-socket",
    "gunicorn, 8 threads": f"gunicorn {SITE} --bind 127.0.0.1:{{}} --workers 2 --threads 8 --no-control-socket",
    "granian, WSGI, 1 thread": f"granian {SITE} --interface wsgi --port {{}} --workers 2 --blocking-threads 1",
    "granian, WSGI, 8 threads": f"granian {SITE} --interface wsgi --port {{}} --workers 2 --blocking-threads 8",
    "as shipped": "tests.serving.site {}",
}
LARGE = 64 * 1024 * 1024
SLOW = {
    "40 send slowly": (40, "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nsome of it"),
    "40 read slowly": (40, "GET /file{large} HTTP/1.1\r\nHost: x\r\n\r\n"),
    "40 slow requests": (40, "GET /slow/6 HTTP/1.1\r\nHost: x\r\n\r\n"),
    "200 begin to ask": (200, "GET / HTTP/1.1\r\nHos"),
    "200 keep a connection": (200, "GET / HTTP/1.1\r\nHost: x\r\n\r\n"),
}
PATIENCE, END = 3, 45


def answered(port, path):
    began = time.monotonic()
    try:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        connection.request("GET", path)
        connection.getresponse().read()
    except (OSError, http.client.HTTPException):
        return f"none in {PATIENCE} s"
    return f"{(time.monotonic() - began) * 1000:.0f} ms"


def ended(process):
    began = time.monotonic()
    process.signal(signal.SIGTERM)
    try:
        process.process.wait(END)
    except subprocess.TimeoutExpired:
        return f"not in {END} s"
    return f"{time.monotonic() - began:.1f} s"


def tried(command, count, sent, folder):
    port = free_port()
    process = Process([sys.executable, "-m", *command.format(port).split()], port, folder / "log").start()
    slow = []
    try:
        for _ in range(count):
            slow.append(socket.create_connection(("127.0.0.1", port), timeout=PATIENCE))
            slow[-1].sendall(sent.encode())
        time.sleep(0.5)
        return answered(port, "/"), answered(port, "/echo"), ended(process)
    finally:
        for connection in slow:
            connection.close()
        process.kill()


def main():
    print("| Server | Meanwhile | Ready page | Other page | End |\n|---|---|--:|--:|--:|")
    with tempfile.TemporaryDirectory(prefix="driversite-bench-") as name:
        folder = Path(name)
        with (folder / "large").open("wb") as file:
            file.truncate(LARGE)
        for server, command in SERVERS.items():
            for what, (count, sent) in SLOW.items():
                row = tried(command, count, sent.replace("{large}", str(folder / "large")), folder)
                print("|", " | ".join((server, what, *row)), "|", flush=True)


if __name__ == "__main__":
    main()
