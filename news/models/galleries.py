"""The photos of an article's gallery, in their order."""

import reversion
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from news.querysets.articles import BodyPhotoQuerySet


@reversion.register()
class GalleryPhoto(models.Model):
    article = models.ForeignKey(
        "news.Article", models.CASCADE, verbose_name=_("article"), related_name="gallery_photos"
    )
    photo = models.ForeignKey("news.Photo", models.PROTECT, verbose_name=_("photo"))
    order = models.PositiveSmallIntegerField(
        _("order"), default=0, help_text=_("1 comes first; left empty, the photo follows the others.")
    )

    class Meta:
        verbose_name = _("gallery photo")
        verbose_name_plural = _("gallery")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "photo"],
                name="photo_once_a_gallery",
                violation_error_message=_("This photo is already in the gallery."),
            )
        ]

    def __str__(self):
        return str(self.photo)


class BodyPhoto(models.Model):
    """A photo that stands in a text, as the text itself says: made from it at every save, so that what a photo is
    shown in stays a question to the database, and no photo disappears from under a text."""

    article = models.ForeignKey("news.Article", models.CASCADE, null=True, blank=True, related_name="+")
    page = models.ForeignKey("news.Page", models.CASCADE, null=True, blank=True, related_name="+")
    photo = models.ForeignKey("news.Photo", models.PROTECT, verbose_name=_("photo"), related_name="+")

    objects = BodyPhotoQuerySet.as_manager()

    class Meta:
        verbose_name = _("photo in a text")
        verbose_name_plural = _("photos in texts")
        constraints = [
            models.UniqueConstraint(fields=["article", "photo"], name="photo_once_an_article_text"),
            models.UniqueConstraint(fields=["page", "photo"], name="photo_once_a_page_text"),
            models.CheckConstraint(
                condition=Q(article=None, page__isnull=False) | Q(article__isnull=False, page=None),
                name="body_photo_stands_in_one_text",
            ),
        ]

    def __str__(self):
        return str(self.photo)
