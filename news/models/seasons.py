"""What races count for: series, their seasons, and the rounds that tie a race to them."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from news.limits import COUNTED, LAPS, in_our_time
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
    year = models.PositiveSmallIntegerField(_("year"), validators=[in_our_time], help_text=_("Such as 2014."))

    scheme = models.ForeignKey(
        "news.PointScheme",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="seasons",
        verbose_name=_("point scheme"),
        help_text=_(
            "With a scheme the standings follow from the results. Without one, enter or import them."
        ),
    )
    counted = models.CharField(
        _("results that count"),
        max_length=60,
        blank=True,
        validators=COUNTED,
        help_text=_(
            "Empty: all. 11: the best eleven. 6/8, 6/7: the best six of eight, then of seven rounds."
        ),
    )
    by_class = models.BooleanField(
        _("a table for each class"),
        default=False,
        help_text=_("Points by place in the class, and one table for each class."),
    )
    for_teams = models.BooleanField(
        _("teams score too"), default=False, help_text=_("A second table: the points of a team’s cars.")
    )

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
    number = models.PositiveSmallIntegerField(
        _("round"), validators=LAPS, help_text=_("Such as 3 for the third round of the season.")
    )
    factor = models.DecimalField(
        _("points times"),
        max_digits=4,
        decimal_places=2,
        default=1,
        help_text=_("0.5 for half points, 2 for a double round, 0 for a round that does not count."),
    )

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
