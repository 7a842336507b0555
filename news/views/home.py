from django.db.models import (
    CharField,
    DateField,
    DateTimeField,
    IntegerField,
    Prefetch,
    Q,
    prefetch_related_objects,
)
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language

from news.figures import figures_of, our_lines, results_by_race, tells_the_result
from news.models import Article, Race, Result, Session
from news.querysets.renditions import bring_sizes
from prepared import prepared

MORE_NEWS = 5
# So much of the last result list; the whole of it has a page.
SHOWN_OF_LAST = 5


def home(request):
    """The next race, the latest report, the last result, more news and the season at a glance."""
    articles = _leading(at=timezone.now(), language=get_language())
    bring_sizes(article.lead_photo for article in articles if article.lead_photo)
    lead, *more = articles or [None]
    every_line = _last_list(today=timezone.localdate())
    last_results = _head(every_line)
    year = last_results[0].race.year if last_results else timezone.localdate().year
    races, next_race = _races(year)
    lines = our_lines(year=year, race=lead and lead.race_id)
    ours = results_by_race(lines)
    return render(
        request,
        "news/home.html",
        {
            "lead": lead,
            "lead_figures": _figures_beside(lead, lines),
            "more": more,
            "next_race": next_race,
            "next_start": next_race and next_race.next_start(),
            "last_results": last_results,
            "last_cars": len(every_line),
            "last_unknown": _unknown(last_results),
            "year": year,
            "rounds": [(race, ours.get(race.pk)) for race in races if race.year == year],
        },
    )


@prepared(at=DateTimeField(), language=CharField())
def _leading(at, language):
    return Article.objects.public(at).in_language(language).leading(MORE_NEWS + 1).as_cards()


@prepared(today=DateField())
def _last_list(today):
    return Result.objects.of_last_race(today).with_car().with_race()


@prepared(year=IntegerField(), today=DateField())
def _of_year_and_to_come(year, today):
    return Race.objects.filter(Q(year=year) | Q(last_day__gte=today)).with_place().in_order()


def _figures_beside(lead, lines):
    """Our figures of the race that the article is about, unless it came out before the finish."""
    figures = figures_of(lead.race_id, lines) if lead else {}
    line = figures.get("own_result")
    return figures if line and tells_the_result(lead, line.classification.session) else {}


def _head(lines):
    """The first lines of a list, and ours wherever they stand."""
    return [line for place, line in enumerate(lines) if place < SHOWN_OF_LAST or line.entry.is_ours]


def _unknown(lines):
    """The columns that the home page leaves out because nothing in them is known; the race page shows them."""
    return {
        "grid": not any(line.grid for line in lines),
        "gap": not any(line.behind_ms or line.behind_laps or line.total_time_ms for line in lines),
    }


def _races(year):
    """The year's races and those to come, and the next one with its sessions: one question for both."""
    today = timezone.localdate()
    races = _of_year_and_to_come(year=year, today=today)
    next_race = next((race for race in races if race.is_upcoming(today)), None)
    if next_race:
        prefetch_related_objects([next_race], Prefetch("sessions", Session.objects.with_list_state()))
    return races, next_race
