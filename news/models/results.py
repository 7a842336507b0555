"""Result lists and their lines. Unknown is null and shows as a dash, never as 0."""

from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from translated_fields import TranslatedField

from news.limits import LAPS, PLACES, TIMES, in_our_time
from news.querysets.results import ClassificationQuerySet, ResultQuerySet
from news.times import Gap


class Classification(models.Model):
    class State(models.TextChoices):
        PROVISIONAL = "provisional", _("Provisional")
        OFFICIAL = "official", _("Official")
        AMENDED = "amended", _("Amended")

    session = models.ForeignKey(
        "news.Session", models.CASCADE, related_name="classifications", verbose_name=_("session")
    )
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.PROVISIONAL)
    issued_at = models.DateTimeField(
        _("issued"),
        null=True,
        blank=True,
        help_text=_("When the organiser issued the list. The newest one counts."),
        validators=[in_our_time],
    )
    source = models.CharField(
        _("source"),
        max_length=200,
        blank=True,
        help_text=_("Where the list comes from: organiser, file, press report."),
    )
    remark = TranslatedField(
        models.CharField(
            _("remark"),
            max_length=250,
            blank=True,
            help_text=_("Shown under the list: “Places 1 to 5 of about 50 cars”."),
        )
    )
    created_at = models.DateTimeField(_("entered"), auto_now_add=True)

    objects = ClassificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("classification")
        verbose_name_plural = _("classifications")
        ordering = ["-created_at"]

    def __str__(self):
        return f"{self.session} ({self.get_state_display()})"


class Result(models.Model):
    class Status(models.TextChoices):
        FINISHED = "finished", _("Finished")
        NOT_CLASSIFIED = "not_classified", _("Not classified")
        RETIRED = "retired", _("Retired")
        DISQUALIFIED = "disqualified", _("Disqualified")
        EXCLUDED = "excluded", _("Excluded")
        NOT_STARTED = "not_started", _("Did not start")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    # The codes that a table shows for a line without a place.
    CODES = {
        Status.NOT_CLASSIFIED: "NC",
        Status.RETIRED: "DNF",
        Status.DISQUALIFIED: "DSQ",
        Status.EXCLUDED: "EXC",
        Status.NOT_STARTED: "DNS",
        Status.WITHDRAWN: "WD",
    }

    classification = models.ForeignKey(
        Classification, models.CASCADE, related_name="results", verbose_name=_("classification")
    )
    entry = models.ForeignKey("news.Entry", models.CASCADE, related_name="results", verbose_name=_("entry"))
    position = models.PositiveSmallIntegerField(
        _("position"),
        null=True,
        blank=True,
        help_text=_("Empty when not classified or not known."),
        validators=PLACES,
    )
    position_or_better = models.PositiveSmallIntegerField(
        _("at least"),
        null=True,
        blank=True,
        help_text=_("Where only this much is known: 3 for “on the podium”, with the position left empty."),
        validators=PLACES,
    )
    class_position = models.PositiveSmallIntegerField(
        _("position in class"),
        null=True,
        blank=True,
        help_text=_(
            "Only where the organiser counts otherwise: it follows from the positions and the classes."
        ),
        validators=PLACES,
    )
    grid = models.CharField(
        _("grid"), max_length=20, blank=True, help_text=_("A number, or words such as pit lane.")
    )
    status = models.CharField(_("status"), max_length=20, choices=Status, default=Status.FINISHED)
    classified = models.BooleanField(
        _("classified"),
        default=True,
        help_text=_("Stands in the result, even if the car did not see the flag."),
    )
    laps = models.PositiveSmallIntegerField(
        _("laps"), null=True, blank=True, validators=LAPS, help_text=_("Complete laps, such as 157.")
    )
    total_time_ms = models.PositiveBigIntegerField(_("total time"), null=True, blank=True, validators=TIMES)
    gap_ms = models.PositiveBigIntegerField(_("gap in time"), null=True, blank=True, validators=TIMES)
    gap_laps = models.PositiveSmallIntegerField(_("gap in laps"), null=True, blank=True, validators=LAPS)
    best_lap_ms = models.PositiveIntegerField(_("best lap"), null=True, blank=True, validators=TIMES)
    best_lap_number = models.PositiveSmallIntegerField(
        _("best lap: number"),
        null=True,
        blank=True,
        validators=LAPS,
        help_text=_("In which lap the best time was driven, such as 58."),
    )
    pole = models.BooleanField(
        _("pole position"),
        null=True,
        blank=True,
        help_text=_("Unknown: it follows from the grid and the qualifying. Yes or no overrules that."),
    )
    fastest_lap = models.BooleanField(
        _("fastest lap"),
        null=True,
        blank=True,
        help_text=_("Unknown: it follows from the best laps of the list. Yes or no overrules that."),
    )
    points = models.DecimalField(
        _("points"),
        max_digits=12,
        decimal_places=6,
        null=True,
        blank=True,
        help_text=_("Only where the organiser’s points differ from the scheme of the championship."),
    )
    note = models.CharField(
        _("note"), max_length=200, blank=True, help_text=_("Penalties and reasons, as published.")
    )
    # What follows from the whole list; written by news.derived.places alone, null where it cannot be known.
    place_in_class = models.PositiveSmallIntegerField(_("place in class"), null=True, editable=False)
    place_in_cup = models.PositiveSmallIntegerField(_("place in the cup"), null=True, editable=False)
    is_pole = models.BooleanField(null=True, editable=False)
    is_fastest_lap = models.BooleanField(null=True, editable=False)
    behind_ms = models.PositiveBigIntegerField(null=True, editable=False)
    behind_laps = models.PositiveSmallIntegerField(null=True, editable=False)

    objects = ResultQuerySet.as_manager()

    class Meta:
        verbose_name = _("result")
        verbose_name_plural = _("results")
        # Places first, then the lines without one in the order of the list.
        ordering = [F("position").asc(nulls_last=True), "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["classification", "entry"],
                name="entry_once_a_classification",
                violation_error_message=_("This car already stands in the list."),
            ),
            models.CheckConstraint(
                condition=Q(position=None) | Q(position__gte=1),
                name="position_starts_at_one",
                violation_error_message=_(
                    "Positions start at 1. Leave the field empty when the place is not known."
                ),
            ),
            models.CheckConstraint(
                condition=Q(class_position=None) | Q(class_position__gte=1),
                name="class_position_starts_at_one",
                violation_error_message=_(
                    "Positions start at 1. Leave the field empty when the place is not known."
                ),
            ),
            models.CheckConstraint(
                condition=Q(position=None) | Q(position_or_better=None),
                name="position_is_known_or_bounded",
                violation_error_message=_("Enter the position or “at least”, not both."),
            ),
            models.CheckConstraint(
                condition=Q(position=None, position_or_better=None, class_position=None)
                | ~Q(status__in=("not_started", "withdrawn")),
                name="no_place_without_a_start",
                violation_error_message=_("A car that did not start has no position. Check the status."),
            ),
            models.CheckConstraint(
                condition=Q(best_lap_number=None) | Q(laps=None) | Q(best_lap_number__lte=F("laps")),
                name="best_lap_is_one_of_the_laps",
                violation_error_message=_("The best lap is none of the laps driven. Check both numbers."),
            ),
            models.CheckConstraint(
                condition=Q(gap_ms=None) | Q(gap_laps=None),
                name="gap_is_time_or_laps",
                violation_error_message=_("A gap is a time or a number of laps, not both."),
            ),
            models.CheckConstraint(
                condition=Q(best_lap_ms=None) | Q(best_lap_ms__gt=0),
                name="best_lap_takes_time",
                violation_error_message=_("A lap takes time. Leave the field empty when it is not known."),
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.entry}"

    @property
    def race(self):
        """That of its list, which is that of its entry as well."""
        return self.classification.session.race

    @property
    def team_name(self):
        """What the team was called in that year: as the queryset's `with_car()` has read it, else by asking."""
        return self.team_then if hasattr(self, "team_then") else self.entry.team_name

    @property
    def gap(self):
        """The gap to the leader as published."""
        return Gap(self.gap_ms, self.gap_laps)

    @property
    def behind(self):
        """The gap to the leader as published, else as it follows from the times."""
        return Gap(self.behind_ms, self.behind_laps)

    @property
    def is_podium(self):
        """What the queryset's `podiums()` answers, for a row at hand."""
        return self._place is not None and self._place <= 3

    @property
    def _place(self):
        return self.position if self.position is not None else self.position_or_better

    @property
    def code(self):
        """What a cell of a season table says: P2, POD, ≤10, DNF; a dash for unknown."""
        if self.position:
            return f"P{self.position}"
        if self.status in self.CODES:
            return self.CODES[self.status]
        if self.position_or_better:
            return "POD" if self.is_podium else f"≤{self.position_or_better}"
        return "—"

    @property
    def outcome(self):
        """The kind of outcome, one word for style and legend: win, podium, top, done, out or none."""
        if self.status in self.CODES and not self.position:
            return "out"
        if self._place is None:
            return "none"
        if self.position == 1:
            return "win"
        return "podium" if self.is_podium else "top" if self._place <= 10 else "done"

    @cached_property
    def outcome_title(self):
        """The outcome in words, for those who do not see the code."""
        if self.position:
            return _("Win") if self.position == 1 else _("Place %(n)d") % {"n": self.position}
        if self.status in self.CODES:
            return self.get_status_display()
        if self.position_or_better and not self.is_podium:
            return _("Place %(n)d or better") % {"n": self.position_or_better}
        return _("Podium") if self.is_podium else _("not recorded")
