"""The page in its other languages: for the switcher and for search engines."""

from functools import cache

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, get_language_info, override

register = template.Library()


@register.simple_tag(takes_context=True)
def page_languages(context):
    """Each language of the site: code, name, home page, and this page's address in it if it is published there.

    A view whose page is not the same in all languages says where it is: `versions`, addresses by language code.
    """
    request = context.get("request")
    versions = context.get("versions")
    if versions is None:
        versions = _same_page(request, missing="exception" in context)
    return [
        {
            "code": code,
            "name": get_language_info(code)["name_local"],
            "home": _home(code),
            "url": versions.get(code),
            "current": code == get_language(),
        }
        for code, _name in settings.LANGUAGES
    ]


def _same_page(request, missing):
    """A page that lives in every language; for one that does not exist the home pages stand in."""
    here, match = get_language(), request and request.resolver_match
    if missing or not match:
        return {code: _home(code) for code, _name in settings.LANGUAGES}
    return {
        code: request.path if code == here else _elsewhere(match, code) for code, _name in settings.LANGUAGES
    }


def _elsewhere(match, code):
    with override(code):
        return reverse(match.view_name, args=match.args, kwargs=match.captured_kwargs)


@cache
def _home(code):
    with override(code):
        return reverse("news:home")
