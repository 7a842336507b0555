"""The door for WSGI servers: `manage.py serve` comes by here, and any other can."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.utils.module_loading import import_string

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "driversite.settings")

application = get_wsgi_application()
if not settings.DEBUG:
    # By its name: it stands on what Django has only now set up.
    application = import_string("driversite.pages.front.open_door")(application)
