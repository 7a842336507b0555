"""Addresses of the pages; every word in a path has its German and its English form."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from news import feeds
from news.views import articles, calendar, drivers, galleries, home, pages, press, races, results, search

app_name = "news"
urlpatterns = [
    path("", home.home, name="home"),
    path("news/", articles.article_list, name="articles"),
    path("news/<slug:slug>/", articles.article_detail, name="article"),
    path(_("calendar/"), calendar.calendar, name="calendar"),
    path(_("calendar.ics"), calendar.calendar_file, name="calendar_file"),
    path(_("races/"), calendar.calendar_redirect, name="races"),
    path(_("races/<int:year>/<slug:slug>/"), races.race_detail, name="race"),
    path(_("races/<int:year>/<slug:slug>.ics"), calendar.race_file, name="race_file"),
    path(_("results/"), results.latest_season, name="results"),
    path(_("results/<int:year>/"), results.season, name="season"),
    path(_("driver/"), drivers.driver_list, name="drivers"),
    path(_("driver/<slug:slug>/"), drivers.driver_detail, name="driver"),
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
