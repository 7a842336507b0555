from django import template
from django.utils import timezone

from magazine.partners.models import Sponsorship

register = template.Library()


@register.inclusion_tag("partners/strip.html", takes_context=True)
def sponsor_strip(context, day=None):
    sponsorships = Sponsorship.objects.on(day or timezone.localdate()).select_related("tier")
    return {
        "sponsorships": sponsorships.order_by("tier__order", "order", "name"),
        "day": day,
        "settings": context["settings"],
    }
