from django.conf import settings
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from news.career import career_of
from news.career.chart import chart_of
from news.career.circuits import circuits_of
from news.career.facts import facts_of
from news.career.groups import CAR, CREW, SERIES, TEAM, groups_of, selected
from news.models import Driver

# So many small facts and large numbers stand on the page; the other numbers are set smaller.
FACTS, LARGE = 6, 6


def driver_list(request):
    """Our only driver's page; with several, all of them."""
    drivers = list(Driver.objects.ours().with_pictures())
    if len(drivers) == 1:
        return _page(request, drivers[0])
    return render(request, "news/driver_list.html", {"drivers": drivers})


def driver_detail(request, slug):
    drivers = list(Driver.objects.ours().with_pictures())
    driver = _named(drivers, slug)
    if len(drivers) == 1:
        return redirect("news:drivers")
    return _page(request, driver)


def driver_races(request, slug):
    """The races behind a number: `?series=3&figure=wins`; without a figure, all of them with all their numbers."""
    drivers = list(Driver.objects.ours())
    career = career_of(_named(drivers, slug), request.profile.qualifying_races_count)
    try:
        selection = selected(career, request.GET)
    except LookupError:
        raise Http404 from None
    context = {
        "driver": career.driver,
        "career": career,
        "selection": selection,
        "back": reverse("news:drivers") if len(drivers) == 1 else career.driver.get_absolute_url(),
        "page_query": f"?{selection.address}" if selection.address else "",
        "versions": {code: _races_in(code, slug, selection) for code, _name in settings.LANGUAGES},
    }
    return render(request, "news/driver_races.html", context)


def _named(drivers, slug):
    driver = next((driver for driver in drivers if driver.slug == slug), None)
    if driver is None:
        raise Http404
    return driver


def _races_in(code, slug, selection):
    with override(code):
        address = reverse("news:driver_races", kwargs={"slug": slug})
    return f"{address}?{selection.address}" if selection.address else address


def _page(request, driver):
    career = career_of(driver, request.profile.qualifying_races_count)
    known = [figure for figure in career.figures if figure.value is not None]
    year = _year(request, career)
    context = {
        "driver": driver,
        "career": career,
        "races_url": reverse("news:driver_races", kwargs={"slug": driver.slug}),
        "large": known[:LARGE],
        "small": known[LARGE:],
        "facts": facts_of(career, timezone.localdate())[:FACTS],
        "year": year,
        "chart": year and chart_of(career.stops(year)),
        "circuits": circuits_of(career),
        "divisions": [
            (division, groups)
            for division in (SERIES, CAR, TEAM, CREW)
            if len(groups := groups_of(career, division)) > 1 or division is CREW
        ],
    }
    return render(request, "news/driver_detail.html", context)


def _year(request, career):
    """Whose places are drawn: the last year's, or those of the year that the address names."""
    wanted = request.GET.get("year")
    if wanted is None:
        return next(iter(career.years), None)
    year = next((year for year in career.years if str(year) == wanted), None)
    if year is None:
        raise Http404
    return year
