from dataclasses import dataclass
from types import SimpleNamespace

from django.db.models import BigAutoField, CharField, DateField, DateTimeField
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import get_language

from news.career import questions
from news.career.lines import does_count
from news.models import Article, Entry, Race, Result
from news.querysets.renditions import bring_sizes
from news.views.result_lists import lists_by_session, seat_crews
from prepared import prepared

EARLIER = 6


@dataclass(frozen=True)
class OurCar:
    """A car of ours in a race, with what is known of its way through the weekend."""

    entry: Entry
    team: str
    race_lines: list[Result]
    best_qualifying: Result | None


@dataclass(frozen=True)
class Record:
    """What we have done at a circuit before: races, the newest first, their numbers, and our best lap of the layout."""

    lines: list[Result]
    best_lap: Result | None
    qualifying_races: bool  # whether they stand in the numbers: the site's setting

    @property
    def newest(self):
        return self.lines[:EARLIER]

    @property
    def figures(self):
        lines = [line for line in self.lines if does_count(line, self.qualifying_races)]
        counted = (questions.STARTS, questions.WINS, questions.PODIUMS)
        return [*(questions.count(question, lines) for question in counted), questions.best_finish(lines)]


def race_detail(request, year, slug):
    """One event of the calendar: timetable, result lists, our cars, reports, earlier races in this place."""
    race = get_object_or_404(Race.objects.of_year(year).with_place().with_rounds(), slug=slug)
    sessions = list(race.sessions.with_list_state().in_order())
    main = next((session for session in reversed(sessions) if session.is_race), None)
    context = {
        "race": race,
        "sessions": sessions,
        "main_session": main,
        **_driven(race, sessions, request.profile.qualifying_races_count),
        **_written(race),
    }
    return render(request, "news/race_detail.html", context)


# What the lines of a race and of those before it in the same place are found by.
EVENT = {"pk": BigAutoField(), "circuit_id": BigAutoField(), "first_day": DateField()}


@prepared(**EVENT)
def _of_event(**race):
    return Result.objects.of_event(SimpleNamespace(**race)).with_list().with_team()


@prepared(at=DateTimeField(), language=CharField(), race=BigAutoField())
def _about(at, language, race):
    return Article.objects.public(at).in_language(language).about(race).newest_first().as_cards()


def _driven(race, sessions, qualifying_races):
    lines = _of_event(**{name: getattr(race, name) for name in EVENT})
    entries = seat_crews(lines, race)
    lists = lists_by_session(sessions, lines)
    current = [each[0] for each in lists.values()]
    return {
        "timetable": [(session, lists.get(session.pk, [None])[0]) for session in sessions],
        "race_results": [each for each in lists.values() if each[0].session.is_race],
        "other_results": [each for each in lists.values() if not each[0].session.is_race],
        "cars": [_our_car(entry, team, current) for entry, team in entries.items() if entry.is_ours],
        "record": _record(race, [line for line in lines if line.entry.race_id != race.pk], qualifying_races),
    }


def _written(race):
    articles = _about(at=timezone.now(), language=get_language(), race=race.pk)
    # The report first, then the others by date.
    articles.sort(key=lambda article: article.kind != Article.Kind.REPORT)
    bring_sizes(article.lead_photo for article in articles if article.lead_photo)
    return {
        "articles": articles,
        "photo": next((article.picture for article in articles if article.picture), None),
    }


def _our_car(entry, team, lists):
    lines = [(each.session, line) for each in lists for line in each.ours if line.entry_id == entry.pk]
    timed = [line for session, line in lines if "qualifying" in session.kind and line.best_lap_ms]
    return OurCar(
        entry=entry,
        team=team,
        race_lines=[line for session, line in lines if session.is_race],
        best_qualifying=min(timed, key=lambda line: line.best_lap_ms, default=None),
    )


def _record(race, lines, qualifying_races):
    """Laps of another layout are no measure; those of all sessions count."""
    lines.sort(key=lambda line: line.race.first_day, reverse=True)
    laps = [line for line in lines if line.best_lap_ms and line.race.layout_id == race.layout_id]
    return Record(
        lines=[line for line in lines if line.classification.session.is_race],
        best_lap=min(laps, key=lambda line: line.best_lap_ms, default=None),
        qualifying_races=qualifying_races,
    )
