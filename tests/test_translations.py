"""A translation and its source: which languages are missing, and which say what the source no longer says."""

import pytest

from news.models import Article
from tests.factories import ArticleFactory

pytestmark = pytest.mark.django_db


def translated(**changes):
    """(German source, English translation that is up to date)"""
    source = ArticleFactory(language="de", headline="Von elf auf zwei")
    translation = ArticleFactory(
        language="en", headline="From eleventh to second", translation_group=source.translation_group
    )
    translation.follows(source)
    translation.save()
    return source, translation


def is_stale(article):
    """As the row says, which must be what the queryset says."""
    row = Article.objects.get(pk=article.pk)
    assert row.is_stale == Article.objects.stale().filter(pk=article.pk).exists()
    return row.is_stale


def changed(article, *, minor=False, **values):
    row = Article.objects.get(pk=article.pk)
    for name, value in values.items():
        setattr(row, name, value)
    row.minor = minor
    row.save()
    return row


@pytest.mark.parametrize("name", ["headline", "dateline", "teaser", "body"])
def test_a_translation_is_stale_once_the_text_of_its_source_has_changed(name):
    source, translation = translated()
    assert not is_stale(translation)
    changed(source, **{name: "<p>Etwas anderes.</p>"})
    assert is_stale(translation)


def test_release_tags_and_photos_of_the_source_make_no_translation_stale():
    source, translation = translated()
    changed(source, stage=Article.Stage.REVIEW, pinned=True, byline="Redaktion", slug="anders")
    assert not is_stale(translation)


def test_a_minor_edit_makes_no_translation_stale_and_the_next_real_one_does():
    source, translation = translated()
    changed(source, teaser="Ein Teaser, mit Komma.", minor=True)
    assert not is_stale(translation)
    changed(source, pinned=True)
    assert not is_stale(translation)
    changed(source, teaser="Ein neuer Teaser.")
    assert is_stale(translation)


def test_brought_up_to_date_it_is_stale_no_more():
    source, translation = translated()
    source = changed(source, teaser="Neu.")
    translation = Article.objects.get(pk=translation.pk)
    translation.follows(source)
    translation.save()
    assert not is_stale(translation)


def test_a_change_made_while_somebody_was_translating_an_older_state_leaves_it_stale():
    source, translation = translated()
    seen = changed(source, teaser="Neu.").version
    changed(source, teaser="Noch neuer.")
    translation = Article.objects.get(pk=translation.pk)
    translation.follows(source, seen)
    translation.save()
    assert is_stale(translation)


def test_a_translation_whose_source_was_deleted_is_not_stale():
    source, translation = translated()
    changed(source, teaser="Neu.")
    source.delete()
    assert not is_stale(translation)


def test_a_save_of_some_fields_keeps_the_version_of_the_text():
    source, translation = translated()
    source.teaser = "Neu."
    source.save(update_fields=["teaser"])
    assert is_stale(translation)
