"""The server as a process of its own, and visitors who do what browsers would not."""

import contextlib
import http.client
import json
import os
import socket
import sys

from tests.patience import PATIENCE, until
from tests.shipped import free_port, killed, started


class Process:
    """`start()`, `stop()`; `exit` is what it ended with."""

    def __init__(self, command, port, log, environment=None):
        self.command, self.port, self.log, self.environment = command, port, log, environment
        self.process = None

    def start(self, until_it_answers=True):
        self.process = started(self.command, self.log, env=self.environment)
        if until_it_answers:
            until(self.answers, self.log)
        return self

    def answers(self):
        assert self.process.poll() is None, self.log.read_text()
        with contextlib.suppress(OSError, http.client.HTTPException):
            return self.get("/").status == 200

    def signal(self, number):
        self.process.send_signal(number)

    def ended(self):
        """The exit code; fails when it does not end."""
        return self.process.wait(PATIENCE)

    def is_gone(self):
        """Master, workers and whoever was beside them."""
        self.process.poll()
        try:
            os.killpg(self.process.pid, 0)
        except ProcessLookupError:
            return True
        return False

    def kill(self):
        killed(self.process)

    def connected(self, sent=b""):
        connection = socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)
        connection.sendall(sent)
        return connection

    def get(self, path, method="GET", body=None, headers=()):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.request(method, path, body=body, headers=dict(headers))
        answer = connection.getresponse()
        answer.body = answer.read()
        connection.close()
        return answer

    def said(self, path="/echo", **request):
        return json.loads(self.get(path, **request).body)


def site(folder, *beside):
    """tests/serving/site.py on a port of its own."""
    port = free_port()
    command = [sys.executable, "-m", "tests.serving.site", str(port), *beside]
    return Process(command, port, folder / "server.log")
