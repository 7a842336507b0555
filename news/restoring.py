"""A former state of an article comes back: as a new version, through all that a save goes through. What it was made
of may be gone by now; that is left out, and said."""

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from news.blocks import photos_in
from news.history import BROUGHT_BACK, RESTORED, first_version, gallery_at, new_version, number_of
from news.models import Article, GalleryPhoto, Photo, Race, Tag

# The text and what belongs to it. Where an article stands, when it appears and under which address, is no part of what
# was written, and stays.
PLAIN = ("headline", "dateline", "teaser", "body", "kind", "byline")


class Former:
    """What a version held, as far as it is still there."""

    def __init__(self, version):
        self.version, self.fields = version, version.field_dict
        gallery = gallery_at(version)
        wanted = {
            *photos_in(self.fields["body"]),
            *(pk for pk, _order in gallery),
            self.fields["lead_photo_id"],
        }
        self.photos = {*Photo.objects.filter(pk__in=wanted - {None}).values_list("pk", flat=True)}
        self.missing = len(wanted - self.photos - {None})
        self.gallery = [(pk, order) for pk, order in gallery if pk in self.photos]
        self.tags = [*Tag.objects.filter(pk__in=self.fields["tags"])]
        self.race = Race.objects.filter(pk=self.fields["race_id"]).first()

    def losses(self) -> list[str]:
        """What cannot come back, in sentences."""
        said = []
        if self.missing:
            words = ngettext(
                "%(n)d photo of this version has been deleted since; it cannot come back.",
                "%(n)d photos of this version have been deleted since; they cannot come back.",
                self.missing,
            )
            said.append(words % {"n": self.missing})
        tags = len(self.fields["tags"]) - len(self.tags)
        if tags:
            words = ngettext(
                "%(n)d tag of this version has been deleted since.",
                "%(n)d tags of this version have been deleted since.",
                tags,
            )
            said.append(words % {"n": tags})
        if self.fields["race_id"] and not self.race:
            said.append(_("The race that this version was about has been deleted since."))
        return said

    def onto(self, article, **how):
        """Checked and saved as if it had just been typed. Raises ValidationError for what no longer goes."""
        for name in PLAIN:
            setattr(article, name, self.fields[name])
        lead = self.fields["lead_photo_id"]
        article.race, article.lead_photo_id = self.race, lead if lead in self.photos else None
        article.full_clean()
        article.save(**how)
        before = article.around()
        article.tags.set(self.tags)
        article.gallery_photos.exclude(photo__in=[pk for pk, _order in self.gallery]).delete()
        for photo, order in self.gallery:
            GalleryPhoto.objects.update_or_create(article=article, photo_id=photo, defaults={"order": order})
        if article.around() != before:
            article.changed_around()


def restore(pk, version, user, seen):
    """Raises Stale where somebody has saved the article since it was looked at."""
    words = _("as in version %(number)d") % {"number": number_of(version)}
    with new_version(pk, user, seen=seen, comment=words, milestone=RESTORED) as article:
        Former(version).onto(article)
        return article


@transaction.atomic
def bring_back(version, user):
    """A deleted article is a draft again, with its history; under its address and in its group, if both are free."""
    former = Former(version)
    fields = former.fields
    article = Article(
        pk=fields["id"], language=fields["language"], author_id=fields["author_id"], version=fields["version"]
    )
    in_language = Article.objects.in_language(article.language)
    if not in_language.filter(translation_group=fields["translation_group"]).exists():
        article.translation_group = fields["translation_group"]
    if not in_language.filter(slug=fields["slug"]).exists():
        article.slug = fields["slug"]
    if not get_user_model().objects.filter(pk=fields["author_id"]).exists():
        article.author = user
    with first_version(user, milestone=BROUGHT_BACK):
        former.onto(article, force_insert=True)
    return article
