"""Words of result files: how a line ended, and the names of people. Pure."""

import re
import unicodedata

from django.utils.translation import gettext as _

from news.timing.countries import country_of
from news.timing.rows import Person

__all__ = ["clean_name", "clean_text", "country_of", "is_nobody", "person_of", "status_of"]

# What the models hold.
LONGEST = {
    "number": 6,
    "car": 80,
    "car_class": 40,
    "cup": 40,
    "team": 120,
    "note": 200,
    "grid": 20,
    "name": 80,
}

FINISHED, OUT = "finished", "retired"
ENDINGS = {
    FINISHED: "finished|classified|cla|running|lapped|klassiert|gewertet|im ziel|zielankunft",
    "not_classified": "not classified|nc|n|unclassified|nicht gewertet|nicht klassiert",
    OUT: "retired|dnf|r|ret|did not finish|not finished|ausgefallen|ausfall|aufgegeben|out|contact|mechanical|accident"
    "|unfall|technik|stopped|abandoned",
    "disqualified": "disqualified|dsq|dq|d|disqualifiziert|disqu.|disqualifikation",
    "excluded": "excluded|exclusion|ex|exc|e|ausgeschlossen|wertungsausschluss",
    "not_started": "not started|did not start|dns|ns|f|dnq|dnpq|did not qualify|did not prequalify|failed to qualify"
    "|nicht gestartet|nicht qualifiziert",
    "withdrawn": "withdrawn|withdrew|w|wd|w/d|zurückgezogen|zurueckgezogen",
}
STATUS = {word: status for status, words in ENDINGS.items() for word in words.split("|")}
LAPPED = re.compile(r"\+?\s*\d+\s*(?:laps?|rdn?\.?|runden?)", re.I)

MARKUP = re.compile(r"[<>\[\]{}]|&#?\w+;")
TAG = re.compile(r"<\s*[/!?a-z]|&#?\w+;", re.I)
NOBODY = {"", "-", "–", "—", "?", "/", "tba", "tbc", "tbd", "tbn", "tba tba", "n.n.", "nn", "n. n.", "n/a"}
PARTICLE = re.compile(
    r"v[ao]n|vom|zu|zum|zur|d[aeiou]|das|de[nr]|d[ae]ll?[ae]?|degli|dos|l[ae]|te[nr]|af|[ae]l",
    re.I,
)
# What is small in a family name whatever the language; Da, De, Di and Van alone are written both ways.
SMALL = re.compile(r"\b(?:Van (?:De[rn]?|Het)|Von(?: D(?:e[rm]|en))?|De L(?:as?|os))(?= )")
ROMAN = re.compile(r"i{2,3}|iv", re.I)
SUFFIX = re.compile(rf"(?:jr|sr)\.?|{ROMAN.pattern}", re.I)
INITIALS = re.compile(r"(?:\w\.)+\w?|\w|[A-Z]J|(?![JS]R)[B-DF-HJ-NP-TV-XZ]{2}")
FOOTNOTE = re.compile(r"[*†‡¹²³]+$")


def status_of(text: str, *, reasons: bool = False) -> tuple[str, bool]:
    """(Result.Status value, classified) of a word such as "DNF", "+1 Lap" or "nicht gewertet"; empty is finished.

    With `reasons`, what is no status is why a car stopped: "Engine", "Collision". Else it raises ValueError.
    """
    word = " ".join(text.replace("_", " ").split()).casefold()
    if not word or STATUS.get(word) == FINISHED or LAPPED.fullmatch(word):
        return FINISHED, True
    if status := STATUS.get(word) or STATUS.get(word.rstrip(".")) or (OUT if reasons else ""):
        return status, False
    raise ValueError(
        _("“%(text)s” is no status that we know. Write Classified, DNF, DNS, DSQ, NC or EXC.")
        % {"text": text.strip()[:40]}
    )


def clean_text(text: str) -> str:
    """Without control and invisible characters; every run of blanks is one."""
    kept = (" " if letter.isspace() else letter for letter in text)
    visible = "".join(letter for letter in kept if unicodedata.category(letter)[0] != "C")
    return " ".join(unicodedata.normalize("NFC", visible).split())


def clean_name(text: str) -> str:
    """The name without stray characters and marks of footnotes; what is written in capitals becomes Hürtgen, McLaren,
    van der Linde, what is not stays."""
    name = FOOTNOTE.sub("", clean_text(text)).rstrip()
    if not re.sub(r"\bMc(?=[A-Z])", "MC", name).isupper() or _is_initials(name):
        return name
    words = re.sub(r"\w+", lambda word: word[0] if _is_initials(word[0]) else _capitalized(word[0]), name)
    return clean_text(SMALL.sub(lambda found: found[0].lower(), words))


def _capitalized(word):
    scottish = re.fullmatch(r"MC(\w{3,})", word, re.I)
    return (
        f"Mc{scottish[1].capitalize()}"
        if scottish
        else word.capitalize().replace("i\N{COMBINING DOT ABOVE}", "i")
    )


def _is_initials(word):
    """AJ, PJ, C. and III stay capital; ED and LI are names."""
    return bool(ROMAN.fullmatch(word) or INITIALS.fullmatch(word))


def is_nobody(text: str) -> bool:
    """Whether the cell says only that the driver is not named: empty, a dash, TBA, N.N."""
    return clean_text(text).casefold() in NOBODY


def person(first: str, last: str, country: str = "") -> Person:
    """A person from a first and a last name in cells of their own. Raises ValueError with a sentence."""
    for part in (first, last):
        if MARKUP.search(part):
            raise ValueError(_("“%(text)s” is no name: it holds markup.") % {"text": part.strip()[:40]})
    first, last = clean_name(first), clean_name(last)
    if not last:
        first, last = "", first
    if not re.search(r"[^\W\d_]", last):
        raise ValueError(_("“%(text)s” is no name.") % {"text": f"{first} {last}".strip()[:40]})
    if longest := next((part for part in (first, last) if len(part) > LONGEST["name"]), ""):
        raise ValueError(
            _("“%(text)s…” is too long for a name: %(most)d letters at most.")
            % {"text": longest[:30], "most": LONGEST["name"]}
        )
    return Person(first, last, country_of(country))


def person_of(name: str, country: str = "") -> Person:
    """A person from a whole name in one cell: "Claudia Hürtgen", "HÜRTGEN, Claudia", "C. Hürtgen (DE)".

    Raises ValueError with a sentence for markup and for what is no name.
    """
    plain = FOOTNOTE.sub("", clean_text(name))
    if match := re.fullmatch(r"(.*\S)\s*\(([^()]*)\)", plain):
        country = country or match[2]
        if len(match[2].strip()) > 1 and not country_of(match[2]):
            raise ValueError(
                _("“%(text)s” is no country that we know. Write two letters behind the name: (DE).")
                % {"text": match[2].strip()[:40]}
            )
        plain = match[1]
    last, comma, first = re.sub(rf",\s*(?=(?:{SUFFIX.pattern})$)", " ", plain, flags=re.I).partition(",")
    if comma:
        if "," in first or not last.strip():
            raise ValueError(
                _("“%(text)s” cannot be read as one name. Write first name and last name.")
                % {"text": plain[:40]}
            )
        return person(first, last, country)
    return person(*_split(last.split()), country)


def _split(words):
    """(first, last): capitals tell the family name, else it begins with its particle or is the last word."""
    capitals = [len(word) > 1 and word.isupper() and not _is_initials(word) for word in words]
    if any(capitals) and not all(capitals):
        if capitals[-1]:
            start = len(words) - next((n for n, is_big in enumerate(reversed(capitals)) if not is_big), 0)
            return " ".join(words[:start]), " ".join(words[start:])
        if capitals[0]:
            end = capitals.index(False)
            return " ".join(words[end:]), " ".join(words[:end])
    start = len(words) - (2 if len(words) > 2 and SUFFIX.fullmatch(words[-1]) else 1)
    for n in range(0 if SMALL.match(" ".join(words).title()) else 1, start):
        if PARTICLE.fullmatch(words[n]):
            start = n
            break
    return " ".join(words[: max(start, 0)]), " ".join(words[max(start, 0) :])
