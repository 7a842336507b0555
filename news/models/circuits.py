"""Where races are: circuits with their time zones and layouts."""

import zoneinfo

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from translated_fields import TranslatedField

from news.limits import COUNTRY
from news.slugs import folded


def valid_time_zone(name):
    known = name == "UTC" or ("/" in name and name in zoneinfo.available_timezones())
    if not known:
        raise ValidationError(
            _("“%(name)s” is no time zone. Write it like Europe/Berlin."), params={"name": name}
        )


class Circuit(models.Model):
    name = models.CharField(_("name"), max_length=100, unique=True)
    place = models.CharField(
        _("place"), max_length=100, blank=True, help_text=_("The nearest town: Nürburg.")
    )
    # Name and place as a search compares them.
    search_text = models.TextField(editable=False, blank=True)
    country = models.CharField(
        _("country"), max_length=2, blank=True, help_text=_("Two letters: DE, AT, BE."), validators=COUNTRY
    )
    time_zone = models.CharField(
        _("time zone"),
        max_length=50,
        default="Europe/Berlin",
        validators=[valid_time_zone],
        help_text=_("Times of sessions are entered and shown in this zone, such as Europe/Berlin."),
    )

    class Meta:
        verbose_name = _("circuit")
        verbose_name_plural = _("circuits")
        ordering = ["name"]

    def __str__(self):
        return self.name

    def save(self, **kwargs):
        self.search_text = folded(f"{self.name} {self.place}")
        super().save(**kwargs)

    @cached_property
    def zone(self):
        return zoneinfo.ZoneInfo(self.time_zone)


class Layout(models.Model):
    circuit = models.ForeignKey(Circuit, models.CASCADE, related_name="layouts", verbose_name=_("circuit"))
    name = TranslatedField(
        models.CharField(_("name"), max_length=100, help_text=_("Such as Grand Prix track."))
    )
    length_m = models.PositiveIntegerField(
        _("length in metres"), null=True, blank=True, help_text=_("Empty when not known: 5148 for 5.148 km.")
    )

    class Meta:
        verbose_name = _("layout")
        verbose_name_plural = _("layouts")
        ordering = ["circuit__name", "pk"]

    def __str__(self):
        return f"{self.circuit}, {self.name}"
