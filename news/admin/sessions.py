"""Sessions, with the result list in force to be entered right under each of them."""

from django.contrib import admin
from django.db.models import Prefetch
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from news.admin.fields import OurFields
from news.admin.races import SessionForm
from news.admin.results import ResultInline, state_chip
from news.models import Classification, Session


class ResultInForceInline(ResultInline):
    """A line belongs to a list, and the list to the session: this inline spans both."""

    verbose_name_plural = _("Lines of the list in force")

    def __init__(self, parent_model, admin_site):
        super().__init__(Classification, admin_site)

    def get_extra(self, request, obj=None, **kwargs):
        result_list = obj.current_classification()
        return super().get_extra(request, result_list, **kwargs)


@admin.register(Session)
class SessionAdmin(OurFields, admin.ModelAdmin):
    form = SessionForm
    list_display = ["title", "start", "planned", "list_in_force"]
    list_filter = ["kind", "time_known"]
    list_select_related = ["race__circuit"]
    date_hierarchy = "race__first_day"
    search_fields = ["race__name", "race__name_en", "race__short_name", "label"]
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
                    ("starts_at", "time_known"),
                    ("planned_minutes", "planned_laps", "order"),
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
        context = {"session": session, "lists": lists, "has_cars": session.race.entries.exists()}
        return render_to_string("admin/news/_result_lists.html", context)

    def get_queryset(self, request):
        in_force = Prefetch("classifications", Classification.objects.current(), to_attr="in_force")
        return super().get_queryset(request).select_related("race__circuit").prefetch_related(in_force)

    def get_readonly_fields(self, request, obj=None):
        return ["race", "result_lists"] if obj else ["result_lists"]

    def get_inlines(self, request, obj):
        return self.inlines if obj else []

    def get_formset_kwargs(self, request, obj, inline, prefix):
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        return kwargs | {"instance": obj.current_classification() or Classification(session=obj)}

    def save_formset(self, request, form, formset, change):
        """The first line makes the list that it stands in: a provisional one, until somebody says more."""
        if formset.instance.pk is None and formset.has_changed():
            formset.instance.save()
        super().save_formset(request, form, formset, change)
