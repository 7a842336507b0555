"""Our own figures of a race: what fact boxes and key figures are made from."""

from datetime import timedelta

from django.db.models import BigAutoField, IntegerField, Q

from news.models import Article, Result
from news.querysets.races import RACE_KINDS
from prepared import prepared


@prepared(year=IntegerField(), race=BigAutoField())
def our_lines(year, race):
    """Our lines of the lists in force, of a whole year and of one race."""
    wanted = Q(classification__session__race=race) | Q(classification__session__race__year=year)
    return Result.objects.current().ours().filter(wanted).with_race().by_date()


def figures_of(race_id, lines):
    """Our line in the race that ended its weekend, and the best lap of its qualifying."""
    lines = [line for line in lines if line.classification.session.race_id == race_id]
    races = [line for line in lines if line.classification.session.kind in RACE_KINDS]
    return {"own_result": races[-1] if races else None, "qualifying": qualifying_of(lines)}


def qualifying_of(lines):
    """Our best lap of a qualifying, of our lines of one race."""
    timed = [
        line
        for line in lines
        if line.best_lap_ms
        and "qualifying" in line.classification.session.kind
        and line.classification.session.kind not in RACE_KINDS
    ]
    return min(timed, key=lambda line: line.best_lap_ms, default=None)


def results_by_race(lines):
    """Our result of each race in which we were: {race's id: line}."""
    return {
        line.classification.session.race_id: line
        for line in lines
        if line.classification.session.kind in RACE_KINDS
    }


def tells_the_result(article, session):
    """Whether the race was over when the article came out. Where its hours are not known, its last day decides, and a
    preview is of before all the same."""
    came_out, race = article.published_at, session.race
    if not came_out:
        return True
    if session.starts_at and session.time_known and session.planned_minutes:
        return came_out >= session.starts_at + timedelta(minutes=session.planned_minutes)
    day = came_out.astimezone(race.zone).date()
    return day > race.last_day or (day == race.last_day and article.kind != Article.Kind.PREVIEW)
