"""Tags: what sorts articles across races and years."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from translated_fields import TranslatedField

from news.querysets.articles import TagQuerySet


class Tag(models.Model):
    name = TranslatedField(
        models.CharField(_("name"), max_length=60, help_text=_("Such as “Endurance” or “Fan club”."))
    )
    slug = models.SlugField(_("address"), max_length=80, unique=True)

    objects = TagQuerySet.as_manager()

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["slug"]

    def __str__(self):
        return self.name
