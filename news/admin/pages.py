"""Pages that stay, and the addresses that pages once had."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from news.admin.fields import NamesItself, OurFields
from news.admin.release import SeenOnSite
from news.models import FormerAddress, Page


class PageForm(NamesItself):
    named_by = ("title_de", "title_en")


@admin.register(Page)
class PageAdmin(SeenOnSite, OurFields, admin.ModelAdmin):
    form = PageForm
    list_display = ["title", "kind", "public", "updated_at"]
    list_filter = ["kind"]
    search_fields = ["title_de", "title_en", "slug"]
    fieldsets = [
        (_("German"), {"fields": ["title_de", "body_de"]}),
        (_("English"), {"fields": ["title_en", "body_en"]}),
        (_("Release"), {"fields": ["kind", "published_at"]}),
        (_("Further details"), {"fields": ["slug"], "classes": ["collapse"]}),
    ]

    @admin.display(description=_("title"))
    def title(self, page):
        return format_html("<b>{}</b>", page.title)

    @admin.display(description=_("public"), boolean=True)
    def public(self, page):
        return page.is_public()


@admin.register(FormerAddress)
class FormerAddressAdmin(admin.ModelAdmin):
    """To look at and to free an address; entries are made by the pages themselves."""

    list_display = ["path", "leads_to"]
    list_display_links = None
    list_select_related = ["article", "race", "page", "driver"]
    ordering = ["path"]
    search_fields = ["path"]

    @admin.display(description=_("leads to"))
    def leads_to(self, former):
        if former.is_gone:
            return _("nowhere: the article was deleted")
        target = former.target
        return format_html(
            '<a href="{}">{}</a>',
            reverse(f"admin:news_{target._meta.model_name}_change", args=[target.pk]),
            target,
        )

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False
