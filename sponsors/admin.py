"""Partners, their tiers, and from when to when they are shown."""

import itertools
from datetime import timedelta

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import slugify
from django.utils.translation import get_language_info, ngettext
from django.utils.translation import gettext_lazy as _

from sponsors.models import Sponsor, Sponsorship, Tier

SPELT_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


class OurFields:
    """For admin classes and inlines: the browser's own calendar, and languages named in full."""

    formfield_overrides = {
        models.DateField: {"widget": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})},
        models.URLField: {"widget": forms.URLInput(attrs={"class": "vURLField"}), "assume_scheme": "https"},
    }

    def formfield_for_dbfield(self, db_field, request, **options):
        field = super().formfield_for_dbfield(db_field, request, **options)
        if language := getattr(db_field, "_translated_field_language_code", None):
            field.label = f"{field.label} ({get_language_info(language)['name_translated']})"
        return field


class Running(admin.SimpleListFilter):
    title = _("running time")
    parameter_name = "running"

    def lookups(self, request, model_admin):
        return [("now", _("Running")), ("ending", _("Ending within 30 days")), ("over", _("Over"))]

    def queryset(self, request, agreements):
        today = timezone.localdate()
        match self.value():
            case "now":
                return agreements.on(today)
            case "ending":
                return agreements.ending_by(today + timedelta(days=30))
            case "over":
                return agreements.filter(ends_on__lt=today)


def days_left(agreement, on=None):
    """How long an agreement still runs, in words."""
    on = on or timezone.localdate()
    if agreement.starts_on > on:
        days = (agreement.starts_on - on).days
        return ngettext("begins in %(n)d day", "begins in %(n)d days", days) % {"n": days}
    if agreement.ends_on is None:
        return _("until further notice")
    days = (agreement.ends_on - on).days
    if days < 0:
        return _("over")
    return ngettext("%(n)d day left", "%(n)d days left", days) % {"n": days} if days else _("last day today")


def marks(sponsor):
    return render_to_string("admin/sponsors/_marks.html", {"sponsor": sponsor})


class SponsorForm(forms.ModelForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False
            self.fields["slug"].help_text = _("Left empty, it is made from the name.")

    def clean(self):
        if not self.cleaned_data.get("slug"):
            name = self.cleaned_data.get("name", "").lower().translate(SPELT_OUT)
            self.cleaned_data["slug"] = self._free(slugify(name)[:90])
        return super().clean()

    def _free(self, slug):
        """The address, numbered where another partner has it."""
        others = Sponsor.objects.exclude(pk=self.instance.pk)
        numbered = (f"{slug}-{number}" for number in itertools.count(2))
        return next(
            address
            for address in itertools.chain([slug], numbered)
            if not others.filter(slug=address).exists()
        )


class AgreementsOfOnePartner(forms.BaseInlineFormSet):
    """The model compares an agreement with those stored; here those entered together are compared."""

    def clean(self):
        super().clean()
        rows = [form.cleaned_data for form in self.forms if form.cleaned_data.get("starts_on")]
        kept = sorted((row for row in rows if not row.get("DELETE")), key=lambda row: row["starts_on"])
        for earlier, later in itertools.pairwise(kept):
            if earlier.get("ends_on") is None or earlier["ends_on"] >= later["starts_on"]:
                raise ValidationError(
                    _("Two agreements of this partner run on %(day)s: the logo would stand there twice."),
                    params={"day": date_format(later["starts_on"], "DATE_FORMAT")},
                )


class SponsorshipInline(OurFields, admin.StackedInline):
    model = Sponsorship
    formset = AgreementsOfOnePartner
    fields = [("tier", "starts_on", "ends_on", "order")]
    classes = ["in-rows"]

    def get_extra(self, request, obj=None, **kwargs):
        return 0 if obj else 1


@admin.register(Sponsor)
class SponsorAdmin(OurFields, admin.ModelAdmin):
    form = SponsorForm
    list_display = ["mark", "name", "agreement", "website"]
    list_display_links = ["name"]
    search_fields = ["name"]
    readonly_fields = ["mark"]
    inlines = [SponsorshipInline]
    fieldsets = [
        (_("Partner"), {"fields": ["name", "website"]}),
        (_("Logo"), {"fields": ["mark", "logo", "logo_dark"]}),
        (_("Text"), {"fields": ["text_de", "text_en"]}),
        (_("Further details"), {"fields": ["slug"], "classes": ["collapse"]}),
    ]

    @admin.display(description=_("on light and dark ground"))
    def mark(self, sponsor):
        return marks(sponsor)

    @admin.display(description=_("agreement"))
    def agreement(self, sponsor):
        """The newest one; what was before stands in the form."""
        newest = next(iter(sponsor.sponsorships.all()), None)
        return f"{newest.tier}, {days_left(newest)}" if newest else self.get_empty_value_display()

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("sponsorships__tier")


@admin.register(Sponsorship)
class SponsorshipAdmin(OurFields, admin.ModelAdmin):
    list_display = ["mark", "sponsor", "tier", "period", "left"]
    list_display_links = ["sponsor"]
    list_filter = [Running, "tier"]
    list_select_related = ["sponsor", "tier"]
    search_fields = ["sponsor__name"]
    fields = ["sponsor", "tier", ("starts_on", "ends_on"), "order"]

    @admin.display(description=_("on light and dark ground"))
    def mark(self, agreement):
        return marks(agreement.sponsor)

    @admin.display(description=_("from – to"), ordering="starts_on")
    def period(self, agreement):
        days = (date_format(day) if day else "…" for day in (agreement.starts_on, agreement.ends_on))
        return " – ".join(days)

    @admin.display(description=_("running time"), ordering="ends_on")
    def left(self, agreement):
        return days_left(agreement)


@admin.register(Tier)
class TierAdmin(OurFields, admin.ModelAdmin):
    list_display = ["name", "order", "partners"]
    ordering = ["order", "pk"]
    list_display_links = ["name"]
    fields = [("name_de", "name_en"), "order"]

    @admin.display(description=_("name"))
    def name(self, tier):
        return tier.name

    @admin.display(description=_("agreements"))
    def partners(self, tier):
        return tier.agreements

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(agreements=models.Count("sponsorships"))
