"""A driver's career: all that is recorded of it, in numbers, by season and race by race.

Counted are the lines of races on the result lists in force. A season of which no race is recorded counts by
its final standing, and the number says so.
"""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import BigAutoField

from news.career.lines import does_count
from news.career.tally import Tally
from news.models import Driver, Race, Result, Season, Session, Standing
from news.querysets.races import RACE_KINDS
from prepared import prepared


@dataclass(frozen=True)
class SeasonRecord(Tally):
    """One season of a driver in a series; `season` is None for the year's races outside any championship."""

    year: int
    season: Season | None
    standing: Standing | None

    @property
    def cells(self):
        return [self.starts, self.wins, self.podiums, self.poles, self.best]

    @property
    def query(self):
        """The races of the season, as an address asks for them."""
        return f"year={self.year}&series={self.season.series_id if self.season else 0}"

    @property
    def cars(self):
        """What was driven, each once: (car, number, team)."""
        found = {(line.entry.car, line.entry.number, line.team_name): None for line in self.lines}
        if self.standing and not self.lines:
            found["", self.standing.number, self.standing.team_then] = None
        return [car for car in found if any(car)]


@dataclass(frozen=True)
class Stop:
    """A race on the way through a season: what is known of its start and finish."""

    race: Race
    line: Result | None
    title: str

    @property
    def place(self):
        return self.line and self.line.position

    @property
    def bound(self):
        """3 for "on the podium": all that is known of the place."""
        return self.line and self.line.position_or_better

    @property
    def grid(self):
        return int(self.line.grid) if self.line and self.line.grid.isdecimal() else None

    @property
    def is_out(self):
        return bool(self.line) and not self.place and self.line.status in Result.CODES


@dataclass(frozen=True)
class Career(Tally):
    """`lines` are the races that count; `driven` also those that the site's setting leaves out."""

    driver: Driver
    driven: tuple[Result, ...]
    standings: tuple[Standing, ...]
    races: tuple[Race, ...]
    qualifying_races: bool

    def rounds_of(self, line):
        return self._rounds.get(line.entry.race_id, ())

    @cached_property
    def _rounds(self):
        return {race.pk: race.rounds.all() for race in self.races}

    @property
    def final_standings(self):
        return self.standings

    @cached_property
    def seasons(self):
        """The newest year first; in a year the championships by name, then the races outside of them."""
        lines, seasons, standings = {}, {None: None}, {}
        for line in self.lines:
            for season in [each.season for each in self.rounds_of(line)] or [None]:
                key = line.race.year, season and season.pk
                seasons[key[1]] = season
                lines.setdefault(key, []).append(line)
        for standing in self.standings:
            key = standing.season.year, standing.season_id
            seasons[key[1]] = standing.season
            standings.setdefault(key, standing)
        records = [
            _record(seasons[key[1]], key[0], tuple(lines.get(key, ())), standings.get(key))
            for key in {**lines, **standings}
        ]
        return sorted(records, key=lambda each: (-each.year, each.season is None, str(each.season or "")))

    @cached_property
    def years(self):
        """The years with a recorded race, the newest first."""
        return sorted({line.race.year for line in self.driven}, reverse=True)

    def stops(self, year):
        """The year's races in order, two of one weekend by themselves; without what was called off."""
        driven = {}
        for line in self.driven:
            driven.setdefault(line.entry.race_id, {}).setdefault(line.classification.session_id, line)
        return [
            stop
            for race in self.races
            if race.year == year and (race.state != Race.State.CANCELLED or race.pk in driven)
            for stop in _stops(race, list(driven.get(race.pk, {}).values()))
        ]


def _record(season, year, lines, standing):
    by_standing = (standing,) if standing and standing.final and not lines else ()
    return SeasonRecord(lines, by_standing, year=year, season=season, standing=standing)


def _stops(race, lines):
    if len(lines) < 2:
        return [Stop(race, lines[0] if lines else None, race.short)]
    labels = [line.classification.session.label or number for number, line in enumerate(lines, start=1)]
    return [Stop(race, line, f"{race.short} ({label})") for line, label in zip(lines, labels, strict=True)]


def _unrecorded(lines, standings, races):
    """Final standings of seasons without a recorded race; of several in one, that over all classes."""
    counted = {line.entry.race_id for line in lines}
    recorded = {each.season_id for race in races if race.pk in counted for each in race.rounds.all()}
    found = {}
    for standing in sorted(standings, key=lambda standing: standing.car_class != ""):
        if standing.final and standing.season_id not in recorded:
            found.setdefault(standing.season_id, standing)
    return tuple(found.values())


@prepared(driver=BigAutoField())
def _driven(driver):
    lines = Result.objects.current().in_races().of_driver(driver).by_date()
    return lines.with_race().with_team().with_crew_size()


@prepared(driver=BigAutoField())
def _standings(driver):
    return Standing.objects.of_driver(driver).in_force().newest_first()


@prepared(driver=BigAutoField())
def _races(qualifying_races, driver):
    kinds = [kind for kind in RACE_KINDS if qualifying_races or kind != Session.Kind.QUALIFYING_RACE]
    races = Race.objects.of_driver(driver).with_what_is_known(driver, kinds)
    return races.select_related("circuit").with_rounds().in_order()


def career_of(driver, qualifying_races=True) -> Career:
    """All that is recorded of a driver, at four queries; qualifying races count if the site says so."""
    driven = tuple(_driven(driver=driver.pk))
    lines = tuple(line for line in driven if does_count(line, qualifying_races))
    standings = tuple(_standings(driver=driver.pk))
    races = tuple(_races(qualifying_races, driver=driver.pk))
    unrecorded = _unrecorded(lines, standings, races)
    return Career(lines, unrecorded, driver, driven, standings, races, qualifying_races)
