"""The strip of partners, as it stands on every page."""

from django import template
from django.db.models import DateField
from django.utils import timezone

from prepared import prepared
from sponsors.models import Sponsorship

register = template.Library()


@register.inclusion_tag("sponsors/_strip.html", takes_context=True)
def sponsor_strip(context, day=None):
    """The partners of this day by tier; of today where no day is given."""
    sponsorships = _running(day=day or timezone.localdate())
    return {"sponsorships": sponsorships, "day": day, "site": context.get("site")}


@prepared(day=DateField())
def _running(day):
    return Sponsorship.objects.public(day)
