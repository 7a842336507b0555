"""What a race means for its season, and what comes next, in English sentences. Pure."""

from news.drafting.english.words import named, nth, number, points, when, where
from news.drafting.rich import heading, paragraph


def rounds(event, verb="was"):
    """Of which seasons it is a round."""
    return [
        f"The race {verb} round {number(each.number)} of the {each.year} season in the series {each.series}."
        for each in event.rounds
    ]


def starters(event):
    if not event.starters or event.starters < 2:
        return ""
    many = f"about {number(event.starters)}" if event.starters_rounded else number(event.starters)
    return f"{many[:1].upper()}{many[1:]} cars took the start."


def scored(event):
    return [
        f"It was worth {points(each.scored)} to {each.person.name} in the championship of the series {each.series}."
        for each in event.standings
        if each.scored
    ]


def standings(event):
    return [_standing(each) for each in event.standings if each.place]


def _standing(each):
    table = f"{'final ' if each.final else ''}championship table"
    of_class = f" of the {each.car_class} class" if each.car_class else ""
    after = "" if each.final else f" after round {number(each.after)}"
    of_points = f" with {points(each.points)}" if each.points else ""
    return (
        f"In the {table}{of_class} in the series {each.series}{after}"
        f" {each.person.name} is {nth(each.place)}{of_points}."
    )


def dates(event):
    """What comes next, as a part of its own."""
    if not event.dates:
        return ""
    first, *others = event.dates
    said = [f"The next race is {named(first.name)} {_date(first, event)}."]
    said += [f"{named(each.name)} follows {_date(each, event)}." for each in others]
    return heading("The next dates") + paragraph(*said)


def _date(date, event):
    there = where(date.circuit) if date.circuit != event.circuit else ""
    return f"{there} {when(date.first_day, date.last_day, event.today)}".strip()
