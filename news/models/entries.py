"""Cars entered in a race, with their crews."""

from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from news.querysets.races import CrewQuerySet, EntryQuerySet


class Entry(models.Model):
    race = models.ForeignKey("news.Race", models.CASCADE, related_name="entries", verbose_name=_("race"))
    number = models.CharField(
        _("car number"),
        max_length=6,
        blank=True,
        help_text=_("As on the car: 007 and 7 are two cars. Empty when not known."),
    )
    team = models.ForeignKey(
        "news.Team",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="entries",
        verbose_name=_("team"),
        help_text=_("Type part of its name, such as “Teich” for “Team Teichmann”."),
    )
    car = models.CharField(_("car"), max_length=80, blank=True, help_text=_("Make and model: BMW Z4 GT3."))
    car_class = models.CharField(_("class"), max_length=40, blank=True, help_text=_("Such as SP9 or GT3."))
    cup = models.CharField(_("cup"), max_length=40, blank=True, help_text=_("Such as Pro-Am or Bronze."))
    guest = models.BooleanField(
        _("guest starter"),
        default=False,
        help_text=_("Scores no championship points; those behind move up in the points."),
    )
    drivers = models.ManyToManyField(
        "news.Driver", through="news.Crew", related_name="entries", verbose_name=_("crew")
    )

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        ordering = ["race", "number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["race", "number"],
                condition=~Q(number=""),
                name="car_number_once_a_race",
                violation_error_message=_("This race already has a car with this number."),
            )
        ]

    def __str__(self):
        number = f"#{self.number}" if self.number else "#—"
        return f"{number} {self.car or self.team or ''} ({self.race})"

    @property
    def team_name(self):
        return self.team.name_in(self.race.year) if self.team else ""

    @cached_property
    def crew_drivers(self):
        """The drivers in the order of the entry list."""
        return [place.driver for place in self.crew.all()]

    @property
    def is_ours(self):
        return any(driver.ours for driver in self.crew_drivers)


class Crew(models.Model):
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="crew", verbose_name=_("entry"))
    driver = models.ForeignKey("news.Driver", models.PROTECT, related_name="crews", verbose_name=_("driver"))
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = CrewQuerySet.as_manager()

    class Meta:
        verbose_name = _("driver in the crew")
        verbose_name_plural = _("crew")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "driver"],
                name="driver_once_a_crew",
                violation_error_message=_("This driver is already in the crew."),
            )
        ]

    def __str__(self):
        return str(self.driver)
