"""The list of all articles in the newsroom at any length: its pages, its number, and what it says where it is cut."""

import re

import pytest

from news.admin import pagination
from news.models import Article
from tests.factories import ArticleFactory

pytestmark = pytest.mark.django_db

LIST = "/admin/news/article/"


@pytest.fixture
def listed(admin_client, monkeypatch):
    """`listed(state="public")`: (keys of the page in their order, the sentence below it); ten rows a page."""
    monkeypatch.setattr("news.admin.articles.ArticleAdmin.list_per_page", 10)
    monkeypatch.setattr("news.admin.articles.ArticleAdmin.list_max_show_all", 10)

    def look(**asked):
        answer = admin_client.get(LIST, asked, headers={"Accept-Language": "en"})
        rows = [article.pk for article in answer.context["cl"].result_list]
        text = re.sub(r"<[^>]+>", " ", re.search(r'<p class="paginator">(.*?)</p>', answer.text, re.S)[1])
        return rows, " ".join(text.split())

    return look


def test_every_article_stands_on_one_page_in_the_order_of_the_list(listed):
    ArticleFactory.create_batch(43)
    ArticleFactory.create_batch(2, stage="writing", published_at=None)
    pages = [listed(p=number)[0] for number in range(1, 6)]
    assert [len(page) for page in pages] == [10, 10, 10, 10, 5]
    when = {
        article.pk: (article.published_at or article.updated_at, article.pk)
        for article in Article.objects.all()
    }
    assert [pk for page in pages for pk in page] == sorted(when, key=when.get, reverse=True)


def test_pages_of_one_time_are_in_order_from_either_end(listed):
    moment = ArticleFactory().published_at
    ArticleFactory.create_batch(30, published_at=moment)
    found = [pk for number in range(1, 5) for pk in listed(p=number)[0]]
    assert found == sorted(found, reverse=True) and len(found) == 31


def test_a_narrowed_list_says_that_it_shows_the_first_of_many_only(admin_client, listed, monkeypatch):
    monkeypatch.setattr(pagination, "COUNTED", 20)
    ArticleFactory.create_batch(23)
    rows, sentence = listed(state="public", p=2)
    newest = [article.pk for article in Article.objects.newest_first()]
    assert rows == newest[10:20]
    assert sentence.endswith("The first 20: narrow the list down to see others.")
    assert admin_client.get(LIST, {"state": "public", "p": 3}).url.endswith("?e=1")


def test_the_whole_list_and_a_short_one_are_counted(listed, monkeypatch):
    monkeypatch.setattr(pagination, "COUNTED", 20)
    ArticleFactory.create_batch(23)
    assert listed()[1].endswith("23 articles")
    Article.objects.filter(pk__in=listed()[0]).update(stage="review", published_at=None)
    rows, sentence = listed(state="review")
    assert len(rows) == 10 and sentence == "10 articles"


def test_a_page_behind_the_last_one_leads_back_to_the_list(admin_client, listed):
    ArticleFactory.create_batch(13)
    assert admin_client.get(LIST, {"p": 9}).url.endswith("?e=1")
