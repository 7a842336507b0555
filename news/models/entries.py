"""Who takes part: teams, drivers, and the cars entered in a race with their crews."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django_prose_editor.fields import ProseEditorField
from translated_fields import TranslatedField

from news.html import sanitize
from news.limits import COUNTRY, in_our_time
from news.models.articles import EDITOR
from news.querysets.races import CrewQuerySet, DriverQuerySet, EntryQuerySet
from news.slugs import slug_of


class Team(models.Model):
    name = models.CharField(_("name"), max_length=120, unique=True)

    class Meta:
        verbose_name = _("team")
        verbose_name_plural = _("teams")
        ordering = ["name"]

    def __str__(self):
        return self.name

    def name_in(self, year):
        """What the team was called in this year."""
        return next((row.name for row in self.names.all() if row.year == year), self.name)


class TeamName(models.Model):
    team = models.ForeignKey(Team, models.CASCADE, related_name="names", verbose_name=_("team"))
    year = models.PositiveSmallIntegerField(_("year"), validators=[in_our_time])
    name = models.CharField(_("name"), max_length=120)

    class Meta:
        verbose_name = _("name in one season")
        verbose_name_plural = _("names by season")
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(
                fields=["team", "year"],
                name="team_has_one_name_a_year",
                violation_error_message=_("This team already has a name for this year."),
            )
        ]

    def __str__(self):
        return f"{self.name} ({self.year})"


class Driver(models.Model):
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
    hometown = models.CharField(_("home town"), max_length=80, blank=True)
    born_on = models.DateField(_("date of birth"), null=True, blank=True, validators=[in_our_time])
    portrait = models.ForeignKey(
        "news.Photo",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="portrait_of",
        verbose_name=_("portrait"),
    )
    intro = TranslatedField(
        models.TextField(
            _("introduction"), max_length=400, blank=True, help_text=_("Two sentences beside the portrait.")
        )
    )
    story = TranslatedField(ProseEditorField(_("story"), blank=True, extensions=EDITOR, sanitize=sanitize))

    objects = DriverQuerySet.as_manager()

    class Meta:
        verbose_name = _("driver")
        verbose_name_plural = _("drivers")
        ordering = ["last_name", "first_name"]

    def __str__(self):
        return f"{self.first_name} {self.last_name}".strip()

    def get_absolute_url(self):
        return reverse("news:driver", kwargs={"slug": self.slug})

    def clean(self):
        self.slug = self.slug or self._free_slug()

    def save(self, **kwargs):
        self.slug = self.slug or self._free_slug()
        for language in type(self).story.languages:
            name = f"story_{language}"
            setattr(self, name, sanitize(getattr(self, name)))
        super().save(**kwargs)

    def _free_slug(self):
        """Two drivers of one name are told apart by a number."""
        wanted = slug_of(str(self)) or "fahrer"
        others = type(self).objects.exclude(pk=self.pk)
        taken = set(others.filter(slug__startswith=wanted).values_list("slug", flat=True))
        numbered = (f"{wanted}-{n}" for n in range(2, len(taken) + 3))
        return next(slug for slug in [wanted, *numbered] if slug not in taken)


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


class Entry(models.Model):
    race = models.ForeignKey("news.Race", models.CASCADE, related_name="entries", verbose_name=_("race"))
    number = models.CharField(
        _("car number"),
        max_length=6,
        blank=True,
        help_text=_("As on the car: 007 and 7 are two cars. Empty when not known."),
    )
    team = models.ForeignKey(
        Team, models.PROTECT, null=True, blank=True, related_name="entries", verbose_name=_("team")
    )
    car = models.CharField(_("car"), max_length=80, blank=True, help_text=_("Make and model: BMW Z4 GT3."))
    car_class = models.CharField(_("class"), max_length=40, blank=True, help_text=_("Such as SP9 or GT3."))
    cup = models.CharField(_("cup"), max_length=40, blank=True, help_text=_("Such as Pro-Am or Bronze."))
    drivers = models.ManyToManyField(
        Driver, through="news.Crew", related_name="entries", verbose_name=_("crew")
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
    driver = models.ForeignKey(Driver, models.PROTECT, related_name="crews", verbose_name=_("driver"))
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
