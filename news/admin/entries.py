"""Cars entered in a race with their crews, and the teams that enter them."""

from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from news.admin.counts import CountsResults
from news.admin.fields import InOrder, InRows, OurFields
from news.admin.filters import OF_RACES
from news.admin.merges import AliasRows, MergesTeams
from news.admin.search import FindsNames
from news.models import Crew, Entry, Team, TeamAlias, TeamName


class CrewInline(InRows):
    model = Crew
    formset = InOrder
    fields = ["driver", "order"]
    autocomplete_fields = ["driver"]

    def get_extra(self, request, obj=None, **kwargs):
        return 0 if obj else 3


@admin.register(Entry)
class EntryAdmin(CountsResults, FindsNames, OurFields, admin.ModelAdmin):
    race_path = "race"
    list_display = ["plate", "title", "crew", "car_class", "race"]
    list_display_links = ["title"]
    list_filter = [*OF_RACES, "car_class"]
    list_select_related = ["race", "team"]
    date_hierarchy = "race__first_day"
    ordering = ["-race__first_day", "number", "pk"]
    search_fields = ["number", "car", "team__name_key", "crew__driver__name_key", "race__search_text"]
    search_help_text = _("Car number, car, team, driver or race.")
    autocomplete_fields = ["race", "team"]
    inlines = [CrewInline]
    fieldsets = [
        (_("Car"), {"fields": ["race", ("number", "car"), "team"]}),
        (_("Class and guests"), {"fields": [("car_class", "cup"), "guest"]}),
    ]

    @admin.display(description=_("car number"), ordering="number")
    def plate(self, entry):
        return format_html('<span class="plate">{}</span>', entry.number or "—")

    @admin.display(description=_("car"), ordering="car")
    def title(self, entry):
        return format_html("<b>{}</b> <small>{}</small>", entry.car or "—", entry.team or "")

    @admin.display(description=_("crew"))
    def crew(self, entry):
        return ", ".join(str(driver) for driver in entry.crew_drivers) or self.get_empty_value_display()

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("race", "team").prefetch_related("crew__driver")


class TeamNameInline(InRows):
    model = TeamName
    fields = ["year", "name"]


class TeamAliasInline(InRows):
    model = TeamAlias
    formset = AliasRows
    fields = ["name"]


@admin.register(Team)
class TeamAdmin(MergesTeams, FindsNames, OurFields, admin.ModelAdmin):
    list_display = ["name", "by_season"]
    search_fields = ["name_key", "names__name", "aliases__name_key"]
    inlines = [TeamNameInline, TeamAliasInline]

    @admin.display(description=_("names by season"))
    def by_season(self, team):
        return ", ".join(str(name) for name in team.names.all()) or self.get_empty_value_display()

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("names")
