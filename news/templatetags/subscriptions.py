"""Addresses of calendar files for programs that keep them up to date."""

from django import template
from django.conf import settings

register = template.Library()


@register.filter
def webcal(path):
    """The file as a subscription: programs that keep calendars open addresses of this scheme."""
    return f"webcal://{settings.SITE_URL.partition('://')[2]}{path}"
