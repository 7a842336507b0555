"""The back room as an app: Django's admin with our own site (driversite/desk/) behind its address."""

from django.contrib.admin.apps import AdminConfig


class OfficeConfig(AdminConfig):
    default_site = "driversite.desk.Desk"
