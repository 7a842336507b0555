"""A day in words, as the newsroom writes it. Pure."""

from django.utils.dateformat import format as written
from django.utils.translation import pgettext


def day_in_words(day):
    """6 April 2014, in German 6. April 2014."""
    return written(day, pgettext("how a day is written", "j F Y"))
