"""Files that belong to no row: not yet, or not any more.

Files are written before the rows that name them, and deleted after the rows that named them: nobody's save waits for a
disk or a bucket, and no row ever names a file that is not there. In between a process may be killed. So what is about
to be written is noted first, and what is given up is noted with the change that gives it up; whatever still stands here
an hour later is deleted.
"""

import logging
import threading
from contextlib import contextmanager
from datetime import timedelta

from django.core.files.storage import default_storage
from django.db import models, transaction
from django.utils import timezone
from django.utils.crypto import get_random_string

logger = logging.getLogger(__name__)
# Longer than any upload or task takes: until then whoever has noted a file may still be at work on it.
LONGEST = timedelta(hours=1)


class LooseFile(models.Model):
    """The name of a file; with a / at its end, of the folder of an upload with whatever is in it."""

    name = models.CharField(max_length=200, db_index=True)
    since = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        default_permissions = ()

    def __str__(self):
        return self.name


def announce(names):
    """They are about to be written, and belong to nobody until they are `taken`."""
    LooseFile.objects.bulk_create(LooseFile(name=name) for name in names)


def taken(names):
    """Within the transaction whose rows name them."""
    LooseFile.objects.filter(name__in=names).delete()


def let_go(names):
    """Within the transaction whose rows name them no more: they are deleted once it is committed. Before the first
    write of that transaction, caches in front are emptied only after the files are gone."""
    names = [*filter(None, names)]
    announce(names)
    transaction.on_commit(
        lambda: _delete(names) if _spared.names is None else _spared.names.extend(names), robust=True
    )


class _Spared(threading.local):
    """What this thread lets go while it is spared; None where nothing is."""

    names = None


_spared = _Spared()


@contextmanager
def spared():
    """What is let go in this block stays until its end: pages name it until they are told. Of whoever is killed
    meanwhile it is swept away."""
    _spared.names = []
    try:
        yield
    finally:
        names, _spared.names = _spared.names, None
        _delete(names)


def drop_folders(names):
    """The same with all that lies beside these files: each upload has a folder of its own."""
    let_go({folder_of(name) for name in names if name})


def new_folder(checksum):
    """For one upload, where visitors get its files; that of a photo that was taken down is known by it."""
    return f"photos/{checksum[:2]}/{checksum[:24]}-{get_random_string(6).lower()}/"


def folder_of(name):
    return f"{name.rpartition('/')[0]}/"


def discard(names):
    """Delete those that were announced and not taken."""
    _delete([*LooseFile.objects.filter(name__in=names).values_list("name", flat=True)])


def sweep(at=None):
    """Delete what whoever was killed, or a storage that was away, has left. How many."""
    before = (at or timezone.now()) - LONGEST
    old = LooseFile.objects.filter(since__lt=before)
    names = [*old.values_list("name", flat=True)]
    # Where it fails again, it is tried again an hour later.
    old.update(since=timezone.now())
    return _delete(names)


def _delete(names):
    gone = [name for name in names if _is_deleted(name)]
    taken(gone)
    return len(gone)


def _is_deleted(name):
    try:
        if name.endswith("/"):
            for each in files_in(name):
                default_storage.delete(each)
        default_storage.delete(name.rstrip("/"))
    except OSError:
        logger.exception("%s could not be deleted; it is tried again in an hour.", name)
        return False
    return True


def files_in(folder):
    folder = folder.rstrip("/")
    try:
        return [f"{folder}/{name}" for name in default_storage.listdir(folder)[1]]
    except FileNotFoundError:
        return []
