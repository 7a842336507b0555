"""Long lists: every report on exactly one page, no page behind the last one, the lead first."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from news.models import Article
from news.views import articles
from news.views.articles import ON_A_PAGE
from tests.factories import ArticleFactory, TagFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def many():
    """Two full pages and one report more, the newest first."""
    now = timezone.now()
    return [ArticleFactory(published_at=now - timedelta(days=n + 1)) for n in range(2 * ON_A_PAGE + 1)]


def listed(client, address):
    return re.findall(r'<h3><a href="([^"]+)">', client.get(address).text)


def test_every_report_stands_on_exactly_one_page(client, many):
    pages = [listed(client, address) for address in ("/news/", "/news/?page=2", "/news/?page=3")]
    assert [len(page) for page in pages] == [ON_A_PAGE, ON_A_PAGE, 1]
    assert [address for page in pages for address in page] == [article.get_absolute_url() for article in many]


def test_the_pages_lead_to_each_other_and_name_themselves(client, many):
    first, second, last = (client.get(f"/news/?page={number}").text for number in (1, 2, 3))
    assert 'rel="prev"' not in first
    assert 'href="?page=2" rel="next"' in first
    assert 'href="?page=1" rel="prev"' in second
    assert 'rel="next"' not in last
    assert '<link rel="canonical" href="http://testserver/news/">' in first
    assert '<link rel="canonical" href="http://testserver/news/?page=3">' in last


@pytest.mark.parametrize("number", ["4", "0", "99999999", "100001"])
def test_a_page_behind_the_last_one_is_missing(client, many, number):
    assert client.get(f"/news/?page={number}").status_code == 404


@pytest.mark.parametrize("number", ["", "x", "-1", "1e3", "9" * 500])
def test_what_is_no_number_is_the_first_page(client, many, number):
    assert listed(client, f"/news/?page={number}") == listed(client, "/news/")


def test_a_filter_stays_while_turning_pages(client, many):
    tag = TagFactory(slug="vln")
    for article in many[: ON_A_PAGE + 1]:
        article.tags.add(tag)
    page = client.get("/news/?tag=vln").text
    assert 'href="?tag=vln&amp;page=2" rel="next"' in page
    assert len(listed(client, "/news/?tag=vln&page=2")) == 1
    assert client.get("/news/?tag=unknown").status_code == 404


@pytest.mark.parametrize("query", ["tag=vln", "tag=vln&kind=column"])
def test_the_list_of_a_tag_is_the_same_whether_it_is_rare_or_not(client, many, query, monkeypatch):
    tag, now = TagFactory(slug="vln"), timezone.now()
    for number, article in enumerate(many):
        article.tags.add(tag)
        Article.objects.filter(pk=article.pk).update(kind=["column", "report"][number % 2])
    for hidden in (
        ArticleFactory(stage="review", published_at=None, kind="column"),
        ArticleFactory(
            published_at=now - timedelta(days=2), expires_at=now - timedelta(days=1), kind="column"
        ),
        ArticleFactory(language="en", kind="column"),
    ):
        hidden.tags.add(tag)
    ArticleFactory(kind="column")
    of_a_rare_one = [listed(client, f"/news/?{query}&page={number}") for number in (1, 2)]
    monkeypatch.setattr(articles, "FEW", 3)
    assert [listed(client, f"/news/?{query}&page={number}") for number in (1, 2)] == of_a_rare_one
    assert all(of_a_rare_one)


def test_pinned_reports_lead_and_the_newest_follow(many):
    old = many[-1]
    Article.objects.filter(pk=old.pk).update(pinned=True)
    assert list(Article.objects.public().leading(3)) == [old, many[0], many[1]]


def test_a_report_has_its_nearest_neighbours_even_at_the_same_second(client):
    second = timezone.now() - timedelta(days=1)
    before, here, after = (ArticleFactory(published_at=second) for _each in range(3))
    ArticleFactory(published_at=second - timedelta(days=1))
    page = client.get(here.get_absolute_url()).text
    assert f'<a href="{before.get_absolute_url()}" rel="prev">' in page
    assert f'<a href="{after.get_absolute_url()}" rel="next">' in page


def test_a_filtered_list_names_itself_and_its_other_language(client):
    tag = TagFactory(slug="vln")
    for language in ("de", "en"):
        ArticleFactory(language=language, kind="report").tags.add(tag)
    ArticleFactory(language="de", kind="column")
    page = client.get("/news/?tag=vln").text
    for line in (
        '<link rel="canonical" href="http://testserver/news/?tag=vln">',
        '<meta property="og:url" content="http://testserver/news/?tag=vln">',
        '<link rel="alternate" hreflang="en" href="http://testserver/en/news/?tag=vln">',
        '<a href="/en/news/?tag=vln" lang="en"',
    ):
        assert line in page
    assert 'hreflang="en" href="http' not in client.get("/news/?kind=column").text
