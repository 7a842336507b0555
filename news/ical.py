"""Races as a calendar file (RFC 5545), by the icalendar library: for one race or to subscribe to all."""

from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from news.models import Race

# How often a subscriber should look again.
REFRESH = timedelta(hours=6)

STATUS = {
    Race.State.PLANNED: "TENTATIVE",
    Race.State.CONFIRMED: "CONFIRMED",
    Race.State.POSTPONED: "TENTATIVE",
    Race.State.CANCELLED: "CANCELLED",
}


def calendar_of(races, name) -> bytes:
    """The file with all sessions of these races whose start is known, and a whole-day entry for the other races.

    Races come with circuit and sessions loaded; `name` is what a reader's calendar calls the subscription.
    """
    calendar = Calendar()
    calendar.add("prodid", f"-//Driversite//{get_language().upper()}")
    calendar.add("version", "2.0")
    calendar.calendar_name = name
    calendar.refresh_interval = REFRESH
    for race in races:
        for event in _events_of(race):
            calendar.add_component(event)
    calendar.add_missing_timezones()
    return calendar.to_ical()


def _events_of(race):
    timed = [session for session in race.sessions.all() if session.starts_at and session.time_known]
    if not any(session.is_race for session in timed):
        yield _whole_days(race)
    for session in timed:
        yield _session(race, session)


def _whole_days(race):
    event = _event(race, f"race-{race.pk}", str(race))
    event.add("dtstart", race.first_day)
    event.add("dtend", race.last_day + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    return event


def _session(race, session):
    start = session.starts_at.astimezone(race.zone)
    event = _event(race, f"session-{session.pk}", f"{race}: {session.title}")
    event.add("dtstart", start)
    if session.planned_minutes:
        # Added in universal time: a night race may cross the change of the clocks.
        end = session.starts_at + timedelta(minutes=session.planned_minutes)
        event.add("dtend", end.astimezone(race.zone))
    return event


def _event(race, key, title):
    """What every entry says. The key never changes, so a reader's calendar moves the entry it has."""
    event = Event()
    event.add("uid", f"{key}@{urlsplit(settings.SITE_URL).hostname}")
    event.add("dtstamp", race.updated_at)
    event.add("last-modified", race.updated_at)
    event.add("status", STATUS[race.state])
    event.add("summary", _titled(race, title))
    event.add("url", settings.SITE_URL + race.get_absolute_url())
    if race.circuit:
        event.add("location", ", ".join(filter(None, [race.circuit.name, race.circuit.place])))
    if description := _description(race):
        event.add("description", description)
    return event


def _titled(race, title):
    """Many calendars show no status: what does not take place as planned says so in its title."""
    if race.state == Race.State.CANCELLED:
        return _("Cancelled: %(title)s") % {"title": title}
    if race.state == Race.State.POSTPONED:
        return _("Postponed: %(title)s") % {"title": title}
    return title


def _description(race):
    links = [
        (_("Stream"), race.stream_url),
        (_("Live timing"), race.timing_url),
        (_("Tickets"), race.tickets_url),
    ]
    return "\n".join(filter(None, [race.label, *(f"{word}: {url}" for word, url in links if url)]))
