"""A race weekend in under a minute: made like an earlier one, or with the cars of another race."""

import re

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from news.admin.asked import ids_in
from news.admin.counts import counted, in_turn
from news.admin.fields import DayInput
from news.admin.patterns import (
    add_round,
    cars_of,
    copy_cars,
    copy_timetable,
    next_number,
    patterns,
    patterns_for,
)
from news.admin.release import day_in_words
from news.admin.results import entry_option
from news.models import Layout, Race, Round, Season, Series

# What a weekend is made of: who may add all of it may copy it.
PARTS = ("race", "session", "season", "round", "entry", "crew")


class CarsForm(forms.Form):
    """Which cars come along: ours are ticked, the others are not."""

    our_cars = forms.MultipleChoiceField(
        label=gettext_lazy("Our cars"), required=False, widget=forms.CheckboxSelectMultiple
    )
    all_others = forms.BooleanField(label=gettext_lazy("All other cars too"), required=False)
    other_cars = forms.MultipleChoiceField(
        label=gettext_lazy("Other cars"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, cars, **kwargs):
        super().__init__(*args, **kwargs)
        self.cars = {str(entry.pk): entry for entry in cars}
        ours = [(pk, entry_option(entry)) for pk, entry in self.cars.items() if entry.is_ours]
        others = [(pk, entry_option(entry)) for pk, entry in self.cars.items() if not entry.is_ours]
        self.fields["our_cars"].choices, self.fields["other_cars"].choices = ours, others
        self.initial.setdefault("our_cars", [pk for pk, _words in ours])

    def chosen(self):
        said = self.cleaned_data
        wanted = {*said["our_cars"], *said["other_cars"]}
        return [
            entry
            for pk, entry in self.cars.items()
            if pk in wanted or (said["all_others"] and not entry.is_ours)
        ]


class TakeCarsForm(CarsForm):
    def clean(self):
        if not self.errors and not self.chosen():
            raise ValidationError(_("No car is ticked. Tick at least one."))
        return super().clean()


class WeekendForm(CarsForm, forms.ModelForm):
    """Name and day are typed; all else is as in the earlier race."""

    timetable = forms.BooleanField(
        label=gettext_lazy("The same timetable, at the same times of the day"), required=False, initial=True
    )
    series = forms.ModelChoiceField(
        Series.objects.all(),
        label=capfirst(gettext_lazy("counts for")),
        required=False,
        help_text=gettext_lazy("In the season of its year, which is begun where there is none yet."),
    )
    number = forms.IntegerField(
        label=capfirst(gettext_lazy("round")),
        required=False,
        min_value=1,
        max_value=99,
        help_text=gettext_lazy("Left empty: the next one."),
    )

    class Meta:
        model = Race
        fields = ["name", "first_day", "last_day", "circuit", "layout", "slug"]
        widgets = {"first_day": DayInput, "last_day": DayInput}
        help_texts = {
            "last_day": gettext_lazy("Left empty: as many days as the earlier race had."),
            "slug": gettext_lazy("Left empty, it is made from the name."),
        }

    def __init__(self, *args, earlier, **kwargs):
        self.earlier = earlier
        round_before = Round.objects.filter(race=earlier).select_related("season").first()
        initial = {name: getattr(earlier, name) for name in ("name", "circuit", "layout")}
        if round_before:
            following = next_number(round_before.season)
            # "VLN Lauf 3" is followed by "VLN Lauf 4".
            initial["name"] = re.sub(rf"(?<= ){round_before.number}$", str(following), earlier.name)
            initial["series"] = round_before.season.series_id
        super().__init__(*args, initial=initial, cars=cars_of(earlier), **kwargs)
        self.fields["layout"].queryset = Layout.objects.select_related("circuit")

    def clean(self):
        said = super().clean() or self.cleaned_data
        if said.get("first_day") and not said.get("last_day"):
            said["last_day"] = said["first_day"] + (self.earlier.last_day - self.earlier.first_day)
        if said.get("circuit") != self.earlier.circuit and said.get("layout") == self.earlier.layout:
            said["layout"] = None
        self._check_number(said)
        return said

    def _check_number(self, said):
        if not (said.get("number") and said.get("series") and said.get("first_day")):
            return
        season = Season.objects.filter(series=said["series"], year=said["first_day"].year).first()
        if season and season.rounds.filter(number=said["number"]).exists():
            words = _("This season already has a round %(number)d. The next one is %(next)d.")
            self.add_error("number", words % {"number": said["number"], "next": next_number(season)})

    def make(self):
        """The new race with all that it takes over."""
        race, said = self.instance, self.cleaned_data
        if race.name == self.earlier.name:
            for name in ("name_en", "short_name", "short_name_en"):
                setattr(race, name, getattr(self.earlier, name))
        race.save()
        days = (race.first_day - self.earlier.first_day).days
        sessions = self.earlier.sessions.select_related("race__circuit") if said["timetable"] else []
        counts = len(copy_timetable(sessions, race, days)), len(copy_cars(self.chosen(), race))
        if said["series"]:
            add_round(race, said["series"], said["number"])
        return race, counts


class MakesWeekends:
    """For the admin class of races: a new one like an earlier one, and the cars of another one."""

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("weekend/", view(self.weekend_page), name="news_race_weekend"),
            path("<int:pk>/cars/", view(self.cars_page), name="news_race_cars"),
            *super().get_urls(),
        ]

    def has_weekend_permission(self, request):
        return request.user.has_perms([f"news.add_{part}" for part in PARTS])

    @admin.action(description=gettext_lazy("Make the next round like this one"), permissions=["weekend"])
    def make_weekend(self, request, queryset):
        if queryset.count() != 1:
            self.message_user(
                request, _("Tick exactly one race: the new one is made like it."), messages.WARNING
            )
            return None
        return redirect(f"{reverse('admin:news_race_weekend')}?like={queryset.get().pk}")

    @in_turn
    def weekend_page(self, request):
        if not self.has_weekend_permission(request):
            raise PermissionDenied
        races = patterns()
        earlier = _pattern(request, races)
        if not earlier:
            return redirect("admin:news_race_add")
        form = WeekendForm(request.POST or None, earlier=earlier)
        if form.is_valid():
            with counted() as races_changed:
                race, counts = form.make()
                races_changed.add(race.pk)
            self.log_addition(request, race, [{"added": {}}])
            self.message_user(request, _made(race, *counts), messages.SUCCESS)
            return redirect("admin:news_race_change", race.pk)
        sessions = earlier.sessions.select_related("race__circuit")
        context = {"form": form, "earlier": earlier, "races": _named(races, earlier), "sessions": sessions}
        return self._page(request, "weekend", _("New race weekend"), context)

    @in_turn
    def cars_page(self, request, pk):
        race = self.get_object(request, str(pk))
        if race is None:
            raise Http404
        if not request.user.has_perms(["news.add_entry", "news.add_crew"]):
            raise PermissionDenied
        races = patterns_for(race)
        earlier = _pattern(request, races)
        if not earlier:
            self.message_user(request, _("No other race has cars yet."), messages.WARNING)
            return redirect("admin:news_race_change", race.pk)
        form = TakeCarsForm(request.POST or None, cars=cars_of(earlier, beside=race))
        if form.is_valid():
            with counted([race.pk]):
                count = len(copy_cars(form.chosen(), race))
            self.log_change(request, race, [{"changed": {"fields": ["entries"]}}])
            said = ngettext("%(n)d car entered with its crew.", "%(n)d cars entered with their crews.", count)
            self.message_user(request, said % {"n": count}, messages.SUCCESS)
            return redirect("admin:news_race_change", race.pk)
        context = {"form": form, "earlier": earlier, "races": _named(races, earlier), "original": race}
        return self._page(request, "cars", _("Take over entries"), context)

    def _page(self, request, name, title, context):
        context = {**self.admin_site.each_context(request), "title": title, "opts": self.opts, **context}
        return TemplateResponse(request, f"admin/news/race_{name}.html", context)


def _pattern(request, races):
    """The race that the address names, else the one that is most likely meant; None where there is none at all."""
    named = Race.objects.with_place().filter(pk__in=ids_in(request, "like")).first()
    return named or next(iter(races), None)


def _named(races, chosen):
    shown = races if chosen in races else [chosen, *races]
    return [(race, f"{race}, {day_in_words(race.first_day)}") for race in shown]


def _made(race, sessions, cars):
    parts = [
        ngettext("%(n)d session", "%(n)d sessions", sessions) % {"n": sessions},
        ngettext("%(n)d car", "%(n)d cars", cars) % {"n": cars},
    ]
    return _("“%(race)s” is entered, with %(parts)s.") % {"race": race, "parts": ", ".join(parts)}
