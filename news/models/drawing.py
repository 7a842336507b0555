"""How the sizes of a photo come about: planned when it is saved, drawn by a worker, put into the storage together.

A worker reads, draws and writes for as long as it takes, under names that nobody else uses, and only then holds the
photo, to name in its rows what is still wanted. So nobody's save waits for a bucket. It may be killed at any moment,
meet another at the same work, or come too late: the rows are right, and whoever comes next makes what is missing.
"""

import hashlib
import logging

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from news.models.loose import announce, discard, let_go, taken
from news.models.mending import note_original
from news.models.renditions import Rendition
from news.pictures import FORMATS, BadPicture, drawn, sizes
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


def show_at_once(photo, size, name, length, *, is_right):
    """The one size that is made with the upload: pages have a picture while the others are made. One that does not say
    whose it is by now is made again, too."""
    row = Rendition.objects.filter(photo=photo.pk, crop=size.crop, format=size.format, width=size.width)
    row.update(file=name, length=length, **{"state": Rendition.State.READY} if is_right else {})


def draw(photo):
    """Make what waits, unless somebody else does. Raises what stands in the way; the rows remember that it failed."""
    photo = type(photo).objects.filter(pk=photo.pk).exclude(file="").first()
    if photo is None or not (_waiting(photo) or _is_signed_otherwise(photo)):
        return
    try:
        _put(photo, *_drawn(photo))
        note_original(photo, is_lost=False)
    except Exception as error:
        if not type(photo).objects.filter(pk=photo.pk, file=photo.file.name).exists():
            # Replaced, taken down or signed in the meantime: what we read from is gone, and the work is another's.
            logger.info("The sizes of photo %s are no longer needed as they were.", photo.pk)
            return
        Rendition.objects.filter(photo=photo.pk).waiting().update(state=Rendition.State.FAILED)
        if isinstance(error, BadPicture):
            note_original(photo, is_lost=True)
        raise


def _waiting(photo):
    return {row.pk: row for row in Rendition.objects.filter(photo=photo.pk).waiting()}


def signature(checksum, rights, *what):
    """What a file is made from, as a few letters: the picture, how we write it, whose it is, and what else."""
    made_from = repr((checksum, FORMATS, rights.credit, rights.copyright, *what))
    return hashlib.sha256(made_from.encode()).hexdigest()[:16]


def original_name(signature):
    """Named after its rights as well: files are kept by browsers for ever, so what changes gets a new name."""
    return f"original-{signature}-{_once()}.jpg"


def size_name(size, picture):
    return f"{size.crop or 'w'}{size.width}-{picture.checksum[:8]}-{_once()}.{picture.ending}"


def _once():
    """Each writer has names of its own: what one has to take back, another may need."""
    return get_random_string(6).lower()


def _is_signed_otherwise(photo):
    return not photo.file.name.startswith(f"{photo.folder}/original-{photo.signature()}")


def _drawn(photo):
    """The original with its rights, and (row, Picture) of all that waits."""
    try:
        with photo.file.open("rb") as file:
            original = signed(file.read(), photo.rights)
    except FileNotFoundError as error:
        raise BadPicture(_("The original of the photo is no longer on the server.")) from error
    rows = {row.size: row for row in _waiting(photo).values()}
    made = drawn(original, rows, (photo.focal_x, photo.focal_y), photo.rights) if rows else []
    return original, [(rows[size], picture) for size, picture in made]


def _put(photo, original, made):
    """Write the files, and name them in their rows as far as they are still wanted; what is not goes again."""
    originals = [f"{photo.folder}/{original_name(photo.signature())}"] if _is_signed_otherwise(photo) else []
    named = {f"{photo.folder}/{size_name(row.size, picture)}": (row, picture) for row, picture in made}
    names = [*originals, *named]
    announce(names)
    try:
        for name in originals:
            write(name, original)
        for name, (_row, picture) in named.items():
            write(name, picture.data)
        with transaction.atomic():
            now = photo.held()
            if now and now.folder == photo.folder:
                _name(now, photo, originals, named)
    except Exception:
        discard(names)
        raise
    discard(names)


def _name(now, photo, originals, named):
    """In the row and in those of its sizes, which stay as they are until this transaction ends."""
    waiting = _waiting(now)
    wanted = {
        name: (waiting[row.pk], picture)
        for name, (row, picture) in named.items()
        if row.pk in waiting and waiting[row.pk].made_from == row.made_from
    }
    is_new = originals and now.signature() == photo.signature() and _is_signed_otherwise(now)
    replaced = [now.file.name] if is_new else []
    let_go([*replaced, *(row.file.name for row, _picture in wanted.values())])
    if is_new:
        type(now).objects.filter(pk=now.pk).update(file=originals[0])
    for name, (row, picture) in wanted.items():
        row.file, row.length, row.state = name, len(picture.data), Rendition.State.READY
    Rendition.objects.bulk_update([row for row, _picture in wanted.values()], ["file", "length", "state"])
    taken([*wanted, *(originals if is_new else [])])


def write(name, data):
    default_storage.save(name, ContentFile(data))
