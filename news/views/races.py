from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import get_language

from news.models import Article, Classification, Race, Result


def race_detail(request, year, slug):
    """One event of the calendar: timetable, result lists, our car, reports and earlier races at the same place."""
    race = get_object_or_404(Race.objects.of_year(year).with_sessions().with_rounds(), slug=slug)
    lists = Classification.objects.filter(session__race=race).newest_first().with_results()
    return render(
        request,
        "news/race_detail.html",
        {
            "race": race,
            "classifications": lists,
            "entries": race.entries.ours().with_crew(),
            "articles": Article.objects.public().in_language(get_language()).about(race).newest_first().with_pictures(),
            "earlier": Race.objects.at_same_place(race)[:5] if race.circuit else [],
        },
    )


def last_race_with_result():
    """The race that was run last and has a result list, with that list; (None, None) before the first one."""
    classification = (
        Classification.objects.current()
        .in_races()
        .filter(session__race__first_day__lte=timezone.localdate())
        .select_related("session__race__circuit", "session__race__layout")
        .order_by("-session__race__first_day", "-session__starts_at", "-pk")
        .with_results()
        .first()
    )
    return (classification.session.race, classification) if classification else (None, None)


def rounds_of(year):
    """The year's races in order as (race, our result or None)."""
    results = Result.objects.current().in_races().ours().of_year(year).with_race()
    by_race = {result.classification.session.race_id: result for result in reversed(results)}
    return [(race, by_race.get(race.pk)) for race in Race.objects.of_year(year).in_order().with_place()]
