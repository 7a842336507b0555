from django.apps import AppConfig
from django.core.checks import Tags, register
from django.utils.module_loading import import_string

from driversite.tables import tables_fit


class DriversiteConfig(AppConfig):
    name = "driversite"

    def ready(self):
        register(tables_fit, Tags.database)
        # By its name: what it tells of a change are tasks, whose table is known only now.
        import_string("driversite.pages.changes.listen_everywhere")()
