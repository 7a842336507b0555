"""Whose site it is: the profile, the driver's own page, and users for the three roles."""

import secrets

from django.contrib.auth.models import Group, User

from driversite.demo.rows import Rows
from driversite.demo.texts import body, table
from driversite.models import SiteProfile, SocialLink
from news.models import Driver, DriverFact, Photo

# Who may log in, and the group whose rights they have.
USERS = {"reporter": "Reporter", "editor": "Editor", "admin": "Administrator"}


def load_profile(rows: Rows) -> SiteProfile:
    facts = table("site")
    profile = rows.put(SiteProfile, {"pk": 1}, facts["profile"])
    rows.put_all(SocialLink, {"profile": profile}, facts["social_links"])
    return profile


def load_driver_page(rows: Rows, photos: dict[str, Photo]) -> Driver:
    """Portrait, introduction, story and fact sheet of the site's driver, who is among the drivers already."""
    values = table("site")["driver"]
    facts = values.pop("facts")
    values["portrait"] = photos[values["portrait"]]
    values |= {f"story_{language}": body(f"pages/driver.{language}") for language in ("de", "en")}
    driver = rows.put(Driver, {"pk": Driver.objects.ours().get().pk}, values)
    rows.put_all(DriverFact, {"driver": driver}, facts)
    return driver


def load_users(password: str = "") -> dict[str, tuple[User, str]]:
    """One user for each role with the password that was set just now, empty where it is as it was."""
    return {name: _put_user(name, group, password) for name, group in USERS.items()}


def _put_user(name, group, password):
    user, is_new = User.objects.get_or_create(username=name, defaults={"is_staff": True})
    if is_new and not password:
        password = secrets.token_urlsafe(9)
    if password:
        user.set_password(password)
        user.save()
    user.groups.add(Group.objects.get(name=group))
    return user, password
