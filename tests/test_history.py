"""A changed article: what was looked at is what is changed, and every state is kept."""

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from news.history import (
    SUBMITTED,
    Stale,
    fields_at,
    first_version,
    gallery_at,
    name_milestone,
    new_version,
    versions_of,
)
from news.models import Article, GalleryPhoto
from tests.factories import ArticleFactory, PhotoFactory, TagFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def reporter():
    return User.objects.create_user("reporter")


def changed(article, user, *, headline, **how):
    with new_version(article.pk, user, **how) as stored:
        stored.headline = headline
        stored.save()
    return stored


def test_a_change_becomes_a_version_with_who_and_why(reporter):
    article = ArticleFactory(headline="Vorher")
    changed(article, reporter, headline="Nachher", seen=article.version, comment="Tippfehler")
    version = versions_of(article.pk).first()
    assert version.field_dict["headline"] == "Nachher"
    assert (version.revision.user, version.revision.comment) == (reporter, "Tippfehler")


def test_the_state_before_the_first_change_is_kept_however_it_came_about(reporter):
    article = ArticleFactory(headline="Aus dem Import")
    changed(article, reporter, headline="Von Hand")
    Article.objects.get(pk=article.pk).save()
    changed(article, reporter, headline="Zuletzt")
    kept = [version.field_dict["headline"] for version in versions_of(article.pk)]
    assert kept == ["Zuletzt", "Von Hand", "Von Hand", "Aus dem Import"]


def test_a_change_of_what_somebody_else_has_saved_meanwhile_is_refused_and_stores_nothing(reporter):
    article = ArticleFactory(headline="Vorher")
    seen = article.version
    changed(article, reporter, headline="Die andere", seen=seen)
    before = versions_of(article.pk).count()
    with pytest.raises(Stale) as refused, new_version(article.pk, reporter, seen=seen):
        pytest.fail("What is out of date is not handed out.")
    assert refused.value.stored.headline == "Die andere"
    assert Article.objects.get().headline == "Die andere"
    assert versions_of(article.pk).count() == before


def test_what_stood_in_an_article_can_be_asked_by_the_number_of_its_version(reporter):
    article = ArticleFactory(headline="Eins")
    assert fields_at(article, article.version)["headline"] == "Eins"
    first, second = article.version, changed(article, reporter, headline="Zwei").version
    now = Article.objects.get()
    assert fields_at(now, first)["headline"] == "Eins"
    assert fields_at(now, second)["headline"] == "Zwei"
    assert fields_at(now, 99) is None


def test_tags_and_gallery_belong_to_the_version(reporter):
    article, tag = ArticleFactory(), TagFactory()
    photos = PhotoFactory.create_batch(3)
    for order, photo in enumerate(photos):
        GalleryPhoto.objects.create(article=article, photo=photo, order=order)
    with new_version(article.pk, reporter) as stored:
        stored.save()
        stored.tags.add(tag)
        stored.gallery_photos.get(photo=photos[0]).delete()
        stored.gallery_photos.filter(photo=photos[2]).get().save()
    last, found = versions_of(article.pk)
    assert (last.field_dict["tags"], found.field_dict["tags"]) == ([tag.pk], [])
    assert gallery_at(last) == [(photos[1].pk, 1), (photos[2].pk, 2)]
    assert gallery_at(found) == [(photo.pk, order) for order, photo in enumerate(photos)]


def test_milestones_are_named_by_what_happened_or_by_an_editor(reporter):
    article = ArticleFactory()
    changed(article, reporter, headline="Fertig", milestone=SUBMITTED)
    last, found = versions_of(article.pk)
    assert [str(milestone) for milestone in last.revision.milestones.all()] == ["Eingereicht"]
    name_milestone(found, "Vor dem Start")
    name_milestone(found, "Vor dem Rennen")
    assert [str(row) for row in versions_of(article.pk)[1].revision.milestones.all()] == ["Vor dem Rennen"]
    name_milestone(found, "")
    assert not versions_of(article.pk)[1].revision.milestones.exists()


def test_a_new_article_has_a_first_version(reporter):
    with first_version(reporter):
        article = ArticleFactory(stage="writing", published_at=None)
    assert versions_of(article.pk).get().revision.user == reporter


def test_a_draft_may_lack_what_a_released_article_must_have():
    drafts = [Article(headline="", stage="writing"), Article(headline="", stage="writing")]
    for draft in drafts:
        draft.full_clean()
        draft.save()
        assert (str(draft), draft.slug) == ("(noch ohne Überschrift)", "")
    for stage, missing in (("review", {"headline"}), ("released", {"headline", "body"})):
        drafts[0].stage = stage
        with pytest.raises(ValidationError) as refused:
            drafts[0].full_clean()
        assert set(refused.value.error_dict) == missing
    with pytest.raises(IntegrityError), transaction.atomic():
        Article.objects.filter(pk=drafts[0].pk).update(stage="released", published_at=drafts[0].created_at)


def test_the_address_follows_the_headline_until_the_release():
    article = ArticleFactory(headline="Arbeitstitel", stage="writing", published_at=None)
    assert article.get_absolute_url() == "/news/arbeitstitel/"
    article.headline, article.stage = "Platz zwei", "released"
    article.full_clean()
    article.save()
    article.headline = "Platz zwei in Spa"
    article.save()
    assert article.get_absolute_url() == "/news/platz-zwei/"
