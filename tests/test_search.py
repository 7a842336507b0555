"""The search of articles: stems, spellings, beginnings, the newest first, and an index that follows all writing."""

import re
from datetime import timedelta

import pytest
from django.core import serializers
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from news import searchindex
from news.models import Article
from news.templatetags.text import highlight
from news.views import search
from news.words import Question
from tests.factories import ArticleFactory

pytestmark = pytest.mark.django_db


def found(client, query, language="de"):
    start = "/suche/" if language == "de" else "/en/search/"
    return re.findall(r'<h3><a href="[^"]*">(.*?)</a>', client.get(start, {"q": query}).text)


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("Fahrerinnen", "Fahrerin"),
        ("Fahrerin", "Fahrerinnen"),
        ("München", "muenchen"),
        ("Muenchen", "MÜNCHEN"),
        ("Reifen", "reifens"),
        ("Zandvoort", "zandv"),
        ("Demo-Ring", "demo ring"),
        ("Straße", "STRASSE"),
    ],
)
def test_a_word_is_found_in_every_form_and_spelling_and_by_its_beginning(client, written, asked):
    ArticleFactory(headline="Eins", body=f"<p>Hier steht {written}.</p>")
    ArticleFactory(headline="Zwei")
    assert found(client, asked) == ["Eins"]


def test_english_words_are_found_by_english_stems(client):
    ArticleFactory(language="en", headline="One", body="<p>The drivers were racing.</p>")
    assert found(client, "driver race", "en") == ["One"]
    assert found(client, "driver race") == []


@pytest.mark.parametrize(
    "query", ['"', "'", "*", "a*", "NEAR(", "AND", "(", ")", ":", "'':*", "\\", "§de", "-", "a OR b"]
)
def test_signs_of_the_databases_languages_are_only_signs(client, query):
    ArticleFactory(headline="Eins")
    answer = client.get("/suche/", {"q": query})
    assert answer.status_code == 200 and found(client, query) == []


def test_the_newest_come_first_page_by_page_and_none_twice(client):
    day = timezone.now() - timedelta(days=5)
    articles = [
        ArticleFactory(headline=f"Liste {n}", published_at=day - timedelta(hours=n // 2)) for n in range(45)
    ]
    order = sorted(articles, key=lambda article: (article.published_at, article.pk), reverse=True)
    pages = [
        re.findall(r'<h3><a href="([^"]*)"', client.get("/suche/", {"q": "liste", "page": n}).text)
        for n in (1, 2, 3)
    ]
    assert [len(page) for page in pages] == [20, 20, 5]
    assert [address for page in pages for address in page] == [
        article.get_absolute_url() for article in order
    ]
    assert client.get("/suche/", {"q": "liste", "page": 4}).status_code == 404


def test_what_a_word_begins_is_found_only_where_the_word_itself_fills_no_page(client):
    for n in range(search.ON_A_PAGE + 1):
        ArticleFactory(headline=f"Regen {n}")
    ArticleFactory(headline="Regenreifen", published_at=timezone.now())
    assert "Regenreifen" not in "".join(found(client, "regen"))
    assert found(client, "regenr") == ["<mark>Regenr</mark>eifen"]


def test_hidden_articles_stand_in_the_index_and_are_never_found(client):
    now = timezone.now()
    ArticleFactory(headline="Geheim eins", stage="writing", published_at=None)
    ArticleFactory(headline="Geheim zwei", published_at=now + timedelta(hours=1))
    ArticleFactory(
        headline="Geheim drei", published_at=now - timedelta(days=2), expires_at=now - timedelta(days=1)
    )
    assert Article.objects.search("geheim").count() == 3
    assert found(client, "geheim") == []


def test_the_index_follows_every_way_to_write_an_article():
    def known(word):
        return set(searchindex.newest(Article.objects.all(), Question.of(word, "de"), 0, 9))

    saved = ArticleFactory(headline="Aalen")
    (bulk,) = Article.objects.bulk_create([Article(headline="Bautzen", language="de")])
    assert known("Aalen") == {saved.pk} and known("Bautzen") == {bulk.pk}
    Article.objects.filter(pk=saved.pk).update(headline="Cottbus")
    assert known("Cottbus") == {saved.pk} and known("Aalen") == set()
    text = serializers.serialize("json", [saved])
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM news_article WHERE id = %s", [bulk.pk])
        cursor.execute("DELETE FROM news_article WHERE id = %s", [saved.pk])
    assert known("Bautzen") == known("Cottbus") == set()
    for row in serializers.deserialize("json", text):
        row.save()
    assert known("Aalen") == {saved.pk}
    call_command("reindex_search", check=True)


def test_the_index_is_made_anew_from_the_texts(capsys):
    article = ArticleFactory(headline="Regen")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE news_article SET search_text = ''")
        cursor.execute(
            f"DROP TRIGGER {searchindex.TABLE}_insert"
            + (" ON news_article" * (connection.vendor != "sqlite"))
        )
    assert not searchindex.is_whole()
    with pytest.raises(CommandError, match="is missing"):
        call_command("reindex_search", check=True)
    call_command("reindex_search")
    assert "1 articles are in the index; the words of 1 had changed" in capsys.readouterr().out
    assert list(Article.objects.search("regen")) == [article]


def test_a_migration_that_takes_the_triggers_away_is_made_good():
    with connection.cursor() as cursor:
        cursor.execute(
            f"DROP TRIGGER {searchindex.TABLE}_update"
            + (" ON news_article" * (connection.vendor != "sqlite"))
        )
    call_command("migrate", verbosity=0)
    assert searchindex.is_whole()


def test_what_was_found_in_another_form_is_marked_whole():
    assert highlight("Die Fahrerinnen am Ring", "Fahrerin ringe") == (
        "Die <mark>Fahrerin</mark>nen am <mark>Ring</mark>"
    )
    assert highlight("In München", "muenchen") == "In <mark>München</mark>"


@pytest.mark.parametrize("query", ["liste", "nirgends", "Liste Nummer", "num"])
def test_a_search_stays_within_its_budget(client, query):
    for n in range(25):
        ArticleFactory(headline=f"Liste Nummer {n}")
    client.get("/suche/")
    with CaptureQueriesContext(connection) as asked:
        client.get("/suche/", {"q": query})
    assert len(asked) <= 10


def test_a_text_of_endless_words_can_be_stored():
    words = " ".join(f"w{n}x{'ß' * 60}" for n in range(30_000))
    article = ArticleFactory(headline="Lang", body=f"<p>{words}</p>")
    assert list(Article.objects.search("w7x")) == [article]
