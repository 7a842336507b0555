from django.http import Http404
from django.shortcuts import render
from django.utils import timezone

from news.models import Race, Season, Standing
from news.views.races import last_race_with_result, rounds_of


def latest_season(request):
    """The year of the last result; without one, this year."""
    race, _classification = last_race_with_result()
    return season(request, race.first_day.year if race else timezone.localdate().year)


def season(request, year):
    """One year: rounds, results and standings."""
    years = sorted({*Race.objects.years(), *Season.objects.values_list("year", flat=True)}, reverse=True)
    if years and year not in years:
        raise Http404
    return render(
        request,
        "news/season_detail.html",
        {
            "year": year,
            "years": years,
            "rounds": rounds_of(year),
            "standings": Standing.objects.of_year(year).in_order(),
        },
    )
