"""Sessions, with the result list in force to be entered right under each of them."""

from django.contrib import admin
from django.db.models import Prefetch
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from news.admin.counts import CountsResults
from news.admin.fields import OurFields
from news.admin.filters import OF_RACES
from news.admin.imported import ResultLists
from news.admin.imports import TakesImports
from news.admin.lines import CarsInGrid
from news.admin.results import ChecksPlaces, ResultInline, state_chip
from news.admin.search import FindsNames
from news.admin.timetable import SessionForm
from news.models import Classification, Session


class OfListInForce:
    """A line belongs to a list, and the list to the session: these inlines span both."""

    def __init__(self, parent_model, admin_site):
        super().__init__(Classification, admin_site)


class ResultInForceInline(OfListInForce, ResultInline):
    verbose_name_plural = _("Lines of the list in force")

    def get_extra(self, request, obj=None, **kwargs):
        result_list = obj.current_classification()
        return super().get_extra(request, result_list, **kwargs)


class CarsInForceInline(OfListInForce, CarsInGrid):
    """The same lines with those that are missing: a row for each car, asked for by `?cars=1`."""


@admin.register(Session)
class SessionAdmin(ChecksPlaces, TakesImports, CountsResults, FindsNames, OurFields, admin.ModelAdmin):
    race_path = "race"
    imported = ResultLists()
    form = SessionForm
    list_display = ["title", "start", "planned", "list_in_force"]
    list_filter = [*OF_RACES, "kind", "time_known"]
    list_select_related = ["race__circuit"]
    date_hierarchy = "race__first_day"
    search_fields = ["race__search_text", "label"]
    search_help_text = _("Words of the race’s name.")
    ordering = ["-race__first_day", "-race_id", "starts_at", "order"]
    autocomplete_fields = ["race"]
    inlines = [ResultInForceInline]
    fieldsets = [
        (
            _("Session"),
            {
                "fields": [
                    "race",
                    ("kind", "label"),
                    ("starts_at", "time_known", "cancelled"),
                    ("planned_minutes", "planned_laps", "order"),
                    "moved_from",
                ]
            },
        ),
        (_("Result lists"), {"fields": ["result_lists"]}),
    ]

    def option(self, session):
        return f"{session} ({session.race.year})"

    @admin.display(description=_("session"), ordering="kind")
    def title(self, session):
        return format_html("<b>{}</b> <small>{}</small>", session.title, session.race)

    @admin.display(description=_("start at the track"), ordering="starts_at")
    def start(self, session):
        return render_to_string("admin/news/_start.html", {"session": session})

    @admin.display(description=_("planned"), ordering="planned_minutes")
    def planned(self, session):
        return render_to_string("admin/news/_planned.html", {"session": session})

    @admin.display(description=_("result list"))
    def list_in_force(self, session):
        return state_chip(session.in_force[0]) if session.in_force else self.get_empty_value_display()

    @admin.display(description=_("lists of this session"))
    def result_lists(self, session):
        if not session.pk:
            return _("Save the session first; then its result can be entered here.")
        lists = session.classifications.newest_first().prefetch_related("results")
        context = {
            "session": session,
            "lists": lists,
            "has_cars": session.race.entries.exists(),
            "may": getattr(session, "may", {}),
        }
        return render_to_string("admin/news/_result_lists.html", context)

    def get_queryset(self, request):
        in_force = Prefetch("classifications", Classification.objects.current(), to_attr="in_force")
        return super().get_queryset(request).select_related("race__circuit").prefetch_related(in_force)

    def get_readonly_fields(self, request, obj=None):
        return ["race", "result_lists"] if obj else ["result_lists"]

    def get_inlines(self, request, obj):
        if not obj:
            return []
        return [CarsInForceInline] if "cars" in request.GET else self.inlines

    def render_change_form(self, request, context, obj=None, **kwargs):
        if obj:
            may = request.user.has_perm
            obj.may = {
                "import": self.may_import(request),
                "mark": may("news.change_classification"),
                "copy": may("news.add_classification") and may("news.add_result"),
                "add": may("news.add_classification"),
                "enter": may("news.add_result"),
            }
        return super().render_change_form(request, context, obj=obj, **kwargs)

    def response_change(self, request, obj):
        """Who keeps editing in the grid stays in it."""
        answer = super().response_change(request, obj)
        stays = "_continue" in request.POST and "cars" in request.GET
        return redirect(f"{request.path}?cars=1") if stays else answer

    def get_formset_kwargs(self, request, obj, inline, prefix):
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        return kwargs | {"instance": obj.current_classification() or Classification(session=obj)}

    def save_formset(self, request, form, formset, change):
        """The first line makes the list that it stands in: a provisional one, until somebody says more."""
        if formset.instance.pk is None and formset.has_changed():
            formset.instance.save()
        super().save_formset(request, form, formset, change)
