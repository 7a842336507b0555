"""Result lists and their lines, to be entered under the session that they belong to."""

from collections import defaultdict

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.db.models import Count
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from news.admin.counts import CountsResults
from news.admin.fields import GapField, InRows, LapTimeField, OurFields, OurRows, PointsField
from news.admin.filters import OF_RACES
from news.admin.official import MadeOfficial
from news.admin.release import day_in_words
from news.admin.search import FindsNames
from news.derived.order import place_by_times
from news.models import Classification, Entry, Result

TIME_EXAMPLES = gettext_lazy("Such as 8:31.192, 8.31,192 min or 24:01’55.856.")
LAP_EXAMPLES = gettext_lazy("Such as 8:31.192 or 8.31,192 min.")


class ResultForm(forms.ModelForm):
    """A line as timing sheets write it: times in every notation, the gap as a time or in laps."""

    total_time_ms = LapTimeField(label=capfirst(gettext_lazy("total time")), help_text=TIME_EXAMPLES)
    best_lap_ms = LapTimeField(label=capfirst(gettext_lazy("best lap")), help_text=LAP_EXAMPLES)
    gap = GapField(
        label=capfirst(gettext_lazy("gap")), help_text=gettext_lazy("To the winner: +1:23.456 or 2 laps.")
    )

    class Meta:
        field_classes = {"points": PointsField}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["gap"] = self.instance.gap

    def clean(self):
        if gap := self.cleaned_data.get("gap"):
            self.instance.gap_ms, self.instance.gap_laps = gap.ms, gap.laps
        return super().clean()


class LoneResultForm(ResultForm):
    """A line on a page of its own, where list and car are both chosen."""

    def clean(self):
        entry = self.cleaned_data.get("entry")
        result_list = (
            self.instance.classification if self.instance.pk else self.cleaned_data.get("classification")
        )
        if result_list and entry and entry.race_id != result_list.session.race_id:
            words = _("This car is entered in another race than %(race)s. Choose one of its entries.")
            self.add_error("entry", words % {"race": result_list.session.race})
        return super().clean()


class ResultFormSet(OurRows):
    """The lines of one list; its cars are those entered in the race."""

    @cached_property
    def entries(self):
        return Entry.objects.with_crew().filter(race=self.instance.session.race_id)

    @cached_property
    def entry_choices(self):
        """Read once, not once a line; the numbers in the order of numbers, not of words."""
        entries = sorted(self.entries, key=lambda entry: (entry.number.zfill(6), entry.pk))
        return [("", "—"), *((entry.pk, entry_option(entry)) for entry in entries)]

    def add_fields(self, form, index):
        super().add_fields(form, index)
        if field := form.fields.get("entry"):
            field.queryset, field.choices = self.entries, self.entry_choices

    def clean(self):
        seen = set()
        for form in self.forms:
            entry = getattr(form, "cleaned_data", {}).get("entry")
            if entry and form not in self.deleted_forms:
                if entry in seen:
                    form.add_error(
                        "entry",
                        _("Car %(number)s stands in this list twice.") % {"number": entry.number or "—"},
                    )
                seen.add(entry)
        if all(form.is_valid() for form in self.forms):
            super().clean()


def entry_option(entry):
    """A car in a select: number, car or team, and who drives."""
    crew = ", ".join(driver.last_name for driver in entry.crew_drivers)
    return " · ".join(filter(None, [f"#{entry.number or '—'}", entry.car or str(entry.team or ""), crew]))


class LinesOfList:
    """For inlines of lines: their cars are those of the race."""

    model = Result
    form = ResultForm
    formset = ResultFormSet

    def get_queryset(self, request):
        """With what the head of a line is called by."""
        return super().get_queryset(request).select_related("entry__team", "entry__race")

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        if "entry" in formset.form.base_fields:
            # A car is added among the entries of the race, not in passing.
            widget = formset.form.base_fields["entry"].widget
            widget.can_add_related = widget.can_change_related = widget.can_view_related = False
        return formset


class ResultInline(LinesOfList, InRows):
    """The lines of a list, on its own page; those of the list in force also stand on the page of the session."""

    show_change_link = True
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("position", "entry", "status", "grid", "class_position"),
                    ("laps", "total_time_ms", "gap", "best_lap_ms", "best_lap_number"),
                ]
            },
        ),
        (
            gettext_lazy("More of this line"),
            {
                "fields": [
                    ("position_or_better", "classified", "points"),
                    ("pole", "fastest_lap"),
                    "note",
                ],
                "classes": ["collapse"],
            },
        ),
    ]

    def get_extra(self, request, obj=None, **kwargs):
        return 0 if obj and obj.results.exists() else 3


@admin.display(description=gettext_lazy("state"), ordering="state")
def state_chip(result_list):
    return format_html(
        '<span class="chip is-{}">{}</span>', result_list.state, result_list.get_state_display()
    )


class ChecksPlaces:
    """For pages on which lines are typed: positions that nobody typed follow from the times; two cars on one place
    can be a dead heat, and are mostly a slip."""

    def save_formset(self, request, form, formset, change):
        super().save_formset(request, form, formset, change)
        if formset.model is Result and formset.has_changed() and (count := place_by_times(formset.instance)):
            words = _(
                "The %(n)d positions follow from laps and times. Correct them where they were decided otherwise."
            )
            self.message_user(request, words % {"n": count}, messages.INFO)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        for formset in formsets:
            if formset.model is Result and formset.has_changed():
                self._say_ties(request, formset.instance)

    def _say_ties(self, request, result_list):
        cars = defaultdict(list)
        for line in result_list.results.exclude(position=None).select_related("entry").order_by("position"):
            cars[line.position].append(f"#{line.entry.number}" if line.entry.number else line.entry.car)
        for place, those in cars.items():
            if len(those) > 1:
                words = _("Place %(place)d stands there more than once: %(cars)s. Please check.")
                self.message_user(
                    request, words % {"place": place, "cars": ", ".join(those)}, messages.WARNING
                )


@admin.register(Classification)
class ClassificationAdmin(ChecksPlaces, MadeOfficial, CountsResults, FindsNames, OurFields, admin.ModelAdmin):
    race_path = "session__race"
    list_display = ["session", state_chip, "issued_at", "source", "lines"]
    list_filter = [*OF_RACES, "state", "session__kind"]
    list_select_related = ["session__race"]
    date_hierarchy = "session__race__first_day"
    ordering = ["-session__race__first_day", "-pk"]
    search_fields = ["session__race__search_text", "session__race__entries__crew__driver__name_key", "source"]
    search_help_text = gettext_lazy("Race, driver or source.")
    autocomplete_fields = ["session"]
    fields = ["session", ("state", "issued_at"), "source", "remark_de", "remark_en"]
    inlines = [ResultInline]

    def option(self, result_list):
        return f"{result_list}, {day_in_words(result_list.session.race.first_day)}"

    @admin.display(description=gettext_lazy("lines"), ordering="line_count")
    def lines(self, result_list):
        return result_list.line_count

    def get_queryset(self, request):
        lists = super().get_queryset(request).select_related("session__race__circuit")
        return lists.annotate(line_count=Count("results"))

    def get_readonly_fields(self, request, obj=None):
        return ["session"] if obj else []

    def get_inlines(self, request, obj):
        """Which cars may stand in a list is known once it belongs to a session."""
        return self.inlines if obj else []

    def response_add(self, request, obj, post_url_continue=None):
        """The new list's page comes next: there its lines are entered."""
        if "_addanother" not in request.POST and IS_POPUP_VAR not in request.POST:
            request.POST = request.POST.copy() | {"_continue": "1"}
        return super().response_add(request, obj, post_url_continue)


@admin.register(Result)
class ResultAdmin(CountsResults, FindsNames, OurFields, admin.ModelAdmin):
    race_path = "classification__session__race"
    form = LoneResultForm
    list_display = ["code", "entry", "classification", "grid", "laps", "status"]
    list_display_links = ["entry"]
    list_filter = [*OF_RACES, "status", "classification__state"]
    list_select_related = ["entry__team", "entry__race", "classification__session__race"]
    date_hierarchy = "classification__session__race__first_day"
    search_fields = [
        "entry__number",
        "entry__crew__driver__name_key",
        "entry__team__name_key",
        "entry__race__search_text",
    ]
    search_help_text = gettext_lazy("Car number, driver, team or race.")
    autocomplete_fields = ["classification", "entry"]
    fieldsets = [
        (None, {"fields": ["classification", "entry"]}),
        (
            gettext_lazy("Place"),
            {
                "fields": [
                    ("position", "class_position", "grid"),
                    ("status", "classified"),
                    "position_or_better",
                ]
            },
        ),
        (
            gettext_lazy("Times"),
            {
                "fields": [
                    ("laps", "total_time_ms", "gap"),
                    ("best_lap_ms", "best_lap_number"),
                    ("pole", "fastest_lap"),
                ]
            },
        ),
        (gettext_lazy("Points and note"), {"fields": ["points", "note"]}),
    ]

    @admin.display(description=gettext_lazy("result"), ordering="position")
    def code(self, result):
        return format_html('<span class="code is-{}">{}</span>', result.outcome, result.code)

    def get_readonly_fields(self, request, obj=None):
        return ["classification"] if obj else []
