"""Teams: their names season by season, and how result files spell them."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from news.limits import in_our_time
from news.slugs import name_key


class Team(models.Model):
    name = models.CharField(_("name"), max_length=120, unique=True)
    # The name as an import compares it.
    name_key = models.CharField(max_length=200, editable=False, db_index=True)

    class Meta:
        verbose_name = _("team")
        verbose_name_plural = _("teams")
        ordering = ["name"]

    def __str__(self):
        return self.name

    def save(self, **kwargs):
        self.name_key = name_key(self.name)
        super().save(**kwargs)

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


class TeamAlias(models.Model):
    """What result files also call a team."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="aliases", verbose_name=_("team"))
    name = models.CharField(
        _("also written"), max_length=120, help_text=_("Result files with this spelling mean this team.")
    )
    name_key = models.CharField(max_length=200, editable=False, unique=True)

    class Meta:
        verbose_name = _("spelling in result files")
        verbose_name_plural = _("spellings in result files")
        ordering = ["name"]

    def __str__(self):
        return self.name

    def clean(self):
        taken = type(self).objects.filter(name_key=name_key(self.name)).exclude(pk=self.pk).first()
        if taken and taken.team_id != self.team_id:
            words = _("This spelling already means %(team)s. Remove it there first.")
            raise ValidationError({"name": words % {"team": taken.team}})

    def save(self, **kwargs):
        self.name_key = name_key(self.name)
        super().save(**kwargs)
