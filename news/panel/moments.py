"""When the article appears and disappears, and whether that can be meant."""

from django.utils import timezone
from django.utils.translation import gettext as _

from news.days import day_in_words, zone_name
from news.panel.findings import blocks, fine, warns


def release(written):
    at = written.article.published_at
    if not at:
        return
    if at > written.at:
        yield fine("published_at", _("Appears on %(moment)s.") % {"moment": moment_in_words(at)})
    elif not written.is_released:
        words = _("%(moment)s has passed: once released, the article appears at once, under that date.")
        yield warns("published_at", words % {"moment": moment_in_words(at)})


def expiry(written):
    ends, at = written.article.expires_at, written.appears_at
    if not ends:
        return
    if written.is_released and written.article.published_at < ends <= written.at:
        words = _("Disappeared on %(moment)s. To show the article again, empty the time or put it later.")
        yield warns("expires_at", words % {"moment": moment_in_words(ends)})
    elif ends <= at:
        words = _("The article disappears on %(moment)s, before anybody can see it.")
        yield blocks("expires_at", words % {"moment": moment_in_words(ends)})
    else:
        yield fine("expires_at", _("Disappears on %(moment)s.") % {"moment": moment_in_words(ends)})


def moment_in_words(moment):
    """6 April 2014, 18:00 (CEST): in the site's zone, which is named."""
    here = timezone.localtime(moment)
    return f"{day_in_words(here)}, {here:%H:%M} ({zone_name(here)})"
