"""The newsroom's forms of the site itself; and what only the site knows of an article that is about to be released."""

from driversite.admin import cookies, groups, profile, tasks, users
from driversite.advertising import CHECK
from news.panel import CHECKS

__all__ = ["cookies", "groups", "profile", "tasks", "users"]

CHECKS.append(CHECK)
