"""Addresses of the pages; every word in a path has its German and its English form."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from news import feeds
from news.views import (
    articles,
    calendar,
    drivers,
    galleries,
    home,
    months,
    pages,
    press,
    races,
    results,
    search,
    sessions,
)

app_name = "news"
urlpatterns = [
    path("", home.home, name="home"),
    path("news/", articles.article_list, name="articles"),
    path("news/<slug:slug>/", articles.article_detail, name="article"),
    path(_("calendar/"), calendar.calendar, name="calendar"),
    path(_("calendar/<int:year>/<int:month>/"), months.month, name="month"),
    path(_("calendar.ics"), calendar.calendar_file, name="calendar_file"),
    path(_("races/"), calendar.calendar_redirect, name="races"),
    path(_("races/<int:year>/<slug:slug>/"), races.race_detail, name="race"),
    path(_("races/<int:year>/<slug:slug>/<slug:session>/"), sessions.session_results, name="session"),
    path(_("races/<int:year>/<slug:slug>/<slug:session>.csv"), sessions.session_file, name="session_file"),
    path(
        _("races/<int:year>/<slug:slug>/<slug:session>/list-<int:number>/"),
        sessions.older_list,
        name="older_list",
    ),
    path(
        _("races/<int:year>/<slug:slug>/<slug:session>/<slug:car_class>/"),
        sessions.session_results,
        name="session_class",
    ),
    path(_("races/<int:year>/<slug:slug>.ics"), calendar.race_file, name="race_file"),
    path(_("results/"), results.latest_season, name="results"),
    path(_("results/<int:year>/"), results.season, name="season"),
    path(_("results/<int:year>/calendar.ics"), calendar.season_file, name="season_file"),
    path(_("driver/"), drivers.driver_list, name="drivers"),
    path(_("driver/<slug:slug>/"), drivers.driver_detail, name="driver"),
    path(_("driver/<slug:slug>/races/"), drivers.driver_races, name="driver_races"),
    path(_("gallery/"), galleries.gallery, name="gallery"),
    path(_("press/"), press.press, name="press"),
    path(_("search/"), search.search, name="search"),
    path(_("imprint/"), pages.legal, {"kind": "imprint"}, name="imprint"),
    path(_("privacy/"), pages.legal, {"kind": "privacy"}, name="privacy"),
    path(_("accessibility/"), pages.legal, {"kind": "accessibility"}, name="accessibility"),
    path(_("page/<slug:slug>/"), pages.page, name="page"),
    path("feed/", feeds.AtomFeed(), name="feed"),
    path("feed.json", feeds.json_feed, name="json_feed"),
]
