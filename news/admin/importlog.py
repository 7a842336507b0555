"""The log of imports: what each brought, and taking back the one that has just been made."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import path
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from news.admin.imported import LISTS, TABLES, may
from news.models import ResultImport
from news.timing.undo import CannotUndo, refuse_undo, undo


@admin.register(ResultImport)
class ResultImportAdmin(admin.ModelAdmin):
    list_display = ["created_at", "name", "target", "what", "who", "undone"]
    list_display_links = ["name"]
    list_filter = ["provider", "state"]
    list_select_related = ["user"]
    date_hierarchy = "created_at"
    search_fields = ["file_name", "target", "checksum"]
    search_help_text = gettext_lazy("File, race or checksum.")
    fieldsets = [
        (None, {"fields": ["receipt"]}),
        (gettext_lazy("The file"), {"fields": ["file_name", "provider", "checksum", "user", "created_at"]}),
    ]

    @admin.display(description=gettext_lazy("file"), ordering="file_name")
    def name(self, log):
        return log.file_name or log.get_provider_display()

    @admin.display(description=gettext_lazy("lines"))
    def what(self, log):
        words = _("%(new)d new, %(changed)d changed, %(unchanged)d as before")
        return words % {"new": log.new, "changed": log.changed, "unchanged": log.unchanged}

    @admin.display(description=gettext_lazy("imported by"), ordering="user")
    def who(self, log):
        return log.user or _("command line")

    @admin.display(description=gettext_lazy("taken back"), ordering="undone_at")
    def undone(self, log):
        return format_html('<span class="chip">{}</span>', _("taken back")) if log.undone_at else ""

    @admin.display(description=gettext_lazy("what it did"))
    def receipt(self, log):
        return render_to_string("admin/news/_receipt.html", {"log": log, "counts": self.what(log)})

    def get_readonly_fields(self, request, obj=None):
        return ["receipt", *(field.name for field in self.opts.fields)]

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        """What happened is on record: it can be looked at and taken back, not rewritten."""
        return False

    def get_urls(self):
        view = self.admin_site.admin_view(self.take_back)
        return [path("<int:pk>/undo/", view, name="news_resultimport_undo"), *super().get_urls()]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        log = self.get_object(request, object_id)
        return super().change_view(
            request, object_id, form_url, self._undoing(request, log) | (extra_context or {})
        )

    def _undoing(self, request, log):
        """Whether the page offers to take the import back, or why not."""
        if log is None or log.undone_at or not self._may_undo(request, log):
            return {}
        try:
            refuse_undo(log)
        except CannotUndo as reason:
            return {"why_not": str(reason)}
        return {"can_undo": True}

    def _may_undo(self, request, log):
        return may(request.user, ("change", "delete"), TABLES if log.season_id else LISTS)

    def take_back(self, request, pk):
        log = get_object_or_404(ResultImport, pk=pk)
        if not self._may_undo(request, log):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        try:
            undo(log)
        except CannotUndo as reason:
            messages.error(request, str(reason))
        else:
            messages.success(request, _("The import is taken back. Everything is as it was before."))
        return redirect("admin:news_resultimport_change", pk)
