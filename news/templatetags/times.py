"""Times, gaps and dates as the visitor's language writes them."""

from django import template
from django.utils import formats
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from news.times import format_gap, format_time, iso_duration

register = template.Library()
register.filter("iso_duration", iso_duration)


@register.filter
def lap_time(ms):
    """8:31,192 in German, 8:31.192 in English; nothing where it is not known."""
    return "" if ms is None else format_time(ms, get_language())


@register.filter
def gap(result):
    """The distance to the leader; for the leader the time of the race."""
    if result.position == 1 and result.total_time_ms:
        return lap_time(result.total_time_ms)
    return format_gap(result.gap, get_language())


@register.filter(expects_localtime=True)
def day(value):
    """6. April 2014, 6 April 2014."""
    return formats.date_format(value, pgettext("date format", "j F Y"))


@register.filter(expects_localtime=True)
def short_day(value):
    """6.4., 6 Apr."""
    return formats.date_format(value, pgettext("date format", "j M"))


@register.filter
def weekday_time(value):
    """Fr 15:30: a line of a timetable, on the clock that the value carries."""
    return formats.date_format(value, pgettext("date format", "D H:i"))


@register.filter
def weekday_day(value):
    """So 6.4.: a line of a timetable whose time is not known."""
    return formats.date_format(value, pgettext("date format", "D j M"))


@register.filter
def start_in_words(value):
    """Samstag, 28. November, 12:00 Uhr."""
    return formats.date_format(value, pgettext("date format", "l j F, H:i"))


@register.filter
def days(race):
    """19.–22. Juni 2014: from the first day of an event to its last."""
    first, last = race.first_day, race.last_day
    if first == last:
        return day(first)
    if first.year != last.year:
        return f"{day(first)} – {day(last)}"
    if first.month != last.month:
        return f"{formats.date_format(first, pgettext('date format', 'j F'))} – {day(last)}"
    return f"{formats.date_format(first, pgettext('date format', 'j'))}–{day(last)}"


@register.filter
def short_days(race):
    """19.–22.6.: the same for a narrow table."""
    first, last = race.first_day, race.last_day
    if first == last:
        return short_day(first)
    if (first.year, first.month) != (last.year, last.month):
        return f"{short_day(first)} – {short_day(last)}"
    return f"{formats.date_format(first, pgettext('date format', 'j'))}–{short_day(last)}"


@register.filter
def duration(session):
    """The planned length as a report writes it: 6 hours, 90 minutes, 12 laps; nothing where it is not known."""
    minutes, laps = session.planned_minutes, session.planned_laps
    if minutes and minutes % 60 == 0 and minutes > 60:
        return ngettext("%(n)d hour", "%(n)d hours", minutes // 60) % {"n": minutes // 60}
    if minutes:
        return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}
    return ngettext("%(n)d lap", "%(n)d laps", laps) % {"n": laps} if laps else ""


@register.filter
def short_duration(session):
    """The planned length as a timetable writes it: 6 h, 90 min, 12 laps."""
    minutes, laps = session.planned_minutes, session.planned_laps
    if minutes:
        return f"{minutes // 60} h" if minutes % 60 == 0 and minutes > 60 else f"{minutes} min"
    return ngettext("%(n)d lap", "%(n)d laps", laps) % {"n": laps} if laps else ""


@register.filter
def zone_name(value):
    """MEZ, CET; where the zone has no letters, its distance from UTC."""
    name = value.tzname()
    spelt = {"CET": _("CET"), "CEST": _("CEST")}
    if name in spelt or name.isalpha():
        return spelt.get(name, name)
    return f"UTC{value.isoformat()[-6:] if value.utcoffset() else ''}"
