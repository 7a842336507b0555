"""Addresses that machines ask for: robots.txt, sitemaps, security.txt."""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.contrib.sitemaps.views import sitemap as sitemap_view
from django.db.models import Min
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import mark_safe

from news import sitemaps
from news.models import Article, SitemapChange

# Google reads articles of the last two days from a news sitemap, a thousand at most.
NEWS_AGE, NEWS_LIMIT = timedelta(days=2), 1000


class PartnersSitemap(sitemaps.SectionSitemap):
    def items(self):
        return ["sponsors:partners"]


# Those of articles are told apart by numbers, and there are as many as it takes.
PARTS = {
    "races": sitemaps.RaceSitemap,
    "years": sitemaps.YearSitemap,
    "drivers": sitemaps.DriverSitemap,
    "pages": sitemaps.PageSitemap,
    "sections": sitemaps.SectionSitemap,
    "partners": PartnersSitemap,
}


def sitemap(request):
    """The parts of the sitemap, each with when it last changed."""
    parts = [
        {
            "location": f"{settings.SITE_URL}{reverse('sitemap_part', args=[name])}",
            "last_mod": part().get_latest_lastmod(),
        }
        for name, part in PARTS.items()
    ]
    context = {"parts": parts, "parts_of_articles": _parts_of_articles()}
    return render(request, "sitemap_index.xml", context, content_type="application/xml")


def _parts_of_articles():
    """There are hundreds on a large site: written by the template they would cost more than all else. In these lines is
    nothing but numbers and the address of the site."""
    before, after = escape(f"{settings.SITE_URL}{reverse('sitemap_articles', args=[0])}").rsplit("0", 1)
    return mark_safe(
        "\n".join(
            f"<sitemap><loc>{before}{part}{after}</loc><lastmod>{changed}</lastmod></sitemap>"
            for part, changed in SitemapChange.objects.listed()
        )
    )


def sitemap_part(request, name):
    if name not in PARTS:
        raise Http404
    return _sitemap(request, PARTS[name]())


def sitemap_articles(request, number):
    part = sitemaps.ArticleSitemap(number)
    answer = _sitemap(request, part)
    if not part.versions:
        raise Http404
    return answer


def _sitemap(request, part):
    response = sitemap_view(request, {"part": part})
    # The sitemap itself is meant to be found by those who read it.
    response.headers.pop("X-Robots-Tag", None)
    return response.render()


def news_sitemap(request):
    """Articles of the last two days in the form that news search engines read."""
    at = timezone.now()
    # An index answers what appears from one instant to another; of the instant itself `public` judges.
    articles = Article.objects.appearing(at - NEWS_AGE, at + NEWS_AGE).public(at).newest_first()[:NEWS_LIMIT]
    return render(request, "sitemap_news.xml", {"articles": articles}, content_type="application/xml")


def news_sitemap_changes(at):
    """When the oldest article in the news sitemap gets too old for it; None while it is empty."""
    listed = Article.objects.appearing(at - NEWS_AGE, at).public(at)
    oldest = listed.aggregate(at=Min("published_at"))["at"]
    return oldest and oldest + NEWS_AGE


def robots(request):
    """Everything may be read but the back room and the endless pages of the search."""
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /consent/",
        "Disallow: /suche/?",
        "Disallow: /en/search/?",
        "",
        f"Sitemap: {settings.SITE_URL}{reverse('sitemap')}",
        f"Sitemap: {settings.SITE_URL}{reverse('news_sitemap')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def security(request):
    """RFC 9116: whom to tell about a hole. Without a contact in the site's profile there is nobody to name."""
    if not request.profile.contact_email:
        raise Http404
    # With the year that begins tomorrow at the latest: the line has not expired when it is read, in any time zone.
    year = (timezone.localdate() + timedelta(days=1)).year
    expires = datetime(year, 12, 31, 23, 59, 59, tzinfo=UTC)
    lines = [
        f"Contact: mailto:{request.profile.contact_email}",
        f"Expires: {expires.isoformat()}",
        "Preferred-Languages: de, en",
        f"Canonical: {settings.SITE_URL}{reverse('security')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
