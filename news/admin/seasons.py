"""Championships: series, their seasons with rounds and points, and the standings."""

from itertools import pairwise

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from news.admin.counts import TakesTurns
from news.admin.fields import InRows, OurFields, PointsField
from news.admin.imported import Tables
from news.admin.imports import TakesImports
from news.admin.nextseason import MakesNextSeason
from news.admin.search import FindsNames
from news.derived.points import positions_of
from news.derived.standings import gaps, refresh
from news.models import PointScheme, Round, Season, Series, Standing

EXAMPLES = gettext_lazy(
    "Well known ones – from 2010: 25, 18, 15, 12, 10, 8, 6, 4, 2, 1; from 2003: 10, 8, 6, 5, 4, 3, 2, 1; "
    "from 1991: 10, 6, 4, 3, 2, 1; from 1961: 9, 6, 4, 3, 2, 1."
)
COUNTING = gettext_lazy(
    "Once a scheme is chosen, the standings are counted after each race for which every result list is there. "
    "Tables entered by hand or imported stay; they are shown as long as a list is missing."
)


def falling(text):
    """Whoever writes 18,5 with a comma has written 18 and 5, and what follows gives it away."""
    try:
        points = positions_of(text)
    except (ValueError, ZeroDivisionError):
        return  # said by the field itself
    for before, after in pairwise(points):
        if after > before:
            words = _("%(after)s after %(before)s: a later place gives no more points. Write halves as 18.5.")
            raise ValidationError(words % {"before": f"{float(before):g}", "after": f"{float(after):g}"})


@admin.register(Series)
class SeriesAdmin(OurFields, admin.ModelAdmin):
    list_display = ["name", "short_name", "website"]
    search_fields = ["name", "short_name"]


class SeasonRoundInline(InRows):
    model = Round
    fields = ["number", "race", "factor"]
    autocomplete_fields = ["race"]
    ordering = ["number"]

    def formfield_for_dbfield(self, db_field, request, **options):
        if db_field.name == "factor":
            options["form_class"] = PointsField
        return super().formfield_for_dbfield(db_field, request, **options)


@admin.register(Season)
class SeasonAdmin(MakesNextSeason, TakesImports, TakesTurns, OurFields, admin.ModelAdmin):
    imported = Tables()
    list_display = ["__str__", "year", "rounds", "scheme"]
    list_filter = ["year", ("series", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["series", "scheme"]
    ordering = ["-year", "series__name"]
    search_fields = ["series__name", "series__short_name", "year"]
    autocomplete_fields = ["series"]
    readonly_fields = ["state"]
    fieldsets = [
        (None, {"fields": [("series", "year")]}),
        (
            gettext_lazy("Points"),
            {
                "fields": [("scheme", "counted"), ("by_class", "for_teams"), "state"],
                "description": COUNTING,
            },
        ),
    ]
    inlines = [SeasonRoundInline]

    @admin.display(description=gettext_lazy("rounds"), ordering="round_count")
    def rounds(self, season):
        return season.round_count

    @admin.display(description=gettext_lazy("standings"))
    def state(self, season):
        """What visitors see, and why."""
        if missing := season.pk and gaps(season):
            return "\n".join([_("Not counted to the end:"), *missing])
        shown = season.pk and Standing.objects.in_force().filter(season=season).first()
        if not shown:
            return _("None so far.")
        if not shown.computed:
            return _("As published: entered by hand or imported.")
        return _("Counted from the results after round %(n)d.") % {"n": shown.after_round}

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("series").annotate(round_count=Count("rounds"))

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        refresh([form.instance])

    def get_deleted_objects(self, objs, request):
        """Computed standings go with their season, though nobody deletes them by themselves."""
        rows, counts, missing_permissions, protected = super().get_deleted_objects(objs, request)
        if request.user.has_perm("news.delete_standing"):
            missing_permissions.discard(Standing._meta.verbose_name)
        return rows, counts, missing_permissions, protected


@admin.register(PointScheme)
class PointSchemeAdmin(TakesTurns, OurFields, admin.ModelAdmin):
    list_display = ["name", "positions", "shared_cars", "used_by"]
    search_fields = ["name"]
    fieldsets = [
        (None, {"fields": ["name"]}),
        (
            gettext_lazy("Points"),
            {"fields": ["positions", "sprint_positions"], "description": EXAMPLES},
        ),
        (
            gettext_lazy("Extra points"),
            {
                "fields": [("pole_points", "fastest_lap_points", "fastest_lap_within")],
                "description": gettext_lazy(
                    "In races, not in sprints. Several holders of a fastest lap share its points."
                ),
            },
        ),
        (
            gettext_lazy("Shared cars"),
            {
                "fields": ["shared_cars"],
                "description": gettext_lazy(
                    "Of a driver in two cars of one race the better one counts; where points are shared out, both."
                ),
            },
        ),
    ]

    @admin.display(description=gettext_lazy("seasons"))
    def used_by(self, scheme):
        return ", ".join(str(season) for season in scheme.seasons.all()) or self.get_empty_value_display()

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("seasons__series")

    def formfield_for_dbfield(self, db_field, request, **options):
        if db_field.name in ("pole_points", "fastest_lap_points"):
            options["form_class"] = PointsField
        field = super().formfield_for_dbfield(db_field, request, **options)
        if db_field.name in ("positions", "sprint_positions"):
            field.validators = [*field.validators, falling]
        return field

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        refresh(obj.seasons.all())


@admin.register(Standing)
class StandingAdmin(TakesTurns, FindsNames, OurFields, admin.ModelAdmin):
    """Published tables are entered here; computed rows are to be seen, not changed."""

    list_display = ["season", "position", "holder", "car_class", "sum", "origin"]
    list_display_links = ["season"]
    list_filter = [
        "season__year",
        ("season__series", admin.RelatedOnlyFieldListFilter),
        "driver__ours",
        "computed",
        "final",
    ]
    list_select_related = ["season__series", "driver", "team"]
    search_fields = ["season__series__name", "driver__name_key", "team__name_key"]
    search_help_text = gettext_lazy("Series, driver or team.")
    autocomplete_fields = ["season", "driver", "team"]
    fieldsets = [
        (None, {"fields": ["season", ("driver", "team"), ("car_class", "number")]}),
        (
            gettext_lazy("Standing"),
            {
                "fields": [
                    ("position", "points", "gross_points"),
                    ("starts", "wins"),
                    ("final", "after_round"),
                ]
            },
        ),
        (gettext_lazy("Note and source"), {"fields": [("note_de", "note_en"), "source"]}),
    ]

    @admin.display(description=gettext_lazy("driver or team"), ordering="driver__last_name")
    def holder(self, standing):
        first, second = (standing.driver, standing.team) if standing.driver else (standing.team, "")
        return format_html("<b>{}</b> <small>{}</small>", first, second or "")

    @admin.display(description=gettext_lazy("points"), ordering="points")
    def sum(self, standing):
        return None if standing.points is None else number_format(standing.points.normalize())

    @admin.display(description=gettext_lazy("origin"), ordering="computed")
    def origin(self, standing):
        state, words = (
            ("official", _("Computed")) if standing.computed else ("provisional", _("As published"))
        )
        return format_html('<span class="chip is-{}">{}</span>', state, words)

    def formfield_for_dbfield(self, db_field, request, **options):
        if db_field.name in ("points", "gross_points"):
            options["form_class"] = PointsField
        return super().formfield_for_dbfield(db_field, request, **options)

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and not (obj and obj.computed)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and not (obj and obj.computed)

    def save_model(self, request, obj, form, change):
        before = set(Standing.objects.filter(pk=obj.pk).values_list("season", flat=True))
        super().save_model(request, obj, form, change)
        refresh(before | {obj.season_id})

    def delete_model(self, request, obj):
        super().delete_model(request, obj)
        refresh([obj.season_id])

    def delete_queryset(self, request, queryset):
        seasons = set(queryset.values_list("season", flat=True))
        super().delete_queryset(request, queryset)
        refresh(seasons)
