"""Two records that are one driver or one team: one stays, and all that belonged to the other is its own."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from news.admin.asked import ids_in
from news.admin.counts import counted, in_turn
from news.admin.fields import OurRows
from news.models import Crew, Driver, DriverAlias, Entry, FormerAddress, Standing, Team, TeamAlias
from news.slugs import name_key

# What the one that stays takes from the other where it has nothing of its own.
OF_A_DRIVER = (
    "country",
    "hometown",
    "born_on",
    "portrait_id",
    "intro_de",
    "intro_en",
    "story_de",
    "story_en",
)


class AliasRows(OurRows):
    def clean(self):
        super().clean()
        seen = set()
        for form in self.forms:
            name = getattr(form, "cleaned_data", {}).get("name")
            if not name or form in self.deleted_forms:
                continue
            if (key := name_key(name)) in seen:
                words = _(
                    "This spelling stands here twice: case, accents and the order of words do not count."
                )
                form.add_error("name", words)
            seen.add(key)


def cannot_merge_drivers(stays, goes) -> list[str]:
    """Why the two must be two people, in sentences; [] when they can be one."""
    both = Entry.objects.filter(pk__in=stays.crews.values("entry")).filter(crew__driver=goes)
    words = _("Both sit in one car: %(car)s. So they are two people.")
    return [words % {"car": entry} for entry in both.select_related("race", "team")[:3]] + _same_table(
        stays, goes, "driver", ("season_id", "team_id", "car_class")
    )


def cannot_merge_teams(stays, goes) -> list[str]:
    return _same_table(stays, goes, "team", ("season_id", "driver_id", "car_class"))


def _same_table(stays, goes, role, columns):
    """Published rows of both in one table would be one row with two places."""
    rows = Standing.objects.filter(computed=False)
    ours = set(rows.filter(**{role: stays}).values_list(*columns))
    others = rows.filter(**{role: goes}).select_related("season__series")
    double = [row for row in others if tuple(getattr(row, name) for name in columns) in ours]
    words = _("Both stand in the table %(season)s. Delete one of the two rows first.")
    return [words % {"season": row.season} for row in double[:3]]


def merge_drivers(stays, goes):
    """Seats, standings, facts and spellings of the one become those of the other, and so does its name."""
    with counted(Crew.objects.filter(driver=goes).values_list("entry__race", flat=True)):
        for name in OF_A_DRIVER:
            setattr(stays, name, getattr(stays, name) or getattr(goes, name))
        stays.ours = stays.ours or goes.ours
        stays.save()
        goes.crews.update(driver=stays)
        goes.facts.update(driver=stays)
        former = goes.addresses() if goes.is_public() else []
        _hand_over(stays, goes, DriverAlias, "driver")
        FormerAddress.objects.remember(stays, former)


def merge_teams(stays, goes):
    with counted(goes.entries.values_list("race", flat=True)):
        goes.entries.update(team=stays)
        goes.names.exclude(year__in=stays.names.values_list("year", flat=True)).update(team=stays)
        _hand_over(stays, goes, TeamAlias, "team")


def _hand_over(stays, goes, alias, role):
    # Computed standings are counted anew afterwards.
    goes.standings.filter(computed=True).delete()
    goes.standings.update(**{role: stays})
    goes.aliases.update(**{role: stays})
    name = str(goes)
    goes.delete()
    key = name_key(name)
    if key != stays.name_key and not alias.objects.filter(name_key=key).exists():
        alias.objects.create(name=name, **{role: stays})


class WhoStays(forms.Form):
    stays = forms.ModelChoiceField(
        None, label=gettext_lazy("This one stays"), widget=forms.RadioSelect, empty_label=None
    )

    def __init__(self, *args, rows, refuse, **kwargs):
        super().__init__(*args, **kwargs)
        self.rows, self.refuse = list(rows), refuse
        self.fields["stays"].queryset = rows

    def clean(self):
        if stays := self.cleaned_data.get("stays"):
            self.goes = next(row for row in self.rows if row != stays)
            if problems := self.refuse(stays, self.goes):
                raise ValidationError(problems)
        return super().clean()


class Merges:
    """For admin classes: the action and its page. `merge` and `refuse` say what belongs to such a row."""

    actions = ["merge_rows"]
    merge = refuse = None

    def get_urls(self):
        name = f"news_{self.opts.model_name}_merge"
        return [path("merge/", self.admin_site.admin_view(self.merge_page), name=name), *super().get_urls()]

    def has_merge_permission(self, request):
        return self.has_change_permission(request) and self.has_delete_permission(request)

    @admin.action(description=gettext_lazy("Merge two records into one"), permissions=["merge"])
    def merge_rows(self, request, queryset):
        asked = list(queryset.values_list("pk", flat=True)[:3])
        if len(asked) != 2:
            self.message_user(request, _("Tick exactly two: one stays, the other goes."), messages.WARNING)
            return None
        page = reverse(f"admin:news_{self.opts.model_name}_merge")
        return redirect(f"{page}?rows={asked[0]},{asked[1]}")

    @in_turn
    def merge_page(self, request):
        if not self.has_merge_permission(request):
            raise PermissionDenied
        rows = self.model.objects.filter(pk__in=ids_in(request, "rows")[:2]).order_by("pk")
        if len(rows) != 2:
            raise Http404
        initial = {"stays": max(rows, key=self.weight)}
        form = WhoStays(request.POST or None, rows=rows, refuse=self.refuse, initial=initial)
        if form.is_valid():
            stays, name = form.cleaned_data["stays"], str(form.goes)
            self.log_deletions(request, self.model.objects.filter(pk=form.goes.pk))
            self.merge(stays, form.goes)
            self.log_change(request, stays, [{"changed": {"fields": ["aliases"]}}])
            said = _("“%(goes)s” is now “%(stays)s”; the other name is kept as a spelling.")
            self.message_user(request, said % {"goes": name, "stays": stays}, messages.SUCCESS)
            return redirect(f"admin:news_{self.opts.model_name}_change", stays.pk)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Merge two records into one"),
            "opts": self.opts,
            "form": form,
            "rows": [(row, self.belongings(row)) for row in rows],
        }
        return TemplateResponse(request, "admin/news/merge.html", context)

    def belongings(self, row):
        cars = Entry.objects.filter(self.entries_of(row)).count()
        standings = row.standings.count()
        return ", ".join(
            [
                ngettext("%(n)d entry", "%(n)d entries", cars) % {"n": cars},
                ngettext("%(n)d standing", "%(n)d standings", standings) % {"n": standings},
                *(str(alias) for alias in row.aliases.all()),
            ]
        )

    def weight(self, row):
        """The one that is proposed to stay: ours, else the one with more behind it."""
        return getattr(row, "ours", False), Entry.objects.filter(self.entries_of(row)).count()


class MergesDrivers(Merges):
    merge = staticmethod(merge_drivers)
    refuse = staticmethod(cannot_merge_drivers)

    @staticmethod
    def entries_of(driver: Driver):
        return Q(crew__driver=driver)


class MergesTeams(Merges):
    merge = staticmethod(merge_teams)
    refuse = staticmethod(cannot_merge_teams)

    @staticmethod
    def entries_of(team: Team):
        return Q(team=team)
