"""Days in a sentence: "Sonntag, dem 6. April", "April 6", "19-22 June 2014", 06.04.2014. Pure."""

import re
from datetime import date, timedelta

from news.checking.numbers import one_of
from news.checking.sentences import Claim

# A day without a word about another race is a slip of the pen within so much of the race.
NEAR = timedelta(days=14)
RACING = re.compile(
    r"Rennen|gefahren|ausgetragen|Lauf\b|Motorsport|stattfand|fand\b|\brace|\bround\b|\bheld\b"
    r"|hosted|took\s+place|racing",
    re.I,
)
DATELINE = re.compile(r"^\W*(?:[A-ZÄÖÜ][\w.-]+[ /]?){1,4}\s*[,(]?\s*(?:den\s+)?$")
# What follows a dateline: "Leimen, 7 April 2014 –".
DATELINE_END = re.compile(r"^\s*\)?\s*(?:[–—:|(/-]|\.?\W*$)")
AND = r"(?:und|bis|and|to|&|/|[–-])"


def patterns_of(words):
    """The notations of a day in this language."""
    month = one_of(re.escape(name) for name in words.MONTHS)
    weekday = (
        rf"(?:(?P<weekday>{one_of(words.WEEKDAYS)})(?:[a-z]+)?\s*(?:,|\()?\s*(?:(?:den?|dem|the|on)\s+)?)?"
    )
    year = r"(?:,?\s+(?P<year>(?:19|20)\d\d))?"
    day = r"(?P<day>\d{1,2})(?:\.|st|nd|rd|th)?"
    last = rf"(?:\s*{AND}\s*(?P<last>\d{{1,2}})(?:\.|st|nd|rd|th)?(?!\d|[.:]\d))?"
    return [
        re.compile(rf"(?<![\d.,:]){weekday}\b{day}{last}\s*(?:of\s+)?\b(?P<month>{month})\b\.?{year}", re.I),
        re.compile(rf"{weekday}\b(?P<month>{month})\b\.?\s+(?:the\s+)?{day}{last}(?!\d|[.:]\d){year}", re.I),
        re.compile(
            rf"{weekday}(?<![\d.,:])(?P<day>\d{{1,2}})\.(?P<month>\d{{1,2}})\.(?P<year>(?:19"
            rf"|20)?\d\d)?(?!\d|[.,]\d)",
            re.I,
        ),
        re.compile(r"(?<![\d-])(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?![\d-])"),
    ]


def dates_in(sentence, patterns, *, is_first=False):
    """The days that a sentence names, each with the weekday where one stands before it."""
    for pattern in patterns:
        for match in pattern.finditer(sentence.text):
            if days := _days(sentence, match):
                weekday = match.groupdict().get("weekday")
                weekday = sentence.words.WEEKDAYS[weekday.casefold()] if weekday and len(days) == 1 else None
                is_of_report = is_first and _is_dateline(sentence, match)
                # A weekday that the date does not have is wrong in a dateline as well.
                is_slip = weekday is not None and days[0].weekday() != weekday
                is_open = _is_open(sentence, match, days) and (is_slip or not is_of_report)
                said = " – ".join(day.isoformat() for day in days)
                yield Claim("date", match[0].strip(), said, (days, weekday), match.start(), is_open)


def _days(sentence, match):
    groups = match.groupdict()
    month = sentence.words.MONTHS.get(groups["month"].casefold()) or (
        int(groups["month"]) if groups["month"].isdecimal() else 0
    )
    year = int(groups.get("year") or sentence.record.first_day.year)
    year += 2000 if year < 100 else 0
    try:
        return [date(year, month, int(day)) for day in (groups["day"], groups.get("last")) if day]
    except ValueError:
        return []


def _is_dateline(sentence, match):
    """ "Leimen, 7 April 2014 –": the day of the report, not of the race."""
    before, after = sentence.text[: match.start()], sentence.text[match.end() :]
    return bool(DATELINE_END.match(after) and (match.start() < 3 or DATELINE.match(before)))


def _is_open(sentence, match, days):
    record = sentence.record
    if sentence.is_elsewhere or sentence.words.ELSEWHEN.search(sentence.masked):
        return False
    if sentence.is_unsure(match.start()) or sentence.words.EARLIER.search(sentence.masked):
        return False
    if re.search(r"gebor|\bborn\b|Geburtstag|birthday|geb\.", sentence.text, re.I):
        return False
    far = max(abs(day - record.first_day) for day in days)
    same_day = any(day.day == own.day for day in days for own in (record.first_day, record.last_day))
    return far <= NEAR or (bool(RACING.search(sentence.text)) and same_day)
