"""The hour after the victory: a hundred thousand visitors through the shipped nginx to the shipped server, by HTTPS.

28 visitors a second for twenty seconds instead of an hour, then ten times as many. Meanwhile an editor saves the
article that everybody reads again and again, and another article appears at its second.
"""

import shutil
import sys
import threading
import time
from datetime import timedelta
from io import StringIO
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import sync_playwright

from tests.bench.table import Row, tell
from tests.bench.visitors import Crowd, Visit, cpu_seconds
from tests.browser import chromium
from tests.demosite import demo_site, pages
from tests.patience import until
from tests.programs import NGINX, lacking
from tests.shipped import App, Nginx

# Of 28 visitors a second: who comes by a link from elsewhere reads the article.
SHARES = {"article": 12, "home": 8, "articles": 4, "race": 4}
SECONDS, TIMES = 20, (1, 10)
PAUSE = 3


def first_views(nginx, paths):
    """{kind: all that a browser asks for to show the page on a phone}."""
    found = {}
    with sync_playwright() as playwright:
        browser = chromium.launched(playwright)
        for kind, path in paths.items():
            context = browser.new_context(**chromium.PHONE, locale="de-DE", ignore_https_errors=True)
            page, asked = context.new_page(), []
            page.on("request", lambda request, asked=asked: asked.append(request.url))
            page.goto(f"{nginx.address}{path}", wait_until="networkidle")
            context.close()
            found[kind] = list(dict.fromkeys(url.removeprefix(nginx.address) for url in asked))
        browser.close()
    return found


class Editor(threading.Thread):
    """Saves every few seconds and looks at once whether it is there; `unseen` counts the saves that were not."""

    def __init__(self, nginx, article, seconds):
        super().__init__()
        self.nginx, self.article, self.seconds, self.saves, self.unseen = nginx, article, seconds, 0, 0

    def run(self):
        end = time.monotonic() + self.seconds
        while time.monotonic() < end:
            self.saves += 1
            self.article.teaser = f"Stand {self.saves} vom {timezone.now():%H:%M:%S.%f}"
            self.article.save()
            answer = self.nginx.ask(self.article.get_absolute_url())
            self.unseen += self.article.teaser not in answer.body.decode()
            time.sleep(PAUSE)


class Reader(threading.Thread):
    """Loads a scheduled article again and again; `wrong` counts what was there too early or was not there yet."""

    def __init__(self, nginx, article, seconds):
        super().__init__()
        self.nginx, self.article, self.seconds, self.wrong, self.looks = nginx, article, seconds, 0, 0

    def run(self):
        path, begins = self.article.get_absolute_url(), self.article.published_at.timestamp()
        end = time.monotonic() + self.seconds
        while time.monotonic() < end:
            asked, status, answered = time.time(), self.nginx.ask(path).status, time.time()
            self.wrong += (answered < begins and status != 404) or (asked >= begins and status != 200)
            self.looks += 1
            time.sleep(0.05)


def scheduled(number):
    article = apps.get_model("news", "Article")
    return article.objects.create(
        headline=f"Pünktlich {number}",
        teaser="Auf die Sekunde.",
        body="<p>Da.</p>",
        stage=article.Stage.RELEASED,
        published_at=timezone.now().replace(microsecond=0) + timedelta(seconds=SECONDS // 2),
    )


def measured(app, nginx, article, views, times):
    visits = [Visit(views[kind], share * times) for kind, share in SHARES.items()]
    crowd = Crowd(nginx.folder, nginx.address, visits, SECONDS)
    others = [Editor(nginx, article, SECONDS), Reader(nginx, scheduled(times), SECONDS)]
    before, began = [cpu_seconds(server.process) for server in (app, nginx)], time.monotonic()
    crowd.come()
    for other in others:
        other.start()
    load = crowd.gone()
    took = time.monotonic() - began
    for other in others:
        other.join()
    used = [cpu_seconds(server.process) - first for server, first in zip((app, nginx), before, strict=True)]
    return load, [seconds / took for seconds in used], *others


def row(app, nginx, article, views, times):
    load, (by_app, by_nginx), editor, reader = measured(app, nginx, article, views, times)
    seen = editor.saves - editor.unseen
    return Row(
        f"{sum(SHARES.values()) * times} visitors/s by HTTPS, {load.asked / SECONDS:,.0f} requests/s, for {SECONDS} s",
        f"{load.errors} errors, p50 {load.percentile(50):.1f} ms, p99 {load.percentile(99):.1f} ms;"
        f" of a core: application {by_app:.0%}, nginx {by_nginx:.0%};"
        f" saves seen by the next request: {seen} of {editor.saves};"
        f" looks at a scheduled article that were wrong: {reader.wrong} of {reader.looks}",
        "0 errors, all seen, none wrong",
        load.errors == editor.unseen == reader.wrong == 0,
    )


def rows():
    if why := lacking(nginx=NGINX, nghttp2_client=shutil.which("h2load")):
        sys.exit(why)
    with demo_site():
        call_command("tasks", once=True, stdout=StringIO())
        folder = Path(settings.MEDIA_ROOT).parent
        paths = {kind: path for kind, language, path in pages() if language == "de" and kind in SHARES}
        articles = apps.get_model("news", "Article").objects.public()
        article = next(each for each in articles if each.get_absolute_url() == paths["article"])
        app = App.of_this_process(folder)
        app.start()
        nginx = Nginx(folder / "nginx", app, "--brotli", encrypted=True)
        nginx.start()
        try:
            until(lambda: all(nginx.ask(path).status == 200 for path in paths.values()))
            views = first_views(nginx, paths)
            for times in TIMES:
                yield row(app, nginx, article, views, times)
        finally:
            nginx.stop()
            app.stop()


if __name__ == "__main__":
    tell(rows)
