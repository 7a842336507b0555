"""Who works in the newsroom: users in groups. Nobody hands out more than they have themselves."""

from django import forms
from django.contrib import admin
from django.contrib.auth import admin as package
from django.contrib.auth.forms import AdminPasswordChangeForm, UserCreationForm
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from driversite.admin.groups import GROUP_RIGHTS, group_name
from news.admin.fields import OurFields


class GroupsField(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, group):
        rights = GROUP_RIGHTS.get(group.name)
        return f"{group_name(group)}: {rights}" if rights else group.name


class UserForm(forms.ModelForm):
    class Meta:
        field_classes = {"groups": GroupsField}
        labels = {"is_staff": _("May enter the newsroom"), "is_superuser": _("May do everything")}
        help_texts = {
            "is_staff": _("Off: this person can no longer sign in here."),
            "is_superuser": _("Without belonging to a group; for the person who runs the server."),
            "groups": "",
        }

    def clean(self):
        """Nobody shuts themselves out: another administrator would have to let them in again."""
        super().clean()
        if self.instance == self.signed_in:
            groups = {group.name for group in self.cleaned_data.get("groups", ())}
            all_powerful = self.cleaned_data.get("is_superuser", self.signed_in.is_superuser)
            trusted = all_powerful or "Administrator" in groups
            if not (trusted and self.cleaned_data.get("is_staff")):
                raise forms.ValidationError(
                    _("You would shut yourself out. Ask another administrator to change your own rights.")
                )
        return self.cleaned_data


class NewUserForm(UserCreationForm):
    class Meta(UserForm.Meta):
        model = User
        fields = ("username", "first_name", "last_name", "email", "groups")


class NewPasswordForm(AdminPasswordChangeForm):
    """Signing in is by password here: a new one can be set, but not none."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields.pop("usable_password", None)
        for field in self.fields.values():
            field.required = True


admin.site.unregister(package.User)


@admin.register(User)
class UserAdmin(OurFields, package.UserAdmin):
    form = UserForm
    add_form = NewUserForm
    add_form_template = None
    change_password_form = NewPasswordForm
    change_user_password_template = "admin/auth/user/new_password.html"
    list_display = ["name", "username", "in_groups", "is_active", "last_login"]
    list_display_links = ["name", "username"]
    list_filter = ["groups", "is_active"]
    filter_horizontal = []
    readonly_fields = ["last_login", "date_joined"]
    fieldsets = [
        (None, {"fields": ["username", ("first_name", "last_name"), "email"]}),
        (_("Rights"), {"fields": ["groups", "is_staff", "is_superuser"]}),
        (_("Further details"), {"fields": [("last_login", "date_joined")], "classes": ["collapse"]}),
    ]
    add_fieldsets = [
        (None, {"fields": ["username", ("first_name", "last_name"), "email"]}),
        (_("Rights"), {"fields": ["groups"]}),
        (_("Password"), {"fields": ["password1", "password2"]}),
    ]

    @admin.display(description=_("name"), ordering="last_name")
    def name(self, user):
        return user.get_full_name() or user.get_username()

    @admin.display(description=_("groups"))
    def in_groups(self, user):
        return ", ".join(group_name(group) for group in user.groups.all()) or self.get_empty_value_display()

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("groups")

    def get_readonly_fields(self, request, obj=None):
        always = super().get_readonly_fields(request, obj)
        return always if request.user.is_superuser else [*always, "is_superuser"]

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.signed_in = request.user
        if "groups" in form.base_fields:
            # Groups come by migration; a new one is no matter of passing.
            form.base_fields["groups"].widget.can_add_related = False
        return form

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and self._is_within_reach(request, obj)

    def has_delete_permission(self, request, obj=None):
        allowed = super().has_delete_permission(request, obj) and self._is_within_reach(request, obj)
        return allowed and obj != request.user

    @staticmethod
    def _is_within_reach(request, user):
        """Whoever could change a superuser's password could become one."""
        return user is None or request.user.is_superuser or not user.is_superuser

    def save_model(self, request, obj, form, change):
        # An account is made for the newsroom: there is nothing else to sign in to.
        obj.is_staff = obj.is_staff if change else True
        super().save_model(request, obj, form, change)

    def render_change_form(self, request, context, obj=None, **kwargs):
        if obj and self.has_change_permission(request, obj):
            context["tools"] = [
                (reverse("admin:auth_user_password_change", args=[obj.pk]), _("Set a new password"))
            ]
        return super().render_change_form(request, context, obj=obj, **kwargs)
