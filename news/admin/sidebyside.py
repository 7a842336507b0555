"""A translation beside the text it follows: the form of the one, and of the other what has changed, word by word."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.safestring import mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from news.admin.conflicts import UNKNOWN, number_in
from news.admin.versions import LANGUAGES
from news.bodies import blocks_in
from news.copies import begin_translation
from news.history import fields_at
from news.html import sanitize
from news.models import Article
from news.panel.languages import spoken
from news.wording import marked, marked_text

PAGE = "news_article_translate"


class TranslatesBeside:
    """For the admin class of articles: the page of a translation, and the button that begins one."""

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/translate/", view(self.translate_page), name=PAGE),
            path("<int:pk>/translate/<slug:language>/", view(self.begin_page), name=f"{PAGE}_into"),
            *super().get_urls(),
        ]

    def translate_page(self, request, pk):
        """The form of the translation as ever, with its source beside it."""
        article = get_object_or_404(Article.objects.select_related("source"), pk=pk)
        if not self.has_change_permission(request, article):
            raise PermissionDenied
        source = article.original()
        if source is None:
            self.message_user(
                request, _("This article was not translated from another one."), messages.WARNING
            )
            return HttpResponseRedirect(reverse("admin:news_article_change", args=[pk]))
        return self.changeform_view(request, str(pk), extra_context={"beside": beside(article, source)})

    def begin_page(self, request, pk, language):
        """Sent, it begins the translation; opened, it asks first. A version that is there already is opened."""
        source = get_object_or_404(Article, pk=pk)
        if language not in LANGUAGES or language == source.language:
            raise Http404
        if not (self.has_view_permission(request, source) and self.has_add_permission(request)):
            raise PermissionDenied
        version = self._translation_begun(request, source, language) if request.method == "POST" else None
        if version or (version := source.versions().in_language(language).first()):
            return HttpResponseRedirect(reverse(f"admin:{PAGE}", args=[version.pk]))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": source,
            "title": _("New version: %(language)s") % {"language": spoken(language)},
        }
        return TemplateResponse(request, "admin/news/article/begin_translation.html", context)

    def _translation_begun(self, request, source, language):
        """One after the other: the second of two clicks opens what the first has begun."""
        with transaction.atomic():
            source = Article.objects.select_for_update().get(pk=source.pk)
            version = source.versions().in_language(language).first()
            if version is None:
                version = begin_translation(source, language, request.user)
                self.log_addition(request, version, [{"added": {}}])
            return version

    def save_model(self, request, obj, form, change):
        """Ticked, the text says again what its source said when the page was opened: what came after is still open."""
        if change and request.POST.get("up_to_date") and (source := obj.original()):
            seen = number_in(request.POST, "source_seen")
            if seen != UNKNOWN:
                obj.follows(source, min(seen, source.version))
        super().save_model(request, obj, form, change)

    def response_change(self, request, obj):
        response = super().response_change(request, obj)
        is_beside = request.resolver_match and request.resolver_match.url_name == PAGE
        if is_beside and "_save" in request.POST:
            return HttpResponseRedirect(reverse(f"admin:{PAGE}", args=[obj.pk]))
        return response

    def render_change_form(self, request, context, obj=None, **kwargs):
        if obj:
            context["other_versions"] = [(version, followed_by(obj, version)) for version in _versions(obj)]
        return super().render_change_form(request, context, obj=obj, **kwargs)


def _versions(article):
    return article.versions().select_related("source").defer("body", "body_text", "search_text")


def followed_by(article, version):
    """Of two versions of an article the one that follows the other; None where neither does."""
    if version.source_id == article.pk:
        return version
    return article if article.source_id == version.pk else None


def beside(article, source):
    """The source as it stands; where it has moved on, with what came marked in it and what went in its former text."""
    former = fields_at(source, article.source_version) if article.is_stale else None
    rows = [_row(source, former, name) for name in ("headline", "dateline", "teaser")]
    now, before = source.body, None
    if former and sanitize(former["body"]) != source.body:
        before, now = marked(sanitize(former["body"]), source.body)
    return {
        "source": source,
        "language": spoken(source.language),
        "is_stale": article.is_stale,
        "is_known": former is not None,
        "rows": rows,
        "body": now,
        "former_body": before,
        "blocks": blocks_in(source.body, before or ""),
        "former_rows": [row for row in rows if row["before"]],
    }


def _row(source, former, name):
    label = capfirst(Article._meta.get_field(name).verbose_name)
    said = former[name] if former else getattr(source, name)
    before, now = map(mark_safe, marked_text(said, getattr(source, name)))
    return {"label": label, "now": now, "before": before if said != getattr(source, name) else ""}
