"""Drivers: our own with page and fact sheet, others with their name."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from news.admin.facts import DriverFacts
from news.admin.fields import InOrder, InRows, OurFields
from news.admin.merges import AliasRows, MergesDrivers
from news.admin.release import SeenOnSite
from news.admin.search import FindsNames
from news.admin.selects import thumbnail
from news.models import Driver, DriverAlias, DriverFact


class DriverFactInline(InRows):
    model = DriverFact
    formset = InOrder
    fields = ["label_de", "value_de", "label_en", "value_en", "order"]


class DriverAliasInline(InRows):
    model = DriverAlias
    formset = AliasRows
    fields = ["name"]


@admin.register(Driver)
class DriverAdmin(DriverFacts, MergesDrivers, FindsNames, SeenOnSite, OurFields, admin.ModelAdmin):
    list_display = ["picture", "__str__", "ours", "country", "hometown"]
    list_display_links = ["__str__"]
    list_filter = ["ours"]
    list_select_related = ["portrait"]
    ordering = ["-ours", "last_name", "first_name"]
    search_fields = ["name_key", "aliases__name_key"]
    search_help_text = _("First name or last name.")
    inlines = [DriverFactInline, DriverAliasInline]
    fieldsets = [
        (_("Name"), {"fields": [("first_name", "last_name"), ("country", "hometown"), "ours"]}),
        (_("Portrait"), {"fields": ["portrait", "intro_de", "intro_en"]}),
        (_("Story"), {"fields": ["story_de", "story_en"], "classes": ["collapse"]}),
        (_("Further details"), {"fields": ["slug", "born_on"], "classes": ["collapse"]}),
    ]

    @admin.display(description=_("portrait"))
    def picture(self, driver):
        return thumbnail(driver.portrait)

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("portrait__renditions")

    def get_fieldsets(self, request, obj=None):
        """The story is text to write; who may only look finds it on the site."""
        fieldsets = super().get_fieldsets(request, obj)
        return fieldsets if self.has_change_permission(request, obj) else fieldsets[:2]

    def is_seen(self, driver):
        return driver.ours
