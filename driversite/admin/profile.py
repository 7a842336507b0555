"""The site's profile: one row, so its list is its form."""

from django import forms
from django.contrib import admin
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from driversite.models import SiteProfile, SocialLink
from news.admin.fields import InOrder, InRows, OurFields, ZoneInput
from news.admin.selects import SearchSelectMultiple
from news.models import Driver, Entry


class ColourInput(forms.TextInput):
    input_type = "color"


class ProfileForm(forms.ModelForm):
    """Whose site this is also says which drivers are its own; that is kept with the drivers."""

    drivers = forms.ModelMultipleChoiceField(
        Driver.objects.all(),
        required=False,
        label=_("Drivers of the site"),
        help_text=_(
            "They get a page and statistics, and their results are marked. Type a name to find a driver."
        ),
        # A relation to drivers like any other: it says where the search looks.
        widget=SearchSelectMultiple(Entry._meta.get_field("drivers"), admin.site),
    )

    class Meta:
        widgets = {"accent": ColourInput, "time_zone": ZoneInput}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["drivers"] = list(Driver.objects.ours())

    def save_drivers(self):
        chosen = set(self.cleaned_data["drivers"])
        for driver in chosen ^ set(Driver.objects.ours()):
            driver.ours = driver in chosen
            driver.save()


class SocialLinkInline(InRows):
    model = SocialLink
    formset = InOrder
    fields = ["name", "url", "order"]


@admin.register(SiteProfile)
class SiteProfileAdmin(OurFields, admin.ModelAdmin):
    form = ProfileForm
    ordering = ["pk"]
    inlines = [SocialLinkInline]
    fieldsets = [
        (_("Whose site"), {"fields": ["name", ("claim_de", "claim_en"), "drivers", "accent"]}),
        (_("Language and time"), {"fields": [("default_language", "time_zone")]}),
        (_("Statistics"), {"fields": ["qualifying_races_count"]}),
        (_("Contact"), {"fields": [("contact_name", "contact_email"), "contact_phone", "contact_address"]}),
        (_("Press contact"), {"fields": [("press_name", "press_email"), "press_phone"]}),
        (
            _("Texts"),
            {
                "fields": ["description_de", "description_en", "footer_de", "footer_en"],
                "classes": ["collapse"],
            },
        ),
    ]

    @admin.display(description=_("Drivers of the site"))
    def our_drivers(self, profile):
        return ", ".join(map(str, Driver.objects.ours())) or self.get_empty_value_display()

    def get_readonly_fields(self, request, obj=None):
        return [] if self.has_change_permission(request, obj) else ["our_drivers"]

    def get_fieldsets(self, request, obj=None):
        """The drivers are no column of the profile: who may only look reads their names."""
        (title, first), *others = super().get_fieldsets(request, obj)
        if obj and not self.has_change_permission(request, obj):
            first = {"fields": ["our_drivers" if name == "drivers" else name for name in first["fields"]]}
        return [(title, first), *others]

    def has_add_permission(self, request):
        return super().has_add_permission(request) and not SiteProfile.objects.exists()

    def has_delete_permission(self, request, obj=None):
        return False

    def changelist_view(self, request, extra_context=None):
        """There is one row: the way to the list is the way to its form."""
        if SiteProfile.objects.exists():
            return HttpResponseRedirect(reverse("admin:driversite_siteprofile_change", args=[1]))
        if self.has_add_permission(request):
            return HttpResponseRedirect(reverse("admin:driversite_siteprofile_add"))
        return super().changelist_view(request, extra_context)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        form.save_drivers()
