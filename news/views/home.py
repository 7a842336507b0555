from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language

from news.models import Article, Race, Result
from news.views.races import last_race_with_result, rounds_of

MORE_NEWS = 5


def home(request):
    """The latest report, the next race, the last result, more news and the season at a glance."""
    articles = Article.objects.public().in_language(get_language()).lead().with_pictures()[: MORE_NEWS + 1]
    lead, *more = articles or [None]
    last_race, classification = last_race_with_result()
    year = last_race.first_day.year if last_race else timezone.localdate().year
    return render(
        request,
        "news/home.html",
        {
            "lead": lead,
            "lead_result": lead and lead.race_id and own_result(lead.race_id),
            "more": more,
            "next_race": Race.objects.upcoming().with_sessions().first(),
            "last_race": last_race,
            "classification": classification,
            "year": year,
            "rounds": rounds_of(year),
        },
    )


def own_result(race):
    """Our best line in the race's result lists in force, or None."""
    return Result.objects.current().in_races().ours().filter(entry__race=race).with_entry().first()
