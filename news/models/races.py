"""The calendar: the races. Their sessions stand in `sessions`."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from translated_fields import TranslatedField

from news.limits import LAPS, in_our_time
from news.models.addresses import KeepsFormerAddresses
from news.models.changes import differs, first_announced, with_fields
from news.models.circuits import Circuit, Layout
from news.models.seasons import Season
from news.querysets.races import OFF, RaceQuerySet
from news.slugs import folded, slug_of

ADDRESS_TAKEN = _("Another race of this year has this address. Change one of them.")


class Race(KeepsFormerAddresses):
    # What a calendar shows of it. The address is left out: a former one leads on.
    SHOWN = (
        "name",
        "name_en",
        "label_de",
        "label_en",
        "state",
        "circuit_id",
        "layout_id",
        "first_day",
        "last_day",
        "stream_url",
        "timing_url",
        "tickets_url",
    )
    # What save() works out.
    FOLLOWS = ("year", "search_text", "last_day", "slug", "sequence", "moved_from", "updated_at")

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
        Layout,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="races",
        verbose_name=_("layout"),
        help_text=_("Which track is driven, such as “Grand Prix” or “Nordschleife”."),
    )
    first_day = models.DateField(
        _("first day"),
        validators=[in_our_time],
        help_text=_("The first day with cars on the track, such as the Friday."),
    )
    # A part of the address. Kept, because an index on a year that is computed would need Django's own function inside
    # the SQLite file, and no other tool could write it.
    year = models.PositiveSmallIntegerField(editable=False)
    last_day = models.DateField(
        _("last day"), blank=True, help_text=_("Left empty: the first day."), validators=[in_our_time]
    )
    state = models.CharField(
        _("state"),
        max_length=20,
        choices=State,
        default=State.CONFIRMED,
        help_text=_("What was cancelled or postponed stays in the calendar, and says so."),
    )
    label = TranslatedField(
        models.CharField(
            _("label"),
            max_length=40,
            blank=True,
            help_text=_("A word shown beside the name, such as “Test”."),
        )
    )
    starters = models.PositiveSmallIntegerField(
        _("number of starters"),
        null=True,
        blank=True,
        validators=LAPS,
        help_text=_("How many cars started, such as 163."),
    )
    starters_rounded = models.BooleanField(
        _("about"), default=False, help_text=_("The number of starters is rounded: “about 50”.")
    )
    stream_url = models.URLField(
        _("stream"), blank=True, help_text=_("Where to watch: the address of the stream.")
    )
    timing_url = models.URLField(
        _("live timing"),
        blank=True,
        help_text=_("Where times are shown live, such as https://timing.example.org/."),
    )
    tickets_url = models.URLField(
        _("tickets"), blank=True, help_text=_("Where tickets are sold, such as https://tickets.example.org/.")
    )
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

    def is_public(self):
        return True

    was_public = is_public

    def clean(self):
        self.last_day = self.last_day or self.first_day
        self.slug = self.slug or self._own_slug()
        if self.layout and not self.circuit:
            self.circuit = self.layout.circuit
        if self.layout and self.layout.circuit_id != self.circuit_id:
            raise ValidationError({"layout": _("This layout belongs to another circuit.")})
        # A form does not know the year, so it cannot ask the constraint.
        if self.first_day and self._others_here().exists():
            raise ValidationError({"slug": ADDRESS_TAKEN})

    def _own_slug(self):
        """A name may have no letter that an address can hold."""
        return slug_of(self.name) or "rennen"

    def _others_here(self):
        return type(self).objects.of_year(self.first_day.year).filter(slug=self.slug).exclude(pk=self.pk)

    def save(self, **kwargs):
        self.year = self.first_day.year
        names = (self.name, self.name_en, self.short_name, self.short_name_en)
        self.search_text = folded(f"{' '.join(names)} {self.year}")
        self.last_day = self.last_day or self.first_day
        self.slug = self.slug or self._own_slug()
        stored = None if self._state.adding else type(self).objects.filter(pk=self.pk).first()
        if stored:
            self._tell_changes(stored)
        super().save(**with_fields(kwargs, self.FOLLOWS))

    def _tell_changes(self, stored):
        self.sequence = stored.sequence + differs(self, stored, self.SHOWN)
        # Days of a race that is over are corrected, not moved.
        if not self.is_over():
            self.moved_from = first_announced(
                stored.first_day, self.first_day, stored.moved_from, self.moved_from
            )

    @property
    def zone(self):
        """The track's time zone; the site's when no circuit is known."""
        return self.circuit.zone if self.circuit else timezone.get_default_timezone()

    def is_over(self, on=None):
        return self.last_day < (on or timezone.localdate())

    def is_under_way(self, on=None):
        """Whether its weekend is now: what the queryset's `under_way()` answers, for a row at hand."""
        on = on or timezone.localdate()
        return self.first_day <= on <= self.last_day and not self.is_off

    def is_upcoming(self, on=None):
        """Whether it is still to be driven: what the queryset's `upcoming()` answers, for a row at hand."""
        return not self.is_over(on) and not self.is_off

    @property
    def is_off(self):
        """Whether it does not take place on its days: called off or put off."""
        return self.state in OFF

    def next_start(self, at=None):
        """Of its races on the weekend the one that comes or is under way, else the last one; None without any."""
        races = [session for session in self.sessions.all() if session.is_race and not session.cancelled]
        at = at or timezone.now()
        return next((session for session in races if at < session.over_at), races[-1] if races else None)

    @property
    def was_on(self):
        """The first day that was announced before, while it matters to those who come."""
        return self.moved_from if self.is_upcoming() else None
