"""The parts of the sitemap that hold articles."""

from django.db import models

from news.querysets.stretches import PartQuerySet


class SitemapPart(models.Model):
    """Written by triggers alone (news/sitemapparts.py)."""

    number = models.PositiveIntegerField(primary_key=True)
    changed_at = models.DateTimeField()

    objects = PartQuerySet.as_manager()

    class Meta:
        default_permissions = ()

    def __str__(self):
        return str(self.number)
