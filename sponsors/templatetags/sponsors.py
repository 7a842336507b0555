"""The strip of partners, as it stands on every page."""

from django import template

from sponsors.models import Sponsorship

register = template.Library()


@register.inclusion_tag("sponsors/_strip.html", takes_context=True)
def sponsor_strip(context, day=None):
    """The partners of this day by tier; of today where no day is given."""
    return {"sponsorships": Sponsorship.objects.public(day), "day": day, "site": context.get("site")}
