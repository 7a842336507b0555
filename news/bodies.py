"""What the marks in a text stand for (news/blocks.py), looked up for a whole page at once: however many blocks a text
has, its photos, its result lists and the rounds of their races are one question each."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.db.models import BigAutoField, Q

from news.blocks import photos_in, sessions_in
from news.figures import qualifying_of
from news.models import Crew, Photo, Result, Round, Session
from news.querysets.races import RACE_KINDS
from news.querysets.renditions import bring_sizes
from prepared import prepared

# So much of a long list stands in a text, and our lines wherever they are; the whole of it has a page.
SHOWN, FEW = 10, 3


@dataclass(frozen=True)
class SessionBlock:
    """The list in force of a session and our line in it; `rounds` are those of its race."""

    lines: list[Result]
    ours_of_race: list[Result]
    rounds: list[Round]

    @property
    def classification(self):
        return self.lines[0].classification

    @property
    def session(self):
        return self.classification.session

    @property
    def is_timed(self):
        """Practice and qualifying: lap times decide."""
        return not self.session.is_race

    @property
    def is_long(self):
        return len(self.lines) > SHOWN + FEW

    @property
    def shown(self):
        kept = SHOWN if self.is_long else len(self.lines)
        return [line for place, line in enumerate(self.lines) if place < kept or line.entry.is_ours]

    @property
    def own_result(self):
        return next((line for line in self.lines if line.entry.is_ours), None)

    @property
    def qualifying(self):
        return qualifying_of(self.ours_of_race)


@dataclass
class Blocks:
    """What a page knows of the blocks in its text. What is not in here is not shown: a photo whose licence has ended,
    a session without a list, what an article from before the finish would give away."""

    photos: dict[int, Photo] = field(default_factory=dict)
    sessions: dict[int, SessionBlock] = field(default_factory=dict)
    tells: Callable = lambda session: True
    # Where something is missing, the newsroom reads why.
    for_newsroom: bool = False


def lines_in_force(race, sessions):
    """The lines that the fact box and the result of a race are made from, and those of these sessions."""
    if not sessions:
        return _at(race, _of_race(race=race.pk), _crews(race=race.pk)) if race else []
    races = Session.objects.filter(pk__in=sessions).values("race")
    wanted = Q(classification__session__in=sessions) | (
        Q(classification__session__race__in=races) & _is_ours()
    )
    if race:
        wanted |= _tells_of(race)
    return list(Result.objects.current().filter(wanted).with_car().with_race().by_date())


def _is_ours():
    return Q(pk__in=Result.objects.ours().values("pk"))


def _tells_of(race):
    return Q(classification__session__race=race) & (
        Q(classification__session__kind__in=RACE_KINDS) | _is_ours()
    )


@prepared(race=BigAutoField())
def _of_race(race):
    lines = Result.objects.current(race).filter(_tells_of(race)).with_team().by_date()
    return lines.select_related("classification__session")


@prepared(race=BigAutoField())
def _crews(race):
    return Crew.objects.filter(entry__race=race).select_related("driver")


def _at(race, lines, places):
    """The lines with their crews, and with the race at hand in place of a copy for each."""
    crews = {}
    for place in places:
        crews.setdefault(place.entry_id, []).append(place.driver)
    for line in lines:
        line.classification.session.race = race
        line.entry.crew_drivers = crews.get(line.entry_id, [])
    return lines


def session_blocks(sessions, lines, rounds):
    """{session's key: its block}, for those of the sessions that have a list."""
    of_session, ours_of = {}, {}
    for line in lines:
        session = line.classification.session
        of_session.setdefault(session.pk, []).append(line)
        if line.entry.is_ours:
            ours_of.setdefault(session.race_id, []).append(line)
    return {
        key: SessionBlock(
            sorted(of_session[key], key=place_in_list),
            ours_of.get(race := of_session[key][0].classification.session.race_id, []),
            [each for each in rounds if each.race_id == race],
        )
        for key in sessions
        if key in of_session
    }


def place_in_list(line):
    """Places first, then the lines without one in the order of the list."""
    return line.position is None, line.position or 0, line.pk


def rounds_of(races):
    """All rounds of one race, or of several."""
    if len(races) == 1:
        return _rounds(race=next(iter(races)))
    return list(Round.objects.filter(race__in=races).select_related("season__series"))


@prepared(race=BigAutoField())
def _rounds(race):
    return Round.objects.filter(race=race).select_related("season__series")


def blocks_in(*texts):
    """The blocks of texts that stand alone, such as those of a page or a feed."""
    found = photos_only(*texts)
    sessions = {key for text in texts for key in sessions_in(text)}
    lines = lines_in_force(None, sessions) if sessions else []
    rounds = rounds_of({line.classification.session.race_id for line in lines}) if lines else []
    found.sessions = session_blocks(sessions, lines, rounds)
    return found


def photos_only(*texts):
    """The photos in these texts, for where tables would only be in the way."""
    keys = {key for text in texts for key in photos_in(text)}
    photos = [photo for photo in Photo.objects.filter(pk__in=keys) if photo.is_showable()] if keys else []
    bring_sizes(photos)
    return Blocks({photo.pk: photo for photo in photos})
