"""What the templates of the admin need beyond Django's own tags."""

from datetime import timedelta

from django import template
from django.utils import timezone
from django.utils.translation import gettext as _
from js_asset import Media

from news.admin.release import chip, day_in_words, in_words

register = template.Library()
register.filter("release_chip", chip)


@register.filter
def with_nonce(media, nonce):
    """The scripts of a form with the request's nonce: the import map of the text editor is an inline script."""
    return (
        Media.from_media(media).with_nonce(str(nonce))
        if not isinstance(media, Media)
        else media.with_nonce(str(nonce))
    )


@register.filter
def rows_with_a_page(rows):
    """What is deleted along, as an editor knows it: rows that have a page here, not those of tables in between."""
    kept = []
    for row in rows:
        if isinstance(row, list):
            kept += [below] if (below := rows_with_a_page(row)) else []
        elif "<a " in row:
            kept.append(row)
    return kept


@register.filter
def release_words(article):
    """The state of its chip without the chip: "appears on Sunday 18:00"."""
    return in_words(article)


@register.filter
def lately(moment):
    """today 14:05, yesterday 14:05, 6 April 2014: as exact as it is of use."""
    moment = timezone.localtime(moment)
    ago = timezone.localdate() - moment.date()
    if ago > timedelta(days=1):
        return day_in_words(moment)
    near = _("yesterday %(time)s") if ago else _("today %(time)s")
    return near % {"time": f"{moment:%H:%M}"}
