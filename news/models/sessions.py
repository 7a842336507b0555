"""What a race weekend is made of: practice, qualifying, races, with their times."""

from datetime import datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from news.limits import LAPS, MINUTES, OUR_YEARS, in_our_time
from news.models.changes import differs, first_announced, with_fields
from news.models.races import Race
from news.querysets.races import RACE_KINDS, SessionQuerySet
from news.slugs import slug_of

DAY = timedelta(days=1)
# A session of so many laps, or of unknown length, is taken to be over after this.
USUAL_LENGTH = timedelta(hours=2)


class Session(models.Model):
    # What a calendar shows of it.
    SHOWN = ("kind", "label", "starts_at", "time_known", "planned_minutes", "cancelled")
    # What save() works out.
    FOLLOWS = ("sequence", "moved_from", "updated_at")

    class Kind(models.TextChoices):
        PRACTICE = "practice", _("Free practice")
        QUALIFYING = "qualifying", _("Qualifying")
        TOP_QUALIFYING = "top_qualifying", _("Top qualifying")
        WARM_UP = "warm_up", _("Warm-up")
        SPRINT = "sprint", _("Sprint race")
        QUALIFYING_RACE = "qualifying_race", _("Qualifying race")
        RACE = "race", _("Race")

    class Phase(models.TextChoices):
        PLANNED = "planned", pgettext_lazy("session", "Planned")
        UNDER_WAY = "under_way", pgettext_lazy("session", "Under way")
        FINISHED = "finished", pgettext_lazy("session", "Finished")
        PROVISIONAL = "provisional", _("Result provisional")
        OFFICIAL = "official", _("Result official")
        AMENDED = "amended", _("Result amended")
        POSTPONED = "postponed", pgettext_lazy("session", "Postponed")
        CANCELLED = "cancelled", pgettext_lazy("session", "Cancelled")

        @property
        def is_by_clock(self):
            return self in (self.PLANNED, self.UNDER_WAY, self.FINISHED)

    race = models.ForeignKey(Race, models.CASCADE, related_name="sessions", verbose_name=_("race"))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.RACE)
    label = models.CharField(
        _("number or name"),
        max_length=40,
        blank=True,
        help_text=_("Where there are several: 1 for “Qualifying 1”."),
    )
    starts_at = models.DateTimeField(
        _("start"),
        null=True,
        blank=True,
        help_text=_("In the time of the track. Empty when not known."),
        validators=[in_our_time],
    )
    time_known = models.BooleanField(
        _("time is known"), default=True, help_text=_("Off: only the day is certain; the time is not shown.")
    )
    planned_minutes = models.PositiveSmallIntegerField(
        _("planned minutes"),
        null=True,
        blank=True,
        validators=MINUTES,
        help_text=_("Such as 240 for four hours."),
    )
    planned_laps = models.PositiveSmallIntegerField(
        _("planned laps"),
        null=True,
        blank=True,
        validators=LAPS,
        help_text=_("Such as 44, where laps are counted and not the time."),
    )
    order = models.PositiveSmallIntegerField(
        _("order"), default=0, help_text=_("Only needed where no start is known.")
    )
    cancelled = models.BooleanField(
        _("cancelled"), default=False, help_text=_("Called off, such as for fog. It stays in the timetable.")
    )
    moved_from = models.DateTimeField(
        _("moved from"),
        null=True,
        blank=True,
        help_text=_("The start that was announced before; shown until the race is over. Empty it to hide."),
        validators=[in_our_time],
    )
    sequence = models.PositiveIntegerField(default=0, editable=False)
    updated_at = models.DateTimeField(_("last changed"), auto_now=True)

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering = [F("starts_at").asc(nulls_last=True), "order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["race", "kind", "label"],
                name="session_is_unique_in_its_race",
                violation_error_message=_("The race already has this session. Number them: 1, 2."),
            )
        ]

    def __str__(self):
        return f"{self.race}: {self.title}"

    def clean(self):
        """A weekend may begin the evening before; anything further off is a mistyped day."""
        # A race that is entered together with its sessions has no key yet.
        race = getattr(self, "race", None)
        if not (race and race.first_day and self.starts_at):
            return
        first, last = race.first_day, race.last_day or race.first_day
        if any(day.year not in OUR_YEARS for day in (first, last, self.starts_at)):
            return
        if not first - DAY <= self.track_time.date() <= last + DAY:
            raise ValidationError(
                {"starts_at": _("The session lies outside the days of its race. Check day and year.")}
            )

    def save(self, **kwargs):
        stored = None if self._state.adding else type(self).objects.filter(pk=self.pk).first()
        if stored:
            self._tell_changes(stored)
        super().save(**with_fields(kwargs, self.FOLLOWS))

    def _tell_changes(self, stored):
        self.sequence = stored.sequence + differs(self, stored, self.SHOWN)
        before, now = stored.known_start, self.known_start
        # A race that is over is corrected, not moved; where no start was known, none has moved.
        if before == now or not self.race.is_over():
            self.moved_from = first_announced(before, now, stored.moved_from, self.moved_from)

    @property
    def known_start(self):
        """The start where the time is certain, not only the day."""
        return self.starts_at if self.time_known else None

    @property
    def title(self):
        """The words of a timetable: "Qualifying 2"."""
        return f"{self.get_kind_display()} {self.label}".strip()

    @property
    def slug(self):
        """The end of its address, in the language of the page: qualifying-2."""
        return slug_of(self.title)

    def get_absolute_url(self):
        """The page of its result list."""
        address = {"year": self.race.year, "slug": self.race.slug, "session": self.slug}
        return reverse("news:session", kwargs=address)

    @property
    def is_race(self):
        return self.kind in RACE_KINDS

    @property
    def track_time(self):
        """The start on the clocks at the track; None when not even the day is known."""
        return self.starts_at and self.starts_at.astimezone(self.race.zone)

    @property
    def ends_at(self):
        """The planned end; None while start or length are not known."""
        if self.known_start and self.planned_minutes:
            return self.known_start + timedelta(minutes=self.planned_minutes)
        return None

    @property
    def over_at(self):
        """The instant from which it counts as over: by its planned length, else by the day at the track."""
        if self.known_start:
            return self.ends_at or self.known_start + USUAL_LENGTH
        day = self.track_time.date() if self.starts_at else self.race.last_day
        return datetime.combine(day + DAY, time.min, self.race.zone)

    def turns(self):
        """The instants at which its `phase()` goes on by the clock."""
        return [instant for instant in (self.known_start, self.over_at) if instant]

    @property
    def is_off(self):
        """Whether it does not take place as it stands: by itself or with its race."""
        return self.cancelled or self.race.is_off

    @property
    def was_at(self):
        """The start announced before, on the clocks at the track, while it matters; a moved race says it for all."""
        if self.moved_from and not self.cancelled and self.race.is_upcoming() and not self.race.moved_from:
            return self.moved_from.astimezone(self.race.zone)
        return None

    @cached_property
    def list_state(self):
        """State of the result list in force, "" without one. Pages load it with the row: `with_list_state()`."""
        in_force = self.current_classification()
        return in_force.state if in_force else ""

    def phase(self, at=None):
        """How far it has got, a `Phase`: `{{ session.phase.label }}`.

        Called off beats all, then a result list says more than the clock. Pages are kept and are the same for all, so
        what the clock says may be old when it is read: `_session_phase.html` hands start and end to weekend.js, which
        says it anew by the visitor's clock. Without scripts it is true of the moment when the page was made.
        """
        if self.cancelled or self.race.state == Race.State.CANCELLED:
            return self.Phase.CANCELLED
        if self.list_state:
            return self.Phase(self.list_state)
        if self.race.state == Race.State.POSTPONED:
            return self.Phase.POSTPONED
        at = at or timezone.now()
        if at >= self.over_at:
            return self.Phase.FINISHED
        begun = self.known_start and at >= self.known_start
        return self.Phase.UNDER_WAY if begun else self.Phase.PLANNED

    def current_classification(self):
        """The result list in force, or None."""
        return self.classifications.newest_first().first()
