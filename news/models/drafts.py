"""What somebody has typed and not saved yet, and who has an article open. Neither is history nor ever public."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from news.people import clock, name_of
from news.querysets.drafts import OpenFormQuerySet


class RollingDraft(models.Model):
    """One row for an article and a person: each autosave writes over the one before."""

    article = models.ForeignKey("news.Article", models.CASCADE, related_name="rolling_drafts")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    # The Article.version that was open when this was typed.
    based_on = models.PositiveIntegerField()
    # The window that it was typed in: a second window of the same person does not write over it unasked.
    window = models.CharField(max_length=32, blank=True)
    # {"fields": {name: [values as sent]}, "rows": {prefix: [{name: value}, …]}}
    data = models.JSONField(default=dict)
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("unsaved changes")
        verbose_name_plural = _("unsaved changes")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["article", "user"], name="one_rolling_draft_each")]

    def __str__(self):
        return f"{name_of(self.user)}, {clock(self.saved_at)}"

    @property
    def stamp(self):
        """Tells this state of the row from the next one."""
        return self.saved_at.isoformat()


class OpenForm(models.Model):
    """Somebody has the form of an article before them."""

    article = models.ForeignKey("news.Article", models.CASCADE, related_name="open_forms")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    since = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)

    objects = OpenFormQuerySet.as_manager()

    class Meta:
        verbose_name = _("open form")
        verbose_name_plural = _("open forms")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["article", "user"], name="one_open_form_each")]

    def __str__(self):
        return f"{name_of(self.user)}, {clock(self.seen_at)}"
