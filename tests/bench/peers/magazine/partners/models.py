"""Partners as snippets: who is shown on which day."""

from django.db import models
from django.db.models import Q
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.models import register_snippet


@register_snippet
class Tier(models.Model):
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=60)
    order = models.PositiveSmallIntegerField(default=0)

    def __str__(self):
        return self.name


class SponsorshipQuerySet(models.QuerySet):
    def on(self, day):
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day), starts_on__lte=day)


@register_snippet
class Sponsorship(models.Model):
    name = models.CharField(max_length=100)
    website = models.URLField(blank=True)
    logo = models.FileField(upload_to="logos")
    logo_dark = models.FileField(upload_to="logos", blank=True)
    width = models.PositiveSmallIntegerField(default=0)
    height = models.PositiveSmallIntegerField(default=0)
    tier = models.ForeignKey(Tier, models.PROTECT, related_name="sponsorships")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    objects = SponsorshipQuerySet.as_manager()

    panels = [
        FieldPanel(name) for name in ("name", "website", "logo", "tier", "starts_on", "ends_on", "order")
    ]

    def __str__(self):
        return self.name
