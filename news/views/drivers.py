from django.shortcuts import get_object_or_404, redirect, render

from news.models import Driver


def driver_list(request):
    """Our only driver's page; with several, all of them."""
    drivers = list(Driver.objects.ours().with_pictures())
    if len(drivers) == 1:
        return _page(request, drivers[0])
    return render(request, "news/driver_list.html", {"drivers": drivers})


def driver_detail(request, slug):
    drivers = Driver.objects.ours()
    driver = get_object_or_404(drivers.with_pictures(), slug=slug)
    if drivers.count() == 1:
        return redirect("news:drivers")
    return _page(request, driver)


def _page(request, driver):
    return render(request, "news/driver_detail.html", {"driver": driver})
