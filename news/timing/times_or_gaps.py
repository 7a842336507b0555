"""Columns of a spreadsheet that hold times, gaps or both: which is which, by notation, and never guessed. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from django.utils.translation import gettext as _

from news.times import LAPS, MINUTE, NOTHING, Gap, parse_time
from news.timing.rows import NO_GAP, Row
from news.timing.tables import Cells
from news.timing.words import LONGEST, STATUS, status_of

# A race is longer, a lap is shorter.
LONGEST_LAP = 15 * MINUTE
FINISHED = status_of("")


@dataclass(frozen=True)
class Said:
    """What one cell says: a time without a sign, a gap that is marked as one, that the car did not finish, or why."""

    bare: int | None = None
    gap: Gap = NO_GAP
    outcome: tuple[str, bool] = FINISHED
    reason: str = ""


@dataclass(frozen=True)
class Draft:
    """A line before its times are settled; `column` is the one that its time stands in."""

    cells: Cells
    row: Row
    column: str
    time: Said
    gap: Said


def said_in(cells: Cells, column: str, is_out: bool = False) -> Said:
    """`is_out`: another cell says already that the car did not finish, so what is no status here is why: Gearbox."""
    text = cells.raw(column)
    if text in NOTHING:
        return Said()
    if not re.search(r"\d", text):
        reason = cells.text(column, LONGEST["note"]) if is_out and text.casefold() not in STATUS else ""
        return Said(outcome=cells.read(column, partial(status_of, reasons=is_out), FINISHED), reason=reason)
    if text.startswith("+") or LAPS.fullmatch(text):
        return Said(gap=cells.gap(column))
    return Said(bare=cells.read(column, parse_time, None))


def settle(drafts: Sequence[Draft], timed: bool | None) -> tuple[list[Row], bool, list[str]]:
    """(rows, whether best laps decide, warnings); what can be read in two ways goes among the problems."""
    leader = next((draft for draft in drafts if draft.row.position == 1), None)
    warnings = []
    if timed is None:
        timed = _is_timed(drafts, leader, warnings)
    field = "best_lap_ms" if timed and not _has(drafts, "best_lap_ms") else "total_time_ms"
    rows = [draft.row for draft in drafts]
    for n, (draft, kind) in enumerate(zip(drafts, _kinds(drafts, leader, timed), strict=True)):
        values = {"gap": draft.time.gap}
        if kind == "time":
            values[field] = draft.time.bare or None
        elif kind == "gap":
            values["gap"] = Gap(ms=draft.time.bare)
        elif kind == "open":
            words = _(
                "“%(text)s” can be a gap or a time. Write + before gaps, or call the column Total time."
            )
            draft.cells.refuse(draft.column, words % {"text": draft.cells.raw(draft.column)})
        rows[n] = replace(draft.row, **values | _gap(draft, leader, field, values))
    return rows, timed, warnings


def _has(drafts, column):
    return any(draft.cells.raw(column) not in NOTHING for draft in drafts)


def _is_timed(drafts, leader, warnings):
    """A best lap and no total time is practice or qualifying; so is a time that is too short for a race."""
    if _has(drafts, "total_time_ms"):
        return False
    if _has(drafts, "time_or_gap"):
        short = leader and leader.time.bare is not None and leader.time.bare < LONGEST_LAP
        if not short or _has(drafts, "best_lap_ms"):
            return False
        warnings.append(_("The times are short: they were read as best laps, not as total times."))
        return True
    if not _has(drafts, "best_lap_ms"):
        return False
    if not _has(drafts, "laps") or _follows_best_laps(drafts, leader):
        return True
    warnings.append(_("There are no total times: the list was read as one of a race."))
    return False


def _follows_best_laps(drafts, leader):
    """Whether the gaps, or without gaps the order, are those of the best laps."""
    if not _has(drafts, "gap"):
        best = [draft.row.best_lap_ms for draft in drafts if draft.row.best_lap_ms]
        return len(best) > 2 and best == sorted(best)
    gaps = [(draft.gap.bare or draft.gap.gap.ms, draft.row) for draft in drafts if draft is not leader]
    known = [(gap, row) for gap, row in gaps if gap and row.best_lap_ms]
    ahead = leader and leader.row.best_lap_ms
    return bool(ahead and known) and all(row.best_lap_ms == ahead + gap for gap, row in known)


def _kinds(drafts, leader, timed):
    """For each line what its bare time is: "time", "gap", "open" for both, "" for none.

    Who is classified behind cannot have needed less time for as many laps: it is a gap. Lines that are clear decide
    for those that are not; where clear lines contradict each other, all stay open.
    """
    gaps_apart = _has(drafts, "gap")
    kinds = []
    for draft in drafts:
        if draft.time.bare is None:
            kinds.append("")
        elif draft is leader or gaps_apart or draft.column == "total_time_ms":
            kinds.append("surely time")
        elif not leader or leader.time.bare is None:
            kinds.append("open")
        else:
            kinds.append(_kind(draft, leader, timed))
    signed = any(draft.time.gap.ms is not None for draft in drafts)
    if "gap" in kinds:
        # A time as long as the leader's would be a gap of a whole race: a slip, or another notation.
        decided = {"time": "open", "likely gap": "gap"}
    elif "time" in kinds or signed:
        decided = {"open": "time", "likely gap": "open"}
    else:
        decided = {"likely gap": "gap"}
    if not leader or leader.time.bare is None:
        decided = {}
    return [decided.get(kind, kind).removeprefix("surely ") for kind in kinds]


def _kind(draft, leader, timed):
    if draft.time.bare >= leader.time.bare:
        return "time"
    if timed:
        return "gap"
    if not draft.row.classified:
        return "open"  # who stopped early, or was ahead of the leader and disqualified
    if draft.row.laps is None:
        return "likely gap"
    return "gap" if draft.row.laps == leader.row.laps else "open"


def _gap(draft, leader, field, values):
    """What the column of gaps adds. In the leader's line it can hold the time that the gaps count from."""
    gap = Gap(ms=draft.gap.bare) if draft.gap.bare is not None else draft.gap.gap
    if draft is not leader:
        return {"gap": gap} if gap != NO_GAP else {}
    time = values.get(field, getattr(draft.row, field))
    if gap.ms and time is None and draft.gap.bare is not None:
        return {"gap": NO_GAP, field: gap.ms}
    if gap.laps or values["gap"].laps or (gap.ms and gap.ms != time) or values["gap"].ms:
        draft.cells.refuse("gap" if gap != NO_GAP else draft.column, _("the leader has no gap."))
    return {"gap": NO_GAP}
