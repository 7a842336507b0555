"""Quotation marks, dashes and blanks as print sets them, where a keyboard knows only one of each. Only punctuation and
blanks change, never a letter or a digit, and what is set already stays as it is. Pure."""

import re
from dataclasses import dataclass
from html import escape, unescape

NBSP = "\u00a0"
# Where a tag stood, which a quotation mark looks through; and where something stood that is left alone.
TAG, LEFT_ALONE = "\x00", "\x01"


@dataclass(frozen=True)
class Style:
    """The marks of a language: double and single, opening and closing, and what a double one may look like before."""

    double: tuple[str, str]
    single: tuple[str, str]
    read_as_double: str
    abbreviations: tuple[str, ...]


STYLES = {
    "de": Style(
        ("„", "“"),
        ("‚", "‘"),
        '"“”',
        ("z. B.", "d. h.", "u. a.", "o. ä.", "u. U.", "s. o.", "s. u.", "i. d. R.", "v. l.", "v. r."),
    ),
    "en": Style(("“", "”"), ("‘", "’"), '"„', ()),
}
UNITS = "km/h|km|mph|min|cm|mm|kg|PS|hp|kW|kN|Nm|ccm|cc|bar|Uhr|°C|°|%|€|m|s|h"
BEFORE_UNIT = re.compile(rf"(?<=\d) (?=(?:{UNITS})(?!\w))")
BEFORE_NUMBER = re.compile(r"(?<!\w)(Nr\.|Nrn\.|No\.|Nos\.|§) (?=\d)")
BETWEEN_BLANKS = re.compile(rf"(?<=\S[ {NBSP}])-{{1,2}}(?= \S)")
THREE_DOTS = re.compile(r"(?<!\.)\.{3}(?!\.)")
# From a smaller to a larger number, as long as nothing around it makes it part of a name, a date or a decimal number.
RANGE = re.compile(r"(?<![\w.,:/-])(\d{1,4}|\d{1,2}:\d{2})-(\d{1,4}|\d{1,2}:\d{2})(?![\w:/-]|[.,]\d)")
SEEN = r"[^\s\x00\x01]"
# Mail addresses are looked for where a word begins, so that a long one is read once.
ADDRESS = re.compile(rf"(?:https?://|www\.){SEEN}+|(?<!{SEEN}){SEEN}+@{SEEN}+")
LINK = re.compile(r"<a [^>]*>.*?</a>", re.DOTALL)
NEXT = re.compile(f"{TAG}*([^{TAG}])", re.DOTALL)
CLOSING = re.compile(rf"[^\s'{TAG}]{TAG}*'(?!\w)")
# So far a quotation within a quotation reaches.
LONGEST_SINGLE = 1000
# What ends a stretch of words: no quotation reaches over it.
BLOCK = re.compile(r"(</?(?:p|h2|h3|ul|ol|li|blockquote|figure|figcaption|aside|hr|br)(?: [^>]*)?>)")


def tidy_html(html: str, language: str) -> str:
    """Rich text as sanitized, set in the style of the language; tags, links and addresses stay as they are."""
    return "".join(
        part if BLOCK.fullmatch(part) else _tidy_stretch(part, language) for part in BLOCK.split(html)
    )


def tidy_words(text: str, language: str) -> str:
    """A line of plain words, such as a headline."""
    kept = []
    return _filled(_tidy(_taken_out(ADDRESS, text, LEFT_ALONE, kept), language), LEFT_ALONE, kept)


def _tidy_stretch(html, language):
    links, tags, addresses = [], [], []
    html = _taken_out(LINK, html, LEFT_ALONE, links)
    html = _taken_out(re.compile(r"<[^>]+>"), html, TAG, tags)
    # Links were taken out first: they come back in the order of the places that addresses leave them.
    kept, words = [], unescape(html)
    for found in re.finditer(f"{LEFT_ALONE}|{ADDRESS.pattern}", words):
        addresses.append(found[0])
        kept.append(links.pop(0) if found[0] == LEFT_ALONE else escape(found[0], quote=False))
    words = re.sub(f"{LEFT_ALONE}|{ADDRESS.pattern}", LEFT_ALONE, words)
    done = escape(_tidy(words, language), quote=False)
    return _filled(_filled(done, LEFT_ALONE, kept), TAG, tags)


def _taken_out(pattern, text, placeholder, kept):
    kept += pattern.findall(text)
    return pattern.sub(placeholder, text)


def _filled(text, placeholder, kept):
    return re.sub(placeholder, lambda _found: kept.pop(0), text)


def _tidy(text, language):
    style = STYLES.get(language, STYLES["en"])
    text = THREE_DOTS.sub("…", text)
    for abbreviation in style.abbreviations:
        text = _bound(text, abbreviation)
    text = BETWEEN_BLANKS.sub("–", text)
    text = RANGE.sub(_range, text)
    text = BEFORE_NUMBER.sub(rf"\1{NBSP}", BEFORE_UNIT.sub(NBSP, text))
    return _quoted(text, style)


def _bound(text, abbreviation):
    """ "z.B." and "z. B." with a blank that does not break."""
    letters = re.findall(r"\w", abbreviation)
    first, *others = (re.escape(letter) for letter in letters)
    pattern = rf"(?<![\w.])([{first}{first.upper()}])\." + "".join(rf" ?({letter})\." for letter in others)
    return re.sub(pattern, lambda found: NBSP.join(f"{letter}." for letter in found.groups()), text)


def _range(found):
    first, last = found.groups()
    times = ":" in first, ":" in last
    if times[0] != times[1] or (first[0] == "0" and first != "0" and not times[0]):
        return found[0]
    return f"{first}–{last}" if times[0] or int(first) < int(last) else found[0]


def _quoted(text, style):
    done, in_double, in_single, is_inner = [], 0, False, False
    for place, char in enumerate(text):
        if char in style.read_as_double:
            mark = _double(char, _before(done), _after(text, place), in_double, style)
            if char == '"' and _turns_inner(mark, text, place, in_double, is_inner, style):
                mark, is_inner = style.single[is_inner], not is_inner
            char = mark
        elif char == "'":
            char = _single(text, place, _before(done), in_single, style)
        if char == style.double[0]:
            in_double += 1
        elif char == style.double[1]:
            in_double = max(0, in_double - 1)
        if char in style.single:
            in_single = char == style.single[0]
        done.append(char)
    return "".join(done)


def _before(done):
    """The nearest character that can be seen; a blank at the start of the text."""
    return next((char for char in reversed(done) if char != TAG), " ")


def _after(text, place):
    found = NEXT.match(text, place + 1)
    return found[1] if found else " "


def _opens(before):
    return before.isspace() or before in "([{/–—-„“‚‘»«"


def _double(char, before, after, in_double, style):
    """Seconds and inches are no quotation, nor is a mark that stands alone."""
    if (before.isspace() and after.isspace()) or _is_measure(before, after, in_double):
        return char
    return style.double[0 if _opens(before) and not after.isspace() else 1]


def _turns_inner(mark, text, place, in_double, is_inner, style):
    """Whether a double mark of the keyboard begins or ends a quotation within a quotation, which takes single ones."""
    if is_inner:
        return mark == style.double[1]
    return mark == style.double[0] and in_double and text.find('"', place + 1, place + LONGEST_SINGLE) > 0


def _is_measure(before, after, is_open):
    return before.isdigit() and (after.isdigit() or not is_open)


def _single(text, place, before, in_single, style):
    after = _after(text, place)
    if (before.isspace() and after.isspace()) or _is_measure(before, after, in_single):
        return "'"
    if before.isalnum() and after.isalnum():
        return "’"
    if _opens(before) and after.isalpha() and _is_closed(text, place + 1):
        return style.single[0]
    return style.single[1] if in_single and not _opens(before) else "’"


def _is_closed(text, start):
    """Whether a single mark further on ends what one would begin here."""
    return CLOSING.search(text, start, start + LONGEST_SINGLE) is not None
