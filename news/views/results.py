from django.conf import settings
from django.db.models import IntegerField
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from news.career import questions
from news.career.lines import does_count
from news.career.matrix import columns_of, matrices_of, results_of_year
from news.career.tables import championships_of
from news.models import Race, Standing
from prepared import prepared


def latest_season(request):
    """The last year of which a race is over or a standing is known; without one, the first year to come."""
    today = timezone.localdate()
    years = Race.objects.recorded_years()
    begun = [year for year, first_end in years.items() if first_end is None or first_end < today]
    year = next(iter(begun or sorted(years)), today.year)
    return _page(request, year, years)


def season(request, year):
    """One year: its races, results and standings."""
    years = Race.objects.recorded_years()
    if year not in years:
        raise Http404
    return _page(request, year, years)


@prepared(year=IntegerField())
def _races(year):
    return Race.objects.of_year(year).in_order().with_sessions().with_rounds()


@prepared(year=IntegerField())
def _standings(year):
    return Standing.objects.of_year(year).in_force().in_order().with_rounds()


def _page(request, year, years):
    races = _races(year=year)
    standings = championships_of(_standings(year=year))
    lines = results_of_year(year=year)
    columns = columns_of(races)
    ours = [line for line in lines if line.entry.is_ours]
    return render(
        request,
        "news/season_detail.html",
        {
            "year": year,
            # The newest season also stands at the address without a year; search engines get this one.
            "canonical": reverse("news:season", kwargs={"year": year}),
            "versions": {code: _address_in(code, year) for code, _name in settings.LANGUAGES},
            "years": years,
            "columns": columns,
            # Who subscribes wants to hear of races to come; a season of the past is history.
            "is_open": any(not race.is_over() for race in races),
            "matrices": matrices_of(columns, lines),
            "races": [(column, _lines_in(column, ours)) for column in columns],
            "standings": standings,
            "summary": _summary(columns, ours, request.profile.qualifying_races_count),
        },
    )


def _address_in(code, year):
    with override(code):
        return reverse("news:season", kwargs={"year": year})


def _lines_in(column, lines):
    return [line for line in lines if column.session and line.classification.session_id == column.session.pk]


def _summary(columns, lines, qualifying_races):
    """What the year came to: the numbers that are known."""
    shown = len(lines)
    lines = [line for line in lines if does_count(line, qualifying_races)]
    return {
        "leaves_out": len(lines) < shown,
        # Without what was called off, unless it was driven all the same.
        "races": sum(not column.race.is_off or _lines_in(column, lines) != [] for column in columns),
        "recorded": questions.races_in(lines),
        "wins": questions.count(questions.WINS, lines).value,
        "podiums": questions.count(questions.PODIUMS, lines).value,
        "best": questions.best_finish(lines).value,
    }
