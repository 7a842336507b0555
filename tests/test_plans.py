"""What the database makes of questions that every visitor asks: it reads an index in order, and few rows."""

import pytest
from django.conf import settings
from django.contrib.admin import site
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from news import searchindex
from news.admin.articles import ArticleAdmin
from news.admin.filters import ArticleState
from news.admin.search import named_with_their_race
from news.models import ArchivedMonth, Article, Result, SitemapChange, Tag
from news.words import Question
from tests.factories import ArticleFactory, RaceFactory

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        connection.vendor != "sqlite", reason="plans are those of SQLite, which has no statistics here"
    ),
]


def plan(ask):
    with CaptureQueriesContext(connection) as asked:
        ask()
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN QUERY PLAN " + asked[-1]["sql"])
        return [row[3] for row in cursor.fetchall()]


def german():
    return Article.objects.public().in_language("de").newest_first()


@pytest.mark.parametrize(
    ("articles", "index"),
    [
        (lambda: german(), "article_newest"),
        (lambda: german().filter(kind="column"), "article_of_kind"),
    ],
)
def test_a_deep_page_passes_over_an_index_that_holds_all_it_asks(articles, index):
    steps = plan(lambda: list(articles().values_list("pk", flat=True)[44_000:44_012]))
    assert any(f"USING COVERING INDEX {index} " in step for step in steps)
    assert not any("TEMP B-TREE" in step for step in steps)


def test_what_the_months_of_a_list_hold_is_told_without_reading_the_list():
    steps = plan(lambda: list(ArchivedMonth.objects.of_list(timezone.now(), "de")))
    assert any(
        "USING COVERING INDEX article_newest (language=? AND stage=? AND published_at>?)" in step
        for step in steps
    )
    assert any("USING INDEX article_ends (expires_at>?)" in step for step in steps)
    assert not any("published_at<" in step or "SCAN" in step for step in steps)


def test_a_search_reads_entries_in_their_order_and_looks_each_article_up():
    steps = plan(lambda: searchindex.newest(german(), Question.of("Liste", "de"), 0, 21))
    assert any("VIRTUAL TABLE" in step for step in steps)
    assert any("SEARCH" in step and "news_article" in step for step in steps)
    assert not any("TEMP B-TREE" in step for step in steps)


def test_a_word_of_a_headline_is_found_by_its_letters_in_the_order_of_the_newest():
    steps = plan(lambda: Article.objects.newest_named("zandvoort", 6))
    assert any("VIRTUAL TABLE" in step for step in steps)
    assert any("SEARCH" in step and "news_article" in step for step in steps)
    assert not any("TEMP B-TREE" in step for step in steps)


def test_a_word_too_short_for_that_is_looked_for_in_an_index_of_headlines_alone():
    steps = plan(lambda: Article.objects.newest_named("zq", 6))
    assert "SEARCH" in steps[0] and "USING COVERING INDEX article_by_headline (id>?)" in steps[0]
    assert all("COVERING INDEX" in step for step in steps if "news_article" in step or " U0" in step)


def test_articles_that_a_word_names_by_their_race_are_found_through_it():
    ArticleFactory(race=RaceFactory(name="Zandvoort"))
    steps = plan(lambda: list(named_with_their_race("zandvoort regen")))
    assert any("SEARCH" in step and "USING INDEX article_of_race" in step for step in steps)


def test_articles_of_a_race_with_very_many_are_met_in_the_order_of_all(monkeypatch):
    monkeypatch.setattr("news.admin.search.OF_RACES", 0)
    ArticleFactory(race=RaceFactory(name="Zandvoort"))
    (step,) = plan(lambda: list(named_with_their_race("zandvoort regen")))
    assert step.startswith("SCAN") and "USING COVERING INDEX article_by_headline" in step


def test_the_list_of_all_parts_of_the_sitemap_looks_each_one_up():
    steps = plan(lambda: SitemapChange.objects.listed())
    assert any(
        "SEARCH" in step and "INDEX article_in_sitemap (<expr>=? AND published_at<?)" in step
        for step in steps
    )
    assert not any("TEMP B-TREE" in step for step in steps)


def test_a_tag_is_public_by_the_first_of_its_articles_that_is():
    steps = plan(lambda: list(Tag.objects.public().filter(slug="spa")))
    assert any("SEARCH" in step and "INDEX news_article_tags_tag_id" in step for step in steps)
    assert any("SEARCH" in step and "INTEGER PRIMARY KEY (rowid=?)" in step for step in steps)
    assert not any("LIST SUBQUERY" in step for step in steps)


@pytest.mark.parametrize(
    ("articles", "index"),
    [
        (lambda: Article.objects.public().filter(kind="column"), "article_of_kind"),
        (lambda: Article.objects.public().filter(tags=1), "article_newest"),
    ],
    ids=["of a kind", "of a tag"],
)
def test_the_languages_of_a_list_are_told_by_the_first_that_is_found_of_each(articles, index):
    steps = plan(lambda: articles().languages())
    of_each = [step for step in steps if f"USING COVERING INDEX {index} (language=? AND" in step]
    assert len(of_each) == len(settings.LANGUAGES)
    assert not any("SCAN news_article" in step or "B-TREE" in step for step in steps)


def test_the_list_of_a_tag_reads_an_index_in_its_order_until_its_page_is_full():
    steps = plan(lambda: list(german().tagged(Tag.objects.filter(pk=1).values("pk")).stretch(0, 12)))
    assert any("USING COVERING INDEX article_newest " in step for step in steps)
    assert any("SEARCH" in step and "(article_id=? AND tag_id=?)" in step for step in steps)


def test_the_list_of_a_rare_tag_begins_with_those_that_have_it():
    keys = [ArticleFactory().pk, 7_000_000]
    steps = plan(lambda: list(Article.objects.filter(pk__in=keys).that_are_in(german()).stretch(0, 12)))
    assert sum("SEARCH" in step and "INTEGER PRIMARY KEY (rowid=?)" in step for step in steps) >= 3
    assert not any("INDEX article" in step or "SCAN" in step for step in steps)


def test_those_that_are_behind_are_found_by_an_index_of_them_alone():
    steps = plan(lambda: list(Article.objects.stale().values_list("pk", flat=True)))
    assert any("article_is_behind" in step for step in steps)


def test_articles_of_a_race_are_found_by_an_index_of_races_alone():
    steps = plan(lambda: list(german().about(7).values_list("pk", flat=True)))
    assert any("article_of_race" in step for step in steps)


def test_an_article_is_found_by_its_address_and_not_in_the_list_of_the_newest():
    steps = plan(lambda: list(Article.objects.public().addressed("de", "sieg-in-spa")))
    assert any("article_address_is_unique (language=? AND slug=?)" in step for step in steps)


def test_the_lists_of_a_race_in_force_are_found_without_a_look_at_those_of_others():
    steps = plan(lambda: list(Result.objects.current(race=7)))
    assert any("news_session_race_id" in step for step in steps)
    assert not any("SCAN" in step for step in steps)


def test_what_leads_the_home_page_is_found_by_its_keys():
    steps = plan(lambda: list(german().leading(6)))
    assert not any(step.startswith("SCAN news_article") and "INDEX" not in step for step in steps)


def test_drafts_are_found_by_their_stage_and_not_through_all_that_was_released(rf):
    articles = Article.objects.order_by(ArticleAdmin.ordering[0], "-pk")
    asked = ArticleState(rf.get("/"), {"state": ["writing"]}, Article, site._registry[Article])
    steps = plan(lambda: list(asked.queryset(None, articles).values_list("pk", flat=True)[:50]))
    assert not any("SCAN" in step for step in steps)
    assert any("USING COVERING INDEX article_newest (language=? AND stage=?)" in step for step in steps)
