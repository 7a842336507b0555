"""The German preview of a race, or the word that it does not take place. Pure."""

from news.drafting.facts import Draft, Event
from news.drafting.german import race, season
from news.drafting.german.words import (
    WEEKDAYS,
    capital,
    clock,
    day,
    listed,
    named,
    names,
    number,
    when,
    where,
)
from news.drafting.rich import fitting, heading, listing, paragraph, quote


def preview(event: Event) -> Draft:
    if event.cancelled or event.postponed:
        return _off(event)
    lead = paragraph(
        _lead(event), *(race.crew(car, ahead=True) for car in event.cars), *season.rounds(event, "ist")
    )
    parts = [
        lead,
        *(quote(person, "de") for person in event.speakers),
        _timetable(event),
        _to_watch(event),
        season.dates(event),
    ]
    before = (
        f"{listed([person.last for person in event.people])} vor dem Start" if event.people else "Vorschau"
    )
    headline = fitting(140, f"{before}: {event.name}", f"Vorschau: {event.name}")
    return Draft(headline, fitting(300, _lead(event)), event.dateline, "".join(parts))


def _lead(event):
    """The next start, on which days and where."""
    what = f"das Rennen {named(event.name)} an"
    if event.people:
        return f"Für {names(event.people)} steht {_days(event)} {what}."
    there = [where(event.circuit)] if event.circuit else []
    days = capital(when(event.first_day, event.last_day, event.today))
    return f"{' '.join([days, 'steht', *there, what])}."


def _days(event):
    return when(event.first_day, event.last_day, event.today, after=where(event.circuit))


def _timetable(event):
    known = [start for start in event.sessions if start.at]
    if not known:
        return ""
    return (
        heading("Zeitplan")
        + listing(_line(start) for start in known)
        + (paragraph("Alle Zeiten gelten an der Strecke.") if any(s.time_known for s in known) else "")
    )


def _line(start):
    time = f", {clock(start.at)} Uhr" if start.time_known else ""
    length = f" ({number(start.minutes)} Minuten)" if start.minutes and start.minutes > 1 else ""
    return f"{WEEKDAYS[start.at.weekday()]}, {day(start.at, start.at)}{time}: {start.title}{length}"


def _to_watch(event):
    links = [(event.stream, "Livestream"), (event.timing, "Live-Timing")]
    found = [link for link in links if link[0]]
    return heading("Zu sehen") + listing(found) if found else ""


def _off(event):
    """That it is called off, or put off, and since when it had been announced."""
    done = "abgesagt" if event.cancelled else "verschoben"
    days = when(event.first_day, event.last_day, event.today, after=where(event.circuit)).rstrip(",")
    said = f"Das Rennen {named(event.name)} ist {done} worden. Vorgesehen war es {days}."
    headline = fitting(140, f"{event.name}: {done}", f"{event.short}: {done}")
    body = paragraph(said) + "".join(quote(person, "de") for person in event.speakers) + season.dates(event)
    return Draft(headline, fitting(300, said), event.dateline, body)
