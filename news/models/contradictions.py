"""Passages of released articles that the results in force deny; found when either changes."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from translated_fields import TranslatedField


class Contradiction(models.Model):
    article = models.ForeignKey(
        "news.Article", models.CASCADE, related_name="contradictions", verbose_name=_("article")
    )
    kind = models.CharField(_("kind"), max_length=20)
    quote = models.CharField(_("passage"), max_length=250)
    # The record's own words, for readers of either language.
    record = TranslatedField(models.CharField(_("result"), max_length=250, blank=True))
    found_at = models.DateTimeField(_("found"), auto_now_add=True)
    # When somebody saved the article with it before their eyes; what was written that way counts as seen.
    seen_at = models.DateTimeField(_("seen"), null=True, blank=True)

    class Meta:
        verbose_name = _("contradiction")
        verbose_name_plural = _("contradictions")
        ordering = ["pk"]

    def __str__(self):
        return f"“{self.quote}”: {self.record}"
