"""Championship tables as a page shows them: one for each class and for teams, with what has moved since the round
before."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.utils.translation import gettext as _

from news.derived.points import counted_of
from news.models import PointScheme, Race, Round, Season, Standing

# More rows than this stand folded under the table; ours never do.
ROWS_SHOWN = 12


@dataclass(frozen=True)
class TableRow:
    standing: Standing
    is_own: bool
    # None where there is no table of the round before.
    moved: int | None = None
    is_new: bool = False
    behind: Decimal | None = None

    @property
    def places(self):
        """How many places it has moved, up or down."""
        return abs(self.moved)

    @property
    def dropped(self):
        """The points with dropped results, where these are more."""
        return self.standing.gross_points


@dataclass(frozen=True)
class Table:
    season: Season
    car_class: str
    of_teams: bool
    standings: tuple[Standing, ...]
    own_teams: frozenset[int]

    @property
    def first(self):
        return self.standings[0]

    @property
    def title(self):
        """GT Masters 2014, SP9, teams"""
        return ", ".join(filter(None, [str(self.season), self.car_class, self.of_teams and _("teams")]))

    @property
    def after_round(self):
        """The last round that is counted, where the table says so."""
        return self.first.after_round

    @property
    def sources(self):
        return ", ".join(dict.fromkeys(each.source for each in self.standings if each.source))

    @cached_property
    def has_moved(self):
        return any(each.position_before for each in self.standings)

    @cached_property
    def has_starts(self):
        return any(each.starts for each in self.standings)

    @cached_property
    def rows(self):
        return [self._row(each) for each in self.standings]

    def _row(self, standing):
        before, place, best = standing.position_before, standing.position, self.first.points
        known = standing.points is not None and best is not None and self.first.position == 1
        return TableRow(
            standing=standing,
            is_own=standing.team_id in self.own_teams if self.of_teams else standing.driver.ours,
            moved=before - place if self.has_moved and before and place else None,
            is_new=self.has_moved and before is None,
            behind=best - standing.points if known and best > standing.points else None,
        )

    @cached_property
    def shown(self):
        """The first ones, and ours wherever they are."""
        return [row for number, row in enumerate(self.rows) if number < ROWS_SHOWN or row.is_own]

    @cached_property
    def folded(self):
        """The others; of a computed table those with points."""
        rest = [row for row in self.rows[ROWS_SHOWN:] if not row.is_own]
        return [row for row in rest if row.standing.points or not row.standing.computed]

    @property
    def without_points(self):
        """How many more started and have no points so far."""
        return len(self.rows) - len(self.shown) - len(self.folded)

    @property
    def is_only_ours(self):
        return len(self.rows) == 1 and self.rows[0].is_own


@dataclass(frozen=True)
class Championship:
    season: Season
    tables: tuple[Table, ...]

    @property
    def is_computed(self):
        return self.tables[0].first.computed

    @property
    def scheme(self) -> PointScheme:
        return self.season.scheme

    @property
    def positions(self) -> list[Decimal]:
        """The points from the first place on."""
        return _points(self.scheme.positions)

    @property
    def sprint_positions(self) -> list[Decimal]:
        return _points(self.scheme.sprint_positions)

    @cached_property
    def rounds(self) -> list[Round]:
        """Those that count."""
        every = self.season.rounds.all()
        return [each for each in every if each.factor and each.race.state != Race.State.CANCELLED]

    @property
    def last_round(self):
        return self.rounds[-1].number if self.rounds else None

    @property
    def special_rounds(self):
        """Rounds with half or double points."""
        return [each for each in self.rounds if each.factor != 1]

    @property
    def counted(self):
        """[(how many count, first round, last round)]; (11, None, None) for eleven of all."""
        parts, numbers = counted_of(self.season.counted), [each.number for each in self.rounds]
        if len(parts) < 2:
            return [(best, None, None) for best, _of in parts]
        found = []
        for best, of in parts[:-1]:
            part, numbers = numbers[:of], numbers[of:]
            found.append((best, part))
        found.append((parts[-1][0], numbers))
        return [(best, part[0], part[-1]) for best, part in found if part]


def _points(text):
    return [Decimal(each.strip()) for each in text.split(",") if each.strip()]


def championships_of(standings: Iterable[Standing]) -> list[Championship]:
    """In the order of the rows; drivers before teams, our class before the others."""
    seasons, tables, own_teams, own_classes = {}, {}, {}, set()
    for each in standings:
        seasons[each.season_id] = each.season
        tables.setdefault((each.season_id, each.driver_id is None, each.car_class), []).append(each)
        if each.driver and each.driver.ours:
            own_teams.setdefault(each.season_id, set()).add(each.team_id)
            own_classes.add((each.season_id, each.car_class))

    def order(key):
        season, of_teams, car_class = key
        return of_teams, car_class != "" and (season, car_class) not in own_classes, car_class

    return [
        Championship(
            season,
            tuple(
                Table(season, key[2], key[1], tuple(tables[key]), frozenset(own_teams.get(pk, ())))
                for key in sorted(tables, key=order)
                if key[0] == pk
            ),
        )
        for pk, season in seasons.items()
    ]
