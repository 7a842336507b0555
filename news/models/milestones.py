"""What a version in an article's history is called, if it is more than one save among many."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Milestone(models.Model):
    class Kind(models.TextChoices):
        SUBMITTED = "submitted", _("Submitted")
        RETURNED = "returned", _("Returned")
        RELEASED = "released", _("Released")
        WITHDRAWN = "withdrawn", _("Taken back into review")
        CORRECTED = "corrected", _("Corrected")
        RESTORED = "restored", _("Restored")
        DELETED = "deleted", _("Deleted")
        BROUGHT_BACK = "brought_back", _("Brought back")
        NAMED = "named", _("Named by hand")

    revision = models.ForeignKey("reversion.Revision", models.CASCADE, related_name="milestones")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.NAMED)
    name = models.CharField(_("name"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        default_permissions = ()
        ordering = ["pk"]

    def __str__(self):
        return self.name or self.get_kind_display()
