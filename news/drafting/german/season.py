"""What a race means for its season, and what comes next, in German sentences. Pure."""

from news.drafting.german.words import named, number, points, when, where
from news.drafting.rich import heading, paragraph


def rounds(event, verb="war"):
    """Of which seasons it is a round."""
    return [
        f"Das Rennen {verb} Lauf {number(each.number)} der Saison {each.year} in der Serie {each.series}."
        for each in event.rounds
    ]


def starters(event):
    if not event.starters or event.starters < 2:
        return ""
    return f"Am Start waren {'rund ' if event.starters_rounded else ''}{number(event.starters)} Autos."


def scored(event):
    return [
        f"Für die Meisterschaft in der Serie {each.series} brachte das {each.person.name} {points(each.scored)}."
        for each in event.standings
        if each.scored
    ]


def standings(event):
    return [_standing(each) for each in event.standings if each.place]


def _standing(each):
    table = "Im Endstand" if each.final else "Im Zwischenstand"
    what = "der Meisterschaft" + (f" in der Klasse {each.car_class} der" if each.car_class else " in der")
    after = "" if each.final else f"nach Lauf {number(each.after)}"
    of_points = f"mit {points(each.points, 'dative')}" if each.points else ""
    words = [table, what, f"Serie {each.series} steht {each.person.name}", after, of_points]
    return f"{' '.join(filter(None, words))} auf Rang {number(each.place)}."


def dates(event):
    """What comes next, as a part of its own."""
    if not event.dates:
        return ""
    first, *others = event.dates
    said = [f"Weiter geht es {_date(first, event, f'mit dem Rennen {named(first.name)}')}."]
    for verb, each in zip(("Danach folgt", "Später folgt"), others, strict=False):
        said.append(f"{verb} {_date(each, event, f'das Rennen {named(each.name)}')}.")
    return heading("Die nächsten Termine") + paragraph(*said)


def _date(date, event, what):
    there = where(date.circuit) if date.circuit != event.circuit else ""
    return when(date.first_day, date.last_day, event.today, after=f"{there} {what}".strip())
