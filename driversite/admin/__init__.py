from driversite.admin import cookies, profile, users

__all__ = ["cookies", "profile", "users"]
