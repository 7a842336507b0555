"""Where a photo is used: every article, portrait and the press page, each with what it is there and how it stands."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from news.admin.release import chip
from news.models import Article, Driver, GalleryPhoto


@dataclass(frozen=True)
class Use:
    row: object
    address: str
    place: str
    state: SafeString | str = ""

    @property
    def link(self):
        return format_html('<a href="{}">{}</a> ({})', self.address, self.row, self.place)


def uses_of(photo):
    """All of them, articles first, the newest on top."""
    galleries = set(GalleryPhoto.objects.filter(photo=photo).values_list("article", flat=True))
    texts = set(photo.in_articles.values_list("pk", flat=True))
    uses = []
    for article in Article.objects.showing(photo).newest_first():
        address = reverse("admin:news_article_change", args=[article.pk])
        places = _places(photo, article, galleries, texts)
        uses += [Use(article, address, place, chip(article)) for place in places]
    for page in photo.in_pages.all():
        uses.append(Use(page, reverse("admin:news_page_change", args=[page.pk]), _("in the text")))
    for driver in Driver.objects.filter(portrait=photo):
        uses.append(Use(driver, reverse("admin:news_driver_change", args=[driver.pk]), _("portrait")))
    if photo.for_press:
        uses.append(Use(_("Press page"), f"{reverse('news:press')}#photos", _("free for press")))
    return uses


def _places(photo, article, galleries, texts):
    found = {
        _("lead photo"): article.lead_photo_id == photo.pk,
        _("gallery"): article.pk in galleries,
        _("in the text"): article.pk in texts,
    }
    return [place for place, is_so in found.items() if is_so]
