"""A photo whose licence has ended is on no page, and at no address either: its files are moved to where only the
newsroom reads them. When the licence is renewed they are moved back, to a new address.

Files are copied first, the rows then name the copies, and the old ones are deleted after that: at any moment the rows
name files that are there, and where it cannot be done it is tried again.
"""

from pathlib import PurePosixPath

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string

from news.models import loose
from news.models.renditions import Rendition
from news.querysets.renditions import APART


def settle(photo):
    """Put its files where they belong by now, one way or the other. Raises OSError."""
    files = _files_of(photo)
    folder = loose.new_folder(photo.checksum) if photo.withheld_at else _folder_apart(photo)
    moved = {name: folder + PurePosixPath(name).name for name in filter(None, files.values())}
    loose.announce([folder])
    try:
        for name, new in moved.items():
            _copy(name, new)
        with transaction.atomic():
            now = photo.held()
            # Replaced, taken down or drawn meanwhile: whoever looks next finds it as it is then.
            if now and now.withheld_at == photo.withheld_at and _files_of(now) == files:
                _name(now, files, moved, folder)
    except Exception:
        loose.discard([folder])
        raise
    loose.discard([folder])


def _name(photo, files, moved, folder):
    loose.drop_folders([photo.file.name])
    loose.taken([folder])
    withheld_at = None if photo.withheld_at else timezone.now()
    type(photo).objects.filter(pk=photo.pk).update(file=moved[photo.file.name], withheld_at=withheld_at)
    rows = [Rendition(pk=pk, file=moved[name]) for pk, name in files.items() if pk and name]
    Rendition.objects.bulk_update(rows, ["file"])


def _files_of(photo):
    """{key of the size: name}; that of the original has none."""
    return dict(photo.renditions.values_list("pk", "file")) | {None: photo.file.name}


def _folder_apart(photo):
    """A bucket may have an address of its own, where whoever guesses a name may read it: this one nobody guesses."""
    return f"{APART}{photo.checksum[:24]}-{get_random_string(32)}/"


def _copy(name, new):
    """What is lost is lost in its new place as well."""
    try:
        file = default_storage.open(name)
    except FileNotFoundError:
        return
    with file:
        default_storage.save(new, file)
