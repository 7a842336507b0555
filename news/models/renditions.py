"""The sizes of a photo, and how files come into the storage and leave it."""

import logging
from functools import partial

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

logger = logging.getLogger(__name__)


def rendition_path(rendition, filename):
    return f"photos/{rendition.photo.checksum[:2]}/{rendition.photo.checksum[:24]}/{filename}"


class Rendition(models.Model):
    class Crop(models.TextChoices):
        WHOLE = "", _("Whole picture")
        SHARE = "share", _("Share picture")

    photo = models.ForeignKey(
        "news.Photo", models.CASCADE, related_name="renditions", verbose_name=_("photo")
    )
    crop = models.CharField(_("crop"), max_length=10, choices=Crop, default=Crop.WHOLE, blank=True)
    format = models.CharField(_("format"), max_length=10)
    width = models.PositiveIntegerField(_("width"))
    height = models.PositiveIntegerField(_("height"))
    file = models.FileField(_("file"), upload_to=rendition_path, max_length=200)

    class Meta:
        verbose_name = _("rendition")
        verbose_name_plural = _("renditions")
        ordering = ["photo", "crop", "format", "width"]
        constraints = [
            models.UniqueConstraint(
                fields=["photo", "crop", "format", "width"], name="one_rendition_of_a_size"
            )
        ]

    def __str__(self):
        return f"{self.photo_id} {self.crop} {self.format} {self.width}"


def written(photo, pictures):
    """Renditions, not yet in the database, of these (format, crop, Picture); all their files are there, or none."""
    made, before = [], set(photo.renditions.values_list("file", flat=True))
    try:
        for form, crop, picture in pictures:
            rendition = Rendition(
                photo=photo, format=form, crop=crop, width=picture.width, height=picture.height
            )
            name = f"{crop or 'w'}{picture.width}-{picture.checksum[:8]}.{picture.ending}"
            rendition.file.name = rendition_path(rendition, name)
            made.append(rendition)
            # The name says what is inside: a file that is there already is this one.
            if not default_storage.exists(rendition.file.name):
                default_storage.save(rendition.file.name, ContentFile(picture.data))
    except Exception:
        delete_files({rendition.file.name for rendition in made} - before)
        raise
    return made


def drop_files(names):
    """Delete these files after the commit: what is deleted before a rollback would be missed."""
    transaction.on_commit(partial(delete_files, tuple(names)), robust=True)


def delete_files(names):
    for name in names:
        try:
            default_storage.delete(name)
        except OSError:
            logger.exception("The file %s could not be deleted.", name)
