"""Articles and their languages at a glance: which versions there are, how far each is, and what they lag behind."""

from django.core.exceptions import PermissionDenied
from django.db.models.functions import Coalesce
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _

from news.admin.release import in_words, state_of
from news.admin.versions import LANGUAGES
from news.models import Article
from news.panel.languages import spoken
from news.slugs import question

ROWS = 40
# Whoever is looking for something older finds it by its words.
LAST_PAGE = 250
ONLY = {"missing", "stale"}


class ShowsLanguages:
    """For the admin class of articles."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.languages_page)
        return [path("languages/", view, name="news_article_languages"), *super().get_urls()]

    def languages_page(self, request):
        if not self.has_view_permission(request):
            raise PermissionDenied
        only, words = request.GET.get("only", ""), question(request.GET.get("q", ""))
        number = request.GET.get("page", "")
        number = min(int(number), LAST_PAGE) if number.isdecimal() and len(number) < 5 and int(number) else 1
        rows = list(_groups(only, words)[(number - 1) * ROWS : number * ROWS + 1])
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Languages"),
            "languages": [(code, spoken(code)) for code in LANGUAGES],
            "rows": _with_versions(rows[:ROWS]),
            "may_add": self.has_add_permission(request),
            "filtered": only if only in ONLY else "",
            "q": words,
            "earlier": number - 1 if number > 1 else None,
            "later": number + 1 if len(rows) > ROWS and number < LAST_PAGE else None,
        }
        return TemplateResponse(request, "admin/news/languages.html", context)


def _groups(only, words):
    """One article for all its languages, in the order of the list of articles."""
    found = Article.objects.one_of_each_group().order_by(Coalesce("published_at", "updated_at").desc(), "-pk")
    found = found.search(words) if words else found
    if only == "missing":
        return found.lacking_one_of(LANGUAGES)
    return found.with_stale_versions() if only == "stale" else found


def _with_versions(rows):
    """[(article, [(language, its version or None)])]; one question for the versions of all rows."""
    versions = Article.objects.filter(translation_group__in=[row.translation_group for row in rows])
    by_group = {}
    for version in versions.select_related("source").defer("body", "body_text", "search_text"):
        version.state, version.state_words = state_of(version), in_words(version)
        by_group.setdefault(version.translation_group, {})[version.language] = version
    return [(row, [(code, by_group[row.translation_group].get(code)) for code in LANGUAGES]) for row in rows]
