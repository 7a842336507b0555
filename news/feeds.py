"""The news for feed readers: Atom by Django, JSON Feed 1.1 by hand."""

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import get_language

from news.bodies import photos_only
from news.html import text_of
from news.links import absolute
from news.models import Article

NEWEST = 20


def _articles():
    articles = Article.objects.public().in_language(get_language()).newest_first().with_pictures()
    return articles.prefetch_related("corrections")[:NEWEST]


def _corrected(article, text):
    """The text with what was corrected in it."""
    context = {"corrections": article.shown_corrections}
    return text + render_to_string("news/_corrections_in_feed.html", context).strip()


class AtomFeed(Feed):
    feed_type = Atom1Feed

    def get_object(self, request):
        self.language = get_language()
        return request.profile

    def title(self, profile):
        return profile.name

    def subtitle(self, profile):
        return profile.claim

    def link(self):
        return absolute(reverse("news:home"))

    def feed_url(self):
        return absolute(reverse("news:feed"))

    feed_guid = link

    def items(self):
        return _articles()

    def item_title(self, article):
        return article.headline

    def item_description(self, article):
        return text_of(_corrected(article, f"<p>{escape(article.teaser)}</p>"))

    def item_link(self, article):
        return absolute(article.get_absolute_url())

    def item_guid(self, article):
        return f"urn:uuid:{article.translation_group}:{article.language}"

    def item_pubdate(self, article):
        return article.published_at

    def item_updateddate(self, article):
        return article.last_modified

    def item_author_name(self, article):
        return article.byline or None

    def item_enclosure_url(self, article):
        image = article.picture and article.picture.share_image
        return absolute(image.url) if image else None

    def item_enclosure_length(self, article):
        return article.picture.share_image.length

    item_enclosure_mime_type = "image/jpeg"


def json_feed(request):
    """JSON Feed 1.1, https://www.jsonfeed.org/version/1.1/ (the full text of each article)."""
    articles = list(_articles())
    blocks = photos_only(*(article.body for article in articles))
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": request.profile.name,
        "description": request.profile.claim,
        "language": get_language(),
        "home_page_url": absolute(reverse("news:home")),
        "feed_url": absolute(reverse("news:json_feed")),
        "items": [_json_item(article, blocks) for article in articles],
    }
    return JsonResponse(
        feed, content_type="application/feed+json; charset=utf-8", json_dumps_params={"ensure_ascii": False}
    )


def plain_text(article, blocks):
    """The text for readers elsewhere: with plain pictures and links, all of them leading back here."""
    html = render_to_string("news/_feed_text.html", {"article": article, "blocks": blocks}).strip()
    return html.replace(' href="/', f' href="{settings.SITE_URL}/')


def _json_item(article, blocks):
    image = article.picture and article.picture.share_image
    item = {
        "id": f"urn:uuid:{article.translation_group}:{article.language}",
        "url": absolute(article.get_absolute_url()),
        "title": article.headline,
        "summary": article.teaser,
        "content_html": _corrected(article, plain_text(article, blocks)),
        "date_published": article.published_at.isoformat(),
        "date_modified": article.last_modified.isoformat(),
        "language": article.language,
    }
    if image:
        item["image"] = absolute(image.url)
    if article.byline:
        item["authors"] = [{"name": article.byline}]
    return item
