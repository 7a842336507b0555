"""Where the site writes. Folders that cannot be right are refused by the settings; whether this user may write there is
looked at before the start: `python -m driversite.environment.places`, as `make prepare` does it.

Without this an editor's first upload would find out, or a command in the middle of its work.
"""

import os
import re
from itertools import combinations
from pathlib import Path

from driversite.environment.reading import refuse

EXAMPLE = "/srv/driversite/data/db.sqlite3"
# A second one begins here.
ANOTHER = re.compile(r"[\s,;:]+(/|[A-Za-z]:\\)")
CODE = ("driversite", "news", "sponsors", "templates", "tests")


def misplaced(folders, base, database):
    """Sentences about `{variable: folder}` and the database's file ("" where there is none) that would do harm.

    What is in a folder for uploads or static files is handed out to everybody; what is in that for state gets deleted.
    """
    said = [_wrong_path(name, folder) for name, folder in folders.items()]
    if any(said):
        return [*filter(None, said)]
    # Links do not make two of one.
    real = {name: Path(os.path.realpath(folder)) for name, folder in folders.items()}
    return [
        *_with_code(real, Path(os.path.realpath(base))),
        *_in_each_other(real),
        *_with_rows(real, database),
    ]


def _wrong_path(name, folder):
    """A path from somewhere else would be another folder for each place that a command is started from."""
    if os.path.isabs(folder) and not ANOTHER.search(str(folder)[1:]):
        return ""
    example = f"/srv/driversite/{name.partition('_')[0].lower()}"
    return f"{name} must be the whole path of one folder, such as {example}."


def _with_code(real, base):
    code = [base / name for name in CODE]
    for name, folder in real.items():
        if base.is_relative_to(folder) or any(folder.is_relative_to(each) for each in code):
            yield f"{name} must be a folder of its own, apart from the site's code in {base}."


def _in_each_other(real):
    for one, other in combinations(real, 2):
        if real[one].is_relative_to(real[other]) or real[other].is_relative_to(real[one]):
            yield f"{one} and {other} must be two folders, neither of them within the other."


def _with_rows(real, database):
    for name, folder in real.items():
        if database and Path(os.path.realpath(database)).is_relative_to(folder):
            yield f"DATABASE_URL must not lie within {name}: write it like sqlite:///{EXAMPLE}."


def closed(places):
    """Sentences about the folders among `{variable: folder}` in which nothing can be written or made."""
    return [
        f"{name} is {folder}, where this user may not write: name another folder or give them this one."
        for name, folder in places.items()
        if not _is_open(Path(folder))
    ]


def _is_open(folder):
    """What is not there yet will be made in the nearest folder that is."""
    nearest = next(each for each in (folder, *folder.parents) if os.path.exists(each))
    return _is_writable(nearest)


def _is_writable(folder):
    return os.path.isdir(folder) and os.access(folder, os.W_OK | os.X_OK)


def places_of(settings):
    """By the variable that names each. What lies in a bucket or on another server is not ours to look at."""
    places = {"STATE_ROOT": settings.STATE_ROOT, "STATIC_ROOT": settings.STATIC_ROOT}
    if not settings.STORAGE_URL:
        places["MEDIA_ROOT"] = settings.MEDIA_ROOT
    return places


def database_of(settings):
    """SQLite makes neighbours of its file, but no folders."""
    if not settings.DATABASE_FILE:
        return []
    folder = Path(settings.DATABASE_FILE).parent
    if _is_writable(folder):
        return []
    return [f"DATABASE_URL lies in {folder}, where this user may not write, or which is not there."]


if __name__ == "__main__":
    from driversite.door import sentences

    with sentences():
        from driversite import settings

        refuse([*closed(places_of(settings)), *database_of(settings)])
