"""The photos of an article's gallery, in their order."""

import reversion
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


@reversion.register()
class GalleryPhoto(models.Model):
    article = models.ForeignKey(
        "news.Article", models.CASCADE, verbose_name=_("article"), related_name="gallery_photos"
    )
    photo = models.ForeignKey("news.Photo", models.PROTECT, verbose_name=_("photo"))
    order = models.PositiveSmallIntegerField(_("order"), default=0)

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

    def clean(self):
        if self.photo_id and self.article.stage == self.article.Stage.RELEASED:
            try:
                self.photo.check_release(self.article.language)
            except ValidationError as error:
                raise ValidationError({"photo": error}) from error
