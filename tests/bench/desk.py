"""What an editor waits for with 500 articles and with 100,000: lists, filters, searches, the start page and a form.

`python -m tests.bench.desk` takes SQLite; with DESK_DATABASE_URL=postgres://… an empty database there. The articles are
copies of generated ones with other addresses, made by the database itself: writing each by the way of the site takes
long.
"""

import os
import statistics
import time

from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.demosite import demo_site

model = apps.get_model
FEW, MANY, ROUNDS, DAYS = 500, 100_000, 5, 20
PAGES = {
    "start page": "/admin/",
    "list of articles": "/admin/news/article/",
    "list, public": "/admin/news/article/?state=public",
    "list, in writing": "/admin/news/article/?state=writing",
    "list, one year": "/admin/news/article/?year={year}",
    "list, English": "/admin/news/article/?language__exact=en",
    "list, page 9": "/admin/news/article/?p=9",
    "list, a common word": "/admin/news/article/?q=demo",
    "list, a rare word": "/admin/news/article/?q=zandvoort",
    "search, a common word": "/admin/search/found/?q=demo",
    "search, a rare word": "/admin/search/found/?q=zandvoort",
    "search, nothing": "/admin/search/found/?q=quaxelfritz",
    "calendar of articles": "/admin/news/article/planner/",
    "articles and languages": "/admin/news/article/languages/",
    "an article": "/admin/news/article/{article}/change/",
}


def copy_articles(upto, last):
    """Copies of the generated articles until there are so many, with headline, address and group of their own."""
    fields = {field.column for field in model("news.Article")._meta.concrete_fields}
    columns = sorted(fields - {"id", "slug", "translation_group", "published_at"})
    names = ", ".join(f'"{name}"' for name in columns)
    hexes = "lower(hex(randomblob(16)))" if connection.vendor == "sqlite" else "gen_random_uuid()"
    # Spread over years, as the generated ones would be: each turn of copies some days before the one before.
    earlier = {
        "sqlite": "strftime('%%Y-%%m-%%d %%H:%%M:%%f', published_at, '-{days} days')",
        "postgresql": "published_at - interval '{days} days'",
    }[connection.vendor]
    have = model("news.Article").objects.filter(byline="Demo-Generator").count()
    with connection.cursor() as cursor:
        for turn in range(1, -(-upto // have)):
            when = earlier.format(days=turn * DAYS)
            cursor.execute(
                f"INSERT INTO news_article ({names}, slug, translation_group, published_at) "
                f"SELECT {names}, slug || '-{turn}', {hexes}, {when} FROM news_article "
                "WHERE byline = 'Demo-Generator' AND id <= %s",
                [last],
            )
        cursor.execute("ANALYZE")


def measured(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200, address
        queries = len(asked)
    times = []
    for _round in range(ROUNDS):
        began = time.perf_counter()
        client.get(address)
        times.append((time.perf_counter() - began) * 1000)
    return queries, statistics.median(times)


def all_measured():
    client = Client()
    client.force_login(model("auth.User").objects.filter(is_staff=True, groups__name="Editor").first())
    article = model("news.Article").objects.filter(race__isnull=False).order_by("pk").first()
    words = {"year": article.created_at.year, "article": article.pk}
    return {name: measured(client, address.format(**words)) for name, address in PAGES.items()}


def main():
    with demo_site(articles=FEW, database=os.environ.get("DESK_DATABASE_URL")):
        last = model("news.Article").objects.order_by("-pk").values_list("pk", flat=True)[0]
        few = all_measured()
        copy_articles(MANY, last)
        many = all_measured()
        print(f"\n{connection.vendor}, {model('news.Article').objects.count():,} articles\n")
    print(f"| Page | Queries | ms with {FEW} | ms with {MANY:,} | Ratio |\n|---|--:|--:|--:|--:|")
    for name, (queries, before) in few.items():
        _queries, after = many[name]
        print(f"| {name} | {queries} | {before:.0f} | {after:.0f} | {after / before:.1f} |")


if __name__ == "__main__":
    main()
