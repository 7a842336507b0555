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
from django.utils.translation import gettext_lazy

from news.admin.matches import MatchesForm
from news.admin.previews import shown
from news.admin.uploads import ColumnsForm, ListForm, TableForm, Upload
from news.derived.turns import one_at_a_time
from news.timing.plan import plan_import
from news.timing.read import read
from news.timing.rows import BadFile, StandingsFile
from news.timing.sheet import UnknownColumns
from news.timing.standings import plan_standings, store_standings
from news.timing.store import Origin, store

# What an import writes: people and teams with both kinds of file.
PEOPLE = ("driver", "driveralias", "team", "teamalias")
LISTS = ("classification", "result", "entry", "crew", *PEOPLE)
TABLES = ("standing", *PEOPLE)


def may(user, actions, models):
    """Whether somebody may do all that an import does by itself, or what taking it back does."""
    return user.has_perms([f"news.{action}_{model}" for action in actions for model in models])


class TakesImports:
    """For an admin class whose rows take files: the page, its address and its steps."""

    # What the page writes, and what its button says.
    import_writes = ()
    import_words = gettext_lazy("Import results")
    stored_words = gettext_lazy("The list is stored and in force.")
    # Of a sheet whose columns say too little even now.
    too_few_columns = ""

    def get_urls(self):
        name = f"news_{self.opts.model_name}_import"
        page = path("<int:pk>/import/", self.admin_site.admin_view(self.import_page), name=name)
        return [page, *super().get_urls()]

    def render_change_form(self, request, context, obj=None, **kwargs):
        if obj and self.may_import(request):
            page = reverse(f"admin:news_{self.opts.model_name}_import", args=[obj.pk])
            context["tools"] = [*context.get("tools", []), (page, self.import_words)]
        return super().render_change_form(request, context, obj=obj, **kwargs)

    def may_import(self, request):
        return may(request.user, ("add", "change"), self.import_writes)

    def import_page(self, request, pk):
        if not self.may_import(request):
            raise PermissionDenied
        target = self.get_object(request, str(pk))
        if target is None:
            raise Http404
        return _Desk(self, request, target).page()

    def import_form(self, target, data=None, files=None):
        raise NotImplementedError

    def read(self, target, upload):
        raise NotImplementedError

    def plan(self, target, file, upload, **corrections):
        raise NotImplementedError

    def keep(self, plan, origin):
        raise NotImplementedError


class TakesResults(TakesImports):
    import_writes = LISTS
    too_few_columns = gettext_lazy("Say which column names the cars: by number, by drivers or by team.")

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
    import_writes = TABLES
    import_words = gettext_lazy("Import a table")
    stored_words = gettext_lazy("The table is stored.")
    too_few_columns = gettext_lazy("Say which columns hold the points and the drivers or teams.")

    def import_form(self, target, data=None, files=None):
        return TableForm(data, files)

    def read(self, target, upload):
        file = read(upload.data, name=upload.name, mapping=upload.mapping, standings=True)
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

    @property
    def _step(self):
        return self.request.POST.get("step")

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
            with one_at_a_time() if self._step == "confirm" else nullcontext():
                return self._preview(upload, file)
        except UnknownColumns as unknown:
            return self._columns(upload, unknown.columns)
        except BadFile as error:
            return self._ask(form or self._as_handed_in(upload), error.problems)

    def _as_handed_in(self, upload):
        """The first page again, after a later one: what was typed there is not typed twice."""
        form = self.admin.import_form(self.target)
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
            form.add_error(None, self.admin.too_few_columns)
        return self._render("import_columns", {"form": form, "upload": upload.packed()})

    def _preview(self, upload, file):
        base = self.admin.plan(self.target, file, upload)
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
            self.admin.plan(self.target, file, upload, people=people, teams=teams)
            if people or teams
            else base
        )

    def _confirm(self, plan, upload):
        log = self.admin.keep(plan, Origin(upload.name, upload.data, self.request.user))
        if log is None:
            messages.info(self.request, _("Nothing changed: the list in force says the same already."))
            return redirect(f"admin:news_{self.admin.opts.model_name}_change", self.target.pk)
        messages.success(self.request, self.admin.stored_words)
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
