"""The production server as a process of its own, with a database of its own: one that can be killed."""

import os
import secrets
import signal
import subprocess
import sys
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from tests.shipped import free_port

ROOT = Path(__file__).parents[2]


class Server:
    """`start()`, `kill()` as a lack of memory would, `start()` again: the same address, the same database."""

    def __init__(self, folder, user, password):
        self.port, self.process = free_port(), None
        self.address = f"http://127.0.0.1:{self.port}"
        self.log = folder / "server.log"
        self.environment = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ} | {
            "DEBUG": "true",
            "SECRET_KEY": secrets.token_urlsafe(64),
            "ALLOWED_HOSTS": "127.0.0.1",
            "SITE_URL": self.address,
            "DATABASE_URL": f"sqlite:///{folder / 'site.sqlite3'}",
            "MEDIA_ROOT": str(folder / "media"),
            "STATE_ROOT": str(folder / "state"),
            "DJANGO_SETTINGS_MODULE": "driversite.settings",
            "DJANGO_SUPERUSER_PASSWORD": password,
        }
        self._manage("migrate", "--verbosity", "0")
        self._manage("createsuperuser", "--no-input", "--username", user, "--email", "")

    def _manage(self, *arguments):
        subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT, env=self.environment, check=True)

    def start(self):
        """Come back when it answers."""
        command = [sys.executable, "manage.py", "serve", "--port", str(self.port), "--workers", "1"]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command,
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        while not self._answers():
            try:
                self.process.wait(0.1)
            except subprocess.TimeoutExpired:
                continue
            raise RuntimeError(self.log.read_text())

    def _answers(self):
        try:
            urlopen(f"{self.address}/healthz", timeout=30).close()
        except URLError as error:
            if isinstance(error.reason, ConnectionRefusedError):
                return False
            raise
        return True

    def kill(self):
        """Master and workers at once, without a word."""
        if self.process:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None
