"""The log of imported result files: who read in what, what came of it, and what an undo takes back."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from news.models.results import Classification
from news.querysets.results import ResultImportQuerySet


class ResultImport(models.Model):
    class Provider(models.TextChoices):
        ALKAMEL = "alkamel", "Al Kamel (CSV)"
        ERGAST = "ergast", "Ergast / Jolpica (JSON)"
        SRO = "sro", "SRO / Swiss Timing (XML)"
        SHEET = "sheet", _("Spreadsheet or pasted text")

    session = models.ForeignKey(
        "news.Session",
        models.SET_NULL,
        null=True,
        related_name="imports",
        verbose_name=_("session"),
    )
    season = models.ForeignKey(
        "news.Season",
        models.SET_NULL,
        null=True,
        related_name="imports",
        verbose_name=_("season"),
    )
    # What it was for, in words that outlive the session.
    target = models.CharField(_("for"), max_length=250)
    classification = models.ForeignKey(
        Classification,
        models.SET_NULL,
        null=True,
        related_name="imports",
        verbose_name=_("classification"),
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("imported by"),
        help_text=_("Empty: on the command line."),
    )
    file_name = models.CharField(_("file"), max_length=200, blank=True)
    checksum = models.CharField(_("SHA-256 of the file"), max_length=64)
    provider = models.CharField(_("format"), max_length=20, choices=Provider)
    state = models.CharField(_("state"), max_length=20, choices=Classification.State, blank=True)
    new = models.PositiveIntegerField(_("new lines"), default=0)
    changed = models.PositiveIntegerField(_("changed lines"), default=0)
    unchanged = models.PositiveIntegerField(_("unchanged lines"), default=0)
    # Sentences in the language of whoever imported.
    messages = models.JSONField(_("messages"), default=list)
    # {"made": {model: [ids]}, "before": {model: {id: {field: value}}}}: all that an undo needs.
    footprint = models.JSONField(default=dict, editable=False)
    created_at = models.DateTimeField(_("imported"), auto_now_add=True)
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)

    objects = ResultImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-created_at", "-pk"]

    def __str__(self):
        return f"{self.file_name or self.get_provider_display()}: {self.target}"
