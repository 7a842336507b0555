from itertools import groupby

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from news import ical
from news.models import Race, Result
from news.views.months import month_to_open


def calendar(request):
    """What comes, the next race first, and what was, by year with our results."""
    to_come = list(Race.objects.to_come().with_sessions().with_rounds())
    past = list(Race.objects.past().with_place())
    next_race = next((race for race in to_come if race.is_upcoming()), None)
    return render(
        request,
        "news/calendar.html",
        {
            "next_race": next_race,
            "next_start": next_race and next_race.next_start(),
            "later": [race for race in to_come if race is not next_race],
            "past": _by_year(past),
            "month": month_to_open([*to_come, *past]),
        },
    )


def _by_year(races):
    """[(year, [(race, our lines in its races)])], the newest first."""
    lines = {}
    for line in Result.objects.current().in_races().ours().with_team().by_date():
        lines.setdefault(line.entry.race_id, []).append(line)
    return [
        (year, [(race, lines.get(race.pk, [])) for race in races_of_year])
        for year, races_of_year in groupby(races, key=lambda race: race.year)
    ]


def calendar_redirect(request):
    """/rennen/ is a part of the address of every race; the list of races is the calendar."""
    return redirect("news:calendar", permanent=True)


def calendar_file(request):
    """All races as a calendar to subscribe to."""
    races = Race.objects.with_sessions().in_order()
    return _file(ical.calendar_of(races, request.profile.name), _("calendar.ics"))


def season_file(request, year):
    """The races of one year."""
    races = list(Race.objects.of_year(year).with_sessions().in_order())
    if not races:
        raise Http404
    return _file(ical.calendar_of(races, f"{request.profile.name} {year}"), f"{year}.ics")


def race_file(request, year, slug):
    race = get_object_or_404(Race.objects.of_year(year).with_sessions(), slug=slug)
    return _file(ical.calendar_of([race], str(race)), f"{race.slug}.ics")


def _file(data, name):
    """Anyone may keep it, but asks each time whether it is still so: the answer is short, by the middleware's ETag."""
    return HttpResponse(
        data,
        content_type="text/calendar; charset=utf-8",
        headers={
            "Content-Disposition": f'inline; filename="{name}"',
            "Cache-Control": "public, no-cache",
        },
    )
