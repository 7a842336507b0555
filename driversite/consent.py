"""The visitor's choice about cookies: stored once, as django-cookie-consent's register and cookie know it.

That package can accept or decline, each in an answer of its own; a choice per purpose needs both in one cookie, so the
view here writes it. The register of purposes and cookies, its versions and its middleware are the package's.
"""

from typing import NamedTuple
from urllib.parse import urlencode

from cookie_consent.cache import all_cookie_groups, delete_cache
from cookie_consent.conf import settings as consent_settings
from cookie_consent.middleware import CleanCookiesMiddleware as PackageMiddleware
from cookie_consent.models import CookieGroup
from cookie_consent.util import get_cookie_dict_from_request, set_cookie_dict_to_response
from django.conf import settings
from django.http import HttpResponseForbidden, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language_from_path, override
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from driversite.origin import comes_from_here

ACCEPT_ALL, REFUSE_ALL, CHOOSE = "all", "none", "selection"
OF_PLAYERS, ALL_OF_PLAYERS = "media", "player"


class Words(NamedTuple):
    """The site's wording of a purpose: `said` wherever the visitor is asked, `more` where there is room, too."""

    name: str
    said: str
    more: str = ""


def _statistics():
    if settings.STATISTICS_URL:
        return Words(
            _("Statistics"),
            _("Counts which pages are read, so that we know what interests you."),
            _("Nobody is recognised by it."),
        )
    return Words(_("Statistics"), _("Would count pages read; not in use at present."))


# What a purpose is called is the site's wording and in both languages; which purposes there are is data.
WORDS = {
    "essential": lambda: Words(
        _("Essential"), _("Remembers this choice for six months."), _("Always on; nothing else is stored.")
    ),
    "media": lambda: Words(
        _("Videos and streams"),
        _("Loads players of other providers, who then learn your address and set their own cookies."),
    ),
    "statistics": _statistics,
}


def words_of(group):
    """One's own purposes are worded in the register, in one language for all."""
    return WORDS[group.varname]() if group.varname in WORDS else Words(group.name, group.description)


def set_by(group, cookie):
    return cookie.domain or ("YouTube, Vimeo" if group.varname == OF_PLAYERS else _("this site"))


def _line(group, cookie):
    """A cookie as the list of all cookies tells of it. What a player sets is its provider's business: the register
    begins with one entry for all of it, and what an editor adds is told by its name."""
    is_of_player = group.varname == OF_PLAYERS
    if is_of_player or cookie.domain:
        kept_for = _("as the provider decides")
    else:
        kept_for = _("six months") if group.is_required else _("the time of your visit")
    return {
        "name": "" if is_of_player and cookie.name == ALL_OF_PLAYERS else cookie.name,
        "description": cookie.description,
        "set_by": set_by(group, cookie),
        "kept_for": kept_for,
    }


def purposes(groups=None):
    """The purposes in order, each with name, words, version and cookies. The package keeps those at hand that can be
    refused, so they are what a page costs nothing to show; another choice of groups is read for it."""
    return [
        {
            "varname": group.varname,
            "words": words_of(group),
            "is_required": group.is_required,
            "version": group.get_version(),
            "cookies": [_line(group, cookie) for cookie in group.cookie_set.all()],
        }
        for group in (all_cookie_groups().values() if groups is None else groups)
    ]


def forget_register():
    """The package keeps its register at hand in each process; what another one has changed has to be read again."""
    delete_cache()


def banner(request):
    """Template context for the banner on every page: the same for all visitors, so nothing of the request is read
    but the page's own address."""
    return {
        "consent_purposes": purposes,
        "consent_save_url": reverse("consent"),
        "statistics_url": settings.STATISTICS_URL,
    }


# The form stands on pages that are the same bytes for all and set no cookie: the origin is checked instead.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def save_choice(request):
    """Store the choice in one cookie and lead to the cookies page, which shows it. Our script stays where it is."""
    if request.method != "POST":
        return redirect("cookies")
    if not comes_from_here(request):
        return HttpResponseForbidden(_("This choice was sent from another site and is not stored."))
    action = request.POST.get("choice", CHOOSE)
    choice = {}
    for group in all_cookie_groups().values():
        ticked = group.varname in request.POST.getlist("purpose")
        wanted = group.is_required or action == ACCEPT_ALL or (action == CHOOSE and ticked)
        choice[group.varname] = group.get_version() if wanted else consent_settings.COOKIE_CONSENT_DECLINE
    response = HttpResponseRedirect(_page_that_shows_it(request))
    set_cookie_dict_to_response(response, choice)
    # The middleware below reads what the request brought: hand it the choice just made, so that it cleans up by it.
    request.COOKIES[consent_settings.COOKIE_CONSENT_NAME] = response.cookies[
        consent_settings.COOKIE_CONSENT_NAME
    ].value
    return response


def _page_that_shows_it(request):
    """The cookies page in the language of the page where the choice was made, which it links back to."""
    came_from = _own_path(request, request.POST.get("next", ""))
    with override(get_language_from_path(came_from) or settings.LANGUAGE_CODE):
        return f"{reverse('cookies')}?{urlencode({'from': came_from}, safe='/')}#choice"


def _own_path(request, wanted):
    """The path if it is one of this site, else nothing."""
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if ours and wanted.startswith("/") else ""


@never_cache
def cookies(request):
    """All purposes and cookies, and this visitor's choice to change: the one public page that reads a cookie."""
    chosen = get_cookie_dict_from_request(request)
    groups = purposes(CookieGroup.objects.prefetch_related("cookie_set"))
    for group in groups:
        group["accepted"] = group["is_required"] or chosen.get(group["varname"]) == group["version"]
    came_from = _own_path(request, request.GET.get("from", ""))
    context = {
        "purposes": groups,
        "has_chosen": bool(chosen),
        "is_saved": bool(chosen) and "from" in request.GET,
        "came_from": came_from if came_from != request.path else "",
    }
    return render(request, "cookie_consent/cookies.html", context)


class CleanCookiesMiddleware(PackageMiddleware):
    """The package's middleware deletes declined cookies in any answer, pages in a cache included. Here it does so
    only where the answer is the visitor's own: when a choice is stored, and on the cookies page."""

    def process_response(self, request, response):
        if "no-store" not in response.headers.get("Cache-Control", "") or request.path.startswith("/admin/"):
            return response
        return super().process_response(request, response)
