from dataclasses import dataclass
from functools import cached_property

from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language

from news.models import Article, Classification, Crew, Entry, Race, Result, Session

# So much of a list stands open; the rest is folded when it is longer than a few lines.
SHOWN_OF_A_RACE, SHOWN_OF_A_SESSION, FEW = 10, 3, 5
EARLIER = 6


@dataclass(frozen=True)
class ResultList:
    """A result list as it is shown: its first lines and ours at once, the whole and its classes on demand."""

    session: Session
    classification: Classification
    lines: list[Result]

    @property
    def is_timed(self):
        """Practice and qualifying: lap times decide, nobody started from anywhere."""
        return not self.session.is_race

    @property
    def shown(self):
        return SHOWN_OF_A_RACE if self.session.is_race else SHOWN_OF_A_SESSION

    @property
    def is_long(self):
        return len(self.lines) > self.shown + FEW

    @property
    def first_lines(self):
        """The first lines, and ours wherever they stand."""
        if not self.is_long:
            return self.lines
        return [line for place, line in enumerate(self.lines) if place < self.shown or line.entry.is_ours]

    @cached_property
    def classes(self):
        """[(class, its lines by place in it)], ours first; only where places in class are known."""
        classes = {}
        for line in sorted(self.lines, key=lambda line: line.place_in_class or 0):
            if line.entry.car_class and line.place_in_class:
                classes.setdefault(line.entry.car_class, []).append(line)
        return sorted(classes.items(), key=lambda each: not any(line.entry.is_ours for line in each[1]))


@dataclass(frozen=True)
class SessionResults:
    """A session with its result list in force and the older ones."""

    session: Session
    lists: list[ResultList]

    @property
    def current(self):
        return self.lists[0]

    @property
    def older(self):
        return self.lists[1:]

    @cached_property
    def ours(self):
        return [line for line in self.current.lines if line.entry.is_ours]


@dataclass(frozen=True)
class OurCar:
    """A car of ours in a race, with what is known of its way through the weekend."""

    entry: Entry
    team: str
    race_lines: list[Result]
    best_qualifying: Result | None


def race_detail(request, year, slug):
    """One event of the calendar: timetable, result lists, our cars, reports, earlier races in this place."""
    race = get_object_or_404(Race.objects.of_year(year).with_place().with_rounds(), slug=slug)
    sessions = list(race.sessions.in_order())
    main = next((session for session in reversed(sessions) if session.is_race), None)
    context = {
        "race": race,
        "sessions": sessions,
        "main_session": main,
        **_driven(race, sessions),
        **_written(race),
    }
    return render(request, "news/race_detail.html", context)


def _driven(race, sessions):
    lines = list(Result.objects.of_event(race).with_list().with_team())
    entries = _entries_of(race, lines)
    results = _results_by_session(sessions, lines)
    earlier = [line for line in lines if line.entry.race_id != race.pk]
    return {
        "timetable": [(session, results.get(session.pk)) for session in sessions],
        "race_results": [each for each in results.values() if each.session.is_race],
        "other_results": [each for each in results.values() if not each.session.is_race],
        "cars": [_our_car(entry, team, results.values()) for entry, team in entries if entry.is_ours],
        "earlier": sorted(earlier, key=lambda line: line.entry.race.first_day, reverse=True)[:EARLIER],
    }


def _written(race):
    reports = Article.objects.public().in_language(get_language()).about(race)
    # The report first, then the others by date.
    articles = sorted(
        reports.newest_first().with_pictures(), key=lambda article: article.kind != Article.Kind.REPORT
    )
    return {
        "articles": articles,
        "photo": next((article.picture for article in articles if article.picture), None),
    }


def _entries_of(race, lines):
    """[(car, name of its team)] of the race, with or without a result. The lines get their crews from here too."""
    entries, crews = {}, {}
    for place in Crew.objects.of_race(race):
        crews.setdefault(place.entry_id, []).append(place.driver)
        entries.setdefault(place.entry_id, (place.entry, place.team_then))
    for entry in [*(entry for entry, _team in entries.values()), *(line.entry for line in lines)]:
        entry.crew_drivers = crews.get(entry.pk, [])
    return list(entries.values())


def _results_by_session(sessions, lines):
    """{session's id: its lists, the one in force first}; lines come in that order."""
    lists = {}
    for line in lines:
        of_session = lists.setdefault(line.classification.session_id, {})
        of_session.setdefault(line.classification, []).append(line)
    return {
        session.pk: SessionResults(
            session,
            [
                ResultList(session, classification, found)
                for classification, found in lists[session.pk].items()
            ],
        )
        for session in sessions
        if session.pk in lists
    }


def _our_car(entry, team, results):
    lines = [(each.session, line) for each in results for line in each.ours if line.entry_id == entry.pk]
    timed = [line for session, line in lines if "qualifying" in session.kind and line.best_lap_ms]
    return OurCar(
        entry=entry,
        team=team,
        race_lines=[line for session, line in lines if session.is_race],
        best_qualifying=min(timed, key=lambda line: line.best_lap_ms, default=None),
    )
