"""Al Kamel CSV: the championship table of drivers or of teams, with columns for each race. Pure."""

import re

from django.utils.translation import gettext as _

from news.limits import MOST_PLACES
from news.timing.rows import BadFile, StandingRow, StandingsFile, refuse_all
from news.timing.tables import Cells, Table
from news.timing.words import LONGEST, is_nobody, person, person_of

PROVIDER = "alkamel"


def is_standings(header: list[str]) -> bool:
    """Whether the header is that of a championship table."""
    return {"Pos", "Participant", "Points"} <= set(header)


def parse_standings(table: Table) -> StandingsFile:
    """The championship table in an Al Kamel file, of drivers or of teams. Raises BadFile."""
    if not is_standings(table.header):
        raise BadFile(_("This is no championship table: it lacks the columns Pos, Participant and Points."))
    at = {name: place for place, name in reversed(list(enumerate(table.header))) if name}
    problems = []
    rows = [_standing(Cells(line, at, {}, problems)) for line in table.rows]
    if not rows:
        problems.append(_("The file holds a header and no results."))
    refuse_all(problems)
    return StandingsFile(PROVIDER, tuple(rows), after_round=_rounds_run(table))


def _standing(cells):
    """Where the columns of a person's name are empty, the participant is the team."""
    participant, team = cells.text("Participant", LONGEST["team"]), cells.text("TEAM", LONGEST["team"])
    names, country = [cells.raw("NAME"), cells.raw("SURNAME")], cells.raw("COUNTRY")
    driver = None
    if not all(is_nobody(name) for name in names):
        driver = cells.read("SURNAME", lambda _text: person(*names, country), None)
    elif team and participant != team:
        driver = cells.read("Participant", lambda text: person_of(text, country), None)
    elif not participant:
        cells.refuse("Participant", _("the cell is empty."))
    return StandingRow(
        cells.line.number,
        position=cells.whole("Pos", MOST_PLACES) or None,
        points=cells.points("Points"),
        driver=driver,
        team=team or participant if not driver else team,
        number=cells.text("Number", LONGEST["number"]),
        car_class=cells.text("CLASS", LONGEST["car_class"]),
    )


def _rounds_run(table):
    """How many races there are up to the last one in which somebody scored."""
    races = [place for place, name in enumerate(table.header) if name.endswith("_Points")]
    run = [
        n
        for n, place in enumerate(races, 1)
        if any(re.match(r"\d", line.cells[place]) for line in table.rows)
    ]
    return max(run, default=None)
