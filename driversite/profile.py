"""Whose site this is: for templates as `site`, for views as `request.profile`, and its time zone for all dates."""

import zoneinfo

from django.conf import settings
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from driversite.models import SiteProfile


class ProfileMiddleware:
    """Give each request the site's profile and let every date be written in the site's zone."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path.startswith("/media/"):
            return self.get_response(request)
        request.profile = SiteProfile.current()
        with timezone.override(zoneinfo.ZoneInfo(request.profile.time_zone)):
            response = self.get_response(request)
            # A page that is rendered late must still be rendered in the zone.
            if hasattr(response, "render") and not response.is_rendered:
                response.render()
            return response


def site(request):
    """Template context: `site` is the profile, `site_url` the address that links for others begin with."""
    profile = getattr(request, "profile", None) or SimpleLazyObject(SiteProfile.current)
    return {"site": profile, "site_url": settings.SITE_URL}
