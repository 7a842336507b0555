"""The admin site: grouped by task, in the order of a Sunday evening, with what is next on top."""

from functools import update_wrapper

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.contenttypes.models import ContentType
from django.contrib.contenttypes.views import shortcut
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.i18n import JavaScriptCatalog

from driversite.desk.menu import grouped
from driversite.desk.start import start_page
from driversite.desk.waiting import answered as tasks_answered

NOT_SIGNED_IN = _(
    "You were no longer signed in: what you have just sent was not stored. Sign in and send it again."
)


class Matches(AutocompleteJsonView):
    """What a searchable select proposes: named as the admin class of the rows says, photos with a thumbnail."""

    def serialize_result(self, obj, to_field_name):
        found = super().serialize_result(obj, to_field_name)
        if hasattr(self.model_admin, "option"):
            found["text"] = self.model_admin.option(obj)
        if hasattr(self.model_admin, "option_picture"):
            found["thumbnail"] = self.model_admin.option_picture(obj)
        return found


class SignIn(AdminAuthenticationForm):
    """One sentence for all that can be wrong: it gives away neither who has an account nor what kind."""

    error_messages = AdminAuthenticationForm.error_messages | {
        "invalid_login": _("User name or password is not right."),
    }


class Desk(AdminSite):
    login_form = SignIn
    site_header = _("Newsroom")
    site_title = _("Newsroom")
    index_title = _("What would you like to do?")
    empty_value_display = "—"
    # Ours stands in base_site.html: the same groups, without a filter that five groups do not need.
    enable_nav_sidebar = False

    def get_app_list(self, request, app_label=None):
        """Groups of tasks in the place of apps; what nobody thought of is found at the end of the last group."""
        apps = self._build_app_dict(request)
        models = {
            f"{label}.{model['object_name']}": model for label, app in apps.items() for model in app["models"]
        }
        return grouped(models, request.user.has_perm, here=request.path)

    def get_urls(self):
        """Django's way from a row to its page asks for nobody's rights: ours stands in its place."""
        urls = [url for url in super().get_urls() if getattr(url, "name", "") != "view_on_site"]
        to_page = self.admin_view(self.page_of_row)
        return [
            path("r/<int:content_type_id>/<path:object_id>/", to_page, name="view_on_site"),
            path("tasks/", self.admin_view(tasks_answered), name="tasks"),
            *urls,
        ]

    def page_of_row(self, request, content_type_id, object_id):
        """For those who may see the row: the address of a draft says what it is about."""
        kind = get_object_or_404(ContentType, pk=content_type_id)
        rows = self._registry.get(kind.model_class())
        if not (rows and rows.has_view_permission(request)):
            raise PermissionDenied
        return shortcut(request, content_type_id, object_id)

    def app_index(self, request, app_label, extra_context=None):
        """Apps are our business, not the editor's: the start page is the menu."""
        return HttpResponseRedirect(reverse("admin:index", current_app=self.name))

    def index(self, request, extra_context=None):
        return super().index(request, start_page(request) | (extra_context or {}))

    def admin_view(self, view, cacheable=False):
        """Whose session ended over a form hears at the sign-in that what was sent has not been stored."""
        asked = super().admin_view(view, cacheable)

        def answered(request, *args, **kwargs):
            ends_here = request.path == reverse("admin:logout", current_app=self.name)
            if request.method == "POST" and not self.has_permission(request) and not ends_here:
                messages.warning(request, NOT_SIGNED_IN)
            return asked(request, *args, **kwargs)

        return update_wrapper(answered, asked)

    def autocomplete_view(self, request):
        return Matches.as_view(admin_site=self)(request)

    def i18n_javascript(self, request, extra_context=None):
        """With the words of the text editor, which the admin alone does not know."""
        packages = ["django.contrib.admin", "django_prose_editor"]
        return JavaScriptCatalog.as_view(packages=packages)(request)
