"""A career by series, circuit, car, team and crew; and any selection of its races, as an address asks for it."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from news.career.careers import Career
from news.career.questions import Figure
from news.career.tally import Tally
from news.models import Result, Standing

SOLO, SHARED = "solo", "shared"
NOT_RECORDED = _("not recorded")


@dataclass(frozen=True)
class Division:
    """What a career is divided by. `keys` names the groups that a line belongs to, {key: title}; `of_standing` those
    of a season's final standing, which stands for its races."""

    name: str
    title: Promise
    heading: Promise
    keys: Callable[[Career, Result], dict]
    of_standing: Callable[[Standing], dict] = lambda standing: {}
    note: Promise | str = ""


@dataclass(frozen=True)
class Group(Tally):
    division: Division
    key: str
    title: str

    @property
    def query(self):
        return urlencode({self.division.name: self.key})


@dataclass(frozen=True)
class Selection(Tally):
    """Races of a career: those of the `groups` alone; `asked` is the number that they are to explain, if any."""

    groups: tuple[Group, ...]
    standings: tuple[Standing, ...]
    asked: Figure | None = None

    @property
    def final_standings(self):
        return self.standings

    @property
    def query(self):
        return urlencode([(group.division.name, group.key) for group in self.groups])

    @property
    def address(self):
        """The whole question, in one order."""
        return "&".join(filter(None, [self.query, self.asked and f"figure={self.asked.question.key}"]))

    @property
    def shown(self):
        """The lines of the list, the newest first."""
        return tuple(reversed(self.asked.lines if self.asked else self.lines))

    @property
    def shown_standings(self):
        return self.asked.standings if self.asked else self.unrecorded


def _series(career, line):
    found = {str(each.season.series_id): str(each.season.series) for each in career.rounds_of(line)}
    return found or {"0": _("Races outside a championship")}


def _circuit(_career, line):
    circuit = line.race.circuit
    return {str(circuit.pk): str(circuit)} if circuit else {"0": NOT_RECORDED}


def _car(_career, line):
    """Files write one car in several ways: BMW Z4 GT3, BMW Z4 gt3."""
    return {" ".join(line.entry.car.split()).casefold() or "0": line.entry.car or NOT_RECORDED}


def _team(_career, line):
    return {str(line.entry.team_id or 0): line.entry.team.name if line.entry.team else NOT_RECORDED}


def _crew(_career, line):
    return {SHARED: _("With others")} if line.crew_size > 1 else {SOLO: _("Alone")}


YEAR = Division(
    "year",
    _("Year"),
    _("By year"),
    lambda career, line: {str(line.race.year): str(line.race.year)},
    lambda standing: {str(standing.season.year): str(standing.season.year)},
)
SERIES = Division(
    "series",
    _("Series"),
    _("By series"),
    _series,
    lambda standing: {str(standing.season.series_id): str(standing.season.series)},
)
CIRCUIT = Division("circuit", _("Circuit"), _("By circuit"), _circuit)
CAR = Division("car", _("Car"), _("By car"), _car)
TEAM = Division(
    "team",
    _("Team"),
    _("By team"),
    _team,
    lambda standing: {str(standing.team_id): standing.team.name} if standing.team else {},
)
CREW = Division(
    "crew",
    pgettext_lazy("who drives", "Crew"),
    _("Alone and shared"),
    _crew,
    note=_("As many drivers as the entry of the car names: one or several."),
)
DIVISIONS = (YEAR, SERIES, CIRCUIT, CAR, TEAM, CREW)


def groups_of(career, division) -> list[Group]:
    """The groups with the most starts first."""
    titles, lines, standings = {}, {}, {}
    for line in career.lines:
        for key, title in division.keys(career, line).items():
            titles.setdefault(key, title)
            lines.setdefault(key, []).append(line)
    for standing in career.unrecorded:
        for key, title in division.of_standing(standing).items():
            titles.setdefault(key, title)
            standings.setdefault(key, []).append(standing)
    groups = [
        Group(tuple(lines.get(key, ())), tuple(standings.get(key, ())), division, key, title)
        for key, title in titles.items()
    ]
    return sorted(groups, key=lambda group: (-(group.starts.value or 0), str(group.title)))


def selected(career, wanted) -> Selection:
    """What an address asks for, {"series": "3", "figure": "wins"}; LookupError for what is not on record."""
    groups = [
        _group(career, division, wanted[division.name]) for division in DIVISIONS if division.name in wanted
    ]
    lines, unrecorded, standings = career.lines, career.unrecorded, career.standings
    for group in groups:
        counted = {line.pk for line in group.lines}
        lines = tuple(line for line in lines if line.pk in counted)
        unrecorded, standings = (
            tuple(each for each in kept if group.key in group.division.of_standing(each))
            for kept in (unrecorded, standings)
        )
    selection = Selection(lines, unrecorded, tuple(groups), standings)
    if "figure" not in wanted:
        return selection
    return Selection(lines, unrecorded, tuple(groups), standings, selection.figure(wanted["figure"]))


def _group(career, division, key):
    found = next((group for group in groups_of(career, division) if group.key == key), None)
    if found is None:
        raise LookupError(key)
    return found
