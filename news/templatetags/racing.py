"""How dates, times and lengths of racing are written in the language of the page; numbers in, words out."""

import re
from fractions import Fraction

from django import template
from django.utils.dateformat import format as write
from django.utils.formats import number_format
from django.utils.translation import get_language, ngettext, pgettext

from news.days import zone_name
from news.times import format_gap, format_time
from news.times import iso_duration as iso

register = template.Library()
register.filter(zone_name)

# A day as it is written in a sentence, in a table and in a column head; months and weekdays are Django's.
DAY = {"de": "j. F Y", "en": "j F Y"}
WEEKDAY = {"de": "D, j. F Y", "en": "D, j F Y"}
SHORT = {"de": "j.n.", "en": "j M"}
SHORT_WEEKDAY = {"de": "D j.n.", "en": "D j M"}

# Where a compound of the calendar may break (soft hyphen), and where it must not (word joiner).
COMPOUND = re.compile(
    r"(?<=[a-zäöüß]{7})(?=(?:rennen|meisterschaft|wochenende|training|strecke|lauf|finale|championship)\b)"
)
NUMBERED = re.compile(r"\b\d+-\S{,16}(?!\S)")


def _language():
    return "en" if get_language() == "en" else "de"


@register.filter
def day(date):
    """6. April 2014"""
    return write(date, DAY[_language()])


@register.filter
def weekday(date):
    """So, 6. April 2014"""
    return write(date, WEEKDAY[_language()])


@register.filter
def short_day(date):
    """6.4., or 6 Apr"""
    return write(date, SHORT[_language()])


@register.filter
def short_weekday(date):
    """So 6.4., or Sun 6 Apr"""
    return write(date, SHORT_WEEKDAY[_language()])


@register.filter
def weekday_clock(time):
    """Fr 15:30"""
    return f"{write(time, 'D')} {clock(time)}"


@register.filter
def start_in_words(time):
    """Samstag, 28. November, 12:00 Uhr"""
    return write(time, {"de": "l, j. F, H:i \\U\\h\\r", "en": "l j F, H:i"}[_language()])


@register.filter
def clock(time):
    """14:30: the zone is the time's own, not the site's."""
    return time.strftime("%H:%M")


@register.filter
def days(race):
    """So, 6. April 2014; 19.–22. Juni 2014; 30. Mai – 1. Juni 2014"""
    first, last = race.first_day, race.last_day
    if first == last:
        return weekday(first)
    dot = "." if _language() == "de" else ""
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}{dot}–{day(last)}"
    start = write(first, DAY[_language()].removesuffix(" Y")) if first.year == last.year else day(first)
    return f"{start} – {day(last)}"


@register.filter
def short_days(race):
    """6.4.; 19.–22.6.; 30.5.–1.6., or 19–22 Jun"""
    first, last = race.first_day, race.last_day
    if first == last:
        return short_day(last)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}{'.' if _language() == 'de' else ''}–{short_day(last)}"
    return f"{short_day(first)}–{short_day(last)}"


@register.filter
def short_days_dated(race):
    """6.4.2014; 19.–22.6.2014, or 6 Apr 2014"""
    return f"{short_days(race)}{'' if _language() == 'de' else ' '}{race.last_day.year}"


@register.filter
def lap_time(ms):
    """8:31,192, or 8:31.192; nothing when not known"""
    return "" if ms is None else format_time(ms, _language())


@register.filter
def gap(result):
    """+1:23,456 or 2 Runden; nothing for the winner or when not known"""
    return format_gap(result.behind, _language())


@register.filter
def holds(lines, mark):
    """Whether one of the lines holds it: "is_pole", "is_fastest_lap"."""
    return any(getattr(line, mark) for line in lines)


@register.filter
def iso_duration(ms):
    """PT8M31.192S, for machines"""
    return iso(ms)


@register.filter
def planned(session):
    """How long a session is planned: 6 Stunden, 90 Minuten, 20 Runden; nothing when not known."""
    if session.planned_laps:
        return ngettext("%(n)d lap", "%(n)d laps", session.planned_laps) % {"n": session.planned_laps}
    hours, minutes = divmod(session.planned_minutes or 0, 60)
    if hours and not minutes:
        return ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}
    if minutes:
        return ngettext("%(n)d minute", "%(n)d minutes", session.planned_minutes) % {
            "n": session.planned_minutes
        }
    return ""


@register.filter
def planned_short(session):
    """6 h, 90 min, 20 Rd."""
    if session.planned_laps:
        return pgettext("short", "%(n)d laps") % {"n": session.planned_laps}
    hours, minutes = divmod(session.planned_minutes or 0, 60)
    if hours and not minutes:
        return f"{hours} h"
    return f"{session.planned_minutes} min" if minutes else ""


@register.filter
def kilometres(metres):
    """25,378 km"""
    return f"{number_format(metres / 1000, decimal_pos=3)} km"


@register.filter
def points(value):
    """699, 12.5 or 25 1/7: without the noughts that the column keeps, and a share as a fraction."""
    whole = value.to_integral_value()
    if value == whole:
        return number_format(whole)
    # Of shares the column keeps six places.
    share = Fraction(value).limit_denominator(99)
    if value > 0 and value * 1000 % 1 and abs(share - Fraction(value)) < Fraction(1, 10**6):
        full, rest = divmod(share, 1)
        return f"{number_format(full)}\u00a0{rest}" if full else str(rest)
    return number_format(value.normalize())


@register.filter
def breakable(name):
    """A race's name for headlines and tables: long compounds may break, "24-Stunden-Rennen" stays whole.

    Browsers hyphenate only with a dictionary of the language, and not all of them bring one.
    """
    return NUMBERED.sub(lambda match: match[0].replace("-", "-\u2060"), COMPOUND.sub("\u00ad", str(name)))


@register.filter
def mates(line):
    """Who shared the car with our driver, by last name."""
    return ", ".join(driver.last_name for driver in line.entry.crew_drivers if not driver.ours)
