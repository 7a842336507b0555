"""The panel beside the article's form: what it says of the article with what stands in the form, saved or not."""

import re
from contextlib import suppress
from copy import copy

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.views.decorators.cache import never_cache

from news.checking.contradictions import look_again_at_article
from news.html import sanitize
from news.models import Article, Race
from news.panel import Written, panel_of, refusals
from news.steps import TO_VISITORS

WORDS = ("headline", "dateline", "teaser", "kind", "language")
GALLERY = re.compile(r"gallery_photos-(\d+)-photo")


def typed(article, form, data) -> Written:
    """The article with what stands in the form, as far as it can be read. A field that the form does not have, or
    whose value nobody can read yet, is as it is stored."""
    article = copy(article)
    for name in form.base_fields.keys() & set(WORDS):
        setattr(article, name, data.get(name, "").strip())
    if "body" in form.base_fields:
        article.body = sanitize(data.get("body", ""))
    for name in form.base_fields.keys() & {"published_at", "expires_at"}:
        field = form.base_fields[name]
        with suppress(ValidationError):
            setattr(article, name, field.clean(field.widget.value_from_datadict(data, {}, name)))
    for name in form.base_fields.keys() & {"race", "lead_photo"}:
        setattr(article, f"{name}_id", _number(data.get(name)))
    article.race = Race.objects.select_related("circuit").filter(pk=article.race_id).first()
    if article._state.adding and (original := _number(data.get("translation_of"))):
        group = Article.objects.filter(pk=original).values_list("translation_group", flat=True)
        article.translation_group = group.first() or article.translation_group
    return Written(article, gallery=_gallery(data))


def _gallery(data):
    """The ids of the photos in the rows of the form that are to stay; None where it has no such rows."""
    if "gallery_photos-TOTAL_FORMS" not in data:
        return None
    rows = [found for name in data if (found := GALLERY.fullmatch(name))]
    kept = [row[0] for row in rows if not data.get(f"gallery_photos-{row[1]}-DELETE")]
    return [pk for name in kept if (pk := _number(data.get(name)))]


def _number(text):
    return int(text) if text and text.isdecimal() and len(text) < 19 else None


class RefusesIncomplete:
    """For the article's form: who releases it hears what the panel calls needed, at the fields."""

    def clean(self):
        cleaned = super().clean()
        if self._is_released_now():
            for finding in refusals(typed(self.instance, self, self.data)):
                self.add_error(finding.field if finding.field in self.fields else None, finding.sentence)
        return cleaned

    def _is_released_now(self):
        """What was released before can be mended in small steps: an old report whose photo nobody may show any more."""
        return self.step in TO_VISITORS and not self.was_released


class HasPanel:
    """For the admin class of articles: the panel in the side of the form, and as a page of its own."""

    def get_urls(self):
        check = self.admin_site.admin_view(self.check_view)
        return [
            path("check/", check, name="news_article_check_new"),
            path("<int:pk>/check/", check, name="news_article_check"),
            *super().get_urls(),
        ]

    def save_related(self, request, form, formsets, change):
        """Whoever saves has what contradicts the results before their eyes: it is no news to the newsroom any more."""
        super().save_related(request, form, formsets, change)
        if change:
            form.instance.contradictions.filter(seen_at=None).update(seen_at=timezone.now())
        else:
            look_again_at_article(form.instance.pk)

    def check_view(self, request, pk=None):
        """What is sent is the state of the form; who asks for the page alone sees what is stored."""
        article = self._article_to_check(request, pk)
        if request.method == "POST":
            written = typed(article, self.get_form(request, article if pk else None), request.POST)
        elif pk:
            written = Written(article)
        else:
            raise Http404
        piece = request.headers.get("X-Requested-With") == "fetch"
        context = {"article": article, "panel": panel_of(written)}
        if piece:
            return never_cache(render)(request, "admin/news/_panel.html", context)
        page = self.admin_site.each_context(request) | context | {"opts": self.opts}
        return never_cache(render)(request, "admin/news/article_check.html", page)

    def _article_to_check(self, request, pk):
        if pk is None:
            if not self.has_add_permission(request):
                raise PermissionDenied
            return Article(author=request.user)
        article = self.get_queryset(request).select_related("race__circuit", "source").filter(pk=pk).first()
        if not (article and self.has_view_permission(request, article)):
            raise PermissionDenied if article else Http404
        return article
