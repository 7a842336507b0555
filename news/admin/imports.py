"""The import page under a session and under a season: hand in, see what would be stored, correct, confirm."""

from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from news.admin.uploads import ColumnsForm, ListForm, MatchesForm, TableForm, Upload
from news.models import Result, Standing
from news.times import format_gap, format_time
from news.timing.plan import plan_import
from news.timing.read import read
from news.timing.rows import BadFile, StandingsFile
from news.timing.sheet import UnknownColumns
from news.timing.standings import plan_standings, store_standings
from news.timing.store import Origin, store

# Changes of these columns are written as times.
TIMES = ("total_time_ms", "best_lap_ms", "gap_ms")


class TakesImports:
    """For an admin class whose rows take files: the page, its address and its steps."""

    # Who may use the page, and what its button says.
    import_permission = ""
    import_words = gettext_lazy("Import results")

    def get_urls(self):
        name = f"news_{self.opts.model_name}_import"
        page = path("<int:pk>/import/", self.admin_site.admin_view(self.import_page), name=name)
        return [page, *super().get_urls()]

    def render_change_form(self, request, context, obj=None, **kwargs):
        if obj and request.user.has_perm(self.import_permission):
            page = reverse(f"admin:news_{self.opts.model_name}_import", args=[obj.pk])
            context["tools"] = [*context.get("tools", []), (page, self.import_words)]
        return super().render_change_form(request, context, obj=obj, **kwargs)

    def import_page(self, request, pk):
        if not request.user.has_perm(self.import_permission):
            raise PermissionDenied
        target = self.get_object(request, str(pk))
        if target is None:
            raise Http404
        return _Desk(self, request, target).page()

    def import_form(self, target, data=None, files=None):
        raise NotImplementedError

    def plan(self, target, file, upload, **corrections):
        raise NotImplementedError

    def keep(self, plan, origin):
        raise NotImplementedError


class TakesResults(TakesImports):
    import_permission = "news.add_classification"

    def import_form(self, target, data=None, files=None):
        return ListForm(data, files, session=target)

    def read(self, target, upload):
        file = read(upload.data, name=upload.name, mapping=upload.mapping, timed=not target.is_race)
        if isinstance(file, StandingsFile):
            raise BadFile(
                _("This is a championship table, not a result list. Import it on the page of its season.")
            )
        return file

    def plan(self, target, file, upload, **corrections):
        said = {"state": upload.state, "issued_at": upload.issued_at, "source": upload.source}
        return plan_import(target, file, **said, **corrections)

    def keep(self, plan, origin):
        return store(plan, origin)


class TakesTables(TakesImports):
    import_permission = "news.add_standing"
    import_words = gettext_lazy("Import a table")

    def import_form(self, target, data=None, files=None):
        return TableForm(data, files)

    def read(self, target, upload):
        file = read(upload.data, name=upload.name, mapping=upload.mapping)
        if not isinstance(file, StandingsFile):
            raise BadFile(
                _("This is the result list of a session, not a table. Import it on the page of its session.")
            )
        return file

    def plan(self, target, file, upload, **corrections):
        return plan_standings(target, file, final=upload.final, source=upload.source, **corrections)

    def keep(self, plan, origin):
        return store_standings(plan, origin)


class _Desk:
    """One request of the import page."""

    def __init__(self, model_admin, request, target):
        self.admin, self.request, self.target = model_admin, request, target

    def page(self):
        if self.request.method != "POST":
            return self._ask(self.admin.import_form(self.target))
        if "upload" not in self.request.POST:
            return self._take()
        try:
            upload = Upload.unpacked(self.request.POST["upload"])
        except signing.BadSignature:
            messages.error(self.request, _("This preview is no longer valid. Hand the file in again."))
            return redirect(self.request.path)
        return self._go_on(upload)

    def _take(self):
        form = self.admin.import_form(self.target, self.request.POST, self.request.FILES)
        return self._go_on(form.upload(), form) if form.is_valid() else self._ask(form)

    def _go_on(self, upload, form=None):
        """The next page that this upload needs."""
        try:
            file = self.admin.read(self.target, upload)
            return self._preview(upload, file)
        except UnknownColumns as unknown:
            return self._columns(upload, unknown.columns)
        except BadFile as error:
            return self._ask(form or self.admin.import_form(self.target), error.problems)

    def _columns(self, upload, columns):
        """Which column holds what: only for sheets with a head that we do not know."""
        asked = self.request.POST.get("step") == "columns"
        form = ColumnsForm(self.request.POST if asked else None, columns=columns)
        if asked and form.is_valid() and upload.mapping is None:
            return self._go_on(Upload(**upload.__dict__ | {"mapping": form.mapping()}))
        return self._render("import_columns", {"form": form, "upload": upload.packed()})

    def _preview(self, upload, file):
        base = self.admin.plan(self.target, file, upload)
        step = self.request.POST.get("step")
        matches = MatchesForm(self.request.POST if step in ("correct", "confirm") else None, plan=base)
        plan = self._corrected(base, file, upload, matches) if matches.is_bound else base
        seen = self.request.POST.get("seen")
        if step == "confirm" and matches.is_valid() and seen == base.fingerprint:
            return self._confirm(plan, upload)
        if step == "confirm" and seen != base.fingerprint:
            messages.warning(
                self.request, _("Something has been changed since this preview. Please look again.")
            )
        context = {"plan": plan, "matches": matches, "upload": upload.packed(), "seen": base.fingerprint}
        return self._render("import_preview", context | {"lines": [shown(line) for line in plan.lines]})

    def _corrected(self, base, file, upload, matches):
        if not matches.is_valid():
            return base
        people, teams = matches.corrections("driver"), matches.corrections("team")
        return (
            self.admin.plan(self.target, file, upload, people=people, teams=teams)
            if people or teams
            else base
        )

    def _confirm(self, plan, upload):
        log = self.admin.keep(plan, Origin(upload.name, upload.data, self.request.user))
        if log is None:
            messages.info(self.request, _("Nothing changed: the list in force says the same already."))
            return redirect(f"admin:news_{self.admin.opts.model_name}_change", self.target.pk)
        messages.success(self.request, _("The list is stored and in force."))
        return redirect("admin:news_resultimport_change", log.pk)

    def _ask(self, form, problems=()):
        status = 422 if problems or form.errors else 200
        return self._render("import_ask", {"form": form, "problems": problems}, status=status)

    def _render(self, name, context, status=200):
        context = {
            **self.admin.admin_site.each_context(self.request),
            "opts": self.admin.opts,
            "row": self.target,
            "title": self.admin.import_words,
            "media": self.admin.media + context.get("matches", context.get("form")).media,
            **context,
        }
        return TemplateResponse(self.request, f"admin/news/{name}.html", context, status=status)


def shown(line):
    """A line of the plan with its changes in words: [(column, before, after)]."""
    changed = [
        (_column(line, name), _written(name, old), _written(name, new))
        for name, (old, new) in line.changes.items()
    ]
    of_car = [
        (_car_column(name), old or "—", new or "—")
        for name, (old, new) in getattr(line, "car_changes", {}).items()
    ]
    changes = [*changed, *(of_car if line.before else [])]
    return {
        "line": line,
        "row": line.row,
        "changes": changes,
        "place": _place(line.row),
        "time": _time(line.row),
    }


def _place(row):
    return row.position or Result.CODES.get(getattr(row, "status", ""), "—")


def _time(row):
    """The total time of the winner, the gap of the others, as timing sheets write both into one column."""
    gap = getattr(row, "gap", None)
    if gap and (gap.ms is not None or gap.laps):
        return format_gap(gap, _style())
    return _written("total_time_ms", getattr(row, "total_time_ms", None))


def _style():
    return "de" if get_language() == "de" else "en"


def _column(line, name):
    model = Result if isinstance(line.before, Result) else Standing
    return model._meta.get_field(name).verbose_name


def _car_column(name):
    return Result._meta.get_field("entry").related_model._meta.get_field(name).verbose_name


def _written(name, value):
    if value in (None, ""):
        return "—"
    if name in TIMES:
        return format_time(value, _style())
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return dict(Result.Status.choices).get(value, value) if name == "status" else str(value)
