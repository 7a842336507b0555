"""The sitemap: an index of small parts, each article in one of them for ever, versions in both languages named."""

import re
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from news.models import Article
from news.querysets import stretches
from tests.factories import ArticleFactory, PageFactory, RaceFactory

pytestmark = pytest.mark.django_db

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


@pytest.fixture
def parts(client, monkeypatch):
    """`parts()`: {address of each part: {address in it: its element}}, three rows of the table a part."""
    monkeypatch.setattr(stretches, "PART", 3)

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
    german = [ArticleFactory() for _n in range(7)]
    ArticleFactory(language="en"), RaceFactory(), PageFactory(kind="imprint", slug="imprint")
    found = [address for part in parts().values() for address in part]
    assert len(found) == len(set(found)) > 28
    assert {f"http://testserver{article.get_absolute_url()}" for article in german} < set(found)
    for address in found:
        assert client.get(address).status_code == 200, address
    home = next(part["http://testserver/"] for part in parts().values() if "http://testserver/" in part)
    assert set(versions(home)) == {"de", "en"}


def test_an_article_stays_in_its_part_whatever_comes_and_goes(parts):
    articles = [ArticleFactory() for _n in range(9)]
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


def test_the_index_knows_when_a_part_last_changed(client, parts):
    day = timezone.now() - timedelta(days=30)
    articles = [ArticleFactory(published_at=day) for _n in range(6)]
    later = day + timedelta(days=7)
    Article.objects.filter(pk=articles[-1].pk).update(modified_at=later)
    Article.objects.filter(pk=articles[0].pk).update(published_at=timezone.now() + timedelta(days=1))
    text = client.get("/sitemap.xml").text
    said = dict(re.findall(r"articles-(\d+)\.xml</loc>\s*<lastmod>([^<]+)", text))
    of_part = {str(article.pk // 3): day for article in articles[1:]} | {str(articles[-1].pk // 3): later}
    assert {part: moment[:10] for part, moment in said.items()} == {
        part: timezone.localtime(moment).date().isoformat() for part, moment in of_part.items()
    }


@pytest.mark.parametrize("name", ["articles-999999", "nothing", "articles", "articles-x"])
def test_a_part_that_is_not_there_is_missing(client, name):
    assert client.get(f"/sitemap-{name}.xml").status_code == 404


def test_a_part_costs_the_same_for_one_article_or_many(client):
    first = ArticleFactory()
    addresses = ["/sitemap.xml", f"/sitemap-articles-{first.pk // stretches.PART}.xml", "/robots.txt"]

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
