"""Articles and tags."""

from django.contrib import admin
from django.db.models import Count
from django.db.models.functions import Coalesce
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy

from news.admin.addresses import HasFormerAddresses
from news.admin.autosave import KeepsDrafts, KeepsTyped
from news.admin.checks import HasPanel, RefusesIncomplete
from news.admin.conflicts import RefusesStale
from news.admin.corrections import NotesCorrections
from news.admin.drafting import OffersReports
from news.admin.duplicates import MakesDuplicates
from news.admin.fields import InOrder, InRows, NamesItself, OurFields
from news.admin.filters import ArticleState, ReleaseYear
from news.admin.history import HasHistory
from news.admin.languages import ShowsLanguages
from news.admin.pagination import LongList
from news.admin.planner import HasPlanner
from news.admin.presence import ShowsPresence
from news.admin.release import ReleasedByEditors, SeenOnSite, chip
from news.admin.search import FindsArticles
from news.admin.selects import hand_over_photos, thumbnail
from news.admin.shares import HasShareLinks
from news.admin.sidebyside import TranslatesBeside
from news.admin.steps import StepForm, TakesSteps
from news.admin.versions import HasVersions, VersionForm, original_of
from news.admin.writing import AnswersEditor
from news.bodies import blocks_in
from news.models import Article, GalleryPhoto, Result, Tag

# The index article_by_when answers it at any number of articles.
WHEN = Coalesce("published_at", "updated_at")


class ArticleForm(KeepsTyped, RefusesIncomplete, StepForm, VersionForm):
    """Each concern checks its own part."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        hand_over_photos(self)


class GalleryInline(InRows):
    model = GalleryPhoto
    formset = InOrder
    fields = ["photo", "order"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("photo").prefetch_related("photo__renditions")

    def get_extra(self, request, obj=None, **kwargs):
        original = None if obj else original_of(request)
        return original.gallery_photos.count() if original else 0


@admin.register(Article)
class ArticleAdmin(
    KeepsDrafts,
    RefusesStale,
    ShowsPresence,
    HasHistory,
    HasPanel,
    OffersReports,
    MakesDuplicates,
    TranslatesBeside,
    ShowsLanguages,
    TakesSteps,
    HasShareLinks,
    HasPlanner,
    NotesCorrections,
    HasFormerAddresses,
    ReleasedByEditors,
    HasVersions,
    SeenOnSite,
    AnswersEditor,
    FindsArticles,
    OurFields,
    admin.ModelAdmin,
):
    form = ArticleForm
    list_display = ["picture", "title", "state", "languages", "race", "kind"]
    list_display_links = ["title"]
    list_filter = [ArticleState, "language", "kind", ReleaseYear, "tags"]
    list_select_related = ["lead_photo", "race"]
    list_per_page = 50
    show_full_result_count = False
    paginator = LongList
    search_fields = ["headline_key", "race__search_text"]
    search_help_text = gettext_lazy("Words of the headline, the dateline, the race or the text.")
    # What is still to come stands on top, drafts where they were last touched, all else by its time of release.
    ordering = [WHEN.desc(), "-pk"]
    autocomplete_fields = ["race", "tags"]
    readonly_fields = ["race_facts", "author"]
    inlines = [GalleryInline]
    fieldsets = [
        (
            gettext_lazy("Text"),
            {"fields": [("kind", "language"), "headline", "dateline", "teaser", "body", "translation_of"]},
        ),
        (gettext_lazy("Race and pictures"), {"fields": ["race", "race_facts", "lead_photo"]}),
        (gettext_lazy("Release"), {"fields": [("published_at", "expires_at"), "pinned"]}),
        (
            gettext_lazy("Further details"),
            {"fields": ["slug", "byline", "tags", "author"], "classes": ["collapse"]},
        ),
    ]

    @admin.display(description=gettext_lazy("picture"))
    def picture(self, article):
        return thumbnail(article.lead_photo)

    @admin.display(description=gettext_lazy("headline"), ordering="headline")
    def title(self, article):
        return format_html("<b>{}</b> <small>{}</small>", article, article.dateline)

    @admin.display(description=gettext_lazy("state"), ordering=WHEN)
    def state(self, article):
        return chip(article)

    @admin.display(description=gettext_lazy("from the result"))
    def race_facts(self, article):
        lines = (
            Result.objects.current().in_races().ours().filter(classification__session__race=article.race_id)
        )
        context = {"race": article.race, "lines": lines.with_entry().with_race() if article.race else []}
        return render_to_string("admin/news/_race_facts.html", context)

    @admin.display(description=gettext_lazy("text"))
    def text_to_read(self, article):
        context = {"article": article, "blocks": blocks_in(article.body)}
        return render_to_string("admin/news/_text_to_read.html", context)

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("lead_photo__renditions")

    def get_fieldsets(self, request, obj=None):
        """Who may look but not change sees the text, not its tags."""
        (name, text), *others = super().get_fieldsets(request, obj)
        if obj and not self.has_change_permission(request, obj):
            text = {"fields": ["text_to_read" if field == "body" else field for field in text["fields"]]}
        return [(name, text), *others]

    def save_model(self, request, obj, form, change):
        obj.author = obj.author if change else request.user
        super().save_model(request, obj, form, change)

    def render_change_form(self, request, context, obj=None, **kwargs):
        if obj:
            context["preview_url"] = reverse("article_look", args=[obj.pk])
            context["missing_languages"] = (
                self.missing_languages(obj) if self.has_add_permission(request) else []
            )
        else:
            context["translation_of"] = original_of(request)
        return super().render_change_form(request, context, obj=obj, **kwargs)


@admin.register(Tag)
class TagAdmin(OurFields, admin.ModelAdmin):
    form = NamesItself
    list_display = ["__str__", "slug", "uses"]
    ordering = ["slug"]
    search_fields = ["name_de", "name_en", "slug"]
    fields = [("name_de", "name_en"), "slug"]

    @admin.display(description=gettext_lazy("articles"), ordering="article_count")
    def uses(self, tag):
        return tag.article_count

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(article_count=Count("articles"))

    def has_change_permission(self, request, obj=None):
        """A tag of released articles is public: who may not release may not rename it either."""
        allowed = super().has_change_permission(request, obj)
        if not allowed or obj is None or request.user.has_perm("news.release_article"):
            return allowed
        return not obj.articles.released().exists()
