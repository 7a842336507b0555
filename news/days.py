"""A day in words, as the newsroom writes it, and what the clocks are called. Pure."""

from django.utils.dateformat import format as written
from django.utils.translation import get_language, pgettext

IN_GERMAN = {"CET": "MEZ", "CEST": "MESZ"}


def day_in_words(day):
    """6 April 2014, in German 6. April 2014."""
    return written(day, pgettext("how a day is written", "j F Y"))


def zone_name(moment):
    """MESZ, CEST, BST; an offset such as UTC+09 where there is no name. The zone is the moment's own."""
    name = moment.strftime("%Z")
    if get_language() == "de":
        name = IN_GERMAN.get(name, name)
    return name if name.isalpha() else f"UTC{name}"
