"""Times, gaps, laps, starters, round and number of the car in a sentence, and how the race ended. Pure."""

import re

from news.checking.numbers import resembles
from news.checking.sentences import Claim
from news.times import NotATime, parse_time

LAP_TIME = re.compile(
    r"(?<![\d.,:])(?:\d{1,2}[:.])?\d{1,2}(?::\d\d(?:[.,]\d{1,3})?|\.\d\d,\d{1,3}"
    r"|['’′]\d\d(?:[\".,″”]\d{1,3})?)(?![\d]|[.,:]\d)"
)
# Where laps take less than a minute: 49.877.
SHORT = re.compile(r"(?<![\d.,:+-])\d\d[.,]\d{2,3}(?![\d]|[.,:]\d)")
# A time beside one of these is a distance between cars.
GAP_NOUN = re.compile(r"Rückstand|Vorsprung|\bgap\b|\bmargin\b|\bdeficit\b", re.I)
GAP_NEXT = re.compile(
    r"^\s*(?:Min\w*\.?|Sek\w*\.?|sec\w*)?\s*(?:hinter|zurück|voraus|nach\s+de[mn]|behind|down|adrift|ahead"
    r"|clear|after\s+the)\b",
    re.I,
)
BETWEEN_TWO = re.compile(r"\bzwischen\b|\btrenn\w+|\bbetween\b|\bseparat\w+", re.I)
CLOCK_AFTER = re.compile(r"^\s*(?:Uhr|h\b|hrs|a\.?m|p\.?m|o'clock|CET|CEST|local)", re.I)
CLOCK_BEFORE = re.compile(r"\b(?:um|ab|gegen|bis|at|from|until|by)\s+$", re.I)


def times_in(sentence, subjects):
    """Lap times and race times, and gaps of a minute and more."""
    for match in LAP_TIME.finditer(sentence.text):
        try:
            ms = parse_time(match[0])
        except NotATime:
            continue
        exact = re.search(r"[.,\"″”]\d{1,3}$", match[0])
        digits = len(exact[0]) - 1 if exact else 0
        if not digits and (CLOCK_AFTER.search(sentence.after(match.end())) or not _is_lap(sentence, match)):
            continue
        yield _time(sentence, subjects, match, ms, digits)
    for match in SHORT.finditer(sentence.text) if subjects.record.short_laps else ():
        ms = round(float(match[0].replace(",", ".")) * 1000)
        if _is_short_lap(sentence, match, ms):
            yield _time(sentence, subjects, match, ms, len(match[0]) - 3)
    for match in sentence.words.MINUTES.finditer(sentence.text):
        fraction = match["fraction"] or ""
        minutes = int(match["minutes"]) if match["minutes"].isdecimal() else 1
        seconds = minutes * 60 + int(match["seconds"])
        yield _time(sentence, subjects, match, seconds * 1000 + int(fraction.ljust(3, "0")), len(fraction))


def _is_short_lap(sentence, match, ms):
    """About as long as our laps there, and no distance."""
    near = any(abs(ms - lap) < lap * 0.25 for lap in sentence.record.short_laps)
    is_gap = GAP_NOUN.search(sentence.around(match.start())) or GAP_NEXT.search(sentence.after(match.end()))
    return near and not is_gap


def _is_lap(sentence, match):
    """8:31 is a time of the day as well."""
    words, after = sentence.words, sentence.after(match.end())
    is_unit = re.match(r"\s*(?:Min|min)", after)
    return bool(is_unit) or (
        re.search(r"Runde|\blap", sentence.around(match.start()), re.I)
        and not CLOCK_BEFORE.search(sentence.before(match.start()))
        and bool(words)
    )


def _time(sentence, subjects, match, ms, digits):
    words, at = sentence.words, match.start()
    clause = sentence.around(at)
    of_gap = GAP_NOUN.search(clause) or GAP_NEXT.search(sentence.after(match.end()))
    is_open = (
        not sentence.is_elsewhere
        and not sentence.is_unsure(at)
        and subjects.is_about_us(sentence, at)
        and not words.PRACTICE.search(clause)
        and not words.ABOUT.search(sentence.before(at))
    )
    if of_gap:
        is_open = is_open and not words.GAP_OTHERS.search(clause)
        return Claim("gap", match[0], match[0], ("ms", ms, digits), at, is_open, sentence.which_race)
    return Claim("lap_time", match[0], match[0], (_session(sentence, clause), ms, digits), at, is_open)


def _session(sentence, clause):
    """Where the lap was driven, as far as the words tell: qualifying, race or any."""
    words = sentence.words
    if words.BEST_OF_ALL.search(clause):
        return "pole"
    if words.RACE_LAP.search(clause):
        return "race"
    plain = words.AFTER_QUALIFYING.sub("", clause)
    if words.FIRST_QUALIFYING.search(sentence.text):
        return "qualifying 1"
    if words.SECOND_QUALIFYING.search(sentence.text):
        return "qualifying 2"
    return "qualifying" if words.QUALIFYING.search(plain) else "any"


def gaps_in(sentence, subjects):
    """Seconds or laps behind the winner, or ahead of the second."""
    words = sentence.words
    for match in words.GAP_SECONDS.finditer(sentence.text):
        at, clause = match.start(), sentence.around(match.start())
        behind, ahead = words.GAP_BEHIND.search(clause), words.GAP_AHEAD.search(clause)
        if not (behind or ahead):
            continue
        number = match["n"].replace(",", ".")
        if _is_short_lap(sentence, match, float(number) * 1000):
            continue
        digits = len(number.partition(".")[2])
        is_open = _is_open(sentence, subjects, at, of_two=BETWEEN_TWO.search(clause))
        is_open = is_open and not words.GAP_OTHERS.search(clause)
        is_open = (
            is_open
            and digits
            and (sentence.is_final(at) or _is_final_gap(sentence, at) or not words.BETWEEN.search(clause))
            and not words.QUALIFYING.search(clause)
        )
        value = ("ms", round(float(number) * 1000), digits)
        yield Claim("gap", match[0], match[0], value, at, bool(is_open), sentence.which_race)
    if words.LAPS_DRIVEN.search(sentence.text):
        return
    for match in words.GAP_LAPS.finditer(sentence.text):
        said = next(filter(None, match.groups()))
        if number := words.value(said):
            at = match.start()
            clause = sentence.around(at)
            is_final = sentence.is_final(at) or not words.BETWEEN.search(clause)
            is_open = _is_open(sentence, subjects, at) and bool(is_final)
            yield Claim("gap", match[0], said, ("laps", number, 0), at, is_open, sentence.which_race)


def _is_final_gap(sentence, at):
    return bool(sentence.words.GAP_FINAL.search(sentence.around(at)))


def _is_open(sentence, subjects, at, of_two=False):
    """Whether it is stated, and of us: what lies between two cars is when one of them is ours."""
    about_us = subjects.is_about_us(sentence, at) or (
        of_two and subjects.names_crew(sentence, *sentence.clause(at))
    )
    return not sentence.is_elsewhere and not sentence.is_unsure(at) and about_us


def laps_in(sentence, subjects):
    """How many laps the car has driven; laps of a stint and laps to go are none of these."""
    words = sentence.words
    gaps = [match.span() for match in words.GAP_LAPS.finditer(sentence.text)]
    gaps = [] if words.LAPS_DRIVEN.search(sentence.text) else gaps
    for match in words.LAPS.finditer(sentence.text):
        at, clause = match.start(), sentence.around(match.start())
        number = words.value(next(filter(None, match.groups())))
        if not number or any(start <= at < end for start, end in gaps):
            continue
        nearly = _is_nearly_all(number, sentence.record)
        final_place = nearly or _is_slip(number, sentence.record)
        final = final_place or words.LAPS_LAST.search(sentence.text if number > 9 else clause)
        is_open = (
            final
            and (words.LAPS_DRIVEN.search(clause) or not words.LAPS_NOT.search(sentence.after(match.end())))
            and not _is_about(sentence, at, number)
            and (nearly or not words.LAPS_NOT_BEFORE.search(sentence.before(at)))
            and not words.LAPS_OTHERWISE.search(clause)
            and not sentence.other_year
            and _is_open(sentence, subjects, at)
        )
        yield Claim("laps", match[0], str(number), number, at, bool(is_open), sentence.which_race)


def _is_about(sentence, at, number):
    """ "About 40 laps"; but "over 36 laps" is a distance: who means more than that says a round number."""
    about = sentence.words.ABOUT.search(sentence.before(at))
    return about and not (about[0].strip().casefold() in ("über", "over") and number % 10)


def _is_nearly_all(number, record):
    """So many laps can only be those of the whole race."""
    known = [line.laps for line in record.races if line.laps]
    return number > 20 and any(abs(number - laps) <= laps * 0.1 for laps in known)


def _is_slip(number, record):
    return any(resembles(number, line.laps) for line in record.races if line.laps)


def starters_in(sentence, subjects):
    """How many cars took the start."""
    words = sentence.words
    for match in words.STARTERS.finditer(sentence.text):
        at, clause = match.start(), sentence.around(match.start())
        about = words.ABOUT.search(sentence.before(at))
        more = words.MORE.search(sentence.before(at))
        is_open = (
            words.STARTERS_CUE.search(clause)
            and not words.STARTERS_NOT.search(clause)
            and not sentence.is_elsewhere
            and not sentence.is_unsure(at)
        )
        number = words.value(match["n"])
        value = (number, "more" if more else "about" if about else "")
        yield Claim("starters", match[0], str(number), value, at, bool(is_open))


def rounds_in(sentence, subjects):
    """Which round of its series the race was."""
    words = sentence.words
    for match in words.ROUND.finditer(sentence.text):
        opening = match.groupdict().get("opening")
        number = 1 if opening else words.value(match["a"] or match["b"] or match["c"])
        what = opening or match["what"] or match["what2"] or match["what3"]
        of_season = words.ROUND_SEASON.search(what) or sentence.names_own_race
        if not number or not of_season:
            continue
        is_open = not sentence.is_elsewhen and not sentence.is_unsure(match.start())
        # "The first race" of a weekend with two is no round.
        is_open = is_open and not (sentence.which_race is not None and sentence.record.has_heats)
        yield Claim("round", match[0], str(number), number, match.start(), is_open)


def numbers_in(sentence, subjects):
    """The number on the car."""
    for match in sentence.words.NUMBER.finditer(sentence.text):
        number = subjects.number(match)
        if not number:
            continue
        others = [
            each
            for each in subjects.mentions(sentence)
            if not each[2] and not each[0] <= match.start() < each[1]
        ]
        start, end = sentence.clause(match.start())
        near = any(start <= each[0] < end for each in others)
        is_open = not near and not sentence.is_elsewhere
        if number in sentence.record.other_numbers:
            is_open = is_open and subjects.names_crew(sentence, start, match.start())
        yield Claim("car_number", match[0].strip(), number, number, match.start(), is_open)


def endings_in(sentence, subjects):
    """Retired, disqualified, not started, or at the finish."""
    words = sentence.words
    for status, pattern in words.STATUS.items():
        for match in pattern.finditer(sentence.text):
            at = match.start()
            clause = sentence.around(at)
            is_open = (
                _is_open(sentence, subjects, at)
                and not sentence.is_elsewhen
                and not words.STATUS_NOT.search(clause)
                and not (status == "finished" and words.NOT_BEFORE.search(sentence.before(match.end())))
            )
            yield Claim("status", match[0], status, status, at, is_open, sentence.which_race)
