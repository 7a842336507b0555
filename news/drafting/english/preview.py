"""The English preview of a race, or the word that it does not take place. Pure."""

from news.drafting.english import race, season
from news.drafting.english.words import WEEKDAYS, clock, day, listed, named, names, number, when, where
from news.drafting.facts import Draft, Event
from news.drafting.rich import fitting, heading, listing, paragraph, quote


def preview(event: Event) -> Draft:
    if event.cancelled or event.postponed:
        return _off(event)
    lead = paragraph(
        _lead(event), *(race.crew(car, ahead=True) for car in event.cars), *season.rounds(event, "is")
    )
    parts = [
        lead,
        *(quote(person, "en") for person in event.speakers),
        _timetable(event),
        _to_watch(event),
        season.dates(event),
    ]
    before = (
        f"{listed([person.last for person in event.people])} before the start" if event.people else "Preview"
    )
    headline = fitting(140, f"{before}: {event.name}", f"Preview: {event.name}")
    return Draft(headline, fitting(300, _lead(event)), event.dateline, "".join(parts))


def _lead(event):
    """The next start, on which days and where."""
    for_whom = f" for {names(event.people)}" if event.people else ""
    return f"The next race{for_whom} is {named(event.name)} {_days(event)}."


def _days(event):
    return f"{where(event.circuit)} {when(event.first_day, event.last_day, event.today)}".strip()


def _timetable(event):
    known = [start for start in event.sessions if start.at]
    if not known:
        return ""
    return (
        heading("Timetable")
        + listing(_line(start) for start in known)
        + (paragraph("All times are those at the track.") if any(s.time_known for s in known) else "")
    )


def _line(start):
    time = f", {clock(start.at)}" if start.time_known else ""
    length = f" ({number(start.minutes)} minutes)" if start.minutes and start.minutes > 1 else ""
    return f"{WEEKDAYS[start.at.weekday()]} {day(start.at, start.at)}{time}: {start.title}{length}"


def _to_watch(event):
    links = [(event.stream, "Live stream"), (event.timing, "Live timing")]
    found = [link for link in links if link[0]]
    return heading("To watch") + listing(found) if found else ""


def _off(event):
    """That it is called off, or put off, and for when it had been announced."""
    done = "called off" if event.cancelled else "postponed"
    said = f"The race {named(event.name)} has been {done}. It was to be held {_days(event)}."
    headline = fitting(140, f"{event.name}: {done}", f"{event.short}: {done}")
    body = paragraph(said) + "".join(quote(person, "en") for person in event.speakers) + season.dates(event)
    return Draft(headline, fitting(300, said), event.dateline, body)
