"""Photos: the clean original, what an editor says of it, and what it still lacks."""

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from translated_fields import TranslatedField

from news.limits import in_our_time
from news.metadata import Said
from news.models.pictures import StoredPicture
from news.querysets.photos import PhotoQuerySet
from news.rights import Rights

FOCAL = [MinValueValidator(0), MaxValueValidator(1)]


class Photo(StoredPicture):
    WRITTEN_BY_US = (
        *StoredPicture.WRITTEN_BY_US,
        "taken_down_at",
        "taken_down_by_id",
        "taken_down_reason",
    )

    class Lack(models.TextChoices):
        """What stands between a photo and a page."""

        CREDIT = "credit", _("no credit")
        ALT = "alt", _("no words for those who cannot see it")
        LICENCE = "licence", _("licence ended")
        TAKEN_DOWN = "taken_down", _("taken down")

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
    caption = TranslatedField(
        models.CharField(
            _("caption"),
            max_length=300,
            blank=True,
            help_text=_("One sentence that names who and where: “Jens Klingmann before the start in Spa.”"),
        )
    )
    credit = models.CharField(
        _("credit"),
        max_length=140,
        blank=True,
        help_text=_("As it must be printed: “Photo: Patrick Liepertz”. Without it nothing shows the photo."),
    )
    copyright = models.CharField(
        _("copyright"),
        max_length=200,
        blank=True,
        help_text=_(
            "Where more is to be said than the credit: “© 2014 Patrick Liepertz, all rights reserved”. Like the credit "
            "it stands in the files."
        ),
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
    taken_on = models.DateField(
        _("taken on"),
        null=True,
        blank=True,
        validators=[in_our_time],
        help_text=_("Usually read from the file; the gallery is ordered by it."),
    )
    place = models.CharField(
        _("place"), max_length=120, blank=True, help_text=_("Where it was taken: “Nürburgring, Brünnchen”.")
    )
    race = models.ForeignKey(
        "news.Race",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="photos",
        verbose_name=_("race"),
        help_text=_(
            "So that the photo is found by it. Left empty, it is the race of the day of a new photo."
        ),
    )
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
    uploaded_at = models.DateTimeField(_("uploaded"), auto_now_add=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("uploaded by"),
    )
    taken_down_at = models.DateTimeField(_("taken down"), null=True, blank=True, editable=False)
    taken_down_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("taken down by"),
    )
    taken_down_reason = models.CharField(
        _("reason"),
        max_length=300,
        blank=True,
        editable=False,
        help_text=_("Who asked for it, and why: it is all that will be left."),
    )

    objects = PhotoQuerySet.as_manager()

    class Meta(StoredPicture.Meta):
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["-taken_on", "-id"], name="photo_newest"),
            # The few that end: after each change kept pages ask which is the next.
            models.Index(
                fields=["licence_ends_on"],
                name="photo_licence_ends",
                condition=Q(licence_ends_on__isnull=False),
            ),
            # Those whose files lie in the wrong place: hardly ever one, and looked for every second.
            models.Index(
                fields=["licence_ends_on"],
                name="photo_to_put_away",
                condition=Q(withheld_at=None, licence_ends_on__isnull=False),
            ),
            models.Index(
                fields=["licence_ends_on"],
                name="photo_put_away",
                condition=Q(withheld_at__isnull=False),
            ),
        ]
        constraints = [
            *StoredPicture.Meta.constraints,
            models.CheckConstraint(
                condition=Q(for_press=False) | ~Q(credit=""), name="press_photo_has_a_credit"
            ),
            models.CheckConstraint(
                condition=Q(taken_down_at=None) | Q(file="", for_press=False), name="taken_down_photo_is_gone"
            ),
            models.CheckConstraint(
                condition=Q(focal_x__range=(0, 1), focal_y__range=(0, 1)),
                name="focal_point_is_inside",
                violation_error_message=_(
                    "The focal point must lie inside the picture: both numbers from 0 to 1."
                ),
            ),
        ]

    def __str__(self):
        """In the newsroom; visitors read `caption` and `alt_text`, and never what a file was called."""
        here, elsewhere = (
            (self.caption, self.alt),
            (self.caption_de, self.caption_en, self.alt_de, self.alt_en),
        )
        words = next(filter(None, (*here, *elsewhere, self.file_name, self.credit)), "")
        return words or gettext("Photo %(n)s") % {"n": self.pk or ""}

    def clean(self):
        super().clean()
        self._stays_fit_for_its_uses()

    def _stays_fit_for_its_uses(self):
        """What visitors see, or the press may take, does not lose what it was released with."""
        wrong = {}
        if self.for_press and not self.credit:
            wrong["credit"] = _("A photo that is free for the press needs its credit.")
        elif self.pk and not self.credit and self.in_pages.exists():
            wrong["credit"] = _("A page shows this photo: it needs its credit.")
        for language in self._released_in() if self.pk and not self.taken_down_at else ():
            lacks = self.missing(language)
            if self.Lack.CREDIT in lacks:
                wrong["credit"] = _("A released article shows this photo: it needs its credit.")
            if self.Lack.ALT in lacks:
                wrong[f"alt_{language}"] = _(
                    "A released article in this language shows the photo: say what is to be seen, or mark it as "
                    "decorative."
                )
        if wrong:
            raise ValidationError(wrong)

    def _released_in(self):
        """The languages of the released articles that show it."""
        articles = apps.get_model("news.Article").objects.released().showing(self)
        return set(articles.order_by().values_list("language", flat=True))

    def fill_in(self, said: Said):
        """What the file says of itself, where nothing was typed. Words whose language it does not name are taken for
        those of whoever uploads it."""
        here = (translation.get_language() or settings.LANGUAGE_CODE)[:2]
        for language, _name in settings.LANGUAGES:
            for name, words in (("caption", said.caption), ("alt", said.alt)):
                found = words.get(language) or (words.get("") if language == here else "")
                if not (name == "alt" and self.decorative):
                    self._fill_in(f"{name}_{language}", found)
        for name in ("credit", "copyright", "place", "taken_on"):
            self._fill_in(name, getattr(said, name))
        self._fill_in("race", self._race_of_its_day())

    def _race_of_its_day(self):
        """The race that it can only be from: that of its day, where there is one and not two."""
        races = apps.get_model("news.Race").objects
        found = list(races.between(self.taken_on, self.taken_on)[:2]) if self.taken_on else []
        return found[0] if len(found) == 1 else None

    def _fill_in(self, name, value):
        longest = getattr(self._meta.get_field(name), "max_length", None)
        if value and not getattr(self, name):
            setattr(self, name, value[:longest].rstrip() if longest else value)

    def take_down(self, by, reason):
        """Delete every size for good. The row stays, so that editors see what was there, where, and why it is gone."""
        with transaction.atomic():
            stored = self.held()
            self.drop_folders([stored.file.name] if stored else [])
            self.renditions.all().delete()
            gone = {"taken_down_at": timezone.now(), "taken_down_by": by, "taken_down_reason": reason}
            gone |= {"file": "", "withheld_at": None, "lost_at": None, "for_press": False}
            type(self).objects.filter(pk=self.pk).update(**gone)
        for name, value in gone.items():
            setattr(self, name, value)

    def _keep(self, stored):
        super()._keep(stored)
        self.for_press = self.for_press and self.taken_down_at is None

    @property
    def rights(self):
        """What its files say of whose it is."""
        return Rights(self.credit, self.copyright)

    def is_licensed(self, on=None):
        """What the queryset's `licensed(on)` answers, for a row at hand."""
        return self.licence_ends_on is None or self.licence_ends_on >= (on or timezone.localdate())

    def is_showable(self, on=None):
        """What the queryset's `showable(on)` answers, for a row at hand."""
        is_there = self.taken_down_at is None and self.withheld_at is None
        return self.is_licensed(on) and is_there and self.credit != ""

    def missing(self, language, on=None):
        """All that stands between the photo and a page in this language; nothing, when it can be shown as it is."""
        lacks = {
            self.Lack.CREDIT: not self.credit,
            self.Lack.ALT: not (self.decorative or getattr(self, f"alt_{language}")),
            self.Lack.LICENCE: not self.is_licensed(on),
            self.Lack.TAKEN_DOWN: self.taken_down_at is not None,
        }
        return [lack for lack, is_so in lacks.items() if is_so]

    @property
    def alt_text(self):
        """What a screen reader says: nothing for decoration, else this language or the other one."""
        return "" if self.decorative else self.alt or self.alt_de or self.alt_en
