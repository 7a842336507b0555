"""Questions about who has which article open."""

from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone

# A page that is looked at reports every fifteen seconds; who has missed three reports is no longer there.
STILL_THERE = timedelta(seconds=45)


class OpenFormQuerySet(QuerySet):
    def there(self, at=None):
        """Those whose form is open now."""
        return self.filter(seen_at__gte=(at or timezone.now()) - STILL_THERE)

    def others_than(self, user):
        return self.exclude(user=user).select_related("user").order_by("since", "pk")

    def report(self, article_id, user, at=None):
        """This person has the form open now; since when, is kept while they stay."""
        at = at or timezone.now()
        own = self.filter(article_id=article_id, user=user)
        if own.there(at).update(seen_at=at):
            return
        self.update_or_create(article_id=article_id, user=user, defaults={"since": at, "seen_at": at})
