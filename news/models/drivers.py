"""Drivers: our own with page and fact sheet, others with their name, and how result files spell them."""

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django_prose_editor.fields import ProseEditorField
from translated_fields import TranslatedField

from news.editor import WRITING
from news.html import sanitize_plain
from news.limits import COUNTRY, in_our_time
from news.models.addresses import KeepsFormerAddresses
from news.querysets.races import DriverQuerySet
from news.slugs import name_key, slug_of


class Driver(KeepsFormerAddresses):
    first_name = models.CharField(_("first name"), max_length=80, blank=True)
    last_name = models.CharField(_("last name"), max_length=80)
    country = models.CharField(
        _("country"), max_length=2, blank=True, help_text=_("Two letters: DE, AT, BE."), validators=COUNTRY
    )
    ours = models.BooleanField(
        _("our driver"),
        default=False,
        help_text=_("The site is about this driver: own page, statistics, marked results."),
    )
    slug = models.SlugField(
        _("address"),
        max_length=100,
        unique=True,
        blank=True,
        help_text=_("Left empty, it is made from the name."),
    )
    hometown = models.CharField(_("home town"), max_length=80, blank=True, help_text=_("Such as Leimen."))
    born_on = models.DateField(
        _("date of birth"),
        null=True,
        blank=True,
        validators=[in_our_time],
        help_text=_("Stands on the driver’s page and in the press kit; may stay empty."),
    )
    portrait = models.ForeignKey(
        "news.Photo",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="portrait_of",
        verbose_name=_("portrait"),
        help_text=_("Stands on the driver’s page and in the press kit."),
    )
    intro = TranslatedField(
        models.TextField(
            _("introduction"), max_length=400, blank=True, help_text=_("Two sentences beside the portrait.")
        )
    )
    story = TranslatedField(
        ProseEditorField(_("story"), blank=True, extensions=WRITING, sanitize=sanitize_plain)
    )

    # The name as an import compares it.
    name_key = models.CharField(max_length=250, editable=False, db_index=True)

    objects = DriverQuerySet.as_manager()

    class Meta:
        verbose_name = _("driver")
        verbose_name_plural = _("drivers")
        ordering = ["last_name", "first_name"]

    def __str__(self):
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def picture(self):
        """The portrait as long as it may be shown."""
        return self.portrait if self.portrait and self.portrait.is_showable() else None

    def get_absolute_url(self):
        return reverse("news:driver", kwargs={"slug": self.slug})

    def address_in(self, language):
        with translation.override(language):
            return self.get_absolute_url()

    def addresses(self):
        return [self.address_in("de"), self.address_in("en")]

    def is_public(self):
        """Whether there is a page about this driver."""
        return self.ours

    was_public = is_public

    def clean(self):
        self.slug = self.slug or self._free_slug()

    def save(self, **kwargs):
        self.slug = self.slug or self._free_slug()
        self.name_key = name_key(str(self))
        for language in type(self).story.languages:
            name = f"story_{language}"
            setattr(self, name, sanitize_plain(getattr(self, name)))
        super().save(**kwargs)

    def _free_slug(self):
        others = type(self).objects.exclude(pk=self.pk)
        wanted = slug_of(str(self)) or "fahrer"
        return self.slug_among(
            str(self), others.filter(slug__startswith=wanted).values_list("slug", flat=True)
        )

    @staticmethod
    def slug_among(name, taken):
        """Two drivers of one name are told apart by a number."""
        wanted, taken = slug_of(name) or "fahrer", set(taken)
        numbered = (f"{wanted}-{n}" for n in range(2, len(taken) + 3))
        return next(slug for slug in [wanted, *numbered] if slug not in taken)


class DriverAlias(models.Model):
    """How result files also spell a driver's name."""

    driver = models.ForeignKey(Driver, models.CASCADE, related_name="aliases", verbose_name=_("driver"))
    name = models.CharField(
        _("also written"), max_length=160, help_text=_("Result files with this spelling mean this driver.")
    )
    name_key = models.CharField(max_length=250, editable=False, unique=True)

    class Meta:
        verbose_name = _("spelling in result files")
        verbose_name_plural = _("spellings in result files")
        ordering = ["name"]

    def __str__(self):
        return self.name

    def clean(self):
        taken = type(self).objects.filter(name_key=name_key(self.name)).exclude(pk=self.pk).first()
        if taken and taken.driver_id != self.driver_id:
            words = _("This spelling already means %(driver)s. Remove it there first.")
            raise ValidationError({"name": words % {"driver": taken.driver}})

    def save(self, **kwargs):
        self.name_key = name_key(self.name)
        super().save(**kwargs)


class DriverFact(models.Model):
    driver = models.ForeignKey(Driver, models.CASCADE, related_name="facts", verbose_name=_("driver"))
    label = TranslatedField(
        models.CharField(_("label"), max_length=40, help_text=_("Such as “In GT racing”."))
    )
    value = TranslatedField(models.CharField(_("fact"), max_length=120, help_text=_("Such as “since 2009”.")))
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("fact")
        verbose_name_plural = _("fact sheet")
        ordering = ["order", "pk"]

    def __str__(self):
        return f"{self.label}: {self.value}"
