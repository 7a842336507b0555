"""Pages from the page cache on the production server as shipped, beside a bare Django view and a bare WSGI callable.

All servers run at once with two workers each and are asked in turn, a second each, several times; only ratios of one
run can be compared. wrk asks (Debian: apt install wrk).
"""

import html
import re
import shutil
import subprocess
import sys
import tempfile
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.bench import memory
from tests.bench.table import Row, tell
from tests.demosite import demo_site, pages
from tests.serving.process import Process
from tests.shipped import free_port

WORKERS, ROUNDS, SECONDS, CONNECTIONS = 2, 8, 1, 16
TIMES_HELLO, OF_BARE, MEGABYTES, REQUESTS = 3, 0.7, 250, 100_000
KINDS = ("home", "articles", "article", "race")
# Pages that the cache never keeps.
NOT_KEPT = ("/admin", "/static", "/media", "/cookies", "/en/cookies", "/consent", "/preview", "/en/preview")
BARE = """
HEADERS, BODY = {headers!r}, {body!r}


def application(environ, start_response):
    start_response("200 OK", HEADERS)
    return [BODY]
"""
HELLO = """
from django.conf import settings

settings.configure(SECRET_KEY="-", ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__, MIDDLEWARE=[])

from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path

urlpatterns = [path("", lambda request: HttpResponse("Hello, world"))]
application = get_wsgi_application()
"""


def python(module, *arguments):
    return [sys.executable, "-m", module, *arguments]


def gunicorn(port, folder, module):
    return python(
        *f"gunicorn {module}:application --chdir {folder} --bind 127.0.0.1:{port}".split(),
        *f"--workers {WORKERS} --no-control-socket --log-level error".split(),
    )


def granian(port, folder, module):
    return python(
        *f"granian {module}:application --interface wsgi --working-dir {folder} --port {port} --http 1".split(),
        *f"--workers {WORKERS} --blocking-threads 1 --no-ws --log-level error --workers-kill-timeout 5".split(),
    )


@contextmanager
def running(command, port, folder):
    process = Process(command, port, Path(folder, f"{port}.log")).start()
    try:
        yield process
    finally:
        process.kill()


@contextmanager
def shipped(folder):
    port = free_port()
    command = [sys.executable, "manage.py", "serve", "--port", str(port), "--workers", str(WORKERS)]
    with running(command, port, folder) as process:
        yield process


def addresses():
    """One page of each kind, of the German site."""
    return {kind: path for kind, language, path in pages() if language == "de" and kind in KINDS}


def all_of(site):
    """Every page that links lead to."""
    found, waiting = set(), ["/", "/en/"]
    while waiting:
        path = waiting.pop()
        if path in found or path.startswith(NOT_KEPT):
            continue
        found.add(path)
        links = re.findall(r'<a [^>]*?href="(/[^"#]*)"', site.get(path).body.decode(errors="replace"))
        waiting += (html.unescape(link) for link in links)
    return sorted(found)


def rate(port, path="/", connections=CONNECTIONS, seconds=SECONDS):
    """Requests in a second; all of them must be answered well."""
    options = f"-t1 -c{connections} -d{seconds}s --timeout 30s".split()
    url = f"http://127.0.0.1:{port}{path}"
    answer = subprocess.run(
        ["wrk", *options, "-H", "Accept-Encoding: br", url], capture_output=True, text=True, check=True
    ).stdout
    if bad := re.search(r"Non-2xx.*|Socket errors.*", answer):
        sys.exit(f"{url}: {bad.group()}")
    return float(re.search(r"Requests/sec:\s+([\d.]+)", answer)[1])


def same_bytes(process, path):
    """The source of a WSGI callable that returns what the page cache does."""
    answer = process.get(path, headers={"Accept-Encoding": "br"})
    headers = [header for header in answer.getheaders() if header[0] not in ("date", "server")]
    return BARE.format(headers=headers, body=answer.body)


def rates():
    """(kind, [rates of the site, of hello, of bare in each turn])"""
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="driversite-bench-"))
        site = stack.enter_context(shipped(folder))
        Path(folder, "hello.py").write_text(HELLO)
        hello = stack.enter_context(running(gunicorn(port := free_port(), folder, "hello"), port, folder))
        for kind, path in addresses().items():
            for _ in range(2 * WORKERS):
                site.get(path, headers={"Accept-Encoding": "br"})
            Path(folder, f"bare_{kind}.py").write_text(same_bytes(site, path))
            command = granian(port := free_port(), folder, f"bare_{kind}")
            with running(command, port, folder):
                rate(site.port, path), rate(port)
                turns = [(rate(site.port, path), rate(hello.port), rate(port)) for _ in range(ROUNDS)]
            yield kind, turns


def row(kind, turns):
    # What else the machine does can only make a second slower: the best one says what a server can do.
    ours, hello, bare = (max(turn[n] for turn in turns) for n in range(3))
    times, share = ours / hello, ours / bare
    figure = f"{ours:,.0f}/s: {times:.1f} × hello ({hello:,.0f}/s), {share:.2f} of bare ({bare:,.0f}/s)"
    budget = f"≥ {TIMES_HELLO} × hello, ≥ {OF_BARE} of a bare WSGI callable with the same bytes"
    return Row(f"{kind} from the page cache", figure, budget, times >= TIMES_HELLO and share >= OF_BARE)


def crawled():
    """The workers' memory once every page of the demo has been asked for, of each worker and in each encoding."""
    with tempfile.TemporaryDirectory(prefix="driversite-bench-") as folder, shipped(folder) as site:
        paths = all_of(site)
        for path in paths:
            for _ in range(3 * WORKERS):
                site.get(path, headers={"Accept-Encoding": "br"})
        workers = memory.children(site.process.pid, "serve")
        everybody = [site.process.pid, *memory.children(site.process.pid)]
        warm, all_warm = memory.of(workers), memory.of(everybody)
        asked = 0
        while asked < REQUESTS:
            asked += SECONDS * rate(site.port)
        return len(paths), warm, all_warm, memory.of(workers)


def rows():
    if not shutil.which("wrk"):
        yield Row("pages from the page cache", "not measured: wrk is missing", "", None)
        return
    with demo_site():
        for kind, turns in rates():
            yield row(kind, turns)
        count, warm, everybody, later = crawled()
        yield Row(
            f"memory of {WORKERS} workers, {count} pages crawled",
            f"{warm.shared:.0f} MB together (PSS), {warm.resident:.0f} MB counted one by one (RSS); "
            f"{later.shared:.0f} MB after {REQUESTS:,} requests more; "
            f"with master and task worker {everybody.shared:.0f} MB",
            f"≤ {MEGABYTES} MB",
            warm.resident <= MEGABYTES and later.shared <= MEGABYTES,
        )


if __name__ == "__main__":
    tell(rows)
