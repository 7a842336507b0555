"""Articles made from articles: a new language of one, and another one like it."""

import uuid

from django.utils.translation import gettext as _
from django.utils.translation import override

from news.history import first_version
from news.models import Article, GalleryPhoto

# What an article takes over from the one it is made from. A copy is a draft of its own: no times, no address, no past.
SAME = ("kind", "race_id", "lead_photo_id", "headline", "dateline", "teaser", "body", "byline")


def begin_translation(source, language, user) -> Article:
    """The article in another language, with the words of its source standing where the translation goes: structure,
    photos, quotes and boxes are there, and what is not translated yet is seen (news.panel.languages)."""
    with first_version(user):
        article = _copy(source, user, language, source.translation_group)
        article.follows(source)
        return _stored(article, source)


def duplicate(article, user, *, every_language=True) -> list[Article]:
    """A draft like the article, and one like each of its versions in other languages; its own copy first."""
    group, copies = uuid.uuid4(), {}
    versions = [article, *(article.versions() if every_language else ())]
    with first_version(user):
        # Sources first: a translation follows the copy of its source.
        for version in sorted(versions, key=lambda each: each.source_id is not None):
            copy = _copy(version, user, version.language, group)
            with override(version.language):
                copy.headline = _as_copy(version.headline)
            if version.source_id in copies:
                copy.follows(copies[version.source_id])
            copies[version.pk] = _stored(copy, version)
    return [copies[article.pk], *(copy for pk, copy in copies.items() if pk != article.pk)]


def _as_copy(headline):
    longest = Article._meta.get_field("headline").max_length
    return _("Copy: %(headline)s") % {"headline": headline[: longest - 20]} if headline else ""


def _copy(article, user, language, group):
    return Article(
        language=language,
        translation_group=group,
        author=user,
        **{name: getattr(article, name) for name in SAME},
    )


def _stored(copy, original):
    copy.save()
    copy.tags.set(original.tags.all())
    GalleryPhoto.objects.bulk_create(
        GalleryPhoto(article=copy, photo_id=row.photo_id, order=row.order)
        for row in original.gallery_photos.all()
    )
    return copy
