"""The sitemap: an index of small parts, each article in one of them for ever, versions in both languages named."""

import re
from datetime import UTC, datetime, timedelta
from uuid import uuid4
from xml.etree import ElementTree

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from news import sitemapparts
from news.models import Article, SitemapChange
from news.sitemapparts import PART
from tests.factories import ArticleFactory, PageFactory, RaceFactory

pytestmark = pytest.mark.django_db

# A part whose numbers no sequence of a database reaches while tests run, and the first row of it.
FAR = 2000
FIRST = FAR * PART
NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


@pytest.fixture
def parts(client):
    """`parts()`: {address of each part: {address in it: its element}}."""

    def read():
        index = ElementTree.fromstring(client.get("/sitemap.xml").content)
        found = [loc.text for loc in index.iterfind("s:sitemap/s:loc", NAMES)]
        assert all(address.startswith("http://testserver/sitemap-") for address in found)
        return {address: urls_of(client, address) for address in found}

    return read


def urls_of(client, address):
    answer = client.get(address.removeprefix("http://testserver"))
    assert answer.status_code == 200 and "X-Robots-Tag" not in answer
    urls = ElementTree.fromstring(answer.content).findall("s:url", NAMES)
    return {url.findtext("s:loc", namespaces=NAMES): url for url in urls}


def versions(url):
    return {link.get("hreflang"): link.get("href") for link in url.findall("x:link", NAMES)}


def test_every_page_stands_in_one_part_and_each_one_opens(client, parts):
    german = [ArticleFactory(pk=FIRST + 200 * n) for n in range(7)]
    ArticleFactory(language="en"), RaceFactory(), PageFactory(kind="imprint", slug="imprint")
    found = [address for part in parts().values() for address in part]
    assert len(found) == len(set(found)) > 28
    assert {f"http://testserver{article.get_absolute_url()}" for article in german} < set(found)
    for address in found:
        assert client.get(address).status_code == 200, address
    home = next(part["http://testserver/"] for part in parts().values() if "http://testserver/" in part)
    assert set(versions(home)) == {"de", "en"}


def test_an_article_stays_in_its_part_whatever_comes_and_goes(parts):
    articles = [ArticleFactory(pk=FIRST + 200 * n) for n in range(9)]
    before = {address: part for part, urls in parts().items() for address in urls}
    articles[0].delete()
    ArticleFactory(published_at=timezone.now() - timedelta(days=900))
    after = {address: part for part, urls in parts().items() for address in urls}
    kept = [f"http://testserver{article.get_absolute_url()}" for article in articles[1:]]
    assert [after[address] for address in kept] == [before[address] for address in kept]
    assert len({before[address] for address in kept}) >= 3


def test_versions_in_both_languages_name_each_other_while_both_are_public(parts):
    german = ArticleFactory(language="de")
    english = ArticleFactory(language="en", translation_group=german.translation_group)
    alone = ArticleFactory()

    def named(article):
        every = {address: url for part in parts().values() for address, url in part.items()}
        return versions(every[f"http://testserver{article.get_absolute_url()}"])

    both = {each.language: f"http://testserver{each.get_absolute_url()}" for each in (german, english)}
    assert named(german) == named(english) == both
    assert named(alone) == {}
    Article.objects.filter(pk=english.pk).update(published_at=timezone.now() + timedelta(hours=1))
    assert named(german) == {}


# ---- When a part last changed --------------------------------------------------------------------------------

LONG_AGO = datetime(2014, 4, 6, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def old_part():
    """Two articles and a draft of a part in which nothing has changed since 2014."""
    articles = [ArticleFactory(pk=FIRST + n, published_at=LONG_AGO) for n in range(2)]
    draft = ArticleFactory(pk=FIRST + 2, stage="writing", published_at=None)
    nothing_since(LONG_AGO)
    return [*articles, draft]


def nothing_since(at):
    """What was noted so far happened then; what is still to come stays."""
    noted = SitemapChange.objects.filter(at__lte=timezone.now())
    parts = {*noted.values_list("part", flat=True)}
    noted.delete()
    SitemapChange.objects.bulk_create([SitemapChange(part=part, at=at) for part in parts])


def last_change(at=None, part=FAR):
    return datetime.fromisoformat(dict(SitemapChange.objects.listed(at))[part])


CHANGES = {
    "a text that visitors see": lambda article: _saved(article, teaser="Neu."),
    "a new address": lambda article: _saved(article, slug="anders"),
    "rows at once": lambda article: Article.objects.filter(pk=article.pk).update(expires_at=LONG_AGO + HOUR),
    "taken back": lambda article: Article.objects.filter(pk=article.pk).update(stage="review"),
    "deleted": lambda article: article.delete(),
    "deleted at once": lambda article: Article.objects.filter(pk=article.pk).delete(),
    "a new one": lambda article: ArticleFactory(pk=FIRST + 7, published_at=LONG_AGO),
    "new ones at once": lambda article: Article.objects.bulk_create(
        [Article(pk=FIRST + 8, headline="Acht", slug="acht", stage="released", published_at=LONG_AGO)]
    ),
    "moved to another part": lambda article: Article.objects.filter(pk=article.pk).update(
        id=FIRST + 3 * PART
    ),
}


def _saved(article, **values):
    for name, value in values.items():
        setattr(article, name, value)
    article.save()


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_whatever_changes_what_a_part_says_is_noted_at_once(old_part, change):
    before = timezone.now().replace(microsecond=0)
    assert last_change() == LONG_AGO
    change(old_part[0])
    assert before <= last_change() <= timezone.now()


def test_a_draft_and_what_no_visitor_sees_change_no_part(old_part):
    _saved(old_part[2], headline="Anders")
    _saved(old_part[0], pinned=True)
    ArticleFactory(pk=FIRST + 9, stage="review", published_at=None).delete()
    assert last_change() == LONG_AGO


def test_a_scheduled_article_changes_its_part_when_it_comes_and_when_it_goes(old_part):
    soon = timezone.now().replace(microsecond=0) + HOUR
    ArticleFactory(pk=FIRST + 7, published_at=soon, expires_at=soon + HOUR)
    nothing_since(LONG_AGO)
    second = timedelta(seconds=1)
    at = [soon - second, soon, soon + HOUR - second, soon + HOUR, soon + 2 * HOUR]
    assert [last_change(each) for each in at] == [LONG_AGO, soon, soon, soon + HOUR, soon + HOUR]


@pytest.fixture
def pair():
    """A German article of one part and its English version of another, old and alone in them."""
    german = ArticleFactory(pk=FIRST, published_at=LONG_AGO)
    group = german.translation_group
    english = ArticleFactory(
        pk=FIRST + 3 * PART, language="en", translation_group=group, published_at=LONG_AGO
    )
    nothing_since(LONG_AGO)
    return german, english


OF_A_VERSION = {
    "a new address": lambda article: _saved(article, slug="elsewhere"),
    "taken back": lambda article: Article.objects.filter(pk=article.pk).update(stage="review"),
    "deleted": lambda article: article.delete(),
    "a version no more": lambda article: Article.objects.filter(pk=article.pk).update(
        translation_group=uuid4()
    ),
}


@pytest.mark.parametrize("change", OF_A_VERSION.values(), ids=OF_A_VERSION)
def test_a_version_in_another_part_changes_the_part_that_names_it(pair, change):
    before = timezone.now().replace(microsecond=0)
    assert last_change() == LONG_AGO
    change(pair[1])
    assert last_change() >= before


def test_a_text_of_another_part_changes_that_part_alone(pair):
    _saved(pair[1], teaser="New.")
    assert last_change(part=FAR + 3) > last_change() == LONG_AGO


def test_a_translation_of_another_part_changes_the_part_of_its_article_when_it_comes_and_when_it_goes(pair):
    soon = timezone.now().replace(microsecond=0) + HOUR
    german = ArticleFactory(pk=FIRST + 1, published_at=LONG_AGO)
    nothing_since(LONG_AGO)
    group = german.translation_group
    ArticleFactory(
        pk=FIRST + 5 * PART, language="en", translation_group=group, published_at=soon, expires_at=soon + HOUR
    )
    at = [soon, soon + HOUR - timedelta(seconds=1), soon + HOUR]
    assert [last_change(each) for each in at] == [soon, soon, soon + HOUR]
    # And also where the article with a later time is there first.
    late = ArticleFactory(pk=FIRST + 7 * PART, published_at=soon)
    ArticleFactory(
        pk=FIRST + 8 * PART, language="en", translation_group=late.translation_group, published_at=LONG_AGO
    )
    nothing_since(LONG_AGO)
    assert last_change(soon, part=FAR + 8) == soon


def test_of_what_was_noted_only_the_last_is_kept_and_what_is_to_come(old_part):
    soon = timezone.now().replace(microsecond=0) + HOUR
    for teaser in "ABC":
        _saved(old_part[0], teaser=teaser)
        SitemapChange.objects.filter(at__lt=soon).update(at=F("at") - HOUR)
        ArticleFactory(pk=FIRST + 20 + ord(teaser), published_at=soon)
    assert SitemapChange.objects.filter(part=FAR).count() == 2


def test_a_part_is_listed_while_visitors_see_one_of_its_articles(old_part, client):
    listed = f"http://testserver/sitemap-articles-{FAR}.xml"
    assert listed in client.get("/sitemap.xml").text
    Article.objects.filter(stage="released").update(expires_at=LONG_AGO + HOUR)
    assert listed not in client.get("/sitemap.xml").text
    assert client.get(f"/sitemap-articles-{FAR}.xml").status_code == 404


def test_the_index_tells_the_last_change_to_the_second(old_part, client):
    noted = f"{LONG_AGO:%Y-%m-%dT%H:%M:%SZ}"
    assert re.search(
        rf"articles-{FAR}\.xml</loc>\s*<lastmod>{re.escape(noted)}</lastmod>", client.get("/sitemap.xml").text
    )


def test_a_migration_that_takes_the_triggers_away_is_made_good(old_part):
    with connection.cursor() as cursor:
        ends = " ON news_article" * (connection.vendor != "sqlite")
        cursor.execute(f"DROP TRIGGER {sitemapparts.TABLE}_delete{ends}")
    call_command("migrate", verbosity=0)
    assert sitemapparts.is_whole() and last_change() > LONG_AGO


@pytest.mark.parametrize("name", ["articles-999999", "nothing", "articles", "articles-x"])
def test_a_part_that_is_not_there_is_missing(client, name):
    assert client.get(f"/sitemap-{name}.xml").status_code == 404


def test_a_part_costs_the_same_for_one_article_or_many(client):
    first = ArticleFactory()
    addresses = ["/sitemap.xml", f"/sitemap-articles-{first.pk // PART}.xml", "/robots.txt"]

    def price(address):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    few = [price(address) for address in addresses]
    for _n in range(12):
        article = ArticleFactory()
        ArticleFactory(language="en", translation_group=article.translation_group)
    assert [price(address) for address in addresses] == few
    assert max(few) <= 10


def test_robots_name_the_index_alone(client):
    text = client.get("/robots.txt").text
    assert re.findall("Sitemap: (.*)", text) == [
        "http://testserver/sitemap.xml",
        "http://testserver/sitemap-news.xml",
    ]
