"""Numbers, days, times and names as German running text writes them. Pure."""

import re

from news.times import format_time

NUMBERS = [
    "null",
    "ein",
    "zwei",
    "drei",
    "vier",
    "fünf",
    "sechs",
    "sieben",
    "acht",
    "neun",
    "zehn",
    "elf",
    "zwölf",
]
ORDINALS = [
    "nullt",
    "erst",
    "zweit",
    "dritt",
    "viert",
    "fünft",
    "sechst",
    "siebt",
    "acht",
    "neunt",
    "zehnt",
    "elft",
    "zwölft",
]
WEEKDAYS = ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"]
MONTHS = [
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
]
UNITS = {"h": "Stunden", "min": "Minuten", "s": "Sekunden"}


def number(n: int) -> str:
    """Up to twelve in words: "Platz elf", "Platz 13"; a one by itself is "eins"."""
    return "eins" if n == 1 else NUMBERS[n] if n <= 12 else str(n)


def counted(n: int, one: str, many: str) -> str:
    """ "einen Platz", "neun Plätze": `one` is the whole phrase, `many` only the noun."""
    return one if n == 1 else f"{number(n)} {many}"


def nth(n: int, ending: str = "en") -> str:
    """ "ersten", "zweiten"; from the thirteenth on in figures."""
    return f"{ORDINALS[n]}{ending}" if n <= 12 else f"{n}."


def listed(words) -> str:
    """ "A, B und C"."""
    *others, last = words
    return f"{', '.join(others)} und {last}" if others else last


def names(people) -> str:
    return listed([person.name for person in people])


def day(date, today) -> str:
    year = "" if date.year == today.year else f" {date.year}"
    return f"{date.day}. {MONTHS[date.month - 1]}{year}"


def on_day(date, today) -> str:
    """ "am Sonntag, dem 6. April"; goes on after a comma."""
    return f"am {WEEKDAYS[date.weekday()]}, dem {day(date, today)}"


def days(first, last, today) -> str:
    """ "vom 19. bis 22. Juni"."""
    same = (first.year, first.month) == (last.year, last.month)
    return (
        f"vom {first.day}. bis {day(last, today)}"
        if same
        else f"vom {day(first, today)} bis {day(last, today)}"
    )


def when(first, last, today, after="") -> str:
    """One day or several; what comes `after` one day stands behind its comma, and without
    it the comma stays for the sentence to go on."""
    if first == last:
        return f"{on_day(first, today)}, {after}".strip()
    return f"{days(first, last, today)} {after}".strip()


def clock(moment) -> str:
    return f"{moment.hour}.{moment.minute:02}"


def where(circuit: str) -> str:
    """The names of which the gender is certain go with their article, all others by a word that has one."""
    if not circuit:
        return ""
    if re.search(r"ring$", circuit, re.I) or re.match(r"(circuit|circuito|hungaroring)\b", circuit, re.I):
        return f"auf dem {circuit}"
    return f"auf der {circuit}" if circuit.endswith("schleife") else f"auf der Rennstrecke {circuit}"


def time(ms: int) -> str:
    """8.31,192 Minuten"""
    written, unit = format_time(ms, "press").split()
    return f"{written} {UNITS[unit]}"


def gap(distance) -> str:
    if distance.laps:
        return counted(distance.laps, "eine Runde", "Runden")
    return time(distance.ms) if distance.ms else ""


def points(n, case: str = "accusative") -> str:
    """ "einen Punkt", "18 Punkte", "mit 9,5 Punkten"."""
    one, many = ("einem Punkt", "Punkten") if case == "dative" else ("einen Punkt", "Punkte")
    if n == n.to_integral_value():
        return counted(int(n), one, many)
    return f"{n.normalize():f} {many}".replace(".", ",")


def capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def named(name: str) -> str:
    return f"„{name}“"
