"""The news's part of the sitemap: the same named questions as the pages, in other clothes."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from news.models import Article, Driver, Page, Race


class SiteSitemap(Sitemap):
    """Addresses begin with SITE_URL, whatever host the request came to."""

    @property
    def protocol(self):
        return urlsplit(settings.SITE_URL).scheme

    def get_domain(self, site=None):
        return urlsplit(settings.SITE_URL).netloc


class ArticleSitemap(SiteSitemap):
    # A sitemap may hold 50,000 addresses in all; robots.txt names the further pages of a larger site.
    limit = 40_000

    def items(self):
        return (
            Article.objects.public()
            .newest_first()
            .only("language", "slug", "modified_at", "published_at", "updated_at")
        )

    def lastmod(self, article):
        return article.last_modified


class BilingualSitemap(SiteSitemap):
    """Pages that exist in both languages at all times; each names the other."""

    i18n = True
    alternates = True


class RaceSitemap(BilingualSitemap):
    def items(self):
        return Race.objects.in_order().only("slug", "year", "updated_at")

    def lastmod(self, race):
        return race.updated_at


class PageSitemap(BilingualSitemap):
    def items(self):
        return Page.objects.public().only("kind", "slug", "published_at", "updated_at")


class YearSitemap(BilingualSitemap):
    def items(self):
        return list(Race.objects.recorded_years())

    def location(self, year):
        return reverse("news:season", kwargs={"year": year})


class DriverSitemap(BilingualSitemap):
    """Our drivers' own pages, where the site has several; an only driver's page stands among the sections."""

    def items(self):
        drivers = list(Driver.objects.ours())
        return drivers if len(drivers) > 1 else []


class SectionSitemap(BilingualSitemap):
    """Lists and other pages without a row of their own."""

    def items(self):
        names = ["home", "articles", "calendar", "results", "drivers", "gallery", "press"]
        return [f"news:{name}" for name in names]

    def location(self, name):
        return reverse(name)
