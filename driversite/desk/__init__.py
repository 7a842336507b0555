"""The admin as an editor finds it: its menu and start page, and what finds things in it."""

from driversite.desk.site import Desk

__all__ = ["Desk"]
