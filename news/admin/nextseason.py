"""The next season of a series in a few minutes: its races as planned ones, 52 weeks later and so on the same day of the
week, with dates that are looked at and put right before anything is stored."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from news.admin.counts import counted, in_turn
from news.admin.fields import DayInput
from news.admin.patterns import cars_of, copy_cars, copy_timetable
from news.admin.weekends import PARTS
from news.limits import OUR_YEARS
from news.models import Race, Round, Season
from news.slugs import slug_of

WEEKS = timedelta(weeks=52)
NO_CARS, OUR_CARS, ALL_CARS = "", "ours", "all"


def moved(day: date, years: int, year: int) -> date:
    """So many times 52 weeks later, and a week more where that is still the year before."""
    later = day + WEEKS * years
    return later if later.year >= year or day.year + years < year else later + timedelta(weeks=1)


def renamed(name: str, before: int, after: int) -> str:
    """ "VLN 2014" is "VLN 2015" a year later."""
    return re.sub(rf"\b{before}\b", str(after), name)


@dataclass
class Row:
    """A round of the season, with the fields of its copy."""

    round: Round
    take: forms.BoundField
    day: forms.BoundField
    # The race of the new year that is there already, so that the round only joins it.
    existing: Race | None


class NextSeasonForm(forms.Form):
    year = forms.IntegerField(label=capfirst(gettext_lazy("year")))
    timetable = forms.BooleanField(
        label=gettext_lazy("The same timetable, at the same times of the day"), required=False, initial=True
    )
    cars = forms.ChoiceField(
        label=gettext_lazy("Cars with their crews"),
        required=False,
        choices=[
            (NO_CARS, gettext_lazy("none")),
            (OUR_CARS, gettext_lazy("our cars")),
            (ALL_CARS, gettext_lazy("all cars")),
        ],
    )

    def __init__(self, data=None, *, season, year):
        super().__init__(data, initial={"year": year})
        self.season, self.to_year = season, year
        races = season.rounds.select_related("race__circuit", "race__layout").order_by("number")
        self.rounds = list(races)
        for each in self.rounds:
            day = moved(each.race.first_day, year - season.year, year)
            self.fields[f"take_{each.pk}"] = forms.BooleanField(
                label=str(each.race), required=False, initial=each.race.state != Race.State.CANCELLED
            )
            self.fields[f"day_{each.pk}"] = forms.DateField(
                label=_("First day of %(race)s") % {"race": each.race},
                required=False,
                initial=day,
                widget=DayInput,
            )
        self.existing = {
            race.slug: race
            for race in Race.objects.of_year(year).filter(slug__in=map(self._slug, self.rounds))
        }

    def _slug(self, round_):
        return slug_of(renamed(round_.race.name, self.season.year, self.to_year)) or round_.race.slug

    def rows(self):
        return [
            Row(each, self[f"take_{each.pk}"], self[f"day_{each.pk}"], self.existing.get(self._slug(each)))
            for each in self.rounds
        ]

    def clean_year(self):
        year = self.cleaned_data["year"]
        if year not in OUR_YEARS:
            raise ValidationError(_("That is no year of motor racing. Check its figures."))
        if Season.objects.filter(series=self.season.series, year=year).exists():
            raise ValidationError(_("This series already has a season of this year."))
        return year

    def clean(self):
        said = super().clean()
        chosen = [each for each in self.rounds if said.get(f"take_{each.pk}")]
        for each in chosen:
            name, day = f"day_{each.pk}", said.get(f"day_{each.pk}")
            if not day and name not in self.errors:
                self.add_error(name, _("The day is missing. Enter it, or leave the race out."))
            elif day and day.year != self.to_year and self._slug(each) not in self.existing:
                words = _("This day is not in %(year)d. Correct it, or leave the race out.")
                self.add_error(name, words % {"year": self.to_year})
        return said

    def make(self):
        """The season with its rounds; races that are there already only join it. Returns it and the races made."""
        rules = ("scheme", "counted", "by_class", "for_teams")
        same = {name: getattr(self.season, name) for name in rules}
        season = Season.objects.create(series=self.season.series, year=self.cleaned_data["year"], **same)
        made = []
        for each in self.rounds:
            if not self.cleaned_data[f"take_{each.pk}"]:
                continue
            race = self.existing.get(self._slug(each))
            if race is None:
                race = self._copy(each.race, self.cleaned_data[f"day_{each.pk}"])
                made.append(race)
                # Two rounds can have one race.
                self.existing[self._slug(each)] = race
            Round.objects.create(season=season, race=race, number=each.number, factor=each.factor)
        return season, made

    def _copy(self, race, day):
        names = ("name", "name_en", "short_name", "short_name_en")
        same = ("circuit", "layout", "label_de", "label_en")
        copy = Race(
            first_day=day,
            last_day=day + (race.last_day - race.first_day),
            state=Race.State.PLANNED,
            **{name: renamed(getattr(race, name), self.season.year, self.to_year) for name in names},
            **{name: getattr(race, name) for name in same},
        )
        copy.save()
        if self.cleaned_data["timetable"]:
            sessions = race.sessions.filter(cancelled=False).select_related("race__circuit")
            copy_timetable(sessions, copy, (day - race.first_day).days)
        if wanted := self.cleaned_data["cars"]:
            copy_cars([entry for entry in cars_of(race) if wanted == ALL_CARS or entry.is_ours], copy)
        return copy


class MakesNextSeason:
    """For the admin class of seasons."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.next_page)
        return [path("<int:pk>/next/", view, name="news_season_next"), *super().get_urls()]

    def render_change_form(self, request, context, obj=None, **kwargs):
        if obj and self.may_make_season(request):
            page = reverse("admin:news_season_next", args=[obj.pk])
            context["tools"] = [*context.get("tools", []), (page, _("Make the next season like this one"))]
        return super().render_change_form(request, context, obj=obj, **kwargs)

    @staticmethod
    def may_make_season(request):
        return request.user.has_perms([f"news.add_{part}" for part in PARTS])

    @in_turn
    def next_page(self, request, pk):
        season = self.get_object(request, str(pk))
        if season is None:
            raise Http404
        if not self.may_make_season(request):
            raise PermissionDenied
        form = NextSeasonForm(request.POST or None, season=season, year=_year(request, season))
        if request.POST and "propose" not in request.POST and form.is_valid():
            with counted() as races:
                new, made = form.make()
                races.update(race.pk for race in made)
            self.log_addition(request, new, [{"added": {}}])
            said = ngettext(
                "%(season)s is entered, with %(n)d race.",
                "%(season)s is entered, with %(n)d races.",
                len(made),
            )
            self.message_user(request, said % {"season": new, "n": len(made)}, messages.SUCCESS)
            return redirect("admin:news_season_change", new.pk)
        if "propose" in request.POST:
            form = NextSeasonForm(season=season, year=_year(request, season))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": season,
            "title": _("Next season"),
            "form": form,
        }
        return TemplateResponse(request, "admin/news/season_next.html", context)


def _year(request, season):
    """The year that is asked for, else the one after the series' last season."""
    asked = request.POST.get("year", "")
    if asked.isdecimal() and len(asked) == 4 and int(asked) in OUR_YEARS:
        return int(asked)
    last = Season.objects.filter(series=season.series).order_by("-year").first()
    return min(last.year + 1, OUR_YEARS[-1])
