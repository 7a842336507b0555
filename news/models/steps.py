"""The way of an article through the newsroom: who handed it in, returned or released it, and when."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from news.people import name_of


class Step(models.Model):
    class Kind(models.TextChoices):
        HAND_IN = "hand_in", _("Handed in")
        WITHDRAW = "withdraw", _("Taken back to write on")
        RETURN = "return", _("Returned")
        RELEASE = "release", _("Released")
        SCHEDULE = "schedule", _("Scheduled")
        TAKE_BACK = "take_back", _("Taken back")

    article = models.ForeignKey(
        "news.Article", models.CASCADE, related_name="steps", verbose_name=_("article")
    )
    kind = models.CharField(_("step"), max_length=20, choices=Kind)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("who")
    )
    remark = models.TextField(_("remark"), max_length=1000, blank=True)
    # What was scheduled: the time of release as it was then.
    appears_at = models.DateTimeField(_("time of release"), null=True, blank=True)
    # The `Article.version` that came of it.
    version = models.PositiveIntegerField(_("version"))
    taken_at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        default_permissions = ()
        ordering = ["-taken_at", "-pk"]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.article}"

    @property
    def who(self):
        return name_of(self.user)
