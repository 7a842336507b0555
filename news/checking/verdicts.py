"""A claim beside the record: it agrees, it contradicts, or the record cannot know. Pure."""

from news.checking.record import FINISHED, RETIRED

AGREES, CONTRADICTS, UNKNOWN = "agrees", "contradicts", "unknown"
OUT = ("disqualified", "excluded")


def verdict_of(claim, record) -> str:
    """What the record says to it. A claim that is not open is never more than unknown."""
    if not claim.open:
        return UNKNOWN
    return VERDICTS[claim.kind](claim.value, record, lines_of(claim, record))


def lines_of(claim, record):
    if claim.which is not None and record.has_heats:
        return [line for line in record.races if line.heat == claim.which + 1]
    return record.races


def _any(answers):
    """Of several lines one that agrees is enough; one that does not know leaves it open."""
    answers = list(answers)
    if True in answers:
        return AGREES
    return UNKNOWN if None in answers or not answers else CONTRADICTS


def _fits(place, known, *, at_least=None, status=FINISHED):
    form, number = place
    if known:
        return known <= number if form == "top" else known == number
    if status not in (FINISHED, "not_classified"):
        return False
    if at_least:
        if form == "top":
            return True if number >= at_least else None
        return False if number > at_least else None
    return None


def _position(place, record, lines):
    def fits(line):
        whole = _fits(place, line.position, at_least=line.position_or_better, status=line.status)
        # "Third" without a word about the class may still mean the class.
        in_class = place[1] in (line.class_position, line.cup_position) and place[0] == "place"
        return None if whole is False and in_class else whole

    return _any(map(fits, lines))


def _class_position(place, record, lines):
    def fits(line):
        if place == ("place", line.cup_position):
            return True
        return _fits(place, line.class_position, status=line.status)

    return _any(map(fits, lines))


def _grid(place, record, lines):
    form, number = place
    grid = [int(line.grid) for line in lines if line.grid.isdecimal()]
    qualified = [line.position for line in record.qualifyings if line.position]
    known = grid or ([1] if any(line.pole for line in lines) else [])
    if form == "qualified":
        known = known + qualified
    if form == "row":
        known, qualified = [(n + 1) // 2 for n in known], [(n + 1) // 2 for n in qualified]
    if number in known or number in qualified:
        return AGREES
    return CONTRADICTS if known and len(grid) >= min(len(lines), 1) else UNKNOWN


def _pole(_place, record, lines):
    def holds(line):
        if line.pole is not None:
            return line.pole
        return line.grid == "1" if line.grid.isdecimal() else None

    if any(line.position == 1 for line in record.qualifyings):
        return AGREES
    return _any(map(holds, lines))


def _fastest_lap(_place, record, lines):
    return _any(line.fastest_lap for line in lines)


def _same_time(said, digits, known):
    """As exact as it is said, rounded or cut: 8:31 and 8:31.2 are both 8:31.192."""
    step = 10 ** (3 - digits)
    return said in (known // step * step, (known + step // 2) // step * step)


def _lap_time(value, record, lines):
    where, ms, digits = value
    race = [line.best_lap for line in record.races]
    timed = [line.best_lap for line in record.qualifyings]
    rest = [line.best_lap for line in record.lines if not line.is_race and not line.is_qualifying]
    totals = [line.total for line in record.races]
    if where.startswith("qualifying "):
        labelled = [line.best_lap for line in record.qualifyings if line.label == where[-1]]
        others = any(line.label for line in record.qualifyings)
        timed = labelled or ([] if others else timed)
    choices = {"race": [*race, *totals], "any": [*race, *timed, *rest, *totals], "pole": timed}
    known = list(filter(None, choices.get(where, timed)))
    if any(_same_time(ms, digits, each) for each in known):
        return AGREES
    if where == "pole" and not any(line.pole for line in record.races):
        return UNKNOWN
    return CONTRADICTS if known else UNKNOWN


def _gap(value, record, lines):
    unit, said, digits = value

    def fits(line):
        known = [gap for gap in (line.behind, line.ahead) if gap.ms is not None or gap.laps]
        if not known:
            return None
        if unit == "laps":
            return any(gap.laps == said for gap in known)
        return any(gap.ms is not None and _same_time(said, digits, gap.ms) for gap in known)

    # A car that is out has no gap.
    counted = [line for line in lines if line.status == FINISHED or line.behind.ms or line.behind.laps]
    return _any(map(fits, counted))


def _laps(said, record, lines):
    known = [line.laps for line in lines]
    if said in known:
        return AGREES
    return UNKNOWN if None in known or not known or said in record.other_laps else CONTRADICTS


def _starters(value, record, lines):
    said, manner = value
    known = record.starters
    if not known:
        return UNKNOWN
    if manner == "more" and said <= known <= said * 1.25:
        return AGREES
    margin = known * 0.1 if manner or record.starters_rounded else 0
    return AGREES if abs(said - known) <= margin else CONTRADICTS


def _round(said, record, lines):
    if not record.rounds:
        return UNKNOWN
    return AGREES if said in record.rounds else CONTRADICTS


def _car_number(said, record, lines):
    if not record.numbers:
        return UNKNOWN
    return AGREES if said in record.numbers else CONTRADICTS


def _crew(value, record, lines):
    form, said = value
    if len(record.crew) == 0:
        return UNKNOWN
    if form == "size":
        return AGREES if said == len(record.crew) else CONTRADICTS
    return AGREES if said else CONTRADICTS


def _date(value, record, lines):
    days, weekday = value
    if weekday is not None and days[0].weekday() != weekday:
        return CONTRADICTS
    inside = all(record.first_day <= day <= record.last_day or day in record.days for day in days)
    return AGREES if inside else CONTRADICTS


def _status(said, record, lines):
    def fits(line):
        if line.status == "not_classified":
            return None
        if said == "finished" and line.status in OUT:
            return True
        known = {"excluded": "disqualified", "withdrawn": "not_started"}.get(line.status, line.status)
        if known == FINISHED and line.position is None and line.position_or_better is None:
            return None
        # A car that stopped near the end may be classified all the same.
        return None if known == FINISHED and said == RETIRED and line.position is None else known == said

    return _any(map(fits, lines))


VERDICTS = {
    "position": _position,
    "class_position": _class_position,
    "grid": _grid,
    "pole": _pole,
    "fastest_lap": _fastest_lap,
    "lap_time": _lap_time,
    "gap": _gap,
    "laps": _laps,
    "starters": _starters,
    "round": _round,
    "car_number": _car_number,
    "crew": _crew,
    "date": _date,
    "status": _status,
}
