"""Races as calendar files (RFC 5545), by the icalendar library."""

from icalendar import Calendar


def calendar_of(races) -> bytes:
    """A calendar with the sessions of these races."""
    calendar = Calendar()
    calendar.add("prodid", "-//Driversite//DE")
    calendar.add("version", "2.0")
    return calendar.to_ical()
