"""What stands beside the application servers beyond one machine: PostgreSQL, Redis, nginx in front of two, and Varnish,
all of them real processes on free ports of this one, in folders of their own, that may be killed and come back."""

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

import psycopg
import redis

from tests.patience import until
from tests.programs import INITDB, NGINX, REDIS, VARNISH
from tests.shipped import ROOT, answers, ask, configure, free_port, killed, started

# Which server each request was passed on to.
ASKED = "log_format asked '$upstream_addr'; access_log {}/access.log asked;"


class Postgres:
    """PostgreSQL refuses to run as root: its folder and its processes then belong to the user postgres."""

    def __init__(self):
        self.folder, self.port, self.process = Path(tempfile.mkdtemp(prefix="postgres-")), free_port(), None
        self.user = {"user": "postgres"} if os.getuid() == 0 else {}
        if self.user:
            shutil.chown(self.folder, **self.user)
        command = [INITDB, "--pgdata", self.folder / "data", "--username", "driversite", "--auth", "trust"]
        command += ["--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync"]
        subprocess.run(command, check=True, capture_output=True, cwd=self.folder, **self.user)
        self.url = f"postgres://driversite@127.0.0.1:{self.port}/postgres"

    def start(self):
        # What is lost with this test need not reach the disk.
        options = [
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            "fsync=off",
            "full_page_writes=off",
        ]
        command = [INITDB.with_name("postgres"), "-D", self.folder / "data", "-p", str(self.port)]
        command += [word for option in options for word in ("-c", option)]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                command, cwd=self.folder, stdout=log, stderr=log, start_new_session=True, **self.user
            )
        until(self.answers)

    def answers(self):
        try:
            psycopg.connect(self.url, connect_timeout=1).close()
        except psycopg.OperationalError:
            return False
        return True

    def remove(self):
        if self.process and self.process.poll() is None:
            killed(self.process)
        shutil.rmtree(self.folder, ignore_errors=True)


class Redis:
    """Forgets everything when it ends, as many are set up."""

    def __init__(self, folder):
        self.folder, self.port, self.process = folder, free_port(), None
        self.url = f"redis://127.0.0.1:{self.port}/0"

    def start(self):
        command = [
            REDIS,
            "--port",
            str(self.port),
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--dir",
            str(self.folder),
        ]
        self.process = started(command, self.folder / "redis.log")
        until(self.answers)

    def answers(self):
        try:
            return redis.Redis(port=self.port, socket_timeout=1).ping()
        except redis.RedisError:
            return False


class Balancer:
    """nginx with deploy/nginx-several.conf, without TLS and with the addresses of these servers."""

    def __init__(self, folder, *apps):
        self.folder, self.port, self.process = folder, free_port(), None
        folder.mkdir()
        site = (ROOT / "deploy" / "nginx-several.conf").read_text()
        lines = [
            line
            for line in site.splitlines()
            if not any(word in line for word in ("ssl", "[::]", "$scheme ="))
        ]
        site = "\n".join(lines).replace("listen 80;", f"listen 127.0.0.1:{self.port};")
        site = site.replace("X-Forwarded-Proto https", "X-Forwarded-Proto http")
        site = re.sub(r"access_log /var/log.*;", f"access_log {folder}/access.log asked;", site)
        for address, app in zip(("10.0.0.2:8000", "10.0.0.3:8000"), apps, strict=True):
            assert address in site
            site = site.replace(address, f"127.0.0.1:{app.port}")
        # One worker: each of them would have to learn by itself which server is dead.
        configure(folder, f"{ASKED.format(folder)}\n{site}", workers=1)

    def start(self):
        command = [NGINX, "-c", str(self.folder / "nginx.conf"), "-e", str(self.folder / "error.log")]
        self.process = started(command, self.folder / "start.log")
        until(lambda: answers(self.port, self.process, self.folder / "error.log"))

    def asks(self, apps):
        """Whether it passes requests on to each of them, and has forgotten that one was dead."""
        log = self.folder / "access.log"
        known = log.stat().st_size
        for _each in apps * 2:
            ask(self.port, "/")
        asked = log.read_text()[known:].split()
        return all(f"127.0.0.1:{app.port}" in asked for app in apps)


class Varnish:
    """varnishd with deploy/varnish.vcl, at one port in front of another."""

    def __init__(self, folder, port_behind, port):
        self.folder, self.port, self.process = folder, port, None
        folder.mkdir()
        vcl = (ROOT / "deploy" / "varnish.vcl").read_text()
        assert '.port = "8000"' in vcl
        (folder / "site.vcl").write_text(vcl.replace('.port = "8000"', f'.port = "{port_behind}"'))

    def start(self):
        command = [
            VARNISH,
            "-F",
            "-j",
            "none",
            "-n",
            str(self.folder / "work"),
            "-a",
            f"127.0.0.1:{self.port}",
        ]
        command += ["-f", str(self.folder / "site.vcl"), "-s", "malloc,32m"]
        self.process = started(command, self.folder / "varnish.log")
        until(lambda: answers(self.port, self.process, self.folder / "varnish.log"))
