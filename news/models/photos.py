"""Photos: the clean original, what an editor says of it, and its renditions."""

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from translated_fields import TranslatedField

from news.limits import in_our_time
from news.pictures import MAX_BYTES, BadPicture, clean_picture, renditions, share_crop
from news.querysets.articles import PhotoQuerySet

FOCAL = [MinValueValidator(0), MaxValueValidator(1)]


def photo_path(photo, filename):
    return f"photos/{photo.checksum[:2]}/{photo.checksum[:24]}/original.{filename.rpartition('.')[2]}"


def rendition_path(rendition, filename):
    return f"photos/{rendition.photo.checksum[:2]}/{rendition.photo.checksum[:24]}/{filename}"


class Photo(models.Model):
    file = models.ImageField(
        _("file"),
        upload_to=photo_path,
        width_field="width",
        height_field="height",
        help_text=_(
            "JPEG, PNG, WebP or AVIF. Place and camera data are removed, the picture is turned upright."
        ),
    )
    alt = TranslatedField(
        models.CharField(
            _("what is to be seen"),
            max_length=250,
            blank=True,
            help_text=_("For those who cannot see the picture: “BMW number 20 in the pit lane at dusk”."),
        )
    )
    decorative = models.BooleanField(
        _("decorative"), default=False, help_text=_("The picture says nothing that the text does not say.")
    )
    caption = TranslatedField(models.CharField(_("caption"), max_length=300, blank=True))
    credit = models.CharField(
        _("credit"), max_length=140, help_text=_("As it must be printed: “Photo: Patrick Liepertz”.")
    )
    focal_x = models.FloatField(
        _("focal point, across"),
        default=0.5,
        validators=FOCAL,
        help_text=_("0 is the left edge, 1 the right edge."),
    )
    focal_y = models.FloatField(
        _("focal point, down"),
        default=0.5,
        validators=FOCAL,
        help_text=_("0 is the upper edge, 1 the lower edge."),
    )
    taken_on = models.DateField(_("taken on"), null=True, blank=True, validators=[in_our_time])
    licence_ends_on = models.DateField(
        _("licence ends on"),
        null=True,
        blank=True,
        help_text=_("The last day on which the photo may be shown."),
        validators=[in_our_time],
    )
    for_press = models.BooleanField(
        _("free for press"), default=False, help_text=_("Stands on the press page, to be taken in full size.")
    )
    width = models.PositiveIntegerField(_("width"), default=0, editable=False)
    height = models.PositiveIntegerField(_("height"), default=0, editable=False)
    checksum = models.CharField(_("checksum"), max_length=64, blank=True, editable=False, db_index=True)
    uploaded_at = models.DateTimeField(_("uploaded"), auto_now_add=True)

    objects = PhotoQuerySet.as_manager()

    class Meta:
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(credit=""), name="photo_has_a_credit"),
            models.CheckConstraint(
                condition=Q(focal_x__range=(0, 1), focal_y__range=(0, 1)),
                name="focal_point_is_inside",
                violation_error_message=_(
                    "The focal point must lie inside the picture: both numbers from 0 to 1."
                ),
            ),
        ]

    def __str__(self):
        here, elsewhere = (
            (self.caption, self.alt),
            (self.caption_de, self.caption_en, self.alt_de, self.alt_en),
        )
        return next(filter(None, (*here, *elsewhere, self.credit, str(self.pk))))

    def clean(self):
        if self.file and not self.file._committed:
            try:
                self._take_in()
            except BadPicture as error:
                raise ValidationError({"file": str(error)}) from error
        if not self.decorative and not (self.alt_de or self.alt_en):
            raise ValidationError(
                {
                    "alt_de": _(
                        "Say what is to be seen, in one language at least, or mark the photo as decorative."
                    )
                }
            )

    def save(self, **kwargs):
        """Store the upload as a clean picture (promise: hostile until re-encoded). Raises BadPicture."""
        if self.file and not self.file._committed:
            self._take_in()
        super().save(**kwargs)

    def _take_in(self):
        """Put a clean picture in the place of the upload, once."""
        if getattr(self.file.file, "is_clean", False):
            return
        picture = clean_picture(self.file.read(MAX_BYTES + 1))
        self.checksum = picture.checksum
        clean = ContentFile(picture.data, name=f"original.{picture.ending}")
        clean.is_clean = True
        self.file = clean
        self.width, self.height = picture.width, picture.height

    def make_renditions(self):
        """Write all sizes anew from the original; once after an upload or a new focal point, never in a request
        of a visitor."""
        with self.file.open("rb") as original:
            data = original.read()
        made = [self._rendition(form, picture) for form, picture in renditions(data)]
        made.append(
            self._rendition("jpeg", share_crop(data, self.focal_x, self.focal_y), Rendition.Crop.SHARE)
        )
        self.renditions.all().delete()
        Rendition.objects.bulk_create(made)

    def _rendition(self, form, picture, crop=""):
        rendition = Rendition(photo=self, format=form, crop=crop, width=picture.width, height=picture.height)
        name = f"{crop or 'w'}{picture.width}-{picture.checksum[:8]}.{picture.ending}"
        path = rendition_path(rendition, name)
        storage = rendition.file.storage
        # The name says what is inside: a file that is there already is this one.
        rendition.file.name = path if storage.exists(path) else storage.save(path, ContentFile(picture.data))
        return rendition

    @cached_property
    def sources(self):
        """The whole picture's renditions by format, each from narrow to wide: {"avif": [...], "webp": …}."""
        found = {"avif": [], "webp": [], "jpeg": []}
        for rendition in sorted(self.renditions.all(), key=lambda r: r.width):
            if not rendition.crop:
                found[rendition.format].append(rendition)
        return found

    @cached_property
    def share_image(self):
        """The crop that other sites show beside a link; None until it is made."""
        return next((r for r in self.renditions.all() if r.crop == Rendition.Crop.SHARE), None)

    def is_licensed(self, on=None):
        """What the queryset's `licensed(on)` answers, for a row at hand."""
        return self.licence_ends_on is None or self.licence_ends_on >= (on or timezone.localdate())

    @property
    def alt_text(self):
        """What a screen reader says: nothing for decoration, else this language or the other one."""
        return "" if self.decorative else self.alt or self.alt_de or self.alt_en

    @property
    def focus(self):
        """The focal point in steps of 5 per cent, as the names of two style classes."""
        return f"focus-x-{round(self.focal_x * 20) * 5} focus-y-{round(self.focal_y * 20) * 5}"


class Rendition(models.Model):
    class Crop(models.TextChoices):
        WHOLE = "", _("Whole picture")
        SHARE = "share", _("Share picture")

    photo = models.ForeignKey(Photo, models.CASCADE, related_name="renditions", verbose_name=_("photo"))
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
