"""The menu: lists and pages of the newsroom in groups of tasks, in the order of a Sunday evening."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

# What an editor does, and with what, in the order in which it is needed.
GROUPS = [
    (_("Write"), ["news.Article", "news.ShareLink", "news.Page", "news.Tag"]),
    (_("Photos"), ["news.Photo"]),
    (
        _("Races"),
        [
            "news.Race",
            "news.Session",
            "news.Classification",
            "news.Entry",
            "news.Result",
            "news.Standing",
            "news.Driver",
            "news.Team",
            "news.Circuit",
            "news.Series",
            "news.Season",
            "news.ResultImport",
            "news.PointScheme",
        ],
    ),
    (_("Partners"), ["sponsors.Sponsor", "sponsors.Sponsorship", "sponsors.Tier"]),
    (
        _("Site"),
        [
            "driversite.SiteProfile",
            "auth.User",
            "auth.Group",
            "cookie_consent.CookieGroup",
            "cookie_consent.Cookie",
            "news.FormerAddress",
        ],
    ),
]
# Pages that are no list of rows, behind the list they belong to: (name, name of the address, who may see it).
PLACES = {
    "news.Article": [
        (_("What appears when"), "admin:news_article_planner", "news.view_article"),
        (_("Articles and languages"), "admin:news_article_languages", "news.view_article"),
    ],
    "news.Photo": [(_("Upload photos"), "admin:news_photo_upload", "news.add_photo")],
}


def grouped(models, may, here=""):
    """The groups as Django's templates know apps, of these {label: list}. What nobody thought of is found at the end of
    the last one; the place that the address `here` belongs to most closely is marked."""
    left = dict(models)
    groups = [
        {
            "name": name,
            "app_label": f"group-{number}",
            "app_url": "",
            "has_module_perms": True,
            "models": [place for key in keys if key in left for place in (left.pop(key), *_places(key, may))],
        }
        for number, (name, keys) in enumerate(GROUPS, start=1)
    ]
    groups[-1]["models"] += left.values()
    _mark([place for group in groups for place in group["models"]], here)
    return [group for group in groups if group["models"]]


def _mark(places, here):
    """Of all places above this address the nearest: a page of a list is not the list as well."""
    above = [place for place in places if place["admin_url"] and here.startswith(place["admin_url"])]
    if above:
        max(above, key=lambda place: len(place["admin_url"]))["is_here"] = True


def _places(key, may):
    return [
        {"name": name, "admin_url": reverse(address), "object_name": "", "add_url": None}
        for name, address, permission in PLACES.get(key, ())
        if may(permission)
    ]
