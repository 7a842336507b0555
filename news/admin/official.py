"""From provisional to official: a list is marked, or an official copy of it is made and the old one stays."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from news.admin.asked import ids_in
from news.admin.counts import counted, in_turn
from news.admin.uploads import issued_now
from news.models import Classification, Result

State = Classification.State
# Columns of a line that belong to itself, not to what it says.
OWN = ("id", "classification")


def mark_official(lists):
    """These lists are official; where no day of issue is known, those of a race of these days were issued now."""
    for result_list in lists:
        result_list.state = State.OFFICIAL
        result_list.issued_at = result_list.issued_at or issued_now(result_list.session.race)
        result_list.save()
    return lists


def official_copies(lists):
    """An official list with the same lines for each of these, which is the one in force: issued now, or without a
    day of issue where the race is long past and the copied list has none either."""
    kept = ("session_id", "source", "remark_de", "remark_en")
    columns = [field.attname for field in Result._meta.concrete_fields if field.name not in OWN]
    copies = []
    for result_list in lists:
        said = {name: getattr(result_list, name) for name in kept}
        issued_at = issued_now(result_list.session.race) or (result_list.issued_at and timezone.now())
        copy = Classification.objects.create(state=State.OFFICIAL, issued_at=issued_at, **said)
        lines = result_list.results.order_by("pk")
        Result.objects.bulk_create(
            Result(classification=copy, **{name: getattr(line, name) for name in columns}) for line in lines
        )
        copies.append(copy)
    return copies


class MadeOfficial:
    """For the admin class of classifications: two actions, each with a page that says first what will happen."""

    actions = ["make_official", "copy_official"]

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("official/", view(self.official_page), {"how": "mark"}, name="news_classification_official"),
            path("copy/", view(self.official_page), {"how": "copy"}, name="news_classification_copy"),
            *super().get_urls(),
        ]

    def has_copy_permission(self, request):
        return request.user.has_perms(["news.add_classification", "news.add_result"])

    @admin.action(description=gettext_lazy("Mark official"), permissions=["change"])
    def make_official(self, request, queryset):
        return _confirm("official", queryset)

    @admin.action(
        description=gettext_lazy("Make an official copy of the provisional list"), permissions=["copy"]
    )
    def copy_official(self, request, queryset):
        return _confirm("copy", queryset)

    @in_turn
    def official_page(self, request, how):
        may = self.has_change_permission if how == "mark" else self.has_copy_permission
        if not may(request):
            raise PermissionDenied
        lists = list(self.get_queryset(request).filter(pk__in=ids_in(request, "lists")))
        if not lists:
            raise Http404
        fit = self._fit(lists, how)
        if request.method == "POST" and fit:
            self._make(request, fit, how)
            return redirect(_after(lists))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Mark official") if how == "mark" else _("Official copy"),
            "opts": self.opts,
            "lists": fit,
            "left": [result_list for result_list in lists if result_list not in fit],
            "sentence": _sentence(fit, how),
            "back": _after(lists),
        }
        return TemplateResponse(request, "admin/news/official.html", context)

    @staticmethod
    def _fit(lists, how):
        """Provisional ones; to be copied, only where no later list is in force already."""
        fit = [result_list for result_list in lists if result_list.state == State.PROVISIONAL]
        if how == "mark":
            return fit
        in_force = set(
            Classification.objects.current()
            .filter(pk__in=[row.pk for row in fit])
            .values_list("pk", flat=True)
        )
        return [result_list for result_list in fit if result_list.pk in in_force]

    def _make(self, request, lists, how):
        with counted(self.races_of(lists)):
            made = mark_official(lists) if how == "mark" else official_copies(lists)
        for result_list in made:
            if how == "mark":
                self.log_change(request, result_list, [{"changed": {"fields": ["state"]}}])
            else:
                self.log_addition(request, result_list, [{"added": {}}])
        said = ngettext(
            "%(n)d list is official: %(names)s.", "%(n)d lists are official: %(names)s.", len(made)
        )
        names = ", ".join(str(result_list.session) for result_list in made)
        self.message_user(request, said % {"n": len(made), "names": names}, messages.SUCCESS)


def _confirm(page, queryset):
    asked = ",".join(str(pk) for pk in queryset.values_list("pk", flat=True))
    return redirect(f"{reverse(f'admin:news_classification_{page}')}?lists={asked}")


def _after(lists):
    """Back to the session, where all lists are of one; else to the list of lists."""
    sessions = {result_list.session_id for result_list in lists}
    if len(sessions) == 1:
        return reverse("admin:news_session_change", args=[*sessions])
    return reverse("admin:news_classification_changelist")


def _sentence(lists, how):
    count = len(lists)
    if how == "mark":
        words = ngettext("%(n)d list becomes official.", "%(n)d lists become official.", count)
    else:
        words = ngettext(
            "%(n)d official list is made with the same lines; the provisional one stays readable.",
            "%(n)d official lists are made with the same lines; the provisional ones stay readable.",
            count,
        )
    return words % {"n": count} if count else _("None of these lists can become official this way.")
