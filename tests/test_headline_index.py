"""The index of the letters of headlines: it finds what reading all of them finds, and follows all writing."""

import pytest
from django.core import serializers
from django.core.management import CommandError, call_command
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from news import headlineindex
from news.models import Article
from news.slugs import folded
from tests.factories import ArticleFactory

pytestmark = pytest.mark.django_db
SQLITE = connection.vendor == "sqlite"

LETTERS = "aeinrsAENRS äöüÄÖÜßéèñçøłİıœ%_\\'\"„“*-.:+?()[]{}|&!§0123🏁🇩🇪👍🏽日本語ﬁ½"
HEADLINES = st.lists(st.text(LETTERS, min_size=1, max_size=30), min_size=1, max_size=4)


def run(*statements):
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(headlines=HEADLINES, data=st.data())
def test_any_part_of_any_headline_is_found_as_by_reading_them_all(headlines, data):
    Article.objects.bulk_create(Article(headline=text, language="de") for text in headlines)
    whole = data.draw(st.sampled_from(headlines))
    start = data.draw(st.integers(0, len(whole) - 1))
    part = whole[start : start + data.draw(st.integers(1, 8))]
    asked = data.draw(st.sampled_from([part, part.upper(), part.swapcase(), f"{part} {headlines[0][:4]}"]))
    if not SQLITE:  # Which would read so few without it.
        run("SET LOCAL enable_seqscan = off", "SET LOCAL enable_indexonlyscan = off")
    keys = dict(Article.objects.values_list("pk", "headline_key"))
    holding = [pk for pk, key in keys.items() if all(word in key for word in folded(asked).split())]
    assert Article.objects.newest_named(asked, 1000) == sorted(holding, reverse=True)[:1000]


@pytest.mark.parametrize(
    "asked", ["", "%", "_", "\\", "'", '"', "a*", "zan OR x", "NEAR(zan dvo)", "-zan", "^zan"]
)
def test_signs_of_the_databases_languages_are_only_signs(asked):
    ArticleFactory(headline="Zandvoort")
    found = Article.objects.newest_named(asked, 9)
    assert found == list(Article.objects.named(asked).values_list("pk", flat=True))
    assert bool(found) is (not folded(asked))


def test_the_newest_of_many_are_found_and_no_more_than_are_wanted():
    articles = [ArticleFactory(headline=f"Regen {n}") for n in range(5)]
    assert Article.objects.newest_named("ege", 3) == [article.pk for article in articles[:1:-1]]


def test_one_or_two_letters_are_looked_for_in_the_last_headlines_only(monkeypatch):
    monkeypatch.setattr(headlineindex, "LOOKED_AT", 2)
    articles = [ArticleFactory(headline=f"P{n} in Spa") for n in range(4)]
    last = [article.pk for article in articles[:1:-1]]
    assert Article.objects.newest_named("p", 9) == Article.objects.newest_named("in p", 9) == last
    assert len(Article.objects.newest_named("spa in", 9)) == 4


def test_the_index_follows_every_way_to_write_an_article():
    def known(word):
        return Article.objects.newest_named(word, 9)

    saved = ArticleFactory(headline="Aalen")
    (bulk,) = Article.objects.bulk_create([Article(headline="Bautzen", language="de")])
    assert known("ale") == [saved.pk] and known("utze") == [bulk.pk]
    Article.objects.filter(pk=saved.pk).update(headline="Cottbus")
    assert known("ottb") == [saved.pk] and known("ale") == []
    text = serializers.serialize("json", [saved])
    run(f"DELETE FROM news_article WHERE id IN ({saved.pk}, {bulk.pk})")
    assert known("utze") == known("ottb") == []
    for row in serializers.deserialize("json", text):
        row.save()
    assert known("ale") == [saved.pk]
    assert headlineindex.is_right()


def test_an_index_that_lacks_a_headline_is_noticed_and_made_anew():
    article = ArticleFactory(headline="Zandvoort")
    run(
        f"INSERT INTO {headlineindex.TABLE} ({headlineindex.TABLE}, rowid, headline_key) "
        f"VALUES ('delete', {article.pk}, '{article.headline_key}')"
        if SQLITE
        else f"DROP INDEX {headlineindex.TABLE}"
    )
    with pytest.raises(CommandError, match="index of the headlines is missing"):
        call_command("reindex_search", check=True)
    call_command("reindex_search")
    call_command("reindex_search", check=True)
    assert Article.objects.newest_named("dvoo", 9) == [article.pk]


def test_a_migration_that_takes_it_away_is_made_good():
    run(f"DROP TRIGGER {headlineindex.TABLE}_update" if SQLITE else f"DROP INDEX {headlineindex.TABLE}")
    call_command("migrate", verbosity=0)
    assert headlineindex.is_whole()


@pytest.mark.skipif(SQLITE, reason="SQLite has its index of letters built in")
def test_without_the_extension_everything_is_found_and_a_sentence_says_what_is_missing(caplog):
    article = ArticleFactory(headline="Zandvoort")
    run("DROP EXTENSION pg_trgm CASCADE", "CREATE ROLE of_no_rights", "SET LOCAL ROLE of_no_rights")
    headlineindex.make()
    run("RESET ROLE")
    assert "Let somebody who may say CREATE EXTENSION pg_trgm" in caplog.text
    assert "permission denied" in caplog.text
    assert not headlineindex.is_whole()
    assert Article.objects.newest_named("dvoo", 9) == [article.pk]


@pytest.mark.skipif(SQLITE, reason="tests/test_plans.py looks at what SQLite does")
def test_postgresql_takes_the_index_for_a_rare_word_and_the_order_for_a_common_one():
    ArticleFactory(headline="Liste")
    columns = [field.column for field in Article._meta.concrete_fields if not field.primary_key]
    there = {
        "headline_key": "headline_key || ' ' || n",
        "slug": "slug || n",
        "translation_group": "gen_random_uuid()",
    }
    values = ", ".join(there.get(name, name) for name in columns)
    run(
        f"INSERT INTO news_article ({', '.join(columns)}) "
        f"SELECT {values} FROM news_article, generate_series(1, 9000) n",
        "ANALYZE news_article",
    )
    plans = {word: Article.objects.named(word)[:6].values("pk").explain() for word in ("zandvoort", "liste")}
    assert f"Bitmap Index Scan on {headlineindex.TABLE}" in plans["zandvoort"]
    assert headlineindex.TABLE not in plans["liste"] and "Sort" not in plans["liste"]
