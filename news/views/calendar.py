from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from news import ical
from news.models import Race


def calendar(request):
    """What comes, the next race first, and what was."""
    races = Race.objects.with_sessions().with_rounds()
    upcoming = list(races.upcoming())
    return render(request, "news/calendar.html", {"upcoming": upcoming, "past": races.past()})


def calendar_redirect(request):
    """/rennen/ is a part of the address of every race; the list of races is the calendar."""
    return redirect("news:calendar", permanent=True)


def calendar_file(request):
    """All races as a calendar to subscribe to."""
    return _file(ical.calendar_of(Race.objects.with_sessions().in_order()), "calendar.ics")


def race_file(request, year, slug):
    race = get_object_or_404(Race.objects.of_year(year).with_sessions(), slug=slug)
    return _file(ical.calendar_of([race]), f"{race.slug}.ics")


def _file(data, name):
    return HttpResponse(
        data,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": f'inline; filename="{name}"'},
    )
