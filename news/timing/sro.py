"""SRO / Swiss Timing: XML of an entry list and of a result list, joined by the car's number. Pure."""

import re
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.utils.translation import gettext as _

from news.limits import MOST_PLACES
from news.times import LONGEST, Gap
from news.timing.checks import doubtful_places, impossible_lap, refuse_twice
from news.timing.named_cells import NamedCells
from news.timing.rows import NO_GAP, BadFile, ResultFile, Row, refuse_all
from news.timing.tables import MOST_ROWS
from news.timing.words import status_of

PROVIDER = "sro"
# Two files pasted one after the other are told apart by their prologs or by the end of the first.
BETWEEN = re.compile(r"(?=<\?xml\s)|(?<=</FILE>)")
DRIVER = re.compile(r"Driver\d{1,2}")
RESULT = {"number", "position", "status", "classified", "laps", "best_lap_ms", "best_lap_number", "gap"}
RACE = {"total_time_ms", "grid"}
CAR = {"team", "car", "cup", "crew"}


def matches(text: str) -> bool:
    """Whether the text is meant as XML, the form of these files alone."""
    return text.lstrip("\ufeff \t\r\n").startswith("<")


def parse(text: str, *, timed: bool | None = None) -> ResultFile:
    """The result list; with the entry list before or after it in the same text, cars and crews as well.

    Whether best laps decide is seen from the times; `timed` says it for a list without any. Raises BadFile.
    """
    parts = [_root(part) for part in BETWEEN.split(text) if part.strip("\ufeff \t\r\n")]
    results = [_texts(each) for part in parts for each in part.iter("RES")]
    entries = [each for part in parts for each in part.iter("ENTR")]
    _refuse_without_results(results, entries)
    problems = []
    timed = _is_timed(results, otherwise=bool(timed))
    cars = _cars(entries, problems)
    leader_laps = _leader_laps(results)
    rows = tuple(
        _row(NamedCells(n, texts, problems), cars, timed, leader_laps)
        for n, texts in enumerate(results, start=1)
    )
    refuse_all([*problems, *refuse_twice(rows)])
    return ResultFile(
        PROVIDER,
        timed=timed,
        rows=rows,
        warnings=(*_warnings(rows, cars), *doubtful_places(rows)),
        title=_title(parts),
        states=frozenset(RESULT | (set() if timed else RACE) | (CAR if cars else set())),
    )


def _refuse_without_results(results, entries):
    if not results:
        raise BadFile(
            _(
                "This is an entry list without results. Add the result list of the session: upload or paste both."
            )
            if entries
            else _(
                "This XML file holds no results that we know: neither <RES> nor <ENTR> of SRO / Swiss Timing."
            )
        )
    if max(len(results), len(entries)) > MOST_ROWS:
        raise BadFile(_("The file has more than %(most)d rows: no result list has.") % {"most": MOST_ROWS})


def _root(text):
    try:
        return fromstring(text.strip("\ufeff \t\r\n"), forbid_dtd=True)
    except DefusedXmlException as error:
        raise BadFile(
            _(
                "The XML declares a document type, entities or files outside. That is not taken, for safety’s sake."
            )
        ) from error
    except ParseError as error:
        line, column = error.position
        words = _("The XML is broken in line %(line)d, column %(column)d. Load the file anew.")
        raise BadFile(words % {"line": line, "column": column + 1}) from error
    except ValueError as error:
        raise BadFile(_("The XML cannot be read. Load the file anew.")) from error


def _texts(element):
    """{"Bib": "84", "Driver1.Last": "Lovelace"}"""
    texts = {}
    for child in element:
        texts[child.tag] = child.text or ""
        texts |= {f"{child.tag}.{part.tag}": part.text or "" for part in child}
    return texts


def _cars(entries, problems):
    """{number: what the entry list says of the car}"""
    cars = {}
    for n, entry in enumerate(entries, start=1):
        texts = _texts(entry)
        cells = NamedCells(n, texts, problems)
        seats = [child.tag for child in entry if DRIVER.fullmatch(child.tag)]
        people = [cells.person(f"{seat}.First", f"{seat}.Last", f"{seat}.Country") for seat in seats[:12]]
        number = cells.name_of("number", "Bib")
        if number in cars:
            cells.refuse("Bib", _("#%(number)s stands in the entry list twice.") % {"number": number})
        cars[number] = {
            "team": cells.name_of("team", "Team"),
            "car": cells.name_of("car", "Car"),
            "cup": cells.name_of("cup", "Class"),
            # A seat that nobody sits in is written as an empty one.
            "crew": tuple(dict.fromkeys(filter(None, people))),
        }
    return cars


def _is_timed(results, otherwise):
    """In practice and qualifying the time of a car is its best lap."""
    times = [(texts.get("Time", "").strip(), texts.get("BestTime", "").strip()) for texts in results]
    both = [(time, best) for time, best in times if time.strip("0") and best.strip("0")]
    return all(time == best for time, best in both) if both else otherwise


def _row(cells, cars, timed, leader_laps):
    number = cells.name_of("number", "Bib")
    if not number:
        cells.refuse("Bib", _("the car has no number."))
    place = cells.place("Rank")
    status, classified = _outcome(cells, place, timed)
    laps = cells.laps("Laps")
    time, best = cells.thousandths("Time"), cells.thousandths("BestTime")
    row = Row(
        line=cells.row,
        number=number,
        position=place if classified else None,
        status=status,
        classified=classified,
        laps=laps,
        total_time_ms=None if timed else time,
        gap=_gap(cells, place) if timed or laps == leader_laps else NO_GAP,
        best_lap_ms=best or (time if timed else None),
        best_lap_number=cells.laps("BestLap") or None,
        grid="" if timed else str(cells.whole("StartPos", MOST_PLACES) or ""),
        **cars.get(number, {}),
    )
    if problem := impossible_lap(row):
        cells.refuse("BestLap", problem)
    return row


def _outcome(cells, place, timed):
    """(status, classified): as the file says, else by the rank, which is nil for a car that is not placed.

    In practice and qualifying that only means that it has set no time.
    """
    if said := cells.text("Status"):
        try:
            return status_of(said)
        except ValueError as problem:
            cells.refuse("Status", str(problem))
    return ("finished", True) if place or timed else ("not_classified", False)


def _gap(cells, place):
    """0 is the leader's, and of a car without a place."""
    if not place or place == 1:
        return NO_GAP
    if re.fullmatch(r"\s*[0-9]+\s*", cells.raw("Gap")):
        return Gap(ms=cells.whole("Gap", LONGEST))
    return cells.gap("Gap")


def _leader_laps(results):
    leaders = [texts for texts in results if texts.get("Rank", "").strip() == "1"]
    return NamedCells(1, leaders[0], []).laps("Laps") if leaders else None


def _warnings(rows, cars):
    if not cars:
        yield _("Without the entry list, cars, teams and crews stay as they are on record.")
        return
    if strangers := [f"#{row.number}" for row in rows if row.number not in cars]:
        yield _("Not in the entry list: %(cars)s.") % {"cars": ", ".join(strangers)}
    if absent := [f"#{number}" for number in cars if number not in {row.number for row in rows}]:
        yield _("In the entry list, but without a result: %(cars)s.") % {"cars": ", ".join(absent)}


def _title(parts):
    """Event, session and start as the entry list says them: it can be that of another session."""
    session = next((each for part in parts for each in part.iter("SESS")), None)
    if session is None:
        return ""
    said = NamedCells(0, _texts(session), [])
    start = re.match(r"(\d\d\.\d\d\.\d{4} \d\d:\d\d):\d\d", said.text("StartTime"))
    names = [said.text("Meeting"), said.text("Session"), said.text("Track"), start[1] if start else ""]
    return ", ".join(filter(None, names))
