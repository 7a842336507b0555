"""What follows from a whole list: places in class and cup, pole, fastest lap, gaps.

Nothing is guessed: where a better placed car or its class is not on record, the place in class stays unknown.
"""

from itertools import groupby

from news.models import Classification, Result, Session

OUT_OF_LIST = (Result.Status.DISQUALIFIED, Result.Status.EXCLUDED)
# Lists leave out the best lap of a car that stopped within so much of the race: it never had a clear one.
SHORT = 0.1
DERIVED = ["place_in_class", "place_in_cup", "is_pole", "is_fastest_lap", "behind_ms", "behind_laps"]


def derive_places(races) -> None:
    """Write the derived columns of all lists of these races (ids); four queries, and one more where something
    changed."""
    lines = list(
        Result.objects.filter(classification__session__race__in=races)
        .select_related("entry", "classification__session__race")
        .order_by("classification", "pk")
    )
    in_force = set(Classification.objects.current().filter(session__race__in=races).values_list(flat=True))
    sessions = list(Session.objects.filter(race__in=races, cancelled=False))
    lists = [list(group) for _list, group in groupby(lines, key=lambda line: line.classification_id)]
    current = {
        each[0].classification.session: each for each in lists if each[0].classification_id in in_force
    }
    before = {line.pk: _values(line) for line in lines}
    for each in lists:
        _derive(each, current, sessions)
    Result.objects.bulk_update([line for line in lines if _values(line) != before[line.pk]], DERIVED)


def _values(line):
    return [getattr(line, name) for name in DERIVED]


def _derive(lines, current, sessions):
    session = lines[0].classification.session
    leader = next((line for line in lines if line.position == 1), None)
    grid_set_by = _qualifying_for(session, sessions) if session.is_race else None
    pole = _pole(lines, current.get(grid_set_by, [])) if session.is_race else {}
    fastest = _fastest(lines, session.race.starters)
    for line in lines:
        line.place_in_class = line.class_position or _place_among(line, lines, _same_class)
        line.place_in_cup = _place_among(line, lines, _same_cup)
        line.is_pole = pole.get(line.pk)
        line.is_fastest_lap = fastest.get(line.pk)
        line.behind_ms, line.behind_laps = _behind(line, leader, session)


def _same_class(line):
    """Files write one class in several ways: GTDPRO, GTDPro."""
    return line.entry.car_class.casefold()


def _same_cup(line):
    return line.entry.cup and (_same_class(line), line.entry.cup.casefold())


def _place_among(line, lines, group):
    """Its place among the cars of its group; None unless every better placed car and its class are on record."""
    if not line.position or not group(line):
        return None
    better = [other for other in lines if other.position and other.position < line.position]
    known = len(better) == line.position - 1 and all(_same_class(other) for other in better)
    return 1 + sum(group(other) == group(line) for other in better) if known else None


def _holders(lines, overruled, found):
    """{line's id: whether it holds it}: as the list says in so many words, else as found; {} for unknown."""
    named = {line.pk for line in lines if getattr(line, overruled)}
    denied = {line.pk: False for line in lines if getattr(line, overruled) is False}
    holders = named or set(found) - set(denied)
    return {line.pk: line.pk in holders for line in lines} if holders else denied


def _pole(lines, qualifying):
    """By the grid; where no grid is on record, by the qualifying."""
    first = [line.pk for line in lines if line.grid == "1"]
    if not first and not any(line.grid.isdecimal() for line in lines):
        first = [line.pk for line in lines if line.entry_id in _first_of(qualifying, lines)]
    return _holders(lines, "pole", first)


def _first_of(qualifying, lines):
    """Entries in the first place. Classes that qualify by themselves can put a slower one first, on a drier track."""
    classes = {_same_class(line) for line in qualifying if line.position}
    leading = {_same_class(line) for line in lines if line.position == 1} if len(classes) > 1 else classes
    return {line.entry_id for line in qualifying if line.position == 1 and _same_class(line) in leading}


def _qualifying_for(session, sessions):
    """The qualifying that set the grid of this race, with a list or without one; None where that is not certain.

    Of two races in a weekend it may have set the grid of one, and that one the grid of the other.
    """
    of_race = [other for other in sessions if other.race_id == session.race_id]
    timed = [other for other in of_race if "qualifying" in other.kind and not other.is_race]
    same_label = [other for other in timed if session.label and other.label == session.label]
    top = [other for other in timed if other.kind == Session.Kind.TOP_QUALIFYING]
    is_alone = sum(other.is_race for other in of_race) < 2
    choices = (same_label, top, timed) if is_alone else (same_label,)
    return next((found[0] for found in choices if len(found) == 1), None)


def _fastest(lines, starters):
    """The best of the best laps, if every car that ran has one on record; who lost the result, lost the lap."""
    far = max((line.laps or 0 for line in lines), default=0) * SHORT
    ran = [
        line
        for line in lines
        if line.status not in OUT_OF_LIST
        and (
            line.best_lap_ms
            or (line.status == Result.Status.FINISHED if line.laps is None else line.laps > far)
        )
    ]
    complete = ran and all(line.best_lap_ms for line in ran) and len(lines) >= (starters or 0)
    best = min((line.best_lap_ms for line in ran), default=None) if complete else None
    equal = [line for line in ran if best and line.best_lap_ms == best]
    # Of equal laps the one that was driven first counts.
    first = min((line.best_lap_number for line in equal if line.best_lap_number), default=None)
    found = [line.pk for line in equal if first in (None, line.best_lap_number)]
    return _holders(lines, "fastest_lap", found)


def _behind(line, leader, session):
    """(milliseconds, None) or (None, laps): as published, else from the times."""
    if line.gap_ms is not None or line.gap_laps is not None or leader in (None, line):
        return line.gap_ms, line.gap_laps
    if not session.is_race:
        return _less(line.best_lap_ms, leader.best_lap_ms), None
    if line.laps is not None and leader.laps is not None and line.laps != leader.laps:
        return None, _less(leader.laps, line.laps)
    if line.laps is None or leader.laps is None:
        return None, None
    return _less(line.total_time_ms, leader.total_time_ms), None


def _less(more, less):
    return more - less if more is not None and less is not None and more >= less else None
