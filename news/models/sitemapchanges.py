"""When the parts of the sitemap that hold articles change."""

from django.db import models

from news.querysets.stretches import ChangesOfParts


class SitemapChange(models.Model):
    """Written by triggers alone (news/sitemapparts.py): for each part the last change, and those that the clock will
    make."""

    pk = models.CompositePrimaryKey("part", "at")
    part = models.PositiveIntegerField()
    at = models.DateTimeField()

    objects = ChangesOfParts.as_manager()

    class Meta:
        default_permissions = ()

    def __str__(self):
        return f"{self.part}: {self.at}"
