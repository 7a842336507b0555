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
    """One part of the articles; each names its versions in other languages, as they do."""

    def __init__(self, part):
        self.part = part

    def items(self):
        shown = ("language", "slug", "modified_at", "published_at", "updated_at", "translation_group")
        articles = list(Article.objects.public().of_part(self.part).order_by("pk").only(*shown))
        groups = [article.translation_group for article in articles]
        versions = Article.objects.public().filter(translation_group__in=groups).order_by("language")
        self.versions = {}
        for version in versions.only("language", "slug", "translation_group"):
            of_group = self.versions.setdefault(version.translation_group, {})
            of_group[version.language] = version.get_absolute_url()
        return articles

    def location(self, article):
        return self.versions[article.translation_group][article.language]

    def lastmod(self, article):
        return article.last_modified

    def get_urls(self, page=1, site=None, protocol=None):
        urls = super().get_urls(page, site, protocol)
        start = f"{self.protocol}://{self.get_domain()}"
        for url in urls:
            versions = self.versions[url["item"].translation_group]
            if len(versions) > 1:
                url["alternates"] = [
                    {"lang_code": code, "location": f"{start}{path}"} for code, path in versions.items()
                ]
        return urls


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
