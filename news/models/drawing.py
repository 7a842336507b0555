"""How the sizes of a photo come about: planned when it is saved, drawn by a worker, put into the storage together.

A worker reads, draws for as long as it takes, and only then holds the photo, to put in what is still wanted. So it may
be killed at any moment, meet another at the same work, or come too late: the rows are right, and whoever comes next
makes what is missing.
"""

import logging
from contextlib import contextmanager

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from news.models.renditions import Rendition, delete_files, files_in
from news.pictures import Picture, drawn, plain_size, sizes
from news.rights import signed

logger = logging.getLogger(__name__)


def plan(photo):
    """Say which sizes there must be: what is missing, or was made from something else, waits for a worker."""
    wanted = {
        size: photo.made_from(size) for size in (sizes(photo.width, photo.height) if photo.file else ())
    }
    rows = Rendition.objects.filter(photo=photo.pk)
    there = {row.size: row for row in rows}
    if too_many := [row.pk for size, row in there.items() if size not in wanted]:
        rows.filter(pk__in=too_many).delete()
    for made_from in {*wanted.values()}:
        sizes_of_it = {size for size in wanted if wanted[size] == made_from}
        stale = [row.pk for size, row in there.items() if size in sizes_of_it and row.made_from != made_from]
        if stale:
            rows.filter(pk__in=stale).update(made_from=made_from, state=Rendition.State.PENDING)
    if missing := wanted.keys() - there.keys():
        Rendition.objects.bulk_create(
            Rendition(photo_id=photo.pk, made_from=wanted[size], **size._asdict()) for size in sorted(missing)
        )


def show_at_once(photo, plain: Picture):
    """The one size that is made with the upload: pages have a picture while the others are made."""
    size, data = plain_size(photo.width, photo.height), signed(plain.data, photo.rights)
    name = _name(photo, size, Picture(data, plain.ending, plain.width, plain.height))
    _write(name, data)
    row = Rendition.objects.filter(photo=photo.pk, crop=size.crop, format=size.format, width=size.width)
    row.update(file=name, length=len(data), state=Rendition.State.READY)


def draw(photo, *, spare=False):
    """Make what waits, unless somebody else does. Raises what stands in the way; the rows remember that it failed.

    To `spare` the files from before leaves them to `tidy()`.
    """
    photo = type(photo).objects.filter(pk=photo.pk).exclude(file="").first()
    if photo is None or not (_waiting(photo) or _is_signed_otherwise(photo)):
        return
    try:
        _put(photo, *_drawn(photo), spare=spare)
    except Exception:
        if not type(photo).objects.filter(pk=photo.pk, file=photo.file.name).exists():
            # Replaced, taken down or signed in the meantime: what we read from is gone, and the work is another's.
            logger.info("The sizes of photo %s are no longer needed as they were.", photo.pk)
            return
        Rendition.objects.filter(photo=photo.pk).waiting().update(state=Rendition.State.FAILED)
        raise


def _waiting(photo):
    return {row.pk: row for row in Rendition.objects.filter(photo=photo.pk).waiting()}


def original_name(photo):
    """Named after its rights as well: files are kept by browsers for ever, so what changes gets a new name."""
    return f"original-{photo.signature()}.jpg"


def _is_signed_otherwise(photo):
    return photo.file.name != f"{photo.folder}/{original_name(photo)}"


def _drawn(photo):
    """The original with its rights, and (row, Picture) of all that waits."""
    with photo.file.open("rb") as file:
        original = signed(file.read(), photo.rights)
    rows = {row.size: row for row in _waiting(photo).values()}
    made = drawn(original, rows, (photo.focal_x, photo.focal_y), photo.rights) if rows else []
    return original, [(rows[size], picture) for size, picture in made]


def tidy(photo):
    """Let files go that nothing names any more: those that were spared, and what a killed worker has left."""
    with _hold(photo) as now:
        if now:
            _tidy(now, _files_of(now))


def _put(photo, original, made, *, spare):
    """Write the files and name them in their rows, as far as they are still wanted; or nothing of it."""
    try:
        with _hold(photo) as now:
            if now is None:
                return
            before = _files_of(now)
            if now.signature() == photo.signature() and _is_signed_otherwise(now):
                now.file = f"{now.folder}/{original_name(now)}"
                _write(now.file.name, original)
                type(now).objects.filter(pk=now.pk).update(file=now.file.name)
            _put_sizes(now, made)
            after = _files_of(now)
            _tidy(now, before | after)
            if not spare:
                transaction.on_commit(lambda: delete_files(before - after), robust=True)
    except Exception:
        if not spare:
            tidy(photo)
        raise


@contextmanager
def _hold(photo):
    """The row for the length of a transaction; None where its picture is another one by now, or gone."""
    with transaction.atomic():
        now = photo.held()
        yield now if now and now.folder == photo.folder else None


def _put_sizes(photo, made):
    waiting = _waiting(photo)
    for row, picture in made:
        if row.pk in waiting and waiting[row.pk].made_from == row.made_from:
            row.file, row.state = _name(photo, row.size, picture), Rendition.State.READY
            row.length = len(picture.data)
            _write(row.file.name, picture.data)
            row.save(update_fields=["file", "length", "state"])


def _files_of(photo):
    names = Rendition.objects.filter(photo=photo.pk).values_list("file", flat=True)
    return {photo.file.name, *names} - {""}


def _tidy(photo, known):
    """Nothing else lies in the folder of a photo, such as what a killed worker or a full disk left."""
    delete_files({*files_in(photo.folder)} - known)


def _name(photo, size, picture):
    return f"{photo.folder}/{size.crop or 'w'}{size.width}-{picture.checksum[:8]}.{picture.ending}"


def _write(name, data):
    """The name says what is inside: a file that is there already is this one, unless its writer was killed."""
    if default_storage.exists(name):
        if default_storage.size(name) == len(data):
            return
        default_storage.delete(name)
    default_storage.save(name, ContentFile(data))
