"""Pages rendered anew, beside an ordinary magazine on Wagtail with the same content (tests/bench/peers/).

Both sites run under gunicorn with two sync workers, production settings and SQLite, without a page cache, and are asked
in turn by wrk. What Wagtail needs is installed into build/peer, a virtual environment of its own, on the first run.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import venv
from contextlib import ExitStack, contextmanager
from pathlib import Path

from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.bench.cached import rate
from tests.bench.peers.content import content
from tests.bench.table import Row, tell
from tests.demosite import demo_site, pages
from tests.serving.process import Process
from tests.shipped import ROOT, free_port

ARTICLES, WORKERS, BUDGET, QUERIES = 500, 2, 3, 10
# Pages that take long need longer turns, and no queue before the two workers.
ROUNDS, SECONDS, CONNECTIONS = 4, 3, 4
PEERS = Path(__file__).parent / "peers"
HOME = ROOT / "build" / "peer"
# Django alone: our own door, driversite.wsgi, would answer from the page cache.
BARE_DJANGO = "django.core.wsgi:get_wsgi_application()"
INFORMATION = ("home", "race", "drivers", "season")


def installed():
    """The Python that has what the other site needs."""
    python, mark = HOME / "bin" / "python", HOME / "requirements.txt"
    wanted = (PEERS / "requirements.txt").read_text()
    if not mark.exists() or mark.read_text() != wanted:
        venv.create(HOME, with_pip=True, clear=True)
        command = [python, "-m", "pip", "install", "-qq", "--requirement", PEERS / "requirements.txt"]
        subprocess.run([*command, "--disable-pip-version-check"], check=True)
        mark.write_text(wanted)
    return python


def filled(python, folder):
    """The environment of the other site, with our content in its own tables."""
    migrated = Path(folder, "migrated")
    migrated.mkdir()
    (migrated / "__init__.py").touch()
    environment = os.environ | {
        "SITE": folder,
        "DJANGO_SETTINGS_MODULE": "magazine.settings",
        "PYTHONPATH": os.pathsep.join([str(PEERS), folder]),
    }
    path = Path(folder, "content.json")
    path.write_text(json.dumps(content()))
    for command in (
        ["makemigrations", "news", "racing", "partners", "--verbosity", "0"],
        ["migrate", "--verbosity", "0"],
        ["collectstatic", "--no-input", "--verbosity", "0"],
        ["fill", str(path)],
    ):
        subprocess.run([python, "-m", "django", *command], env=environment, check=True)
    return environment


def gunicorn(python, port):
    options = f"--bind 127.0.0.1:{port} --workers {WORKERS} --no-control-socket --log-level error"
    return [str(python), "-m", "gunicorn", BARE_DJANGO, *options.split()]


@contextmanager
def served(python, folder, environment):
    port = free_port()
    process = Process(gunicorn(python, port), port, Path(folder, f"{port}.log"), environment)
    process.start()
    try:
        yield port
    finally:
        process.kill()


def best(*asked):
    """The best rate of each (port, path) in turns: what else the machine does only makes a second slower."""
    turns = [[rate(*each, CONNECTIONS, SECONDS) for each in asked] for _ in range(ROUNDS)]
    return [max(rates) for rates in zip(*turns, strict=True)]


def compared():
    """(what, path) that both sites have: the report of a race with all that belongs to it, and a plain one."""
    article = apps.get_model("news", "Article").objects.public().in_language("de")
    plain = article.filter(race=None, lead_photo__isnull=False, gallery=None).newest_first().first()
    reports = {kind: path for kind, language, path in pages() if language == "de"}
    yield "list", "/news/"
    yield "report with race, result and gallery", reports["article"]
    yield "article with a picture", plain.get_absolute_url()


def row(what, path, ours, peer, least):
    mine, theirs, bare = best((ours, path), (peer, path), (peer, least))
    times = mine / theirs
    figure = f"{mine:,.0f}/s: {times:.1f} × Wagtail ({theirs:,.0f}/s), {mine / bare:.1f} × its least ({bare:,.0f}/s)"
    return Row(f"{what}, rendered anew", figure, f"≥ {BUDGET} × Wagtail", times >= BUDGET)


def dearest():
    """(queries, path) of the page that asks the most."""
    client, prices = Client(), []
    for _, _, path in pages():
        client.get(path)
        with CaptureQueriesContext(connection) as asked:
            client.get(path)
        prices.append((len(asked), path))
    return max(prices)


def rows():
    if not shutil.which("wrk"):
        yield Row("pages rendered anew", "not measured: wrk is missing", "", None)
        return
    with demo_site(articles=ARTICLES), ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="driversite-peer-"))
        python = installed()
        environment = filled(python, folder)
        ours = stack.enter_context(served(sys.executable, folder, dict(os.environ)))
        peer = stack.enter_context(served(python, folder, environment))
        for what, path in compared():
            yield row(what, path, ours, peer, "/plain/")
        german = {kind: path for kind, language, path in pages() if language == "de"}
        for kind in INFORMATION:
            yield Row(f"{kind}, rendered anew", f"{best((ours, german[kind]))[0]:,.0f}/s")
        most, path = dearest()
        yield Row("most queries of a page", f"{most} ({path})", f"≤ {QUERIES}", most <= QUERIES)


if __name__ == "__main__":
    tell(rows)
