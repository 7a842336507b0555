"""How many articles came out in a month."""

from django.db import models

from news.querysets.archive import ArchivedMonthQuerySet


class ArchivedMonth(models.Model):
    """Written by triggers alone (news/archive.py): for each month, by language and kind, those that stay."""

    pk = models.CompositePrimaryKey("language", "kind", "month")
    language = models.CharField(max_length=5)
    kind = models.CharField(max_length=20)
    month = models.PositiveIntegerField()
    number = models.IntegerField()

    objects = ArchivedMonthQuerySet.as_manager()

    class Meta:
        default_permissions = ()

    def __str__(self):
        return f"{self.language} {self.kind} {self.month // 12}-{self.month % 12 + 1}: {self.number}"
