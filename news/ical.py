"""Races as a calendar file (RFC 5545), by the icalendar library: one race, a season or all of them."""

from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard

from news.models import Race

# How often a subscriber should look again.
REFRESH = timedelta(hours=6)

DAY, WEEK, SECOND = timedelta(days=1), timedelta(weeks=1), timedelta(seconds=1)

STATUS = {
    Race.State.PLANNED: "TENTATIVE",
    Race.State.CONFIRMED: "CONFIRMED",
    Race.State.POSTPONED: "TENTATIVE",
    Race.State.CANCELLED: "CANCELLED",
}


def calendar_of(races, name) -> bytes:
    """The file with the sessions of these races: at their time, on their day, or as the days of the whole race.

    Races come with circuit and sessions loaded; `name` is what a reader's calendar calls the subscription.
    """
    calendar = Calendar()
    calendar.add("prodid", f"-//Driversite//{get_language().upper()}")
    calendar.add("version", "2.0")
    calendar.calendar_name = name
    calendar.refresh_interval = REFRESH
    events = [event for race in races for event in _events_of(race)]
    for component in [*_zones_of(events), *events]:
        calendar.add_component(component)
    return calendar.to_ical()


def _events_of(race):
    """A race fills its days until a start of it is known; until then sessions with only a day lie within them."""
    sessions = [session for session in race.sessions.all() if session.starts_at]
    has_start = any(session.is_race and session.time_known for session in sessions)
    if not has_start:
        yield _whole_days(race)
    for session in sessions:
        if session.time_known:
            yield _session(race, session)
        elif has_start:
            yield _day_of_session(race, session)


def _whole_days(race):
    event = _event(race, f"race-{race.pk}", str(race))
    return _on_days(event, race.first_day, race.last_day)


def _day_of_session(race, session):
    title = _("%(title)s (time open)") % {"title": f"{race}: {session.title}"}
    day = session.track_time.date()
    return _on_days(_event(race, f"session-{session.pk}", title, session), day, day)


def _on_days(event, first, last):
    event.add("dtstart", first)
    event.add("dtend", last + DAY)
    event.add("transp", "TRANSPARENT")
    return event


def _session(race, session):
    event = _event(race, f"session-{session.pk}", f"{race}: {session.title}", session)
    moments = [moment.astimezone(race.zone) for moment in (session.starts_at, session.ends_at) if moment]
    # Of an hour that the clocks at the track show twice, a file can name only the first by them. Then both moments
    # stand in universal time: there are readers that miscount between two zones.
    if any(moment.fold for moment in moments):
        moments = [moment.astimezone(UTC) for moment in moments]
    for name, moment in zip(("dtstart", "dtend"), moments, strict=False):
        event.add(name, moment)
    return event


def _event(race, key, title, session=None):
    """What every entry says. The key never changes, so a reader's calendar moves the entry it has."""
    rows = [race, session] if session else [race]
    state = Race.State.CANCELLED if session and session.cancelled else race.state
    changed = max(row.updated_at for row in rows)
    event = Event()
    event.add("uid", f"{key}@{urlsplit(settings.SITE_URL).hostname}")
    # Each number only grows, so does their sum, whichever of the rows has changed.
    event.add("sequence", sum(row.sequence for row in rows))
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("status", STATUS[state])
    event.add("summary", _titled(state, title))
    event.add("url", settings.SITE_URL + race.get_absolute_url())
    if race.circuit:
        event.add("location", ", ".join(filter(None, [race.circuit.name, race.circuit.place])))
    if description := _description(race):
        event.add("description", description)
    return event


def _titled(state, title):
    """Many calendars show no status: what does not take place as planned says so in its title."""
    if state == Race.State.CANCELLED:
        return _("Cancelled: %(title)s") % {"title": title}
    if state == Race.State.POSTPONED:
        return _("Postponed: %(title)s") % {"title": title}
    return title


def _description(race):
    links = [
        (_("Stream"), race.stream_url),
        (_("Live timing"), race.timing_url),
        (_("Tickets"), race.tickets_url),
    ]
    return "\n".join(filter(None, [race.label, *(f"{word}: {url}" for word, url in links if url)]))


def _zones_of(events):
    """A VTIMEZONE for each zone that the entries name, for the years that they lie in.

    Made here, because the library notes the spring change by the clocks after it; the standard (section 3.6.5) wants
    those before it, and a reader that keeps to it would be an hour off for the hour that follows.
    """
    moments = {}
    for event in events:
        for moment in (event.decoded("dtstart"), event.decoded("dtend", None)):
            if isinstance(moment, datetime) and moment.tzinfo is not UTC and str(moment.tzinfo) != "UTC":
                moments.setdefault(moment.tzinfo, []).append(moment)
    for zone, of_zone in moments.items():
        first, last = min(of_zone).year, max(of_zone).year
        yield _zone(zone, datetime(first, 1, 1, tzinfo=UTC) - DAY, datetime(last + 1, 1, 1, tzinfo=UTC) + DAY)


def _zone(zone, start, end):
    component = Timezone()
    component.add("tzid", str(zone))
    kinds = {}
    for instant in [start, *_changes(zone, start, end)]:
        before = (instant - SECOND).astimezone(zone) if instant > start else instant.astimezone(zone)
        after = instant.astimezone(zone)
        onset = (instant + before.utcoffset()).replace(tzinfo=None)
        kind = (bool(after.dst()), before.utcoffset(), after.utcoffset(), after.tzname())
        kinds.setdefault(kind, []).append(onset)
    for (is_summer, offset_from, offset_to, name), (first, *others) in kinds.items():
        part = TimezoneDaylight() if is_summer else TimezoneStandard()
        part.add("dtstart", first)
        part.add("tzoffsetfrom", offset_from)
        part.add("tzoffsetto", offset_to)
        part.add("tzname", name)
        if others:
            part.add("rdate", others)
        component.add_component(part)
    return component


def _changes(zone, start, end):
    """The instants at which the clocks of the zone change. No two changes lie in one week."""
    while start < end:
        low, high = start, start + WEEK
        if low.astimezone(zone).utcoffset() != high.astimezone(zone).utcoffset():
            offset = low.astimezone(zone).utcoffset()
            while high - low > SECOND:
                middle = (low + (high - low) / 2).replace(microsecond=0)
                low, high = (middle, high) if middle.astimezone(zone).utcoffset() == offset else (low, middle)
            yield high
        start += WEEK
