"""A worker of one's own: started beside a server, and gone with it."""

import atexit
import subprocess
import sys

from django.conf import settings

COMMAND = [sys.executable, str(settings.BASE_DIR / "manage.py"), "tasks", "--beside"]


def start_beside():
    """Also where this process is killed, the worker notices and ends."""
    worker = subprocess.Popen(COMMAND)
    atexit.register(_end, worker)
    return worker


def _end(worker):
    worker.terminate()
    worker.wait()
