"""Where the site writes, looked at before it starts: `python -m driversite.places`, as `make prepare` does it.

Without this an editor's first upload would find out, or a command in the middle of its work.
"""

import os
from pathlib import Path

from driversite.environment import refuse


def closed(places):
    """Sentences about the folders among `{variable: folder}` in which nothing can be written or made."""
    return [
        f"{name} is {folder}, where this user may not write: name another folder or give them this one."
        for name, folder in places.items()
        if not _is_open(Path(folder).absolute())
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
    if "sqlite" not in settings.DATABASE_URL["ENGINE"]:
        return []
    folder = Path(settings.DATABASE_URL["NAME"]).absolute().parent
    if _is_writable(folder):
        return []
    return [f"DATABASE_URL lies in {folder}, where this user may not write, or which is not there."]


if __name__ == "__main__":
    from driversite import settings

    refuse([*closed(places_of(settings)), *database_of(settings)])
