"""What pages cost with 500 articles and with 100,000: the site that visitors, machines and editors see, page by page.

Two sites are processes of their own, each with its database, and are asked in turn, so that whatever else the machine
does happens to both; of each the fastest answer counts, which is disturbed least. `python -m tests.bench.growth` takes
SQLite; with the address of a PostgreSQL server where databases may be made (`python -m tests.bench.growth postgres://…`,
or DATABASE_URL) it is measured there.
"""

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager
from importlib import import_module
from pathlib import Path

from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.bench.grown import WRITTEN, grow
from tests.bench.table import FOR_THE_RUNNER, Row, tell
from tests.demosite import demo_site

FEW, MANY, BUDGET = 500, 100_000, 1.5
# Each page is asked for so often, or for so many seconds if that is less, but some times at least.
MOST, LEAST, SECONDS = 25, 5, 2.5
AS_SITE = "--site"
PUBLIC = {
    "home": "/",
    "home, English": "/en/",
    "list": "/news/",
    "list, page 2": "/news/?page=2",
    "list, deep page": "/news/?page={deep}",
    "list, last page": "/news/?page={last}",
    "list of a kind": "/news/?kind=column",
    "list of a tag": "/news/?tag={tag}",
    "article, newest": "{newest}",
    "article, of the middle": "{middle}",
    "article, oldest": "{oldest}",
    "search, a common word": "/suche/?q=Liste",
    "search, a common word, page 2": "/suche/?q=Liste&page=2",
    "search, a rare word": "/suche/?q=Zandvoort",
    "search, nothing found": "/suche/?q=Quaxelfritz",
    "search, two words": "/suche/?q=Reifen+Abstimmung",
    "search, two words that never meet": "/suche/?q=Zandvoort+Simulatorabend",
    "search, spelt otherwise": "/suche/?q=NUERBURGRING",
    "search, the beginning of a word": "/suche/?q=Zandv",
    "feed": "/feed/",
    "JSON feed": "/feed.json",
    "sitemap": "/sitemap.xml",
    "sitemap, first part": "/sitemap-articles-0.xml",
    "sitemap, last part": "/sitemap-articles-{part}.xml",
    "news sitemap": "/sitemap-news.xml",
    "robots.txt": "/robots.txt",
    "race": "{race}",
    "driver": "/fahrer/",
    "gallery": "/galerie/",
    "press": "/presse/",
    "missing": "/news/not-there/",
}
NEWSROOM = {
    "newsroom: start page": "/admin/",
    "newsroom: list": "/admin/news/article/",
    "newsroom: list, page 9": "/admin/news/article/?p=9",
    "newsroom: list, last page": "/admin/news/article/?p={last_in_list}",
    "newsroom: list, public": "/admin/news/article/?state=public",
    "newsroom: list, in writing": "/admin/news/article/?state=writing",
    "newsroom: list, one year": "/admin/news/article/?year={year}",
    "newsroom: list, English": "/admin/news/article/?language__exact=en",
    "newsroom: list, a common word": "/admin/news/article/?q=demo",
    "newsroom: list, a rare word": "/admin/news/article/?q=zandvoort",
    "newsroom: list, a word of the text": "/admin/news/article/?q=abstimmung",
    "newsroom: search, a common word": "/admin/search/found/?q=demo",
    "newsroom: search, a rare word": "/admin/search/found/?q=zandvoort",
    "newsroom: search, nothing": "/admin/search/found/?q=quaxelfritz",
    "newsroom: calendar of articles": "/admin/news/article/planner/",
    "newsroom: languages": "/admin/news/article/languages/",
    "newsroom: languages, behind": "/admin/news/article/languages/?only=stale",
    "newsroom: an article": "/admin/news/article/{form}/change/",
}
PAGES = PUBLIC | NEWSROOM


# ---- One of the two sites ------------------------------------------------------------------------------------


def addresses():
    article, race = apps.get_model("news.Article"), apps.get_model("news.Race")
    tag = apps.get_model("news.Tag").objects.order_by("pk").first()
    on_a_page = import_module("news.views.articles").ON_A_PAGE
    german = article.objects.public().in_language("de").newest_first()
    number = german.count()
    last = -(-number // on_a_page)
    words = {
        "last": last,
        "deep": min(4000, last - 1),
        "tag": tag.slug,
        "newest": german.filter(byline="Demo-Generator")[0].get_absolute_url(),
        "middle": german[number // 2].get_absolute_url(),
        "oldest": german.filter(byline="Demo-Generator").last().get_absolute_url(),
        "race": race.objects.get(first_day="2014-04-06").get_absolute_url(),
        "last_in_list": -(-article.objects.count() // 50),
        "part": max(number for number, _changed in apps.get_model("news.SitemapChange").objects.listed()),
        "year": german[0].published_at.year,
        "form": article.objects.filter(race__isnull=False).order_by("pk").first().pk,
    }
    return {name: address.format(**words) for name, address in PAGES.items()}


def answer_as_site():
    """For each name on a line of standard input a line with queries, status and milliseconds of its page."""
    editor = apps.get_model("auth.User").objects.filter(is_staff=True, groups__name="Editor").first()
    visitor, desk = Client(), Client()
    desk.force_login(editor)
    where = addresses()
    print("ready", flush=True)
    for line in sys.stdin:
        name, counted = json.loads(line)
        client = desk if name in NEWSROOM else visitor
        with CaptureQueriesContext(connection) if counted else ExitStack() as asked:
            began = time.perf_counter()
            status = client.get(where[name]).status_code
            took = (time.perf_counter() - began) * 1000
        print(json.dumps({"ms": took, "status": status, "queries": len(asked) if counted else 0}), flush=True)


# ---- Both, asked in turn -------------------------------------------------------------------------------------


class Site:
    def __init__(self, articles, database):
        command = [sys.executable, "-m", "tests.bench.growth", AS_SITE, str(articles), database]
        root = Path(__file__).parents[2]
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=root
        )

    def wait(self):
        if self.process.stdout.readline().strip() != "ready":
            sys.exit("A site did not come up: see what it says above.")

    def ask(self, name, counted=False):
        self.process.stdin.write(json.dumps([name, counted]) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def leave(self):
        """At once, also where the other did not come up and this one is still being made."""
        self.process.terminate()
        self.process.wait()
        self.process.stdin.close()
        self.process.stdout.close()


@contextmanager
def sites(server):
    """Few and many; on PostgreSQL each in a database of its own, which goes with it."""
    with ExitStack() as stack:
        databases = [stack.enter_context(_database(server, n)) if server else "" for n in (FEW, MANY)]
        both = [Site(n, database) for n, database in zip((FEW, MANY), databases, strict=True)]
        for site in both:
            stack.callback(site.leave)
        for site in both:
            site.wait()
        yield both


@contextmanager
def _database(server, articles):
    psycopg = import_module("psycopg")
    name, base = f"growth_{articles}", server.rsplit("/", 1)[0]
    with psycopg.connect(server, autocommit=True) as maintenance:
        # Also from a run that was stopped, and with whatever is still connected to it.
        drop = f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"
        maintenance.execute(drop)
        maintenance.execute(f"CREATE DATABASE {name}")
        try:
            yield f"{base}/{name}"
        finally:
            maintenance.execute(drop)


def measured(server, names=PAGES):
    """(name, queries, milliseconds with few, with many)."""
    with sites(server) as (few, many):
        for name in names:
            for site in (few, many):
                site.ask(name)
            asked = [site.ask(name, counted=True) for site in (few, many)]
            wrong = {answer["status"] for answer in asked} - {404 if name == "missing" else 200}
            if wrong:
                sys.exit(f"{name} answered {wrong}.")
            yield name, asked[1]["queries"], *_fastest(name, few, many)


def _fastest(name, *both):
    times, until = [], time.monotonic() + SECONDS
    while len(times) < LEAST or (len(times) < MOST and time.monotonic() < until):
        times.append([site.ask(name)["ms"] for site in both])
    return map(min, zip(*times, strict=True))


def rows():
    for name, queries, few, many in measured(_server()):
        ratio = many / few
        figure = f"{few:.1f} ms, {many:.1f} ms, {ratio:.2f} ×; {queries} queries"
        yield Row(f"{FEW} and {MANY:,} articles: {name}", figure, f"≤ {BUDGET} ×", ratio <= BUDGET)


def _server():
    """The address of PostgreSQL that was given; "" for SQLite."""
    given = [argument for argument in sys.argv[1:] if argument != FOR_THE_RUNNER]
    server = given[0] if given else os.environ.get("DATABASE_URL", "")
    return server if server.startswith("postgres") else ""


def main():
    if AS_SITE in sys.argv:
        # Its folder goes with it, however it ends.
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
        articles, database = sys.argv[sys.argv.index(AS_SITE) + 1 :]
        with demo_site(database=database, articles=min(int(articles), WRITTEN)):
            grow(int(articles))
            answer_as_site()
        return
    tell(rows)


if __name__ == "__main__":
    main()
