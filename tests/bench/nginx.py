"""Pages through the shipped nginx beside a file of the same bytes that the same nginx hands out."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

from django.conf import settings

from tests.bench.table import Row, tell
from tests.demosite import demo_site, pages
from tests.patience import until
from tests.programs import NGINX, lacking
from tests.shipped import App, Nginx, ask

KINDS = ("home", "article")
CONNECTIONS, SECONDS, ROUNDS = 16, 2, 3
# Of what a file of the same bytes does.
LEAST = 0.5


def rate(nginx, path):
    """Requests a second that wrk gets answered; every one of them must be."""
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "-H", "Accept-Encoding: gzip, br"]
    said = subprocess.run(
        [*command, f"http://127.0.0.1:{nginx.port}{path}"], capture_output=True, text=True, check=True
    ).stdout
    if "Non-2xx" in said:
        sys.exit(f"Not every request for {path} was answered:\n{said}")
    return float(re.search(r"Requests/sec:\s*([\d.]+)", said)[1])


def as_file(page):
    """The address of a static file with the bytes of this answer."""
    path = Path(settings.STATIC_ROOT, "bench", "page.css")
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(page.body)
    return "/static/bench/page.css"


def rows():
    if why := lacking(nginx=NGINX, wrk=shutil.which("wrk")):
        sys.exit(why)
    with demo_site():
        folder = Path(settings.MEDIA_ROOT).parent
        paths = {kind: path for kind, language, path in pages() if language == "de" and kind in KINDS}
        app = App.of_this_process(folder)
        app.start()
        nginx = Nginx(folder / "nginx", app, "--brotli")
        nginx.start()
        try:
            for kind, path in paths.items():
                yield row(nginx, kind, path)
        finally:
            nginx.stop()
            app.stop()


def row(nginx, kind, path):
    packed = {"Accept_Encoding": "gzip, br"}
    until(lambda: nginx.ask(path, **packed).kept == "HIT")
    page = nginx.ask(path, **packed)
    file = as_file(page)
    assert ask(nginx.port, file, **packed).body == page.body
    # Side by side: what else the machine does falls on both.
    found = [(rate(nginx, path), rate(nginx, file)) for _ in range(ROUNDS)]
    by_page, by_file = (max(rates) for rates in zip(*found, strict=True))
    ratio = by_page / by_file
    return Row(
        f"{kind} through nginx, {len(page.body):,} bytes, beside a file of the same bytes",
        f"{by_page:,.0f}/s, file {by_file:,.0f}/s: {ratio:.2f}",
        f"≥ {LEAST} × the file",
        ratio >= LEAST,
    )


if __name__ == "__main__":
    tell(rows)
