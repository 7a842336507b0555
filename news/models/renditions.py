"""The sizes of a photo."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from news.pictures import Size
from news.querysets.renditions import RenditionQuerySet, Shown


class Rendition(models.Model):
    """One size of a photo: planned when the photo is saved, made by a worker afterwards, listed by pages once there is
    a file. One whose photo has changed waits again, and keeps its file until the new one is there."""

    class Crop(models.TextChoices):
        WHOLE = "", _("Whole picture")
        SHARE = "share", _("Share picture")

    class State(models.TextChoices):
        PENDING = "pending", _("is being made")
        READY = "ready", _("ready")
        FAILED = "failed", _("could not be made")

    photo = models.ForeignKey(
        "news.Photo", models.CASCADE, related_name="renditions", verbose_name=_("photo")
    )
    crop = models.CharField(_("crop"), max_length=10, choices=Crop, default=Crop.WHOLE, blank=True)
    format = models.CharField(_("format"), max_length=10)
    width = models.PositiveIntegerField(_("width"))
    height = models.PositiveIntegerField(_("height"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PENDING)
    # Of what: the picture, its rights, the focal point of a crop. What was made from something else is not stored.
    made_from = models.CharField(max_length=16, blank=True)
    file = models.FileField(_("file"), max_length=200, blank=True)
    # Feeds say it of each picture; the storage, which may be far away, is not asked for it.
    length = models.PositiveIntegerField(_("length in bytes"), default=0, editable=False)

    objects = RenditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("rendition")
        verbose_name_plural = _("renditions")
        # By the key, in the order of the index below: by "photo" each photo would be looked up for its own order.
        ordering = ["photo_id", "crop", "format", "width"]
        constraints = [
            models.UniqueConstraint(
                fields=["photo", "crop", "format", "width"], name="one_rendition_of_a_size"
            )
        ]

    def __str__(self):
        return f"{self.photo_id} {self.crop} {self.format} {self.width}"

    @property
    def shown(self):
        return Shown(self.crop, self.format, self.width, self.height, self.length, self.file.name)

    @property
    def size(self):
        return Size(self.crop, self.format, self.width, self.height)
