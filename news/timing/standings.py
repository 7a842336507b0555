"""Championship tables as the series published them: beside what is on record, then into the season."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.db import transaction
from django.utils.translation import gettext as _

from news.derived.standings import refresh
from news.derived.turns import one_at_a_time
from news.models import ResultImport, Season, Standing
from news.timing.matching import Match, Names, names_of, person_key
from news.timing.plan import CHANGED, NEW, UNCHANGED
from news.timing.rows import StandingRow, StandingsFile, refuse_all
from news.timing.store import Origin, store_drivers, store_teams

SAID = ["position", "points", "number", "wins"]
# What a table in a file never says and somebody may have typed.
KEPT = ["note_de", "note_en", "starts"]


@dataclass(frozen=True)
class TableLine:
    row: StandingRow
    driver: Match | None
    team: Match | None
    before: Standing | None

    @cached_property
    def changes(self):
        """{field: (before, after)}"""
        if not self.before:
            return {}
        pairs = {name: (getattr(self.before, name), getattr(self.row, name)) for name in SAID}
        return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}

    @property
    def what(self):
        return NEW if not self.before else CHANGED if self.changes else UNCHANGED


@dataclass(frozen=True)
class TablePlan:
    season: Season
    file: StandingsFile
    final: bool
    source: str
    names: Names
    lines: list[TableLine]
    missing: list[Standing]

    @cached_property
    def counts(self):
        return Counter(line.what for line in self.lines)

    @property
    def warnings(self):
        computed = _(
            "The season has a point scheme: where all results are there, the computed table is shown."
        )
        return [*self.file.warnings, *([computed] if self.season.scheme_id else [])]

    @property
    def moves(self):
        moved = [line for line in self.lines if "position" in line.changes]
        return [
            f"{(line.driver or line.team).name}: {line.before.position or '—'} → {line.row.position or '—'}"
            for line in moved
        ]

    @property
    def is_as_before(self):
        same_kind = all(line.before and line.before.final == self.final for line in self.lines)
        return same_kind and not self.missing and self.counts[UNCHANGED] == len(self.lines)

    @property
    def fingerprint(self):
        return repr(([line.what for line in self.lines], self.names.found(), len(self.missing)))


def plan_standings(
    season: Season,
    file: StandingsFile,
    *,
    final: bool,
    source: str = "",
    people: Mapping[tuple, object] | None = None,
    teams: Mapping[tuple, object] | None = None,
) -> TablePlan:
    """Lay a published table beside the season's. Raises BadFile where two rows are the same driver and class."""
    names = names_of(file.rows, lambda row: [row.driver] if row.driver else [], people, teams)
    published = season.standings.filter(computed=False).select_related("driver", "team")
    of_drivers = any(row.driver for row in file.rows)
    # A table of drivers takes the place of the table of drivers, one of teams that of the teams.
    there = {
        _whose(row.driver, row.team, row.car_class): row
        for row in published
        if bool(row.driver) == of_drivers
    }
    lines = _lines(file.rows, names, there)
    kept = {line.before.pk for line in lines if line.before}
    missing = [row for row in there.values() if row.pk not in kept]
    return TablePlan(season, file, final, source, names, lines, missing)


def _lines(rows, names, there):
    lines, seen, problems = [], {}, []
    for row in rows:
        driver = names.people[person_key(row.driver)] if row.driver else None
        team = names.teams[row.team] if row.team else None
        named = driver or team
        # Two spellings can mean one driver, by our records or by the editor.
        key = named and (named.found or named.key), row.car_class.casefold()
        if key in seen:
            words = _("Lines %(first)d and %(second)d are the same: %(name)s.")
            problems.append(words % {"first": seen[key], "second": row.line, "name": named.name})
        seen.setdefault(key, row.line)
        whose = _whose(driver and driver.found, team and team.found, row.car_class)
        lines.append(TableLine(row, driver, team, there.get(whose)))
    refuse_all(problems)
    return lines


def _whose(driver, team, car_class):
    """A driver's row is the driver's, whatever team the table names."""
    return (
        ("driver", driver.pk, car_class.casefold())
        if driver
        else ("team", team and team.pk, car_class.casefold())
    )


@one_at_a_time()
def store_standings(plan: TablePlan, origin: Origin, *, dry_run: bool = False) -> ResultImport | None:
    """Put the table in the place of the published one; None where it says the same already."""
    if plan.is_as_before:
        return None
    made = {}
    drivers = store_drivers(plan.names.drivers, made)
    teams = store_teams(plan.names.clubs, made)
    old = [*plan.missing, *(line.before for line in plan.lines if line.before)]
    before = [_values(row) for row in old]
    Standing.objects.filter(pk__in=[row.pk for row in old]).delete()
    rows = Standing.objects.bulk_create(_standing(plan, line, drivers, teams) for line in plan.lines)
    made["standing"] = [row.pk for row in rows]
    refresh([plan.season])
    log = ResultImport.objects.create(
        season=plan.season,
        target=str(plan.season)[:250],
        user=origin.user,
        file_name=origin.file_name[:200],
        checksum=origin.checksum,
        provider=plan.file.provider,
        new=plan.counts[NEW],
        changed=plan.counts[CHANGED],
        unchanged=plan.counts[UNCHANGED],
        messages=[*plan.moves, *plan.warnings],
        footprint={"made": made, "before": {"standing": before}},
    )
    transaction.set_rollback(dry_run)
    return log


def _standing(plan, line, drivers, teams):
    kept = {name: getattr(line.before, name) for name in KEPT} if line.before else {}
    if line.before and line.before.points == line.row.points:
        kept["gross_points"] = line.before.gross_points
    if kept.get("starts") is not None and (line.row.wins or 0) > kept["starts"]:
        kept["starts"] = None
    return Standing(
        season=plan.season,
        driver=drivers[line.driver.key] if line.driver else None,
        team=teams[line.team.key] if line.team else None,
        car_class=line.row.car_class,
        final=plan.final,
        source=plan.source,
        after_round=plan.file.after_round,
        **{name: getattr(line.row, name) for name in SAID},
        **kept,
    )


def _values(row):
    """The row as JSON can keep it for an undo."""
    names = [field.attname for field in Standing._meta.concrete_fields if field.attname != "id"]
    values = {name: getattr(row, name) for name in names}
    decimals = {name: str(values[name]) for name in ("points", "gross_points") if values[name] is not None}
    return values | decimals
