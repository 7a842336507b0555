"""The back room: Django's admin, grouped by what an editor wants to do."""

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.utils.translation import gettext_lazy as _


class OfficeConfig(AdminConfig):
    default_site = "driversite.office.Office"


class Office(AdminSite):
    site_header = _("Newsroom")
    site_title = _("Newsroom")
    index_title = _("What would you like to do?")
