"""Addresses that a page once had. They lead to the page as long as it is public (promise: links live for ever); those
of a deleted article say that it is gone."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from news.querysets.addresses import FormerAddressQuerySet


class FormerAddress(models.Model):
    path = models.CharField(_("former address"), max_length=300, unique=True)
    article = models.ForeignKey("news.Article", models.CASCADE, null=True, blank=True)
    race = models.ForeignKey("news.Race", models.CASCADE, null=True, blank=True)
    page = models.ForeignKey("news.Page", models.CASCADE, null=True, blank=True)
    driver = models.ForeignKey("news.Driver", models.CASCADE, null=True, blank=True)

    objects = FormerAddressQuerySet.as_manager()

    class Meta:
        verbose_name = _("former address")
        verbose_name_plural = _("former addresses")
        constraints = [
            models.CheckConstraint(
                condition=Q(article__isnull=False, race=None, page=None, driver=None)
                | Q(article=None, race__isnull=False, page=None, driver=None)
                | Q(article=None, race=None, page__isnull=False, driver=None)
                | Q(article=None, race=None, page=None, driver__isnull=False)
                # Where it led is gone.
                | Q(article=None, race=None, page=None, driver=None),
                name="former_address_has_one_target_at_most",
            )
        ]

    def __str__(self):
        return self.path

    def address_now(self) -> str | None:
        """Where the page is today, in the language of the former address; None while visitors may not see it."""
        if not self.target or not self.target.is_public():
            return None
        if self.article:
            return self.article.get_absolute_url()
        return self.target.address_in("en" if self.path.startswith("/en/") else "de")

    @property
    def is_gone(self):
        return self.target is None

    @property
    def target(self):
        return self.article or self.race or self.page or self.driver


class KeepsFormerAddresses(models.Model):
    """A model whose pages have `addresses()`: one that visitors could know is kept when it changes."""

    class Meta:
        abstract = True

    def save(self, **kwargs):
        before = type(self)._default_manager.filter(pk=self.pk).first() if self.pk else None
        known = set(before.addresses()) if before and before.was_public() else set()
        super().save(**kwargs)
        now = set(self.addresses())
        if self.was_public():
            # Not before: what only waits for its day leaves visitors the way that they know.
            FormerAddress.objects.forget(now)
        FormerAddress.objects.remember(self, known - now)
