"""The whole site at a glance. German addresses have no prefix, English ones begin with /en/."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path, re_path
from django.utils.translation import gettext_lazy as _
from django.views.i18n import set_language

from driversite import accent, consent, machines, media, preview, share
from driversite.desk import search

handler500 = "driversite.trouble.answer"

urlpatterns = [
    path("admin/language/", set_language, name="set_language"),
    path(
        "admin/news/article/<int:pk>/preview/",
        admin.site.admin_view(preview.article_preview),
        name="article_preview",
    ),
    path(
        "admin/news/article/<int:pk>/preview/<slug:form>/",
        admin.site.admin_view(preview.article_preview),
        name="article_preview_as",
    ),
    path(
        "admin/news/article/<int:pk>/look/", admin.site.admin_view(preview.article_look), name="article_look"
    ),
    re_path(
        r"^admin/withheld/(?P<path>[\w-]+/[\w.-]+\.(?:avif|webp|jpg))$",
        admin.site.admin_view(media.withheld),
        name="withheld",
    ),
    path("admin/search/", admin.site.admin_view(search.search), name="newsroom_search"),
    path("admin/search/found/", admin.site.admin_view(search.search_found), name="newsroom_search_found"),
    path("admin/", admin.site.urls),
    path("consent/", consent.save_choice, name="consent"),
    path("robots.txt", machines.robots, name="robots"),
    path("sitemap.xml", machines.sitemap, name="sitemap"),
    path("sitemap-news.xml", machines.news_sitemap, name="news_sitemap"),
    path("sitemap-articles-<int:number>.xml", machines.sitemap_articles, name="sitemap_articles"),
    path("sitemap-<slug:name>.xml", machines.sitemap_part, name="sitemap_part"),
    path(".well-known/security.txt", machines.security, name="security"),
    path("accent-<str:colour>.css", accent.stylesheet, name="accent"),
    re_path(r"^media/(?P<path>(?:photos|logos)/[\w./-]+)$", media.uploaded, name="media"),
    *i18n_patterns(
        path("cookies/", consent.cookies, name="cookies"),
        path(_("preview/<str:token>/"), share.shared, name="shared"),
        path("", include("sponsors.urls")),
        path("", include("news.urls")),
        prefix_default_language=False,
    ),
]
