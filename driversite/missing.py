"""A page that is not there: its former address leads on, or says that the page is gone; else a helpful 404 in the
language of the address."""

from django.conf import settings
from django.http import HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.defaults import page_not_found

from news.models import FormerAddress


class MissingPageMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code != 404 or request.path.startswith(("/admin/", "/static/", "/media/")):
            return response
        former = FormerAddress.objects.above(request.path)
        if former and (address := former.address_now()):
            # What lay below the former address lies below the new one.
            address += request.path.removeprefix(former.path)
            # An hour: the address may be given to another page, and browsers keep such an answer for ever.
            return HttpResponsePermanentRedirect(address, headers={"Cache-Control": "max-age=3600"})
        if former and former.is_gone and former.path == request.path:
            # Deleted, and not by mistake: whoever keeps a list of addresses may strike it off.
            return _gone(request)
        # Also while developing: what a visitor meets is part of the site.
        return page_not_found(request, None) if settings.DEBUG else response


def _gone(request):
    """By the clocks of the site, which are set only further in."""
    with timezone.override(request.profile.time_zone):
        return render(request, "410.html", status=410)
