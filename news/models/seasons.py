"""What races count for: series, their seasons, and the rounds that tie a race to them."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from news.limits import LAPS, in_our_time
from news.querysets.races import SeasonQuerySet


class Series(models.Model):
    name = models.CharField(_("name"), max_length=100, unique=True)
    short_name = models.CharField(
        _("short name"), max_length=20, blank=True, help_text=_("For narrow tables: VLN.")
    )
    website = models.URLField(_("website"), blank=True)

    class Meta:
        verbose_name = _("series")
        verbose_name_plural = pgettext_lazy("plural", "series")
        ordering = ["name"]

    def __str__(self):
        return self.name


class Season(models.Model):
    series = models.ForeignKey(Series, models.PROTECT, related_name="seasons", verbose_name=_("series"))
    year = models.PositiveSmallIntegerField(_("year"), validators=[in_our_time])

    objects = SeasonQuerySet.as_manager()

    class Meta:
        verbose_name = _("season")
        verbose_name_plural = _("seasons")
        ordering = ["-year", "series__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["series", "year"],
                name="season_once_a_year",
                violation_error_message=_("This series already has a season of this year."),
            )
        ]

    def __str__(self):
        return f"{self.series} {self.year}"


class Round(models.Model):
    season = models.ForeignKey(Season, models.CASCADE, related_name="rounds", verbose_name=_("season"))
    race = models.ForeignKey("news.Race", models.CASCADE, related_name="rounds", verbose_name=_("race"))
    number = models.PositiveSmallIntegerField(_("round"), validators=LAPS)

    class Meta:
        verbose_name = _("round")
        verbose_name_plural = _("rounds")
        ordering = ["season", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["season", "number"],
                name="round_number_is_unique",
                violation_error_message=_("This season already has a round with this number."),
            ),
            models.UniqueConstraint(
                fields=["season", "race"],
                name="race_counts_once_a_season",
                violation_error_message=_("This race already counts for this season."),
            ),
        ]

    def __str__(self):
        return _("%(season)s, round %(number)d") % {"season": self.season, "number": self.number}
