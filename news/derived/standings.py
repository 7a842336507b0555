"""Championship tables as they follow from the results.

A season with a point scheme is counted up to its last round, if the list of every race that is over is there. Where
one is missing, a table that the series published is in force; without one, what can be counted up to the gap.
Published rows are never touched.
"""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from news.derived.points import counted_of, round_scores, table
from news.derived.stages import scheme_of, stages_of
from news.models import Season, Standing

MILLIONTH = Decimal("0.000001")
COMPUTED = [
    "driver_id", "team_id", "car_class", "number", "position", "points", "starts", "wins", "final",
    "position_before", "after_round", "gross_points",
]  # fmt: skip


def refresh(seasons: Iterable, on=None) -> None:
    """Write the computed tables of these seasons (rows or their ids) anew; only rows that changed are written."""
    ids = {getattr(season, "pk", season) for season in seasons}
    rows = Standing.objects.filter(season=OuterRef("pk"))
    with transaction.atomic():
        # One after the other: of two saves at the same time the later one counts.
        found = list(
            Season.objects.select_for_update(of=("self",), no_key=True)
            .select_related("scheme")
            .annotate(is_published=Exists(rows.filter(computed=False)))
            .filter(Q(scheme__isnull=False) | Exists(rows.filter(computed=True)), pk__in=ids)
        )
        if not found:
            return
        stages = stages_of([season for season in found if season.scheme])
        wanted = [row for season in found for row in _rows(season, stages.get(season.pk, []), on)]
        _write(wanted, list(Standing.objects.filter(season__in=found, computed=True)))


def gaps(season: Season, on=None) -> list[str]:
    """What keeps the season from being counted to the end, in words; [] when nothing does."""
    stages = stages_of([season])[season.pk] if season.scheme else []
    words = _("Round %(n)d, %(race)s: %(lack)s.")
    return [
        words % {"n": stage.round.number, "race": stage.round.race.short, "lack": stage.lacks}
        for stage in stages
        if stage.lacks and stage.is_over(on)
    ]


def _rows(season, stages, on):
    held, is_complete = _held(stages, on)
    if not held or (season.is_published and not is_complete):
        return []
    tables = [False, True] if season.for_teams else [False]
    return [row for of_teams in tables for row in _table(season, stages, held, of_teams)]


def _held(stages, on):
    """The rounds that can be counted, and whether these are all that are over."""
    held = []
    for stage in stages:
        if not stage.lacks:
            held.append(stage)
        elif stage.is_over(on):
            return held, False
    return held, True


def _table(season, stages, held, of_teams):
    scheme, counted = scheme_of(season), counted_of(season.counted)
    scores = {stage.round.pk: round_scores(stage.heats, scheme, stage.factor, of_teams) for stage in held}
    in_order = [each.round.pk for each in sorted(stages, key=lambda stage: stage.round.number)]
    without_last = scores | {held[-1].round.pk: {}}
    before = _ranked([without_last.get(each, {}) for each in in_order], counted)
    position_before = {row.holder: row.position for row in before}
    cars = _last_cars(held, season, of_teams)
    for row in _ranked([scores.get(each, {}) for each in in_order], counted):
        # Who was in no class has no table.
        if row.holder[0] or not season.by_class:
            standing = _standing(season, row, cars[row.holder], of_teams)
            standing.position_before = position_before.get(row.holder)
            standing.after_round, standing.final = held[-1].round.number, len(held) == len(stages)
            yield standing


def _ranked(rounds, counted):
    groups = dict.fromkeys(group for each in rounds for group, _holder in each)
    for group in groups:
        of_group = [{key: score for key, score in each.items() if key[0] == group} for each in rounds]
        yield from table(of_group, counted)


def _last_cars(held, season, of_teams):
    """{(group, driver or team): the car of theirs that scored last}"""
    found, spelt = {}, {}
    lines = [line for stage in held for _session, lines in stage.lists for line in lines]
    for entry in (line.entry for line in lines if not line.entry.guest):
        group = entry.car_class.casefold() if season.by_class else ""
        holders = [entry.team_id] if of_teams else [place.driver_id for place in entry.crew.all()]
        found.update({(group, holder): entry for holder in holders})
        spelt[group] = entry.car_class if season.by_class else ""
    # One table, one spelling of its class.
    return {key: (entry, spelt[key[0]]) for key, entry in found.items()}


def _standing(season, row, car, of_teams):
    entry, car_class = car
    points, gross = _stored(row.points), _stored(row.gross)
    return Standing(
        season=season,
        driver_id=None if of_teams else row.holder[1],
        team_id=entry.team_id,
        car_class=car_class,
        number="" if of_teams else entry.number,
        position=row.position,
        points=points,
        gross_points=gross if gross != points else None,
        starts=row.starts,
        wins=row.wins,
        computed=True,
    )


def _stored(points: Fraction) -> Decimal:
    return (Decimal(points.numerator) / points.denominator).quantize(MILLIONTH, ROUND_HALF_UP)


def _write(wanted, kept):
    before = {_key(row): row for row in kept}
    after = {_key(row): row for row in wanted}
    Standing.objects.filter(pk__in=[row.pk for key, row in before.items() if key not in after]).delete()
    changed = [key for key in after.keys() & before.keys() if _values(after[key]) != _values(before[key])]
    for key in changed:
        after[key].pk = before[key].pk
    fields = [name.removesuffix("_id") for name in COMPUTED]
    Standing.objects.bulk_update([after[key] for key in changed], fields)
    Standing.objects.bulk_create([row for key, row in after.items() if key not in before])


def _key(row):
    """Whose line of which table it is; the team of a driver may change."""
    return row.season_id, row.car_class.casefold(), row.driver_id, None if row.driver_id else row.team_id


def _values(row):
    return [getattr(row, name) for name in COMPUTED]
