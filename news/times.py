"""Lap times, race times and gaps: every notation of the field to whole milliseconds, and back. Pure."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

SECOND, MINUTE, HOUR = 1000, 60_000, 3_600_000
LONGEST = 100 * HOUR - 1

# A mark that a keyboard, a word processor or a timing system may put where another writes ' or ".
SAME_MARK = str.maketrans(
    {"’": "'", "′": "'", "´": "'", "‘": "'", "″": '"', "”": '"', "“": '"', "\u00a0": " ", "\u202f": " "}
)

FRACTION = r"(?:[.,](?P<fraction>\d{1,3}))?"
UNIT = r"(?:\s*(?:h|std\.?|min\.?|m|s|sek\.?|sec\.?))?"
NOTATIONS = [
    re.compile(
        rf"(?:(?P<hours>\d+):)?(?P<minutes>\d+):(?P<seconds>\d\d){FRACTION}{UNIT}", re.I
    ),  # 1:40:45.641
    re.compile(
        rf"(?:(?P<hours>\d+):)?(?P<minutes>\d+)'(?P<seconds>\d\d)(?:[\".,](?P<fraction>\d{{1,3}}))?\"?{UNIT}",
        re.I,
    ),
    re.compile(
        rf"(?:(?P<hours>\d+)\.)?(?P<minutes>\d+)\.(?P<seconds>\d\d),(?P<fraction>\d{{1,3}}){UNIT}", re.I
    ),  # 8.31,192
    # Two digits after a lone point could be minutes and seconds (8.31) or hundredths: refused below.
    re.compile(r"(?P<seconds>\d+)[.,](?P<fraction>\d|\d{3})(?:\s*(?:s|sek\.?|sec\.?))?", re.I),  # 52.197
]
LAPS = re.compile(r"[+-]?\s*(?P<laps>\d+)\s*(?:laps?|l\.?|rdn?\.?|runden?)", re.I)
NOTHING = {"", "-", "–", "—", "n/a", "N/A"}


class NotATime(ValueError):
    """The text is no time in any notation of the field; the message says what would be right."""


@dataclass(frozen=True)
class Gap:
    """The distance to the leader: in milliseconds or in whole laps; both None for the leader or when unknown."""

    ms: int | None = None
    laps: int | None = None


def parse_time(text: str) -> int | None:
    """Milliseconds of "1:42.318", "8.31,192 min", "24:01'55.856" or "52,197"; None for an empty cell or a dash.

    Raises NotATime for anything else, and for "8.31", which could be minutes or seconds.
    """
    plain = text.translate(SAME_MARK).strip()
    if plain in NOTHING:
        return None
    for notation in NOTATIONS:
        if match := notation.fullmatch(plain.removeprefix("+").lstrip()):
            return _milliseconds(text, **match.groupdict())
    if re.fullmatch(r"\d+[.,]\d\d", plain):
        raise NotATime(
            _("“%(text)s” can be read in two ways. Write 8:31.192 for minutes or 52.190 for seconds.")
            % {"text": text}
        )
    raise NotATime(
        _("“%(text)s” is not a time. Write it like 8:31.192, 8.31,192 min or 52.197.") % {"text": text}
    )


def _milliseconds(text, seconds, fraction, minutes=None, hours=None):
    """Add up the parts; what stands below a larger unit must stay under 60 (75.123 alone is 75 seconds)."""
    if len(hours or minutes or seconds) > 4:
        raise _too_long(text)
    if (minutes and int(seconds) > 59) or (hours and int(minutes) > 59):
        raise NotATime(_("“%(text)s” has more than 59 minutes or seconds.") % {"text": text})
    ms = (
        int(hours or 0) * HOUR
        + int(minutes or 0) * MINUTE
        + int(seconds) * SECOND
        + int((fraction or "0").ljust(3, "0"))
    )
    if ms > LONGEST:
        raise _too_long(text)
    return ms


def _too_long(text):
    return NotATime(_("“%(text)s” is longer than any race. Check how it is typed.") % {"text": text[:40]})


def parse_gap(text: str) -> Gap:
    """The gap "+1:23.456", "2.112", "1 Lap" or "3 Runden"; an empty Gap for the leader. Raises NotATime."""
    if match := LAPS.fullmatch(text.translate(SAME_MARK).strip()):
        if len(match["laps"]) > 4:
            raise NotATime(
                _("“%(text)s” is more laps than any race has. Check how it is typed.") % {"text": text[:40]}
            )
        return Gap(laps=int(match["laps"]) or None)
    if text.strip() not in NOTHING and not re.search(r"\d", text):
        raise NotATime(_("“%(text)s” is no gap. Write it like +1:23.456 or 2 laps.") % {"text": text[:40]})
    return Gap(ms=parse_time(text))


def format_time(ms: int, style: str = "en") -> str:
    """The time as "en" 8:31.192, as "de" 8:31,192 (tables) or as "press" 8.31,192 min (German running text)."""
    rest, fraction = divmod(ms, SECOND)
    hours, rest = divmod(rest, 3600)
    minutes, seconds = divmod(rest, 60)
    point, colon = {"en": (".", ":"), "de": (",", ":"), "press": (",", ".")}[style]
    if hours:
        digits, unit = f"{hours}{colon}{minutes:02}{colon}{seconds:02}", "h"
    elif minutes:
        digits, unit = f"{minutes}{colon}{seconds:02}", "min"
    else:
        digits, unit = f"{seconds}", "s"
    written = f"{digits}{point}{fraction:03}"
    return f"{written} {unit}" if style == "press" else written


def format_gap(gap: Gap, style: str = "en") -> str:
    """The gap as "+1:23.456" or "2 laps"; an empty string for the leader or when unknown."""
    if gap.laps:
        return ngettext("%(n)d lap", "%(n)d laps", gap.laps) % {"n": gap.laps}
    return f"+{format_time(gap.ms, style)}" if gap.ms is not None else ""


def iso_duration(ms: int) -> str:
    """ISO 8601 for `<time datetime>`: 511192 is PT8M31.192S."""
    rest, fraction = divmod(ms, SECOND)
    minutes, seconds = divmod(rest, 60)
    hours, minutes = divmod(minutes, 60)
    return (
        "PT"
        + (f"{hours}H" if hours else "")
        + (f"{minutes}M" if hours or minutes else "")
        + f"{seconds}.{fraction:03}S"
    )
