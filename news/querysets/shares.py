"""Questions about links to drafts."""

from django.db.models import F, QuerySet
from django.utils import timezone


class ShareLinkQuerySet(QuerySet):
    def open(self, at=None):
        """Neither revoked nor at their end."""
        return self.filter(revoked_at=None, expires_at__gt=at or timezone.now())

    def of(self, user):
        """What was shared with this account."""
        return self.filter(user=user)

    def with_article(self):
        """With all that the page of its draft shows."""
        return self.select_related(
            "article__lead_photo", "article__race__circuit", "article__race__layout", "created_by"
        ).prefetch_related("article__lead_photo__renditions")

    def revoke(self):
        """They lead nowhere any more."""
        return self.filter(revoked_at=None).update(revoked_at=timezone.now())

    def opened(self):
        """Once more, however many open it at the same time."""
        return self.update(opens=F("opens") + 1, last_opened_at=timezone.now())
