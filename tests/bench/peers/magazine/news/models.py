"""Pages of the magazine: a home page, an index of news, its articles, and pages for the menu."""

from django.core.paginator import Paginator
from django.db import models
from django.db.models import Prefetch, Q
from django.utils.functional import cached_property
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import TaggedItemBase
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import RichTextField
from wagtail.images.models import AbstractImage, AbstractRendition, Image
from wagtail.models import Orderable, Page

from magazine.racing.models import RACE_KINDS, Race, Result, ResultList

KINDS = [
    ("report", "Race report"),
    ("preview", "Preview"),
    ("interview", "Interview"),
    ("announcement", "Announcement"),
    ("background", "Background"),
    ("column", "Column"),
]


@register_setting
class SiteSettings(BaseSiteSetting):
    name = models.CharField(max_length=80)
    footer = models.TextField(blank=True)
    instagram = models.URLField(blank=True)
    facebook = models.URLField(blank=True)
    youtube = models.URLField(blank=True)


class Photo(AbstractImage):
    caption = models.CharField(max_length=300, blank=True)
    credit = models.CharField(max_length=140, blank=True)
    admin_form_fields = (*Image.admin_form_fields, "caption", "credit")


class PhotoRendition(AbstractRendition):
    image = models.ForeignKey(Photo, models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = [("image", "filter_spec", "focal_point_key")]


class HomePage(Page):
    pass


class SectionPage(Page):
    """What the menus lead to."""

    body = RichTextField(blank=True)
    content_panels = [*Page.content_panels, FieldPanel("body")]


class PlainPage(Page):
    """The least that a page can be: a headline and a text, without anything around them."""

    body = RichTextField(blank=True)
    content_panels = [*Page.content_panels, FieldPanel("body")]


def with_pictures(pages):
    """As Wagtail's documentation advises for lists of pages with images."""
    return pages.select_related("race").prefetch_related(
        Prefetch("lead_photo", queryset=Photo.objects.prefetch_renditions())
    )


class NewsIndexPage(Page):
    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        articles = NewsPage.objects.child_of(self).live().order_by("-published_at")
        kind = request.GET.get("kind", "")
        if kind in dict(KINDS):
            articles = articles.filter(kind=kind)
        pages = Paginator(with_pictures(articles), 11)
        return context | {"articles": pages.get_page(request.GET.get("page")), "kind": kind, "kinds": KINDS}


class NewsTag(TaggedItemBase):
    content_object = ParentalKey("NewsPage", on_delete=models.CASCADE, related_name="tagged_items")


class NewsPage(Page):
    kind = models.CharField(max_length=20, choices=KINDS)
    dateline = models.CharField(max_length=60, blank=True)
    teaser = models.TextField(max_length=300, blank=True)
    byline = models.CharField(max_length=120, blank=True)
    published_at = models.DateTimeField(db_index=True)
    lead_photo = models.ForeignKey(Photo, models.SET_NULL, null=True, blank=True, related_name="+")
    race = models.ForeignKey(Race, models.SET_NULL, null=True, blank=True, related_name="articles")
    body = RichTextField()
    tags = ClusterTaggableManager(through=NewsTag, blank=True)

    content_panels = [
        *Page.content_panels,
        *(FieldPanel(name) for name in ("kind", "dateline", "teaser", "byline", "published_at")),
        *(FieldPanel(name) for name in ("lead_photo", "race", "body", "tags")),
        InlinePanel("gallery"),
    ]
    parent_page_types = ["NewsIndexPage"]

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        others = NewsPage.objects.live().sibling_of(self, inclusive=False)
        tags = list(self.tags.all())
        related = others.filter(
            Q(tags__in=tags) | Q(race=self.race) if self.race else Q(tags__in=tags)
        ).distinct()
        gallery = self.gallery.prefetch_related(
            Prefetch("photo", queryset=Photo.objects.prefetch_renditions())
        )
        return context | {
            "article_tags": tags,
            "gallery": gallery,
            "earlier": others.filter(published_at__lt=self.published_at).order_by("-published_at").first(),
            "later": others.filter(published_at__gt=self.published_at).order_by("published_at").first(),
            "related": with_pictures(related).order_by("-published_at")[:3],
            **(self.race_context() if self.race else {}),
        }

    def race_context(self):
        result_list = (
            ResultList.objects.filter(session__race=self.race, session__kind__in=RACE_KINDS)
            .select_related("session")
            .order_by("-pk")
            .first()
        )
        results = []
        if result_list:
            results = list(result_list.results.select_related("entry").prefetch_related("entry__crew"))
        qualifying = Result.objects.filter(
            result_list__session__race=self.race,
            result_list__session__kind="qualifying",
            entry__crew__ours=True,
        )
        return {
            "race": self.race,
            "rounds": self.race.rounds.all(),
            "result_list": result_list,
            "results": results,
            "own": next((result for result in results if result.entry.is_ours), None),
            "qualifying": qualifying.exclude(best_lap="").order_by("best_lap").first(),
        }

    @cached_property
    def structured(self):
        about = self.race and {
            "@type": "SportsEvent",
            "name": self.race.name,
            "startDate": self.race.first_day.isoformat(),
            "endDate": self.race.last_day.isoformat(),
            "location": {
                "@type": "Place",
                "name": self.race.circuit and self.race.circuit.name,
                "address": self.race.circuit and self.race.circuit.place,
            },
        }
        return {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": self.title,
            "description": self.teaser,
            "inLanguage": self.locale.language_code,
            "datePublished": self.published_at.isoformat(),
            "dateModified": self.last_published_at and self.last_published_at.isoformat(),
            "mainEntityOfPage": self.full_url,
            "image": [self.lead_photo.get_rendition("fill-1200x630|format-jpeg").full_url]
            if self.lead_photo
            else [],
            "about": about,
        }


class GalleryPhoto(Orderable):
    page = ParentalKey(NewsPage, on_delete=models.CASCADE, related_name="gallery")
    photo = models.ForeignKey(Photo, models.CASCADE, related_name="+")
    panels = [FieldPanel("photo")]
