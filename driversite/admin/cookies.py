"""The register of cookies: the package's models in words that an editor reads, in both languages."""

from cookie_consent import admin as package
from cookie_consent.models import Cookie, CookieGroup
from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from driversite.consent import WORDS, set_by, words_of
from news.admin.fields import InRows, OurFields


def purpose_name(group):
    return words_of(group).name


def cookie_name(cookie):
    return cookie.name


# The package speaks English only, calls a purpose a group, and a cookie by its path as well.
CookieGroup.__str__ = purpose_name
Cookie.__str__ = cookie_name
CookieGroup._meta.verbose_name, CookieGroup._meta.verbose_name_plural = (
    _("purpose of cookies"),
    _("purposes of cookies"),
)
Cookie._meta.verbose_name, Cookie._meta.verbose_name_plural = _("cookie"), _("cookies")

COOKIE_WORDS = {
    "cookiegroup": _("purpose"),
    "name": _("name"),
    "description": _("description"),
    "path": _("path"),
    "domain": _("domain"),
    "varname": _("short name for programs"),
    "is_required": _("always on"),
    "is_deletable": _("is deleted when declined"),
    "ordering": _("order"),
}


class CookieForm(forms.ModelForm):
    class Meta:
        labels = COOKIE_WORDS
        help_texts = {
            "name": _("As browsers list it: sessionid."),
            "description": _("What it is for, in a sentence; visitors read it on the page about cookies."),
            "varname": _("Letters and digits; pages refer to it, so it stays as it is."),
            "is_deletable": "",
            "is_required": _("The site cannot work without; visitors are told, not asked."),
        }


class CookieInline(InRows):
    model = Cookie
    form = CookieForm
    fields = ["name", "description", "domain", "path"]

    def formfield_for_dbfield(self, db_field, request, **options):
        if db_field.name in ("description", "path"):
            options["widget"] = forms.TextInput
        return super().formfield_for_dbfield(db_field, request, **options)


admin.site.unregister([package.Cookie, package.CookieGroup])


@admin.register(CookieGroup)
class CookieGroupAdmin(OurFields, admin.ModelAdmin):
    form = CookieForm
    list_display = ["purpose", "always_on", "cookie_names"]
    actions = None
    list_display_links = ["purpose"]
    search_fields = ["varname", "name"]
    readonly_fields = ["purpose", "wording"]
    inlines = [CookieInline]
    details = (
        _("Further details"),
        {"fields": ["varname", "is_deletable", "ordering"], "classes": ["collapse"]},
    )

    def option(self, group):
        return self.purpose(group)

    @admin.display(description=_("purpose"), ordering="ordering")
    def purpose(self, group):
        return purpose_name(group)

    @admin.display(description=_("what visitors read"))
    def wording(self, group):
        words = words_of(group)
        return f"{words.said} {words.more}".strip()

    @admin.display(description=_("always on"), boolean=True, ordering="is_required")
    def always_on(self, group):
        return group.is_required

    @admin.display(description=_("cookies"))
    def cookie_names(self, group):
        return ", ".join(cookie.name for cookie in group.cookie_set.all()) or self.get_empty_value_display()

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("cookie_set")

    def get_fieldsets(self, request, obj=None):
        """The purposes of this site are worded in both languages already; one's own is named here."""
        names = ["purpose", "wording"] if obj and obj.varname in WORDS else ["name", "description"]
        return [(None, {"fields": [*names, "is_required"]}), self.details]

    def get_readonly_fields(self, request, obj=None):
        return [*self.readonly_fields, "varname"] if obj else self.readonly_fields


@admin.register(Cookie)
class CookieAdmin(OurFields, admin.ModelAdmin):
    form = CookieForm
    list_display = ["cookie_name", "purpose", "setter"]
    list_select_related = ["cookiegroup"]
    search_fields = ["name", "domain"]
    fields = ["cookiegroup", "name", "description", ("domain", "path")]

    @admin.display(description=_("cookie"), ordering="name")
    def cookie_name(self, cookie):
        return cookie.name

    @admin.display(description=_("purpose"), ordering="cookiegroup")
    def purpose(self, cookie):
        return self.admin_site.get_model_admin(CookieGroup).option(cookie.cookiegroup)

    @admin.display(description=_("set by"), ordering="domain")
    def setter(self, cookie):
        return set_by(cookie.cookiegroup, cookie)

    def formfield_for_dbfield(self, db_field, request, **options):
        if db_field.name == "path":
            options["widget"] = forms.TextInput
        return super().formfield_for_dbfield(db_field, request, **options)
