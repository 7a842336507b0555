"""What visitors have seen of an article: whether they ever could, and when it last changed before their eyes."""

from hashlib import sha256

from django.db import models, transaction
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from news.models.addresses import FormerAddress
from news.models.changes import differs, with_fields


class SeenByVisitors(models.Model):
    """For articles. `updated_at` also moves when somebody pins one or looks over a draft; readers, feeds and search
    engines are told of `last_modified`."""

    # What a reader sees of the row itself; gallery, tags and corrections have rows of their own.
    VISIBLE = (
        "language",
        "headline",
        "dateline",
        "teaser",
        "body",
        "kind",
        "byline",
        "race_id",
        "lead_photo_id",
    )

    modified_at = models.DateTimeField(_("last change for visitors"), null=True, blank=True, editable=False)
    # Once public, always known: its addresses are kept, also while it is off the site.
    been_public = models.BooleanField(_("has been public"), default=False, editable=False)

    class Meta:
        abstract = True

    def save(self, **kwargs):
        if stored := self.pk and type(self)._default_manager.filter(pk=self.pk).first():
            self.been_public = stored.was_public()
            if self.is_public() and not self.minor and self._looks_new(stored):
                self.modified_at = timezone.now()
        super().save(**with_fields(kwargs, ["been_public", "modified_at"]))

    def _looks_new(self, stored):
        """Changed before their eyes, or back after it was away."""
        return differs(self, stored, self.VISIBLE) if stored.is_public() else stored.was_public()

    def around(self):
        """What a reader sees that has rows of its own: compared before and after a change."""
        rows = (
            ("gallery_photos", ("photo", "order")),
            ("corrections", ("text", "noted_at")),
            ("tags", ("pk",)),
        )
        return {name: [*getattr(self, name).order_by("pk").values_list(*fields)] for name, fields in rows}

    def changed_around(self):
        """Its gallery, its tags or its corrections are others now. Not a save: the text stays the version it is."""
        if self.is_public() and not self.minor:
            self.modified_at = timezone.now()
            type(self)._default_manager.filter(pk=self.pk).update(modified_at=self.modified_at)

    def delete(self, **kwargs):
        with transaction.atomic():
            known = self.known_addresses()
            deleted = super().delete(**kwargs)
            FormerAddress.objects.bury(known)
        return deleted

    def is_public(self, at=None):
        """What the queryset's `public(at)` answers, for a row at hand."""
        at = at or timezone.now()
        released = (
            self.stage == self.Stage.RELEASED and self.published_at is not None and self.published_at <= at
        )
        return released and (self.expires_at is None or self.expires_at > at)

    def was_public(self):
        """Whether visitors can know it: that it is or was released and its time had come."""
        reached = self.published_at is not None and self.published_at <= timezone.now()
        return self.been_public or (self.stage == self.Stage.RELEASED and reached)

    def is_over(self, at=None):
        """Whether it has had its time on the site."""
        ended = self.expires_at is not None and self.expires_at <= (at or timezone.now())
        return ended and self.stage == self.Stage.RELEASED

    def known_addresses(self):
        """All under which visitors ever found it."""
        former = self.formeraddress_set.values_list("path", flat=True)
        return {*former, *(self.addresses() if self.was_public() else ())}

    @property
    def last_modified(self):
        """When visitors last saw something else here than before: at the earliest when it appeared."""
        return max(filter(None, (self.modified_at, self.published_at)), default=self.updated_at)

    @cached_property
    def shown_corrections(self):
        """What was corrected in it, the oldest first; `first_corrected()` brings them along."""
        return list(self.corrections.all())

    def fingerprint(self):
        """The same as long as a reader sees the same."""
        photos = self.gallery_photos.values_list("photo", flat=True)
        seen = [*(getattr(self, name) for name in self.VISIBLE), *photos]
        return sha256("\0".join(map(str, seen)).encode()).hexdigest()
