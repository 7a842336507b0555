"""A picture in the storage: taken in clean, written in all sizes, and gone with its row."""

import hashlib

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from news.metadata import said_in
from news.models.renditions import Rendition, delete_files, drop_files, written
from news.pictures import MAX_BYTES, BadPicture, clean_picture, renditions, share_crop


def photo_path(photo, filename):
    return f"photos/{photo.checksum[:2]}/{photo.checksum[:24]}/original.{filename.rpartition('.')[2]}"


class StoredPicture(models.Model):
    """The half of a photo that is made of files; Photo holds what is said of it."""

    file = models.ImageField(
        _("file"),
        upload_to=photo_path,
        width_field="width",
        height_field="height",
        help_text=_(
            "JPEG, PNG, WebP or AVIF. Place and camera data are removed, the picture is turned upright."
        ),
    )
    width = models.PositiveIntegerField(_("width"), default=0, editable=False)
    height = models.PositiveIntegerField(_("height"), default=0, editable=False)
    checksum = models.CharField(_("checksum"), max_length=64, blank=True, editable=False, db_index=True)
    # Of the bytes as they came: what is written anew may differ with the version of the encoder.
    upload_checksum = models.CharField(max_length=64, blank=True, editable=False, db_index=True)

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(
                fields=["checksum"], condition=~Q(checksum=""), name="picture_is_stored_once"
            )
        ]

    def clean(self):
        if self._has_new_file():
            try:
                self._take_in()
            except BadPicture as error:
                raise ValidationError({"file": str(error)}) from error

    def save(self, **kwargs):
        """Store the upload as a clean picture (promise: hostile until re-encoded). Raises BadPicture."""
        replaced, outdated, is_new, was_there = set(), set(), self._has_new_file(), False
        if is_new:
            self._take_in()
            was_there = default_storage.exists(photo_path(self, self.file.name))
            before = type(self).objects.filter(pk=self.pk)
            replaced = {*before.values_list("file", flat=True)} - {""}
            outdated = before.exclude(checksum=self.checksum).file_names()
        try:
            with transaction.atomic():
                super().save(**kwargs)
                if outdated:
                    # Until the new sizes are made the new original is shown, and nothing of the old picture.
                    self.renditions.all().delete()
        except Exception:
            if is_new and not (was_there and self._has_new_file()):
                # Also where the disk took half of it only, and it has no name yet.
                delete_files([photo_path(self, self.file.name) if self._has_new_file() else self.file.name])
            raise
        drop_files((replaced | outdated) - {self.file.name})

    def _has_new_file(self):
        return bool(self.file) and not self.file._committed

    def delete(self, **kwargs):
        """With its files, once the database has let go of them."""
        names = type(self).objects.filter(pk=self.pk).file_names()
        deleted = super().delete(**kwargs)
        drop_files(names)
        return deleted

    drop_files = staticmethod(drop_files)

    def _take_in(self):
        """Put a clean picture in the place of the upload, once. A new photo is filled in from what the file says of
        itself; one that gets another file keeps its words."""
        if getattr(self.file.file, "is_clean", False):
            return
        upload = self.file.read(MAX_BYTES + 1)
        picture = clean_picture(upload)
        if self._state.adding:
            self.fill_in(said_in(upload))
        self.checksum, self.upload_checksum = picture.checksum, hashlib.sha256(upload).hexdigest()
        clean = ContentFile(picture.data, name=f"original.{picture.ending}")
        clean.is_clean = True
        self.file = clean
        self.width, self.height = picture.width, picture.height

    def make_renditions(self):
        """Write all sizes anew from the original; once after an upload or a new focal point, never in a request
        of a visitor."""
        with self.file.open("rb") as original:
            data = original.read()
        before = set(self.renditions.values_list("file", flat=True))
        made = written(self, self._drawn(data))
        with transaction.atomic():
            self.renditions.all().delete()
            Rendition.objects.bulk_create(made)
            drop_files(before - {rendition.file.name for rendition in made})

    def _drawn(self, data):
        """All sizes as (format, crop, Picture)."""
        for form, picture in renditions(data):
            yield form, Rendition.Crop.WHOLE, picture
        yield "jpeg", Rendition.Crop.SHARE, share_crop(data, self.focal_x, self.focal_y)
