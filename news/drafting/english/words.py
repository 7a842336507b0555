"""Numbers, days, times and names as English running text writes them. Pure."""

import re

from news.times import format_time

NUMBERS = [
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
]
ORDINALS = [
    "zeroth",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
]
WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def number(n: int) -> str:
    return NUMBERS[n] if 0 < n <= 12 else str(n)


def counted(n: int, one: str, many: str) -> str:
    """ "one place", "nine places"."""
    return f"{number(n)} {one if n == 1 else many}"


def nth(n: int) -> str:
    """ "second", "13th"."""
    if n <= 12:
        return ORDINALS[n]
    ending = "th" if n % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n}{ending}"


def listed(words) -> str:
    """ "A, B and C"."""
    *others, last = words
    return f"{', '.join(others)} and {last}" if others else last


def names(people) -> str:
    return listed([person.name for person in people])


def day(date, today) -> str:
    year = "" if date.year == today.year else f" {date.year}"
    return f"{date.day} {MONTHS[date.month - 1]}{year}"


def on_day(date, today) -> str:
    """ "on Sunday 6 April"."""
    return f"on {WEEKDAYS[date.weekday()]} {day(date, today)}"


def days(first, last, today) -> str:
    """ "from 19 to 22 June"."""
    same = (first.year, first.month) == (last.year, last.month)
    return f"from {first.day if same else day(first, today)} to {day(last, today)}"


def when(first, last, today) -> str:
    return on_day(first, today) if first == last else days(first, last, today)


def clock(moment) -> str:
    return f"{moment.hour}:{moment.minute:02}"


def where(circuit: str) -> str:
    """Names that end in ring or say what they are need only the article; others a word for what they are."""
    if not circuit:
        return ""
    if re.search(r"ring$|circuit|circuito|autodrom|speedway|raceway|course\b|arena|park", circuit, re.I):
        return f"at the {circuit}"
    return f"on the {circuit}" if circuit.endswith("schleife") else f"at the {circuit} circuit"


def time(ms: int) -> str:
    """8:31.192 minutes"""
    unit = "hours" if ms >= 3_600_000 else "minutes" if ms >= 60_000 else "seconds"
    return f"{format_time(ms, 'en')} {unit}"


def gap(distance) -> str:
    if distance.laps:
        return "a lap" if distance.laps == 1 else f"{number(distance.laps)} laps"
    return time(distance.ms) if distance.ms else ""


def points(n) -> str:
    return counted(int(n), "point", "points") if n == n.to_integral_value() else f"{n.normalize():f} points"


def capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def named(name: str) -> str:
    return f"“{name}”"
