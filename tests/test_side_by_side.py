"""A translation beside its source: begun with all that is the same, marked where the source has moved on."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from news.history import new_version
from news.models import Article, GalleryPhoto
from tests.factories import ArticleFactory, PhotoFactory, RaceFactory, TagFactory
from tests.forms import filled_in

pytestmark = pytest.mark.django_db
BODY = "<h2>Das Rennen</h2><p>Der Wagen kam nach sechs langen Stunden als Zweiter ins Ziel.</p>"


def begun(client, **values):
    """(source, its translation as one click has begun it)"""
    source = ArticleFactory(body=BODY, headline="Von elf auf zwei", **values)
    client.post(reverse("admin:news_article_translate_into", args=[source.pk, "en"]))
    return source, Article.objects.get(language="en")


def page_of(article):
    return reverse("admin:news_article_translate", args=[article.pk])


def change(article, **values):
    with new_version(article.pk, User.objects.first()) as stored:
        for name, value in values.items():
            setattr(stored, name, value)
        stored.save()


def test_a_translation_begins_with_structure_photos_race_and_tags_of_its_source(admin_client):
    photo, race, tag = PhotoFactory(), RaceFactory(), TagFactory()
    source = ArticleFactory(body=BODY, race=race, lead_photo=photo)
    source.tags.add(tag)
    GalleryPhoto.objects.create(article=source, photo=photo, order=3)
    into = reverse("admin:news_article_translate_into", args=[source.pk, "en"])
    assert admin_client.get(into).status_code == 200
    assert not Article.objects.filter(language="en").exists()
    admin_client.post(into)
    english = Article.objects.get(language="en")
    assert (english.race, english.lead_photo, english.body) == (race, photo, BODY)
    assert list(english.tags.all()) == [tag]
    assert [(row.photo, row.order) for row in english.gallery_photos.all()] == [(photo, 3)]
    assert (english.stage, english.published_at, english.slug) == ("writing", None, "")
    assert (english.source, english.translation_group) == (source, source.translation_group)


def test_a_second_click_opens_the_version_that_is_there(admin_client):
    source, english = begun(admin_client)
    into = reverse("admin:news_article_translate_into", args=[source.pk, "en"])
    assert admin_client.post(into).url == page_of(english)
    assert Article.objects.count() == 2


def test_what_has_changed_in_the_source_is_marked_word_by_word(admin_client):
    source, english = begun(admin_client)
    assert "<ins>" not in admin_client.get(page_of(english)).text
    change(source, headline="Von zwölf auf zwei", body=BODY.replace("sechs langen", "sieben langen"))
    page = admin_client.get(page_of(english)).text
    assert "<ins>sieben</ins>" in page and "<del>sechs</del>" in page
    assert "Von <ins>zwölf</ins> auf zwei" in page


def test_saved_and_ticked_the_translation_is_up_to_date_without_it_it_stays_out_of_date(admin_client):
    source, english = begun(admin_client)
    change(source, teaser="Ganz neu.")
    page = admin_client.get(page_of(english))
    sent = filled_in(page, headline="From eleven to two")
    assert admin_client.post(page_of(english), {**sent, "_save": "1"}).url == page_of(english)
    english.refresh_from_db()
    assert english.headline == "From eleven to two" and english.is_stale
    sent = filled_in(admin_client.get(page_of(english)), teaser="All new.")
    source.refresh_from_db()
    admin_client.post(page_of(english), {**sent, "up_to_date": "on", "source_seen": str(source.version)})
    english = Article.objects.get(pk=english.pk)
    assert english.teaser == "All new." and not english.is_stale


def test_a_minor_edit_in_the_form_of_the_source_leaves_the_translation_up_to_date(admin_client):
    source, english = begun(admin_client)
    address = reverse("admin:news_article_change", args=[source.pk])
    admin_client.post(address, filled_in(admin_client.get(address), headline="Von elf auf zwei!", minor="on"))
    assert not Article.objects.get(pk=english.pk).is_stale
    admin_client.post(address, filled_in(admin_client.get(address), headline="Von zwölf auf zwei"))
    assert Article.objects.get(pk=english.pk).is_stale


def test_the_form_of_the_source_leads_to_the_translation_that_is_behind(admin_client):
    source, english = begun(admin_client)
    change(source, teaser="Ganz neu.")
    for article in (source, english):
        page = admin_client.get(reverse("admin:news_article_change", args=[article.pk])).text
        assert page_of(english) in page


def test_what_the_source_said_after_the_page_was_opened_is_still_to_be_followed(admin_client):
    source, english = begun(admin_client)
    change(source, teaser="Ganz neu.")
    seen = Article.objects.get(pk=source.pk).version
    sent = filled_in(admin_client.get(page_of(english)), teaser="All new.")
    change(source, teaser="Noch neuer.")
    admin_client.post(page_of(english), {**sent, "up_to_date": "on", "source_seen": str(seen)})
    assert Article.objects.get(pk=english.pk).is_stale


@pytest.mark.parametrize("seen", ["", "-5", "x"])
def test_a_tick_without_the_state_that_was_looked_at_says_nothing(admin_client, seen):
    source, english = begun(admin_client)
    change(source, headline="Von zwölf auf zwei")
    sent = filled_in(admin_client.get(page_of(english)), headline="Second")
    said = admin_client.post(page_of(english), {**sent, "up_to_date": "on", "source_seen": seen})
    before = english.source_version
    english.refresh_from_db()
    assert said.status_code == 302 and (english.headline, english.source_version) == ("Second", before)


def test_words_that_still_stand_in_the_language_of_the_source_are_named_before_the_release(admin_client):
    _source, english = begun(admin_client)
    panel = admin_client.get(reverse("admin:news_article_check", args=[english.pk])).text
    assert "1 Absatz steht noch" in panel or "1 paragraph still stands" in panel


def test_an_article_that_follows_no_other_has_no_such_page(admin_client):
    article = ArticleFactory()
    assert admin_client.get(page_of(article)).url == reverse("admin:news_article_change", args=[article.pk])


def test_the_table_shows_each_article_once_with_the_state_of_every_language(admin_client):
    source, english = begun(admin_client)
    alone = ArticleFactory(headline="Nur auf Deutsch")
    page = reverse("admin:news_article_languages")
    text = admin_client.get(page).text
    assert text.count('<th scope="row">') == 2
    assert reverse("admin:news_article_translate_into", args=[alone.pk, "en"]) in text
    assert 'class="is-stale"' not in text
    missing = admin_client.get(page, {"only": "missing"}).text
    assert alone.headline in missing and source.headline not in missing
    assert source.headline not in admin_client.get(page, {"only": "stale"}).text
    change(source, teaser="Ganz neu.")
    stale = admin_client.get(page, {"only": "stale"}).text
    assert source.headline in stale and alone.headline not in stale
    assert page_of(english) in stale


def test_the_table_costs_the_same_for_one_article_or_many(admin_client, django_assert_max_num_queries):
    ArticleFactory.create_batch(60)
    for headline in ("Eins", "Zwei"):
        begun_ = ArticleFactory(headline=headline)
        admin_client.post(reverse("admin:news_article_translate_into", args=[begun_.pk, "en"]))
    with django_assert_max_num_queries(8):
        text = admin_client.get(reverse("admin:news_article_languages")).text
    assert text.count('<th scope="row">') == 40
    assert (
        admin_client.get(reverse("admin:news_article_languages"), {"page": "2"}).text.count(
            '<th scope="row">'
        )
        == 22
    )


def test_visitors_are_led_to_a_language_only_when_it_is_public(client):
    source = ArticleFactory()
    english = ArticleFactory(
        language="en", translation_group=source.translation_group, stage="review", slug="eleventh"
    )
    assert "/en/news/eleventh/" not in client.get(source.get_absolute_url()).text
    english.stage = Article.Stage.RELEASED
    english.save()
    assert "/en/news/eleventh/" in client.get(source.get_absolute_url()).text


def test_what_looks_like_code_in_the_source_is_shown_as_words(admin_client):
    source, english = begun(admin_client)
    code = "<img src=x onerror=run()>"
    change(source, headline=f"Zweiter {code}", teaser=code, body=f"<p>Dritter &lt;script&gt;run()</p>{code}")
    page = admin_client.get(page_of(english)).text
    assert "&lt;img" in page and "&lt;script&gt;" in page
    assert code not in page and "<script>run()" not in page
