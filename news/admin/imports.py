"""The import page under a session and under a season: hand in, see what would be stored, correct, confirm."""

from contextlib import nullcontext
from dataclasses import replace

from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from news.admin.imported import may
from news.admin.matches import MatchesForm
from news.admin.previews import shown
from news.admin.uploads import ColumnsForm, Upload
from news.derived.turns import one_at_a_time
from news.timing.rows import BadFile
from news.timing.sheet import UnknownColumns
from news.timing.store import Origin


class TakesImports:
    """For an admin class whose rows take files: the page, its address and its steps."""

    # What is imported: ResultLists or Tables.
    imported = None

    def get_urls(self):
        name = f"news_{self.opts.model_name}_import"
        page = path("<int:pk>/import/", self.admin_site.admin_view(self.import_page), name=name)
        return [page, *super().get_urls()]

    def render_change_form(self, request, context, obj=None, **kwargs):
        if obj and self.may_import(request):
            page = reverse(f"admin:news_{self.opts.model_name}_import", args=[obj.pk])
            context["tools"] = [*context.get("tools", []), (page, self.imported.words)]
        return super().render_change_form(request, context, obj=obj, **kwargs)

    def may_import(self, request):
        return may(request.user, ("add", "change"), self.imported.writes)

    def import_page(self, request, pk):
        if not self.may_import(request):
            raise PermissionDenied
        target = self.get_object(request, str(pk))
        if target is None:
            raise Http404
        return _Desk(self, request, target).page()


class _Desk:
    """One request of the import page."""

    def __init__(self, model_admin, request, target):
        self.admin, self.request, self.target = model_admin, request, target
        self.kind = model_admin.imported

    @property
    def _step(self):
        return self.request.POST.get("step")

    def page(self):
        if self.request.method != "POST":
            return self._ask(self.kind.form(self.target))
        if "upload" not in self.request.POST:
            return self._take()
        try:
            upload = Upload.unpacked(self.request.POST["upload"])
        except signing.BadSignature:
            messages.error(self.request, _("This preview is no longer valid. Hand the file in again."))
            return redirect(self.request.path)
        return self._go_on(upload)

    def _take(self):
        form = self.kind.form(self.target, self.request.POST, self.request.FILES)
        return self._go_on(form.upload(), form) if form.is_valid() else self._ask(form)

    def _go_on(self, upload, form=None):
        """The next page that this upload needs."""
        try:
            file = self.kind.read(self.target, upload)
            with one_at_a_time() if self._step == "confirm" else nullcontext():
                return self._preview(upload, file)
        except UnknownColumns as unknown:
            return self._columns(upload, unknown.columns)
        except BadFile as error:
            return self._ask(form or self._as_handed_in(upload), error.problems)

    def _as_handed_in(self, upload):
        """The first page again, after a later one: what was typed there is not typed twice."""
        form = self.kind.form(self.target)
        said = {"source": upload.source, "state": upload.state, "issued_at": upload.issued_at}
        text = "" if upload.name else upload.data.decode()
        form.initial = {name: value for name, value in (said | {"text": text}).items() if value}
        return form

    def _columns(self, upload, columns):
        """Which column holds what: only for sheets with a head that we do not know."""
        asked = self._step == "columns"
        form = ColumnsForm(self.request.POST if asked else None, columns=columns)
        mapping = form.mapping() if asked and form.is_valid() else None
        if mapping and mapping != upload.mapping:
            return self._go_on(replace(upload, mapping=mapping))
        if mapping:
            form.add_error(None, self.kind.too_few_columns)
        return self._render("import_columns", {"form": form, "upload": upload.packed()})

    def _preview(self, upload, file):
        base = self.kind.plan(self.target, file, upload)
        is_old = self._step == "confirm" and self.request.POST.get("seen") != base.fingerprint
        matches = MatchesForm(self.request.POST if self._step in ("correct", "confirm") else None, plan=base)
        if is_old and base.is_as_before:
            return self._confirm(base, upload)
        if is_old:
            messages.warning(
                self.request, _("Something has been changed since this preview. Please look again.")
            )
            # Answers to questions that are asked no more.
            matches = matches if matches.is_valid() else MatchesForm(plan=base)
        plan = self._corrected(base, file, upload, matches) if matches.is_bound else base
        if self._step == "confirm" and not is_old and matches.is_valid():
            return self._confirm(plan, upload)
        context = {"plan": plan, "matches": matches, "upload": upload.packed(), "seen": base.fingerprint}
        return self._render("import_preview", context | {"lines": [shown(line) for line in plan.lines]})

    def _corrected(self, base, file, upload, matches):
        if not matches.is_valid():
            return base
        people, teams = matches.corrections("driver"), matches.corrections("team")
        return (
            self.kind.plan(self.target, file, upload, people=people, teams=teams) if people or teams else base
        )

    def _confirm(self, plan, upload):
        log = self.kind.keep(plan, Origin(upload.name, upload.data, self.request.user))
        if log is None:
            messages.info(self.request, _("Nothing changed: the list in force says the same already."))
            return redirect(f"admin:news_{self.admin.opts.model_name}_change", self.target.pk)
        messages.success(self.request, self.kind.stored_words)
        return redirect("admin:news_resultimport_change", log.pk)

    def _ask(self, form, problems=()):
        status = 422 if problems or form.errors else 200
        return self._render("import_ask", {"form": form, "problems": problems}, status=status)

    def _render(self, name, context, status=200):
        context = {
            **self.admin.admin_site.each_context(self.request),
            "opts": self.admin.opts,
            "row": self.target,
            "title": self.kind.words,
            "media": self.admin.media + context.get("matches", context.get("form")).media,
            **context,
        }
        return TemplateResponse(self.request, f"admin/news/{name}.html", context, status=status)
