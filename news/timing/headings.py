"""What the columns of a spreadsheet mean, by their German or English headings, else by what stands in them. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from news.times import parse_gap
from news.timing.rows import BadFile
from news.timing.tables import Table
from news.timing.words import clean_text

# Everything that a column can say: fields of Row, parts of a name, and the column that holds a time or a gap.
MEANINGS = {
    "position": gettext_lazy("Position"),
    "class_position": gettext_lazy("Position in class"),
    "number": gettext_lazy("Car number"),
    "crew": gettext_lazy("Drivers"),
    "first_name": gettext_lazy("First name"),
    "last_name": gettext_lazy("Last name"),
    "country": gettext_lazy("Country of the driver"),
    "team": gettext_lazy("Team"),
    "car": gettext_lazy("Car"),
    "car_class": gettext_lazy("Class"),
    "cup": gettext_lazy("Cup"),
    "laps": gettext_lazy("Laps"),
    "total_time_ms": gettext_lazy("Total time"),
    "time_or_gap": gettext_lazy("Time or gap"),
    "gap": gettext_lazy("Gap to the leader"),
    "best_lap_ms": gettext_lazy("Best lap"),
    "best_lap_number": gettext_lazy("Best lap: number"),
    "grid": gettext_lazy("Grid"),
    "status": gettext_lazy("Status"),
    "classified": gettext_lazy("Classified"),
    "points": gettext_lazy("Points"),
    "note": gettext_lazy("Note"),
    "pole": gettext_lazy("Pole position"),
    "fastest_lap": gettext_lazy("Fastest lap of the race"),
}
# Headings without blanks, signs and capitals.
HEADINGS = {
    "position": "platz|pos|position|rang|place|rank|pl|p|platzierung|gesamtplatz|platzgesamt|overall|rk|posgesamt",
    "class_position": "positioninclass|classposition|classpos|posinclass|pic|platzinklasse|klassenplatz|platzklasse"
    "|klassenrang|posinklasse|posklasse|platzinderklasse",
    "number": "nr|no|num|number|startnummer|startnr|stnr|carnumber|carno|car#|nummer|fahrzeugnummer|startnumber|bib",
    "crew": "fahrer|fahrerin|fahrerinnen|fahrername|driver|drivers|drivername|drivernames|pilot|piloten|crew|name"
    "|names|namen|besatzung",
    "first_name": "vorname|firstname|givenname",
    "last_name": "nachname|lastname|surname|familyname|familienname|zuname",
    "country": "nation|nat|nationalität|nationality|land|country|ioc",
    "team": "team|teams|bewerber|entrant|teamname|mannschaft|rennstall|teambewerber|bewerberteam|teamentrant",
    "car": "fahrzeug|auto|wagen|car|vehicle|modell|model|fahrzeugtyp|chassis",
    "car_class": "klasse|class|kategorie|category|kl|cl|wertungsklasse|carclass",
    "cup": "cup|cupwertung|cupklasse|cupclass|pokal",
    "laps": "runden|laps|rd|rdn|rnd|rundenzahl|anzahlrunden|lapscompleted|gefahrenerunden",
    "total_time_ms": "gesamtzeit|totaltime|rennzeit|racetime|fahrzeit|zeitgesamt|elapsed|elapsedtime",
    "time_or_gap": "zeit|time|zeitrückstand|zeitrueckstand|zeitgap|timegap|gaptime|timeretired|timebehind"
    "|rückstandzeit|timeorgap|zeitoderrückstand|timereason|timeretirement|totaltimegapretirement",
    "gap": "rückstand|rueckstand|gap|gaptoleader|gaptotheleader|gaptofirst|behind|rückstandaufp1|rückstandaufplatz1",
    "best_lap_ms": "besterunde|bestlap|schnellsterunde|fastestlap|bestzeit|besttime|bestlaptime|fastestlaptime"
    "|bestrunde|besterundenzeit|schnellsterundenzeit|rundenzeit|laptime|qualifyingtime|qualifyingzeit|trainingszeit",
    "best_lap_number": "bestlapnumber|bestlapno|fastestlapnumber|inrunde|inlap|onlap|nummerderbestenrunde",
    "grid": "startplatz|grid|startinggrid|startposition|gridposition|gridpos|startpos|start|startaufstellung|sp",
    "status": "status",
    "classified": "classified|klassiert|gewertet|inwertung",
    "points": "punkte|points|pkt|pkte|pts|gesamtpunkte|punktegesamt|totalpoints|pointstotal",
    "note": "bemerkung|bemerkungen|note|notes|remark|remarks|anmerkung|anmerkungen|kommentar|comment|strafe|strafen"
    "|penalty|penalties|ausfallgrund|reason|hinweis",
    "pole": "pole|poleposition",
    "fastest_lap": "fastestlapoftherace|setfastestlap|schnellsterundedesrennens",
    # What a list may also hold and we do not store.
    "": "kmh|kph|mph|avgkmh|avgkph|avgmph|økmh|avg|avgspeed|averagespeed|speed|topspeed|schnitt|geschwindigkeit"
    "|reifen|tyres|tires|tyre|interval|intervall|gapprevious|gaptonext|distance|distanz|engine|motor|pitstops|stops|boxenstopps|boxenstops|pits|siege|wins|podien|podiums",
}
MEANING_OF = {word: meaning for meaning, words in HEADINGS.items() for word in words.split("|")}
SEVERAL = {"crew"}
YES_OR_NO = {"yes", "no", "ja", "nein"}
SAMPLES = 3


@dataclass(frozen=True)
class Column:
    index: int
    header: str  # "" where the table has none
    samples: tuple[str, ...]
    meaning: str  # a key of MEANINGS, or "" where the heading says nothing to us


class UnknownColumns(Exception):
    """Nobody has said what some columns mean; `columns` are all columns, to be asked about."""

    def __init__(self, columns: list[Column]):
        super().__init__(", ".join(column.header or str(column.index + 1) for column in columns))
        self.columns = columns


def columns(table: Table) -> list[Column]:
    """The columns with something in them. Without a row of headings the meanings are proposals by content."""
    headed, seen, found = has_headings(table), set(), []
    lines = table.rows if headed else table.lines
    for index, header in enumerate(table.header):
        cells = [clean_text(line.cells[index]) for line in lines]
        filled = [cell for cell in cells if cell]
        if not filled and not (headed and _key(header) in MEANING_OF):
            continue
        meaning = MEANING_OF.get(_key(header), "") if headed else _by_content(filled)
        if meaning == "best_lap_ms" and filled and all(cell.casefold() in YES_OR_NO for cell in filled):
            meaning = "fastest_lap"  # “fastest lap: yes” and “fastest lap: 1:32.090” have one heading
        if meaning in seen - SEVERAL:
            meaning = ""
        seen.add(meaning)
        found.append(Column(index, header if headed else "", tuple(filled[:SAMPLES]), meaning))
    return found


def meanings(table: Table, mapping: Mapping[int, str] | None) -> dict[int, str]:
    """{index: meaning} of all columns that say something. Raises UnknownColumns for what only the editor can tell."""
    mapping, headed, known = mapping or {}, has_headings(table), columns(table)
    found, unknown = {}, False
    for column in known:
        if column.index not in mapping and not (headed and _is_known(column)):
            unknown = True
        elif said := mapping.get(column.index, column.meaning):
            found[column.index] = said
    if unknown or not set(found.values()) <= set(MEANINGS):
        raise UnknownColumns(known)
    twice = [
        meaning for meaning in MEANINGS if list(found.values()).count(meaning) > 1 and meaning not in SEVERAL
    ]
    if twice:
        words = _("Two columns are said to be “%(meaning)s”. Choose one.")
        raise BadFile(*(words % {"meaning": MEANINGS[meaning]} for meaning in twice))
    return found


def has_headings(table: Table) -> bool:
    """Whether the first line holds headings: two that we know, or no figure above lines with figures."""
    known = sum(_key(cell) in MEANING_OF for cell in table.header if cell)
    figures = [any(re.search(r"\d", cell) for cell in line.cells) for line in table.lines[:2]]
    return known >= 2 or figures == [False, True]


def _is_known(column):
    return bool(column.meaning) or MEANING_OF.get(_key(column.header)) == ""


def _key(header):
    """Startnr. (Car) and STARTNR are one heading; the second of two driver columns is Fahrer 2."""
    header = header[:80].casefold()
    plain = re.sub(r"[(\[].*?[)\]]", "", header) or header
    if plain.strip() in ("#", "№"):
        return "nr"
    return re.sub(r"^(fahrer|driver)[1-9]$", r"\1", re.sub(r"[^\w#]|_", "", plain))


def _by_content(cells):
    """A proposal for a column without a heading; "" where many would do."""
    if all(" / " in cell for cell in cells):
        return "crew"
    if all(re.fullmatch(r"\d+\.?", cell) for cell in cells):
        numbers = [int(cell.rstrip(".")) for cell in cells[:9999] if len(cell) < 6]
        return "position" if numbers == list(range(1, len(cells) + 1)) else ""
    return "time_or_gap" if all(_is_gap(cell) for cell in cells) else ""


def _is_gap(cell):
    try:
        parse_gap(cell)
    except ValueError:
        return False
    return True
