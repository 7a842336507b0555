"""The calendar: races and their sessions."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from translated_fields import TranslatedField

from news.limits import LAPS, MINUTES, OUR_YEARS, in_our_time
from news.models.addresses import KeepsFormerAddresses
from news.models.circuits import Circuit, Layout
from news.models.seasons import Season
from news.querysets.races import RACE_KINDS, RaceQuerySet, SessionQuerySet
from news.slugs import folded, slug_of

DAY = timedelta(days=1)
ADDRESS_TAKEN = _("Another race of this year has this address. Change one of them.")


class Race(KeepsFormerAddresses):
    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        CONFIRMED = "confirmed", _("Confirmed")
        POSTPONED = "postponed", _("Postponed")
        CANCELLED = "cancelled", _("Cancelled")

    name = models.CharField(
        _("name"),
        max_length=140,
        help_text=_("As the organiser writes it: “Qualifikationsrennen zum 24-Stunden-Rennen”."),
    )
    name_en = models.CharField(
        _("name in English"), max_length=140, blank=True, help_text=_("Empty: the same name.")
    )
    short_name = models.CharField(
        _("short name"),
        max_length=24,
        blank=True,
        help_text=_("For tables and the season strip: “24h-Quali”."),
    )
    short_name_en = models.CharField(_("short name in English"), max_length=24, blank=True)
    slug = models.SlugField(
        _("address"), max_length=100, blank=True, help_text=_("Left empty, it is made from the name.")
    )
    circuit = models.ForeignKey(
        Circuit, models.PROTECT, null=True, blank=True, related_name="races", verbose_name=_("circuit")
    )
    layout = models.ForeignKey(
        Layout, models.PROTECT, null=True, blank=True, related_name="races", verbose_name=_("layout")
    )
    first_day = models.DateField(_("first day"), validators=[in_our_time])
    # A part of the address. Kept, because an index on a year that is computed would need Django's own function inside
    # the SQLite file, and no other tool could write it.
    year = models.PositiveSmallIntegerField(editable=False)
    last_day = models.DateField(
        _("last day"), blank=True, help_text=_("Left empty: the first day."), validators=[in_our_time]
    )
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.CONFIRMED)
    label = TranslatedField(
        models.CharField(
            _("label"),
            max_length=40,
            blank=True,
            help_text=_("A word shown beside the name, such as “Test”."),
        )
    )
    starters = models.PositiveSmallIntegerField(
        _("number of starters"), null=True, blank=True, validators=LAPS
    )
    starters_rounded = models.BooleanField(
        _("about"), default=False, help_text=_("The number of starters is rounded: “about 50”.")
    )
    stream_url = models.URLField(
        _("stream"), blank=True, help_text=_("Where to watch: the address of the stream.")
    )
    timing_url = models.URLField(_("live timing"), blank=True)
    tickets_url = models.URLField(_("tickets"), blank=True)
    seasons = models.ManyToManyField(
        Season, through="news.Round", related_name="races", verbose_name=_("seasons")
    )
    moved_from = models.DateField(
        _("moved from"),
        null=True,
        blank=True,
        help_text=_(
            "The first day that was announced before; shown until the race is over. Empty it to hide."
        ),
    )
    # How often what a calendar shows has changed (SEQUENCE of RFC 5545, section 3.8.7.4).
    sequence = models.PositiveIntegerField(default=0, editable=False)
    # Names and year as a search compares them.
    search_text = models.TextField(editable=False, blank=True)
    updated_at = models.DateTimeField(_("last changed"), auto_now=True)

    objects = RaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("race")
        verbose_name_plural = _("races")
        ordering = ["-first_day", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "slug"],
                name="race_address_is_unique",
                violation_error_message=ADDRESS_TAKEN,
            ),
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")),
                name="race_ends_after_it_starts",
                violation_error_message=_("A race cannot end before it starts. Check both dates."),
            ),
        ]

    def __str__(self):
        return (get_language() == "en" and self.name_en) or self.name

    @property
    def short(self):
        return (get_language() == "en" and self.short_name_en) or self.short_name or str(self)

    def get_absolute_url(self):
        return reverse("news:race", kwargs={"year": self.year, "slug": self.slug})

    def address_in(self, language):
        with translation.override(language):
            return self.get_absolute_url()

    def addresses(self):
        return [self.address_in("de"), self.address_in("en")]

    def was_public(self):
        return True

    def clean(self):
        self.last_day = self.last_day or self.first_day
        self.slug = self.slug or slug_of(self.name)
        if self.layout and not self.circuit:
            self.circuit = self.layout.circuit
        if self.layout and self.layout.circuit_id != self.circuit_id:
            raise ValidationError({"layout": _("This layout belongs to another circuit.")})
        # A form does not know the year, so it cannot ask the constraint.
        if self.first_day and self._others_here().exists():
            raise ValidationError({"slug": ADDRESS_TAKEN})

    def _others_here(self):
        return type(self).objects.of_year(self.first_day.year).filter(slug=self.slug).exclude(pk=self.pk)

    def save(self, **kwargs):
        self.year = self.first_day.year
        names = (self.name, self.name_en, self.short_name, self.short_name_en)
        self.search_text = folded(f"{' '.join(names)} {self.year}")
        self.last_day = self.last_day or self.first_day
        self.slug = self.slug or slug_of(self.name)
        super().save(**kwargs)

    @property
    def zone(self):
        """The track's time zone; the site's when no circuit is known."""
        return self.circuit.zone if self.circuit else timezone.get_default_timezone()

    def is_over(self, on=None):
        return self.last_day < (on or timezone.localdate())

    def is_under_way(self, on=None):
        """Whether its weekend is now: what the queryset's `under_way()` answers, for a row at hand."""
        on = on or timezone.localdate()
        return self.first_day <= on <= self.last_day and self.state != self.State.CANCELLED

    @property
    def is_off(self):
        """Whether it does not take place on its days: called off or put off."""
        return self.state in (self.State.CANCELLED, self.State.POSTPONED)


class Session(models.Model):
    class Kind(models.TextChoices):
        PRACTICE = "practice", _("Free practice")
        QUALIFYING = "qualifying", _("Qualifying")
        TOP_QUALIFYING = "top_qualifying", _("Top qualifying")
        WARM_UP = "warm_up", _("Warm-up")
        SPRINT = "sprint", _("Sprint race")
        QUALIFYING_RACE = "qualifying_race", _("Qualifying race")
        RACE = "race", _("Race")

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
        _("planned minutes"), null=True, blank=True, validators=MINUTES
    )
    planned_laps = models.PositiveSmallIntegerField(_("planned laps"), null=True, blank=True, validators=LAPS)
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

    @property
    def title(self):
        """The words of a timetable: "Qualifying 2"."""
        return f"{self.get_kind_display()} {self.label}".strip()

    @property
    def is_race(self):
        return self.kind in RACE_KINDS

    @property
    def track_time(self):
        """The start on the clocks at the track; None when not even the day is known."""
        return self.starts_at and self.starts_at.astimezone(self.race.zone)

    def current_classification(self):
        """The result list in force, or None."""
        return self.classifications.newest_first().first()
