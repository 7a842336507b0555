"""What is typed is kept every few seconds: one rolling row for an article and a person, beside the article until it is
saved. It enters no history and is never public."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpResponseNotAllowed, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from news.admin.answers import article_or_refusal, not_signed_in, refused
from news.admin.conflicts import begun_in_window, moved_on, number_in, window_of
from news.admin.fields import OurRows
from news.admin.presence import news_for
from news.admin.typed import as_initial
from news.admin.versions import LANGUAGES, original_of
from news.history import first_version
from news.html import words_only
from news.models import Article, OpenForm, RollingDraft
from news.people import clock, name_of

SAVED_FORMS = "saved_forms"
WEEK = 7 * 24 * 3600


class KeepsTyped:
    """For the form class of articles: what was typed and not saved is shown again."""

    kept = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.kept and not self.is_bound:
            fields = self.kept.fields
            self.initial |= {
                name: as_initial(self.fields[name], fields[name]) for name in fields if name in self.fields
            }


class KeepsDrafts:
    """For the admin class of articles."""

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("autosave/", self.first_autosave_view, name="news_article_autosave_new"),
            path("<int:pk>/autosave/", self.autosave_view, name="news_article_autosave"),
            path("<int:pk>/unsaved/", view(self.unsaved_view), name="news_article_unsaved"),
            *super().get_urls(),
        ]

    def autosave_view(self, request, pk):
        article, refusal = article_or_refusal(self, request, pk)
        if request.method != "POST" or refusal:
            return refusal or HttpResponseNotAllowed(["POST"])
        return self._keep(request, article.pk)

    def _keep(self, request, pk):
        """Alone with the article, so that no save can come between the look at its version and what is kept."""
        with transaction.atomic():
            article = Article.objects.select_for_update().get(pk=pk)
            if article.version != number_in(request.POST):
                return refused(409, moved_on(article, request.user))
            if rolling := self.in_the_way(request, article):
                words = _("You have typed something else in another window at %(time)s, and it is not saved.")
                return refused(409, words % {"time": clock(rolling.saved_at)})
            typed = self.sheet(request, article).sent(request.POST)
            if typed.is_too_long:
                return refused(413, _("This is more than an article can hold. Shorten it before you save."))
            rolling = self._roll(request, article, typed)
            OpenForm.objects.report(article.pk, request.user)
            return JsonResponse(self._kept(request, article, rolling))

    @staticmethod
    def _roll(request, article, typed):
        values = {
            "based_on": article.version,
            "window": window_of(request.POST),
            "data": typed.as_json(),
            "saved_at": timezone.now(),
        }
        rolling, _is_new = RollingDraft.objects.update_or_create(
            article=article, user=request.user, defaults=values
        )
        return rolling

    def _kept(self, request, article, rolling):
        return news_for(request, article) | {
            "saved": _("saved %(time)s") % {"time": clock(rolling.saved_at)},
            "kept": rolling.stamp,
            "seen": article.version,
            "pk": article.pk,
            "change": reverse("admin:news_article_change", args=[article.pk]),
            "autosave": reverse("admin:news_article_autosave", args=[article.pk]),
            "presence": reverse("admin:news_article_presence", args=[article.pk]),
        }

    def first_autosave_view(self, request):
        """The first words of a new article make it, as a draft of its author; all of them are kept beside it."""
        refusal = not_signed_in(self, request)
        if not refusal and not self.has_add_permission(request):
            refusal = refused(403, _("You may not write articles."))
        if request.method != "POST" or refusal:
            return refusal or HttpResponseNotAllowed(["POST"])
        if pk := begun_in_window(request):
            return self.autosave_view(request, int(pk))
        article = self._begun(request)
        with transaction.atomic():
            try:
                article.full_clean()
            except ValidationError as error:
                return refused(422, " ".join(error.messages))
            with first_version(request.user):
                article.save()
            self.log_addition(request, article, [{"added": {}}])
            request.POST = request.POST.copy()
            request.POST["seen"] = str(article.version)
            return self._keep(request, article.pk)

    def _begun(self, request):
        original = original_of(request)
        language = request.POST.get("language")
        article = Article(
            headline=words_only(request.POST.get("headline", "")).strip()[:140],
            language=language if language in LANGUAGES else request.profile.default_language,
            author=request.user,
        )
        if original and self.has_view_permission(request, original):
            article.translation_group = original.translation_group
            article.follows(original)
        return article

    def unsaved_view(self, request, pk):
        """Own unsaved changes: compared with what is stored now, or thrown away."""
        article = get_object_or_404(Article, pk=pk)
        if not self.has_change_permission(request, article):
            raise PermissionDenied
        rolling = RollingDraft.objects.filter(article=article, user=request.user).first()
        change = HttpResponseRedirect(reverse("admin:news_article_change", args=[pk]))
        if rolling is None:
            return change
        if request.method == "POST":
            rolling.delete()
            self.message_user(request, _("Your unsaved changes are thrown away."), messages.SUCCESS)
            return change
        sheet = self.sheet(request, article)
        page = self.conflict_page(
            request, article, sheet, sheet.read(rolling.data), rolling.based_on, status=200
        )
        page.context_data |= {"unsaved": rolling, "kept": rolling.stamp, "window": rolling.window}
        return page

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if request.method == "GET" and (article := self._article(object_id)):
            self._show_again(request, article)
        response = super().changeform_view(request, object_id, form_url, extra_context)
        if request.method == "POST" and response.status_code == 302:
            _note_saved(request, response)
        return response

    def _show_again(self, request, article):
        """Unsaved changes made on the version that is stored stand in the form again."""
        rolling = RollingDraft.objects.filter(article=article, user=request.user).first()
        if rolling and rolling.based_on == article.version and self.has_change_permission(request, article):
            request.shown_again = self.sheet(request, article).read(rolling.data)
        request.rolling = rolling

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.kept = getattr(request, "shown_again", None)
        return form

    def get_formset_kwargs(self, request, obj, inline, prefix):
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        kept = getattr(request, "shown_again", None)
        if kept and issubclass(inline.formset, OurRows):
            kwargs["kept"] = kept.rows.get(prefix)
        return kwargs

    def save_related(self, request, form, formsets, change):
        """The last step of every save: what was kept beside the article is in it now."""
        super().save_related(request, form, formsets, change)
        RollingDraft.objects.filter(article=form.instance, user=request.user).delete()

    def render_change_form(self, request, context, obj=None, **kwargs):
        rolling = getattr(request, "rolling", None)
        is_shown = getattr(request, "shown_again", None) is not None
        may_save = self.has_change_permission(request, obj) if obj else self.has_add_permission(request)
        context |= {
            "keeps_drafts": may_save,
            "unsaved": rolling,
            "unsaved_is_shown": is_shown,
            "kept": rolling.stamp if rolling and is_shown else request.POST.get("kept", ""),
            "unsaved_of_others": _unsaved_of_others(obj, request.user) if obj else "",
        }
        return super().render_change_form(request, context, obj=obj, **kwargs)


def _unsaved_of_others(article, user):
    """ "Maria has unsaved changes of 18:03." for everybody who has some."""
    rows = article.rolling_drafts.exclude(user=user).select_related("user").order_by("saved_at")
    words = _("%(name)s has unsaved changes of %(time)s.")
    return " ".join(words % {"name": name_of(row.user), "time": clock(row.saved_at)} for row in rows)


def _note_saved(request, response):
    """Which windows have been saved: what the browser had kept of them is forgotten there (rescue.js)."""
    window = window_of(request.POST)
    if not window:
        return
    others = [
        each for each in request.COOKIES.get(SAVED_FORMS, "").split(".") if each.isalnum() and each != window
    ]
    response.set_cookie(
        SAVED_FORMS,
        ".".join([*others[-9:], window]),
        max_age=WEEK,
        path=reverse("admin:index"),
        secure=request.is_secure(),
        samesite="Lax",
    )
