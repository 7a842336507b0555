"""A page that is not there: its former address leads on, else a helpful 404 in the language of the address."""

from django.conf import settings
from django.http import HttpResponsePermanentRedirect
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
        # Also while developing: what a visitor meets is part of the site.
        return page_not_found(request, None) if settings.DEBUG else response
