"""The history of an article as the newsroom sees it: every version, any two of them compared word by word, and the way
back to a former one, also of an article that was deleted."""

from functools import partial

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from reversion.models import Version

from news.admin.conflicts import number_in
from news.admin.fields import OurRows
from news.admin.typed import Sheet
from news.history import Stale, gallery_at, keep_before_deleting, name_milestone, number_of, versions_of
from news.models import Article, GalleryPhoto, Milestone
from news.restoring import Former, bring_back, restore

FIELDS = (
    "headline", "dateline", "teaser", "body", "kind", "language", "byline", "race", "lead_photo", "tags",
    "published_at", "expires_at", "pinned", "slug",
)  # fmt: skip
# What a restore leaves as it is.
STAYING = ("language", "published_at", "expires_at", "pinned", "slug")
LONGEST_NAME = Milestone._meta.get_field("name").max_length
A_PAGE = 50


class HasHistory:
    """For the admin class of articles."""

    def get_urls(self):
        view = self.admin_site.admin_view
        of_version = "<int:pk>/history/<int:version>/"
        return [
            path("<int:pk>/compare/", view(require_safe(self.compare_view)), name="news_article_compare"),
            path(f"{of_version}restore/", view(self.restore_view), name="news_article_restore"),
            path(f"{of_version}name/", view(require_POST(self.name_view)), name="news_article_name"),
            path("deleted/", view(self.deleted_view), name="news_article_deleted"),
            path(
                f"deleted/{of_version}",
                view(require_POST(self.bring_back_view)),
                name="news_article_bring_back",
            ),
            *super().get_urls(),
        ]

    # ---- every version ----

    def history_view(self, request, object_id, extra_context=None):
        article = self._looked_at(request, object_id)
        page = Paginator(versions_of(object_id), A_PAGE).get_page(request.GET.get("page"))
        context = {
            **self.admin_site.each_context(request),
            "title": _("History"),
            "opts": self.opts,
            "article": article,
            "named": article or page.object_list[0].field_dict["headline"],
            "pk": int(object_id),
            "page": page,
            "rows": [_row(version) for version in page],
            "may_change": bool(article) and self.has_change_permission(request, article),
            "may_name": self.has_release_permission(request),
            "longest_name": LONGEST_NAME,
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/news/article/history.html", context)

    def _looked_at(self, request, pk):
        """The article; None for a deleted one, whose history is for editors."""
        article = Article.objects.filter(pk=pk).first() if str(pk).isdecimal() else None
        if not self.has_view_permission(request, article):
            raise PermissionDenied
        if article is None and not self.has_release_permission(request):
            raise PermissionDenied
        if article is None and not (str(pk).isdecimal() and versions_of(pk).exists()):
            raise Http404
        return article

    def compare_view(self, request, pk):
        """Any two; without a choice the newest with the one before."""
        article = self._looked_at(request, pk)
        versions = versions_of(pk)
        asked = [versions.filter(pk=number_in(request.GET, name)).first() for name in ("old", "new")]
        new = asked[1] or versions.first()
        if new is None:
            return HttpResponseRedirect(reverse("admin:news_article_history", args=[pk]))
        old = asked[0] or versions.filter(pk__lt=new.pk).first() or new
        old, new = sorted((old, new), key=lambda version: version.pk)
        context = self._compared(request, article, old, new) | {
            "title": _("What has changed"),
            "pk": pk,
            "may_change": bool(article) and self.has_change_permission(request, article),
        }
        return TemplateResponse(request, "admin/news/article/compare.html", context)

    def _compared(self, request, article, old, new):
        sheet = self._reading_sheet(request)
        return {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "article": article,
            "named": article or new.field_dict["headline"],
            "old": _row(old),
            "new": _row(new),
            "differences": sheet.differences(self._typed(request, old), self._typed(request, new)),
        }

    def _typed(self, request, version):
        """What the form would have held."""
        fields = version.field_dict
        former = Article(**{name: value for name, value in fields.items() if name != "tags"})
        typed = self._reading_sheet(request, former, initial={"tags": fields["tags"]}).stored()
        rows = [{"photo": [str(photo)], "order": [str(order)]} for photo, order in gallery_at(version)]
        typed.rows = dict.fromkeys(typed.rows, rows)
        return typed

    def _reading_sheet(self, request, article=None, **form):
        """All fields that a version keeps, whatever this person may change of them."""
        callback = partial(self.formfield_for_dbfield, request=request)
        form_class = forms.modelform_factory(Article, fields=FIELDS, formfield_callback=callback)
        rows = forms.inlineformset_factory(
            Article, GalleryPhoto, formset=OurRows, fields=["photo", "order"], extra=0
        )
        return Sheet(form_class(instance=article, **form), [rows(queryset=GalleryPhoto.objects.none())])

    # ---- back to a former one ----

    def restore_view(self, request, pk, version):
        """Shows what it would change, then does it."""
        article = get_object_or_404(Article, pk=pk)
        if not self.has_change_permission(request, article):
            raise PermissionDenied
        former = get_object_or_404(versions_of(pk), pk=version)
        if request.method == "POST" and (answer := self._restored(request, article, former)):
            return answer
        latest = versions_of(pk).first()
        compared = self._compared(request, article, latest, former)
        context = compared | {
            "title": _("Restore"),
            "differences": [each for each in compared["differences"] if each.name not in STAYING],
            "losses": Former(former).losses(),
            "seen": article.version,
        }
        return TemplateResponse(request, "admin/news/article/restore.html", context)

    def _restored(self, request, article, former):
        try:
            article = restore(article.pk, former, request.user, number_in(request.POST))
        except Stale:
            words = _("Somebody has saved the article in the meantime. Look again at what would change.")
            self.message_user(request, words, messages.WARNING)
        except ValidationError as error:
            self.message_user(request, " ".join(error.messages), messages.ERROR)
        else:
            self.log_change(
                request, article, _("Restored version %(number)d.") % {"number": number_of(former)}
            )
            words = _("“%(article)s” is as it was in version %(number)d. The versions since are kept.")
            said = words % {"article": article, "number": number_of(former)}
            self.message_user(request, said, messages.SUCCESS)
            return HttpResponseRedirect(reverse("admin:news_article_change", args=[article.pk]))
        return None

    def name_view(self, request, pk, version):
        if not self.has_release_permission(request):
            raise PermissionDenied
        self._looked_at(request, pk)
        name_milestone(
            get_object_or_404(versions_of(pk), pk=version),
            request.POST.get("name", "").strip()[:LONGEST_NAME],
        )
        return HttpResponseRedirect(reverse("admin:news_article_history", args=[pk]))

    # ---- deleted ones ----

    def changelist_view(self, request, extra_context=None):
        may = {"may_bring_back": self.has_release_permission(request)}
        return super().changelist_view(request, may | (extra_context or {}))

    def delete_model(self, request, obj):
        with transaction.atomic():
            keep_before_deleting(obj, request.user)
            super().delete_model(request, obj)

    def delete_queryset(self, request, queryset):
        with transaction.atomic():
            for article in queryset:
                keep_before_deleting(article, request.user)
            super().delete_queryset(request, queryset)

    def deleted_view(self, request):
        if not self.has_release_permission(request):
            raise PermissionDenied
        deleted = Version.objects.get_deleted(Article).select_related("revision__user")
        deleted = deleted.prefetch_related("revision__milestones").order_by("-pk")
        page = Paginator(deleted, A_PAGE).get_page(request.GET.get("page"))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Deleted articles"),
            "opts": self.opts,
            "page": page,
            "rows": [_row(version) for version in page],
        }
        return TemplateResponse(request, "admin/news/article/deleted.html", context)

    def bring_back_view(self, request, pk, version):
        if not (self.has_release_permission(request) and self.has_add_permission(request)):
            raise PermissionDenied
        former = get_object_or_404(versions_of(pk), pk=version)
        if Article.objects.filter(pk=pk).exists():
            return HttpResponseRedirect(reverse("admin:news_article_change", args=[pk]))
        losses = Former(former).losses()
        try:
            article = bring_back(former, request.user)
        except ValidationError as error:
            self.message_user(request, " ".join(error.messages), messages.ERROR)
            return HttpResponseRedirect(reverse("admin:news_article_deleted"))
        words = _("“%(article)s” is back: as a draft, with its history.") % {"article": article}
        self.message_user(request, " ".join([words, *losses]), messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:news_article_change", args=[article.pk]))


def _row(version):
    """What is said of a version: its number, who, when, what it is called and what somebody had to say."""
    named = [*version.revision.milestones.all()]
    return {
        "version": version,
        "number": number_of(version),
        "headline": version.field_dict["headline"],
        "who": version.revision.user,
        "when": version.revision.date_created,
        "milestones": [each for each in named if each.kind != Milestone.Kind.NAMED],
        "name": next((each.name for each in named if each.kind == Milestone.Kind.NAMED), ""),
        "comment": version.revision.comment,
    }
