"""The groups of the newsroom. Four come by migration; more can be put together from single permissions."""

from django import forms
from django.contrib import admin
from django.contrib.auth import admin as package
from django.contrib.auth.models import Group, Permission
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from news.admin.fields import OurFields

# What the four are called is a matter of language.
GROUP_NAMES = {
    "Driver": pgettext_lazy("group", "Driver"),
    "Reporter": _("Reporter"),
    "Editor": _("Editor"),
    "Administrator": _("Administrator"),
}
GROUP_RIGHTS = {
    "Driver": _("reads the drafts that were shared with them, and approves or asks for changes"),
    "Reporter": _("writes articles, uploads photos and hands in; releases nothing"),
    "Editor": _("releases; keeps races, results, pages and partners"),
    "Administrator": _("everything, with the site’s settings and its users"),
}
ACTIONS = {
    "add": pgettext_lazy("permission", "add"),
    "change": pgettext_lazy("permission", "change"),
    "delete": pgettext_lazy("permission", "delete"),
    "view": pgettext_lazy("permission", "view"),
    "release": pgettext_lazy("permission", "release"),
    "retry": pgettext_lazy("permission", "have failed tasks tried again"),
}


# What there is to permit: the tables that an editor knows.
OURS = ("news", "sponsors", "driversite", "auth", "cookie_consent")


def group_name(group):
    return str(GROUP_NAMES.get(group.name, group.name))


def permission_name(permission):
    """ "Article: change", where the database has English words only."""
    model = permission.content_type.model_class()
    return f"{capfirst(model._meta.verbose_name)}: {ACTIONS[permission.codename.split('_')[0]]}"


admin.site.unregister(package.Group)


@admin.register(Group)
class GroupAdmin(OurFields, package.GroupAdmin):
    list_display = ["called", "may", "members"]
    filter_horizontal = []

    @admin.display(description=_("group"), ordering="name")
    def called(self, group):
        return group_name(group)

    @admin.display(description=_("rights"))
    def may(self, group):
        return GROUP_RIGHTS.get(group.name, self.get_empty_value_display())

    @admin.display(description=_("members"))
    def members(self, group):
        return (
            ", ".join(user.get_username() for user in group.user_set.all()) or self.get_empty_value_display()
        )

    @admin.display(description=_("rights"))
    def rights(self, group):
        names = sorted(map(permission_name, group.permissions.select_related("content_type")))
        return format_html_join(mark_safe("<br>"), "{}", ([name] for name in names))

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("user_set")

    def get_readonly_fields(self, request, obj=None):
        """By their names the four are known to upgrades."""
        return ["name", "rights"] if obj and obj.name in GROUP_NAMES else ["rights"]

    def get_fields(self, request, obj=None):
        """The package names a right in English words of the database: who may only look reads ours."""
        may_type = obj is None or self.has_change_permission(request, obj)
        return ["name", "permissions"] if may_type else ["rights"]

    def formfield_for_manytomany(self, db_field, request=None, **kwargs):
        kwargs["widget"] = forms.CheckboxSelectMultiple
        field = super().formfield_for_manytomany(db_field, request, **kwargs)
        if db_field.name == "permissions":
            permissions = Permission.objects.select_related("content_type")
            field.queryset = permissions.filter(content_type__app_label__in=OURS).exclude(
                content_type__model="logitem"
            )
            field.label_from_instance = permission_name
        return field

    def render_change_form(self, request, context, obj=None, **kwargs):
        if obj:
            context["heading"] = group_name(obj)
        return super().render_change_form(request, context, obj=obj, **kwargs)
