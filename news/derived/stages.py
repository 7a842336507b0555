"""The rounds of a season as its points are counted: with result lists that are whole, or with what they lack."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from news.derived.points import RACE, Heat, Line, Scheme, positions_of
from news.models import Race, Result, Round, Season, Session

NO_PLACE = (
    Result.Status.NOT_CLASSIFIED,
    Result.Status.DISQUALIFIED,
    Result.Status.EXCLUDED,
    Result.Status.NOT_STARTED,
    Result.Status.WITHDRAWN,
)
NO_START = (Result.Status.NOT_STARTED, Result.Status.WITHDRAWN)


@dataclass(frozen=True)
class Stage:
    """A round that counts; `lacks` says in words what keeps it from being counted."""

    round: Round
    lists: tuple[tuple[Session, tuple[Result, ...]], ...]
    heats: tuple[Heat, ...]
    lacks: str

    @property
    def factor(self):
        return Fraction(self.round.factor)

    def is_over(self, on=None):
        return self.round.race.is_over(on) and not self.round.race.is_off


def scheme_of(season: Season) -> Scheme:
    given = season.scheme
    return Scheme(
        positions_of(given.positions),
        positions_of(given.sprint_positions),
        Fraction(given.pole_points),
        Fraction(given.fastest_lap_points),
        given.fastest_lap_within,
        given.shared_cars,
    )


def stages_of(seasons: Collection[Season]) -> dict[int, list[Stage]]:
    """{season's id: its rounds in the order of their days}, at four queries; without those that were called off or
    do not count."""
    rounds = (
        Round.objects.filter(season__in=seasons)
        .exclude(factor=0)
        .exclude(race__state=Race.State.CANCELLED)
        .select_related("race")
        .order_by("race__first_day", "number")
    )
    races = {each.race_id for each in rounds}
    lines, sessions = _lines(races), defaultdict(list)
    for session in Session.objects.races().in_order().filter(race__in=races, cancelled=False):
        sessions[session.race_id].append(session)
    found = {season.pk: [] for season in seasons}
    by_id = {season.pk: season for season in seasons}
    for each in rounds:
        lists = [(session, tuple(lines[session.pk])) for session in sessions[each.race_id]]
        found[each.season_id].append(_stage(each, by_id[each.season_id], lists))
    return found


def _lines(races):
    """{session's id: the lines of its list in force}"""
    lines = defaultdict(list)
    for line in (
        Result.objects.current()
        .in_races()
        .filter(classification__session__race__in=races)
        .select_related("classification", "entry")
        .prefetch_related("entry__crew")
        .order_by("classification", "position", "pk")
    ):
        lines[line.classification.session_id].append(line)
    return lines


def _stage(each, season, lists):
    scheme = scheme_of(season)
    # A sprint that gives no points needs no list.
    scoring = tuple((session, lines) for session, lines in lists if scheme.by_place(session.kind))
    lacks = [
        words for session, lines in scoring if (words := _lacks(season, scheme, each.race, session, lines))
    ]
    if not scoring:
        lacks = [_("there is no race that gives points")]
    heats = tuple(
        Heat(tuple(_line(line, season) for line in lines), session.kind) for session, lines in scoring
    )
    return Stage(each, scoring, heats, lacks[0] if lacks else "")


def _line(result, season):
    entry = result.entry
    return Line(
        drivers=tuple(place.driver_id for place in entry.crew.all()),
        place=_place(result, season),
        team=entry.team_id,
        group=entry.car_class.casefold() if season.by_class else "",
        pole=bool(result.is_pole),
        fastest_lap=bool(result.is_fastest_lap),
        guest=entry.guest,
        started=result.status not in NO_START,
        stated=None if result.points is None else Fraction(result.points),
    )


def _place(result, season):
    if not result.classified or result.status in NO_PLACE:
        return None
    return result.place_in_class if season.by_class else result.position


def _lacks(season, scheme, race, session, lines):
    """Why points cannot be given by this list; "" when they can. A list of the first five of fifty is no list."""
    title = session.title
    if not lines:
        return _("%(session)s has no result list") % {"session": title}
    if season.by_class and any(line.position and line.place_in_class is None for line in lines):
        return _("not every place in class of %(session)s is known") % {"session": title}
    if _has_gap(lines, scheme.by_place(session.kind), race):
        return _("the list of %(session)s leaves out places that score") % {"session": title}
    if all(line.points is not None for line in lines if line.position):
        return ""
    if session.kind == RACE and scheme.pole and all(line.is_pole is None for line in lines):
        return _("who had pole position in %(session)s is not known") % {"session": title}
    if session.kind == RACE and scheme.fastest_lap and all(line.is_fastest_lap is None for line in lines):
        return _("who drove the fastest lap of %(session)s is not known") % {"session": title}
    return ""


def _has_gap(lines, by_place, race):
    scoring = len(by_place) + sum(line.entry.guest for line in lines)
    if any(line.position_or_better for line in lines if line.position is None):
        return True
    places = sorted(line.position for line in lines if line.position)
    if any(better < min(place - 1, scoring) for better, place in enumerate(places)):
        return True
    return len(places) < scoring and len(lines) < (race.starters or 0)
