"""Only data: the groups of the newsroom with their permissions, and the register of cookies."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.core.management import call_command
from django.db import migrations

WRITE = ("add", "change", "view")
ALL = (*WRITE, "delete")
# What each group may do, by model; whoever is an editor may do all that a reporter may.
REPORTER = {
    "article": ALL,
    "galleryphoto": ALL,
    "photo": WRITE,
    "tag": WRITE,
    "race": ("view",),
    "session": ("view",),
    "circuit": ("view",),
    "driver": ("view",),
    "entry": ("view",),
    "classification": ("view",),
    "result": ("view",),
    "sharelink": ("add", "view"),
}
EDITOR = {
    "article": (*ALL, "release"),
    **dict.fromkeys(("galleryphoto", "photo", "tag", "page", "series", "season", "circuit", "layout", "race", "round", "session", "team", "teamname", "teamalias", "driver", "driveralias", "driverfact", "pointscheme", "entry", "crew", "classification", "result", "standing", "tier", "sponsor", "sponsorship", "correction"), ALL),
    "sharelink": ("add", "view"),
    "siteprofile": ("view",),
    "tasks": ("retry",),
    "formeraddress": ("view",),
    "resultimport": ("add", "change", "view"),
}  # fmt: skip
ADMINISTRATOR = EDITOR | {
    "siteprofile": ("add", "change", "view"),
    "formeraddress": ("view", "delete"),
    "sociallink": ALL,
    "user": ALL,
    "group": ("view",),
    "cookiegroup": ("view", "change"),
    "cookie": ALL,
}
# Reads the drafts that were shared with them, and answers; most drivers need no account for it.
DRIVER = {"sharelink": ("view",)}
GROUPS = {"Driver": DRIVER, "Reporter": REPORTER, "Editor": EDITOR, "Administrator": ADMINISTRATOR}


def fill(apps, schema_editor):
    for label in ("news", "sponsors", "driversite", "auth", "cookie_consent"):
        create_permissions(installed.get_app_config(label), verbosity=0, using=schema_editor.connection.alias)
    Group, Permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    for name, models in GROUPS.items():
        group, _ = Group.objects.get_or_create(name=name)
        codenames = {f"{action}_{model}" for model, actions in models.items() for action in actions}
        found = Permission.objects.filter(codename__in=codenames)
        missing = codenames - set(found.values_list("codename", flat=True))
        assert not missing, f"There are no permissions called {sorted(missing)}."
        group.permissions.set(found)
    call_command("loaddata", "consent", verbosity=0, database=schema_editor.connection.alias)


def empty(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name__in=GROUPS).delete()
    apps.get_model("cookie_consent", "CookieGroup").objects.filter(
        varname__in=("essential", "media", "statistics")
    ).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("driversite", "0001_initial"),
        ("news", "0001_initial"),
        ("sponsors", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("cookie_consent", "0004_cookie_natural_key"),
    ]
    operations = [migrations.RunPython(fill, empty)]
