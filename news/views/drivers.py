from django.http import Http404
from django.shortcuts import redirect, render

from news.career import career_of
from news.career.chart import chart_of
from news.models import Driver


def driver_list(request):
    """Our only driver's page; with several, all of them."""
    drivers = list(Driver.objects.ours().with_pictures())
    if len(drivers) == 1:
        return _page(request, drivers[0])
    return render(request, "news/driver_list.html", {"drivers": drivers})


def driver_detail(request, slug):
    drivers = list(Driver.objects.ours().with_pictures())
    driver = next((driver for driver in drivers if driver.slug == slug), None)
    if driver is None:
        raise Http404
    if len(drivers) == 1:
        return redirect("news:drivers")
    return _page(request, driver)


def _page(request, driver):
    career = career_of(driver)
    year = career.latest_year
    return render(
        request,
        "news/driver_detail.html",
        {"driver": driver, "career": career, "year": year, "chart": year and chart_of(career.stops(year))},
    )
