from django.apps import AppConfig
from django.core.checks import Tags, register

from driversite.pages.changes import listen_everywhere
from driversite.tables import tables_fit


class DriversiteConfig(AppConfig):
    name = "driversite"

    def ready(self):
        register(tables_fit, Tags.database)
        listen_everywhere()
