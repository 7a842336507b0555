"""The calendar: races with their sessions and rounds, and what a race is made of."""

from django import forms
from django.contrib import admin
from django.db.models import Count, OuterRef, Prefetch, Subquery
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from news.admin.counts import CountsResults
from news.admin.drafting import WritesReports
from news.admin.facts import RaceFacts
from news.admin.fields import InRows, OurFields
from news.admin.filters import OF_RACES
from news.admin.release import SeenOnSite, day_in_words
from news.admin.search import FindsNames
from news.admin.timetable import SessionInline
from news.admin.weekends import MakesWeekends
from news.models import Article, Circuit, Classification, Layout, Race, Result, Round, Session


class RoundInline(InRows):
    model = Round
    fields = ["season", "number"]
    autocomplete_fields = ["season"]


class RaceForm(forms.ModelForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "layout" in self.fields and self.instance.circuit_id and not self.is_bound:
            self.fields["layout"].queryset = Layout.objects.filter(
                circuit=self.instance.circuit
            ).select_related("circuit")


@admin.register(Race)
class RaceAdmin(
    WritesReports,
    RaceFacts,
    MakesWeekends,
    CountsResults,
    FindsNames,
    SeenOnSite,
    OurFields,
    admin.ModelAdmin,
):
    form = RaceForm
    list_display = ["title", "days", "circuit", "state_chip", "own_result", "reports"]
    list_filter = [*OF_RACES, "state", ("circuit", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["circuit"]
    actions = ["make_weekend"]
    date_hierarchy = "first_day"
    search_fields = ["search_text", "circuit__search_text"]
    search_help_text = _("Words of the name or of the circuit.")
    ordering = ["-first_day", "-pk"]
    autocomplete_fields = ["circuit"]
    inlines = [SessionInline, RoundInline]
    fieldsets = [
        (_("Race"), {"fields": ["name", "name_en", ("short_name", "short_name_en"), "state"]}),
        (_("Place and days"), {"fields": [("circuit", "layout"), ("first_day", "last_day")]}),
        (_("To watch"), {"fields": ["stream_url", "timing_url", "tickets_url"]}),
        (
            _("Further details"),
            {
                "fields": ["slug", ("label_de", "label_en"), ("starters", "starters_rounded"), "moved_from"],
                "classes": ["collapse"],
            },
        ),
    ]

    def option(self, race):
        """Races are held every year: in selects the day tells them apart."""
        return f"{race}, {day_in_words(race.first_day)}"

    @admin.display(description=_("name"), ordering="name")
    def title(self, race):
        return format_html("<b>{}</b> <small>{}</small>", race, race.label)

    @admin.display(description=_("day"), ordering="first_day")
    def days(self, race):
        days = dict.fromkeys([race.first_day, race.last_day])
        return " – ".join(day_in_words(day) for day in days)

    @admin.display(description=_("state"), ordering="state")
    def state_chip(self, race):
        return format_html('<span class="chip is-{}">{}</span>', race.state, race.get_state_display())

    @admin.display(description=_("our result"))
    def own_result(self, race):
        lists = (result_list for session in race.races_of_it for result_list in session.lists_in_force)
        codes = [line.code for result_list in lists for line in result_list.own_lines]
        nothing = self.get_empty_value_display()
        return format_html('<span class="code">{}</span>', " · ".join(codes)) if codes else nothing

    @admin.display(description=_("reports"))
    def reports(self, race):
        return race.report_count or 0

    def get_deleted_objects(self, objs, request):
        """Reports stay when their race goes, but lose fact box and table: they are named before it happens."""
        rows, counts, missing_permissions, protected = super().get_deleted_objects(objs, request)
        reports = Article.objects.filter(race__in=objs).newest_first()
        words = _("Stays, without fact box and result table")
        left = [
            format_html(
                '{}: <a href="{}">{}</a>',
                words,
                reverse("admin:news_article_change", args=[report.pk]),
                report,
            )
            for report in reports
        ]
        return [*rows, *left], counts, missing_permissions, protected

    def get_queryset(self, request):
        """With our results: the lists in force of the race's races, and in them our lines."""
        own = Prefetch("results", Result.objects.ours(), to_attr="own_lines")
        lists = Prefetch(
            "classifications",
            Classification.objects.current().prefetch_related(own),
            to_attr="lists_in_force",
        )
        races = Prefetch("sessions", Session.objects.races().prefetch_related(lists), to_attr="races_of_it")
        reports = Article.objects.about(OuterRef("pk")).order_by().values("race").annotate(count=Count("pk"))
        found = super().get_queryset(request).annotate(report_count=Subquery(reports.values("count")))
        return found.prefetch_related(races)

    def is_seen(self, race):
        return True

    def render_change_form(self, request, context, obj=None, **kwargs):
        if obj:
            context["tools"] = self.tools(request, obj)
        return super().render_change_form(request, context, obj=obj, **kwargs)

    def tools(self, request, race):
        """What comes next on a race, as links above its form."""
        entries = f"{reverse('admin:news_entry_changelist')}?race__id__exact={race.pk}"
        tools = [(entries, _("Entries of this race"))]
        if request.user.has_perms(["news.add_entry", "news.add_crew"]):
            tools.append((reverse("admin:news_race_cars", args=[race.pk]), _("Take over entries from …")))
        if self.has_weekend_permission(request):
            weekend = f"{reverse('admin:news_race_weekend')}?like={race.pk}"
            tools.append((weekend, _("Make the next round like this one")))
        if request.user.has_perm("news.add_photo"):
            photos = f"{reverse('admin:news_photo_upload')}?race={race.pk}"
            tools.append((photos, _("Upload photos")))
        return tools

    def get_formset_kwargs(self, request, obj, inline, prefix):
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        if isinstance(inline, SessionInline) and request.method == "GET":
            kwargs["initial"] = inline.proposed(request, obj if obj.pk else None)
        return kwargs


class LayoutInline(InRows):
    model = Layout
    fields = ["name_de", "name_en", "length_m"]


@admin.register(Circuit)
class CircuitAdmin(FindsNames, OurFields, admin.ModelAdmin):
    list_display = ["name", "place", "country", "time_zone", "layout_names"]
    search_fields = ["search_text"]
    fields = ["name", ("place", "country"), "time_zone"]
    inlines = [LayoutInline]

    @admin.display(description=_("layouts"))
    def layout_names(self, circuit):
        return ", ".join(layout.name for layout in circuit.layouts.all()) or self.get_empty_value_display()

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("layouts")
