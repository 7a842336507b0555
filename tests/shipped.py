"""The site as it is shipped, on free ports of this machine: the production server, and nginx in front with the site
file of deploy/, both as ordinary processes in a folder of their own."""

import http.client
import os
import random
import re
import secrets
import signal
import socket
import ssl
import subprocess
import sys
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.patience import until
from tests.programs import MODULES, NGINX

ROOT = Path(__file__).parents[1]
# What a site of another process is made of.
OF_A_SITE = (
    *("SECRET_KEY", "ALLOWED_HOSTS", "SITE_URL", "DATABASE_URL", "CACHE_URL", "LOG_LEVEL"),
    *("MEDIA_ROOT", "STATIC_ROOT", "STATE_ROOT"),
)
OPENSSL = (
    "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost"
)
# In a site file, behind a load balancer that names the visitors.
BEHIND = {
    "# set_real_ip_from 192.0.2.0/24": "set_real_ip_from 127.0.0.1",
    "# real_ip_header": "real_ip_header",
    "# real_ip_recursive": "real_ip_recursive",
}
# Around a site file, as Debian's own nginx.conf has it.
AROUND = """
{user}
daemon off;
worker_processes {workers};
pid {folder}/nginx.pid;
error_log {folder}/error.log;
include {modules}/*.conf;
events {{ worker_connections 1024; }}
http {{
    sendfile on;
    tcp_nopush on;
    include /etc/nginx/mime.types;
    default_type application/octet-stream;
    gzip on;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    {site}
}}
"""


def free_port():
    """Below those that connections get by themselves: it must still be free when a server starts a minute later."""
    while True:
        port = random.randrange(20000, 32000)
        with socket.socket() as found, suppress(OSError):
            found.bind(("127.0.0.1", port))
            return port


@dataclass
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def kept(self):
        """HIT, MISS, EXPIRED, STALE … where nginx may keep it; None where it never does."""
        return self.headers["X-Cache-Status"]


def ask(port, path, method="GET", body=None, sender="127.0.0.1", encrypted=False, patience=60, **headers):
    """One answer as it comes over the wire: nothing unpacked, nothing followed. Underscores stand for hyphens."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    how = {"timeout": patience, "source_address": (sender, 0)}
    if encrypted:
        # Its certificate is our own.
        connection = http.client.HTTPSConnection(
            "127.0.0.1", port, context=ssl._create_unverified_context(), **how
        )
    else:
        connection = http.client.HTTPConnection("127.0.0.1", port, **how)
    with closing(connection):
        connection.request(method, path, body, {"Host": "127.0.0.1"} | named)
        response = connection.getresponse()
        return Answer(response.status, response.headers, response.read())


class App:
    """The production server of a site with a database, media and state of its own; static files are a fixture."""

    def __init__(self, folder, **environment):
        self.folder, self.port, self.process = folder, free_port(), None
        self.address = f"http://127.0.0.1:{self.port}"
        self.media, self.state = folder / "media", folder / "state"
        self.environment = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ} | {
            "DEBUG": "false",
            "SECRET_KEY": secrets.token_urlsafe(64),
            "ALLOWED_HOSTS": "127.0.0.1",
            "SITE_URL": "http://127.0.0.1",
            "DATABASE_URL": f"sqlite:///{folder / 'site.sqlite3'}",
            "MEDIA_ROOT": str(self.media),
            "STATE_ROOT": str(self.state),
            "EMAIL_URL": "dummymail://",
            "DJANGO_SETTINGS_MODULE": "driversite.settings",
            **environment,
        }

    @classmethod
    def of_this_process(cls, folder):
        """For a site that this process has made, with its database and folders (tests/demosite.py)."""
        app = cls(folder, **{name: os.environ[name] for name in OF_A_SITE if name in os.environ})
        app.media, app.state = (Path(app.environment[f"{name}_ROOT"]) for name in ("MEDIA", "STATE"))
        return app

    def manage(self, *arguments, **environment):
        command = [sys.executable, "manage.py", *arguments]
        environment = self.environment | environment
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def shell(self, code):
        """What the code prints, run by manage.py shell: another process than those that serve, as a command is."""
        return self.manage("shell", "--verbosity", "0", "--command", code).strip()

    def migrate(self):
        self.manage("migrate", "--verbosity", "0")

    def start(self, *options, within=()):
        """`within`: a command that runs another one."""
        command = [*within, sys.executable, "manage.py", "serve", "--port", str(self.port), *options]
        self.process = started(command, self.folder / "server.log", env=self.environment)
        until(lambda: answers(self.port, self.process, self.folder / "server.log"))

    def stop(self):
        stopped(self.process)


def configure(folder, site, workers=2):
    """nginx.conf for this site file."""
    # As root nginx would hand its work to a user who may not look into the folders of tests.
    user = "user root;" if os.getuid() == 0 else ""
    text = AROUND.format(user=user, workers=workers, folder=folder, modules=MODULES, site=site)
    (folder / "nginx.conf").write_text(text)


class Nginx:
    """nginx with the site file as `manage.py fill_in` prints it for the app, on free ports instead of 80 and 443.

    `encrypted`: as for a site with HTTPS, with a certificate that we sign ourselves.
    """

    def __init__(self, folder, app, *options, encrypted=False):
        self.app = app
        self.prepare(folder, encrypted)
        scheme = "https" if encrypted else "http"
        self.address = f"{scheme}://127.0.0.1:{self.port_of_https if encrypted else self.port}"
        command = ("fill_in", "deploy/nginx.conf", "--app", f"127.0.0.1:{app.port}", *options)
        configure(folder, self.here(app.manage(*command, SITE_URL=f"{scheme}://127.0.0.1")))

    def prepare(self, folder, encrypted):
        self.folder, self.process, self.encrypted = folder, None, encrypted
        self.port, self.port_of_https = free_port(), free_port()
        self.log, self.errors = folder / "driversite.log", folder / "error.log"
        folder.mkdir(exist_ok=True)
        self.certificate = folder / "live" / "127.0.0.1" / "fullchain.pem"
        if encrypted:
            self.certify()

    def certify(self):
        self.certificate.parent.mkdir(parents=True)
        files = ["-keyout", str(self.certificate.with_name("privkey.pem")), "-out", str(self.certificate)]
        subprocess.run([*OPENSSL.split(), *files], check=True, capture_output=True)

    def here(self, site):
        """Its ports, logs, cache and certificates in the folder."""
        site = re.sub(r" *listen \[::\].*\n", "", site)
        site = site.replace("listen 80;", f"listen 127.0.0.1:{self.port};")
        site = site.replace("listen 443 ", f"listen 127.0.0.1:{self.port_of_https} ")
        for place in ("/var/cache", "/var/log/nginx", "/etc/letsencrypt", "/var/www"):
            site = site.replace(f"{place}/", f"{self.folder}/")
        return site

    def command(self, *options):
        return [NGINX, "-c", str(self.folder / "nginx.conf"), "-e", str(self.errors), *options]

    def accepts(self):
        """What nginx says of the configuration; it must be no warning either."""
        return subprocess.run(self.command("-t"), capture_output=True, text=True)

    def start(self):
        self.process = started(self.command(), self.folder / "start.log")
        until(lambda: answers(self.port, self.process, self.folder / "start.log", at_all=True))

    def stop(self):
        stopped(self.process)

    def ask(self, path, method="GET", body=None, **how):
        port = self.port_of_https if self.encrypted else self.port
        return ask(port, path, method, body, encrypted=self.encrypted, **how)


class Beside(Nginx):
    """Another one with the same site file, in which some words are others."""

    def __init__(self, nginx, folder, words):
        self.prepare(folder, encrypted=False)
        self.address = f"http://127.0.0.1:{self.port}"
        text = (nginx.folder / "nginx.conf").read_text()
        words = {
            str(nginx.folder): str(folder),
            f"127.0.0.1:{nginx.port};": f"127.0.0.1:{self.port};",
        } | words
        for word, other in words.items():
            assert word in text, word
            text = text.replace(word, other)
        (folder / "nginx.conf").write_text(text)


def leave_traces_of(token, nginx):
    for path in ("/vorschau/{}/", "/en/preview/{}", "/en/vorschau/{}/", "/Vorschau/{}/", "/%76orschau/{}/"):
        nginx.ask(path.format(token))
    nginx.ask("/news/24h-preview/", Referer=f"{nginx.address}/vorschau/{token}/")
    nginx.ask("/news/", Referer=f"{nginx.address}/%76orschau/{token}/")
    assert 429 in [nginx.ask(f"/vorschau/{token}/").status for _each in range(40)]


def started(command, log, env=None):
    with log.open("ab") as out:
        return subprocess.Popen(command, cwd=ROOT, env=env, stdout=out, stderr=out, start_new_session=True)


def stopped(process):
    """The process and all that it started, without a word."""
    if process and process.poll() is None:
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            killed(process)


def killed(process):
    """As a machine loses its power: no farewell, whatever it was about to do."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def answers(port, process, log, at_all=False):
    """Whether the site is well there; `at_all`: whether somebody says anything."""
    assert process.poll() is None, log.read_text()
    try:
        return ask(port, "/healthz").status == 200 or at_all
    except ConnectionError:
        return False
