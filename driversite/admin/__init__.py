from driversite.admin import cookies, groups, profile, users

__all__ = ["cookies", "groups", "profile", "users"]
