"""Questions whose SQL is written once: they answer what the ordinary queryset answers, whatever the values."""

import pytest
from django.db.models import BigAutoField, CharField, DateTimeField, Prefetch
from django.db.models.sql.compiler import SQLCompiler
from django.utils import timezone

from news.models import Article
from prepared import prepared
from tests.factories import ArticleFactory, PhotoFactory, RaceFactory, TagFactory

NAMES = {"language": CharField(), "race": BigAutoField()}


@prepared(at=DateTimeField(), **NAMES)
def of_race(start, end, at, language, race):
    articles = Article.objects.public(at).in_language(language).about(race).newest_first()
    return articles.select_related("lead_photo").prefetch_related(Prefetch("tags"))[start:end]


@pytest.fixture
def races(db):
    tag, races = TagFactory(), RaceFactory.create_batch(2)
    for race in races:
        for language in ("de", "en"):
            for article in ArticleFactory.create_batch(
                3, race=race, language=language, lead_photo=PhotoFactory()
            ):
                article.tags.add(tag)
    return races


def asked(*form, **values):
    return of_race(*form, at=timezone.now(), **values)


@pytest.mark.parametrize("language", ["de", "en"])
def test_a_prepared_question_answers_what_its_queryset_does(races, language):
    for race in races:
        values = {"at": timezone.now(), "language": language, "race": race.pk}
        assert len(of_race(0, 2, **values)) == 2
        assert of_race(0, 2, **values) == list(of_race.plain(0, 2, **values))
        assert of_race(2, 9, **values) == list(of_race.plain(2, 9, **values))


def test_rows_bring_along_what_was_asked_with_them(races, django_assert_num_queries):
    with django_assert_num_queries(2):
        for article in asked(0, 3, language="de", race=races[0].pk):
            assert article.lead_photo.credit and len(article.tags.all()) == 1


def test_the_sql_is_written_once(races, monkeypatch):
    written = []
    write = SQLCompiler.get_order_by
    monkeypatch.setattr(
        SQLCompiler, "get_order_by", lambda self: written.append(self.query.model) or write(self)
    )
    for race in races * 3:
        asked(0, 3, language="de", race=race.pk)
    assert written.count(Article) <= 1


def test_an_unknown_value_finds_nothing_and_a_forgotten_one_is_a_mistake(races):
    assert asked(0, 2, language="de", race=None) == []
    with pytest.raises(KeyError):
        asked(0, 2, language="de")
