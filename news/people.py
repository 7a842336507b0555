"""What people of the newsroom are called, and how moments are, in sentences about them."""

from django.utils import timezone
from django.utils.dateformat import format as written
from django.utils.translation import gettext as _
from django.utils.translation import pgettext


def name_of(user):
    return (user.get_full_name() or user.get_username()) if user else _("somebody")


def clock(moment, now=None):
    """18:03; of another day with its date."""
    moment, now = timezone.localtime(moment), timezone.localtime(now)
    if moment.date() == now.date():
        return written(moment, "H:i")
    return written(moment, pgettext("a moment of another day", "j F Y, H:i"))
