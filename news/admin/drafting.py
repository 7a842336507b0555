"""An article from what is on record of a race, in one click: from the race, the start page, a new article's form."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import get_language, get_language_info, gettext_lazy
from django.utils.translation import gettext as _

from news.drafting import begun
from news.drafting.begun import Writes
from news.models import Article, Race

WORDS = {
    Writes.REPORT: gettext_lazy("Write the report"),
    Writes.PREVIEW: gettext_lazy("Write the preview"),
    Writes.ANNOUNCEMENT: gettext_lazy("Write the announcement"),
    Writes.NOTHING: "",
}
# How many of the last races the form of a new article offers.
OFFERED = 3


def may_write(request):
    return request.user.has_perms(["news.add_article", "news.view_race"])


class WritesReports:
    """For the admin class of races: the page that writes, and its button above the form of a race."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.report_page)
        return [path("<int:pk>/report/", view, name="news_race_report"), *super().get_urls()]

    def render_change_form(self, request, context, obj=None, **kwargs):
        if obj and may_write(request):
            context["writes"] = WORDS[begun.what_to_write(obj)]
        return super().render_change_form(request, context, obj=obj, **kwargs)

    def report_page(self, request, pk):
        """Sent, it writes. Opened, or where there is nothing to write or somebody has begun already, it says so and
        what can be done instead."""
        race = Race.objects.with_place().filter(pk=pk).first()
        if race is None:
            raise Http404
        if not may_write(request):
            raise PermissionDenied
        writes = begun.what_to_write(race)
        if request.method == "POST" and writes:
            with transaction.atomic():
                # One after the other: the second of two clicks finds what the first has begun.
                Race.objects.select_for_update(of=("self",)).get(pk=pk)
                if "again" in request.POST or not begun.existing(race, writes.value).exists():
                    return self._begun(request, race)
        context = {
            **self.admin_site.each_context(request),
            "title": WORDS[writes] or WORDS[Writes.REPORT],
            "opts": self.opts,
            "original": race,
            "why": begun.why_no_report(race),
            "writes": WORDS[writes],
            "already": begun.existing(race, writes.value) if writes else [],
        }
        return TemplateResponse(request, "admin/news/race_report.html", context)

    def _begun(self, request, race):
        articles = begun.begin(race, request.user, first_language=request.profile.default_language)
        articles_admin = self.admin_site.get_model_admin(Article)
        for article in articles:
            articles_admin.log_addition(request, article, [{"added": {}}])
        said = _("Begun from what is on record, in %(languages)s. Still to do: %(todo)s.")
        languages = [str(get_language_info(article.language)["name_translated"]) for article in articles]
        self.message_user(
            request,
            said % {"languages": _(" and ").join(languages), "todo": ", ".join(_to_do(articles[0]))},
            messages.SUCCESS,
        )
        own = next((each for each in articles if each.language == get_language()), articles[0])
        return redirect("admin:news_article_change", own.pk)


def _to_do(article):
    yield _("fill in the quotes")
    if not article.lead_photo_id:
        yield _("choose the lead photo")
    yield _("read and add what only you know")


class OffersReports:
    """For the admin class of articles: above the form of a new one the last races that can be written about."""

    def render_change_form(self, request, context, obj=None, **kwargs):
        if not obj and may_write(request) and not request.GET.get("translation_of"):
            races = [*Race.objects.upcoming()[:1], *Race.objects.past()[:OFFERED]]
            named = request.GET.get("race", "")
            races += Race.objects.filter(pk=named) if named.isdecimal() and len(named) < 10 else []
            offers = {race.pk: (race, WORDS[begun.what_to_write(race)]) for race in races}
            context["offers"] = [(race, words) for race, words in offers.values() if words]
        return super().render_change_form(request, context, obj=obj, **kwargs)
