"""Championship tables, and the points by which they are counted."""

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from translated_fields import TranslatedField

from news.limits import LAPS, PLACES, POINTS_BY_PLACE
from news.querysets.results import StandingQuerySet


class PointScheme(models.Model):
    """How a series gives points; a season names the scheme that it is counted by."""

    class Shared(models.TextChoices):
        FULL = "full", _("every driver of the car gets all points")
        SPLIT = "split", _("the points of the car are shared out among its drivers")
        NONE = "none", _("a shared car gets no points")

    name = models.CharField(_("name"), max_length=80, unique=True, help_text=_("Such as “FIA 2010”."))
    positions = models.CharField(
        _("points by place"),
        max_length=400,
        validators=POINTS_BY_PLACE,
        help_text=_(
            "From the first place on: 25, 18, 15, 12, 10, 8, 6, 4, 2, 1. Half points with a point: 0.5."
        ),
    )
    sprint_positions = models.CharField(
        _("points by place in a sprint race"),
        max_length=400,
        blank=True,
        validators=POINTS_BY_PLACE,
        help_text=_("Empty: a sprint race gives no points."),
    )
    pole_points = models.DecimalField(
        _("for pole position"),
        max_digits=6,
        decimal_places=2,
        default=0,
        help_text=_("Such as 1; 0 where there are none."),
    )
    fastest_lap_points = models.DecimalField(
        _("for the fastest lap"),
        max_digits=6,
        decimal_places=2,
        default=0,
        help_text=_("Such as 1; 0 where there are none."),
    )
    fastest_lap_within = models.PositiveSmallIntegerField(
        _("only within the first"),
        null=True,
        blank=True,
        validators=PLACES,
        help_text=_("10: the point for the fastest lap needs a place among the first ten. Empty: any place."),
    )
    shared_cars = models.CharField(_("shared cars"), max_length=10, choices=Shared, default=Shared.FULL)

    class Meta:
        verbose_name = _("point scheme")
        verbose_name_plural = _("point schemes")
        ordering = ["name"]

    def __str__(self):
        return self.name


class Standing(models.Model):
    season = models.ForeignKey(
        "news.Season", models.CASCADE, related_name="standings", verbose_name=_("season")
    )
    driver = models.ForeignKey(
        "news.Driver",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="standings",
        verbose_name=_("driver"),
    )
    team = models.ForeignKey(
        "news.Team", models.PROTECT, null=True, blank=True, related_name="standings", verbose_name=_("team")
    )
    car_class = models.CharField(_("class"), max_length=40, blank=True)
    number = models.CharField(_("car number"), max_length=6, blank=True)
    position = models.PositiveSmallIntegerField(
        _("position"),
        null=True,
        blank=True,
        validators=PLACES,
        help_text=_("Such as 2, after the last round that counts."),
    )
    points = models.DecimalField(
        _("points"), max_digits=12, decimal_places=6, null=True, blank=True, help_text=_("Such as 112.5.")
    )
    starts = models.PositiveSmallIntegerField(_("starts"), null=True, blank=True, validators=LAPS)
    wins = models.PositiveSmallIntegerField(_("wins"), null=True, blank=True, validators=LAPS)
    final = models.BooleanField(_("final"), default=True, help_text=_("The table after the last round."))
    note = TranslatedField(
        models.CharField(_("note"), max_length=200, blank=True, help_text=_("Such as best rookie."))
    )
    source = models.CharField(_("source"), max_length=200, blank=True)
    # What follows from the results; written by news.derived.standings alone.
    computed = models.BooleanField(_("computed"), default=False, editable=False)
    position_before = models.PositiveSmallIntegerField(
        _("position a round earlier"), null=True, editable=False
    )
    after_round = models.PositiveSmallIntegerField(
        _("after round"),
        null=True,
        blank=True,
        validators=LAPS,
        help_text=_("Such as 5: the table as it stood after the fifth round."),
    )
    gross_points = models.DecimalField(
        _("points with dropped results"),
        max_digits=12,
        decimal_places=6,
        null=True,
        blank=True,
        help_text=_("Where not all results count: the sum of all of them."),
    )

    objects = StandingQuerySet.as_manager()

    class Meta:
        verbose_name = _("standing")
        verbose_name_plural = _("standings")
        ordering = ["season", F("position").asc(nulls_last=True), "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(driver__isnull=False) | Q(team__isnull=False),
                name="standing_is_somebodys",
                violation_error_message=_("A standing belongs to a driver, a team or both."),
            ),
            models.CheckConstraint(
                condition=Q(position=None) | Q(position__gte=1),
                name="standing_starts_at_one",
                violation_error_message=_(
                    "Positions start at 1. Leave the field empty when the place is not known."
                ),
            ),
            models.CheckConstraint(
                condition=Q(wins=None) | Q(starts=None) | Q(wins__lte=F("starts")),
                name="no_more_wins_than_starts",
                violation_error_message=_("There cannot be more wins than starts. Check both numbers."),
            ),
            # Nobody counts as somebody: without the zeros two rows without a team would be two different ones.
            models.UniqueConstraint(
                "season",
                Coalesce("driver", Value(0)),
                Coalesce("team", Value(0)),
                "car_class",
                "computed",
                name="standing_once_a_season",
                violation_error_message=_("This season already has a standing of this driver and team."),
            ),
        ]

    def __str__(self):
        return f"{self.season}: {self.position or '—'} {self.driver or self.team}"
