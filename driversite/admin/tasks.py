"""Tasks are no rows to look through: what is wrong with them stands on the start page (driversite/desk/waiting.py)."""

from django.contrib import admin
from django_tasks_db import admin as package

admin.site.unregister(package.DBTaskResult)
