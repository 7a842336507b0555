"""The language of a request: public pages speak that of their address, the admin that of its user."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation


class LanguageMiddleware:
    """Unlike Django's own, nothing that a browser sends changes a public page: one cached copy serves all."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        in_admin = request.path_info.startswith("/admin/")
        from_path = translation.get_language_from_path(request.path_info)
        language = (
            translation.get_language_from_request(request)
            if in_admin
            else from_path or settings.LANGUAGE_CODE
        )
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", language)
            return response


def in_every_language(name, **place):
    """The addresses of one page."""
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            yield reverse(name, kwargs=place)
