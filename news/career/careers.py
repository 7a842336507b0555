"""A driver's career: all that is recorded of it, in numbers, by season and race by race.

Counted are the lines of races on the result lists in force. A season of which no race is recorded counts by
its final standing, and the number says so.
"""

from dataclasses import dataclass
from functools import cached_property

from news.career import questions
from news.career.questions import count
from news.models import Driver, Race, Result, Season, Standing


@dataclass(frozen=True)
class SeasonRecord:
    """One season of a driver in a series; `season` is None for the year's races outside any championship."""

    year: int
    season: Season | None
    lines: tuple[Result, ...]
    standing: Standing | None

    @property
    def by_standing(self):
        """The final standing that counts where no race of the season is recorded."""
        return (self.standing,) if self.standing and self.standing.final and not self.lines else ()

    @property
    def starts(self):
        return self._count(questions.STARTS)

    @property
    def wins(self):
        return self._count(questions.WINS)

    @property
    def podiums(self):
        return self._count(questions.PODIUMS)

    @property
    def podiums_at_least(self):
        """Whether that number is only the least that it can be."""
        return count(questions.PODIUMS, self.lines, self.by_standing).at_least

    @property
    def best(self):
        return questions.best_finish(self.lines, self.by_standing).value

    def _count(self, question):
        return count(question, self.lines, self.by_standing).value if self.lines or self.by_standing else None

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
class Career:
    driver: Driver
    lines: tuple[Result, ...]
    standings: tuple[Standing, ...]
    races: tuple[Race, ...]

    @cached_property
    def rounds(self):
        """{race's id: the rounds that it counts as}"""
        return {race.pk: race.rounds.all() for race in self.races}

    def rounds_of(self, line):
        return self.rounds.get(line.entry.race_id, ())

    @cached_property
    def unrecorded(self):
        """Final standings of seasons without a recorded race; of several in one, that over all classes."""
        recorded = {each.season_id for line in self.lines for each in self.rounds_of(line)}
        found = {}
        for standing in sorted(self.standings, key=lambda standing: standing.car_class != ""):
            if standing.final and standing.season_id not in recorded:
                found.setdefault(standing.season_id, standing)
        return tuple(found.values())

    @cached_property
    def figures(self):
        """All numbers in the order of the page; a driver without any record has none."""
        if not self.lines and not self.unrecorded:
            return []
        return [
            self._count(questions.STARTS),
            self._count(questions.WINS),
            self._count(questions.PODIUMS),
            questions.titles(self.standings),
            questions.best_finish(self.lines, self.unrecorded),
            questions.most_places_gained(self.lines),
            self._count(questions.CLASS_WINS),
            self._count(questions.POLES),
            self._count(questions.FASTEST_LAPS),
            self._count(questions.RETIREMENTS),
        ]

    @property
    def unknown(self):
        """The numbers that cannot be given: too little is recorded."""
        return [figure for figure in self.figures if figure.value is None]

    def _count(self, question):
        return count(question, self.lines, self.unrecorded)

    @cached_property
    def seasons(self):
        """The newest year first; in a year the championships by name, then the races outside of them."""
        lines, seasons, standings = {}, {None: None}, {}
        for line in self.lines:
            for season in [each.season for each in self.rounds_of(line)] or [None]:
                key = line.entry.race.year, season and season.pk
                seasons[key[1]] = season
                lines.setdefault(key, []).append(line)
        for standing in self.standings:
            key = standing.season.year, standing.season_id
            seasons[key[1]] = standing.season
            standings.setdefault(key, standing)
        records = [
            SeasonRecord(key[0], seasons[key[1]], tuple(lines.get(key, ())), standings.get(key))
            for key in {**lines, **standings}
        ]
        return sorted(records, key=lambda each: (-each.year, each.season is None, str(each.season or "")))

    @property
    def latest_year(self):
        """The last year with a recorded race."""
        return self.lines[-1].entry.race.year if self.lines else None

    def stops(self, year):
        """The year's races in order, two of one weekend by themselves; without what was called off."""
        driven = {}
        for line in self.lines:
            driven.setdefault(line.entry.race_id, {}).setdefault(line.classification.session_id, line)
        return [
            stop
            for race in self.races
            if race.year == year and (race.state != Race.State.CANCELLED or race.pk in driven)
            for stop in _stops(race, list(driven.get(race.pk, {}).values()))
        ]


def _stops(race, lines):
    if len(lines) < 2:
        return [Stop(race, lines[0] if lines else None, race.short)]
    labels = [line.classification.session.label or number for number, line in enumerate(lines, start=1)]
    return [Stop(race, line, f"{race.short} ({label})") for line, label in zip(lines, labels, strict=True)]


def career_of(driver) -> Career:
    """All that is recorded of a driver, at four queries."""
    return Career(
        driver=driver,
        lines=tuple(Result.objects.current().in_races().of_driver(driver).with_race().with_team().by_date()),
        standings=tuple(Standing.objects.of_driver(driver).newest_first()),
        races=tuple(Race.objects.of_driver(driver).with_rounds().in_order()),
    )
