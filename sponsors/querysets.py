"""Questions about partners: who is shown on which day."""

from django.db.models import Min, Q, QuerySet
from django.utils import timezone


class SponsorshipQuerySet(QuerySet):
    def on(self, day=None):
        """Agreements that run on this day; an open end runs on."""
        day = day or timezone.localdate()
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day), starts_on__lte=day)

    def ending_by(self, day, on=None):
        """Running agreements that end until that day."""
        return self.on(on).filter(ends_on__lte=day).select_related("sponsor", "tier").order_by("ends_on")

    def last_day(self, on=None):
        """The last day of the running agreement that ends next; None where all run on."""
        return self.on(on).aggregate(day=Min("ends_on"))["day"]

    def public(self, on=None):
        """What a visitor may see: agreements of this day, as tiers and partners are ordered."""
        return (
            self.on(on)
            .select_related("tier", "sponsor")
            .order_by("tier__order", "tier__pk", "order", "sponsor__name")
        )
