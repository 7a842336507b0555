"""What a released article said wrongly, and what is right: shown to readers for as long as the article stands."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from news.html import words_only
from news.limits import in_our_time


class Correction(models.Model):
    article = models.ForeignKey(
        "news.Article", models.CASCADE, related_name="corrections", verbose_name=_("article")
    )
    text = models.TextField(
        _("correction"),
        max_length=500,
        help_text=_("What was wrong, and what is right: “An earlier version gave the grid as twelfth.”"),
    )
    noted_at = models.DateTimeField(_("corrected on"), default=timezone.now, validators=[in_our_time])

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ["noted_at", "pk"]

    def __str__(self):
        return self.text

    def save(self, **kwargs):
        self.text = words_only(self.text).strip()
        super().save(**kwargs)
