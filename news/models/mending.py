"""What becomes of a photo whose files were lost from the storage, or damaged there: another size stands in for one that
is gone, what can be made again is made again, and an original that is lost is noted for whoever has the file."""

import logging
import os

from django.apps import apps
from django.core.files.storage import default_storage
from django.utils import timezone

from news.models.renditions import Rendition

logger = logging.getLogger(__name__)
# The end of every JPEG that we have written.
END = b"\xff\xd9"


def stand_in(name):
    """(photo, name of what shows it instead, whether something is to be drawn) where visitors ask for a file of a photo
    and it is not there. The name is empty where nothing is left; None where they may not see the photo."""
    row = Rendition.objects.filter(file=name).select_related("photo").first()
    photo = row.photo if row else apps.get_model("news.Photo").objects.filter(file=name).first()
    if photo is None or not photo.is_showable():
        return None
    has_original = name != photo.file.name and default_storage.exists(photo.file.name)
    if not has_original:
        note_original(photo, is_lost=True)
    # Once: what waits already, or has failed, is no reason to draw again.
    ready = Rendition.objects.filter(file=name).ready()
    is_asked = has_original and ready.update(state=Rendition.State.PENDING) > 0
    return photo, _nearest(photo, row, has_original), is_asked


def _nearest(photo, row, has_original):
    """The size that differs least; the largest in the place of the original."""
    others = Rendition.objects.filter(photo=photo).exclude(file="").order_by()
    if row:
        others = others.exclude(file=row.file.name)
        alike = sorted(
            others, key=lambda each: (each.crop != row.crop, abs(each.width - row.width), each.format)
        )
    else:
        alike = sorted(others.filter(crop=""), key=lambda each: (each.width, each.format), reverse=True)
    names = [each.file.name for each in alike] + ([photo.file.name] if has_original else [])
    return next(filter(default_storage.exists, names), "")


def note_original(photo, *, is_lost):
    """For the library, once; forgotten when it is there again."""
    if is_lost == (photo.lost_at is None):
        photo.lost_at = timezone.now() if is_lost else None
        rows = type(photo).objects.filter(pk=photo.pk, file__startswith=f"{photo.folder}/")
        rows.update(lost_at=photo.lost_at)


def look_after(photo):
    """Whether its original is whole, as far as can be seen without decoding it. A storage that is away says nothing."""
    try:
        note_original(photo, is_lost=not _is_whole(photo.file.name))
    except OSError:
        logger.exception("Whether %s is whole could not be found out.", photo.file.name)
    return photo.lost_at is None


def _is_whole(name):
    if not default_storage.exists(name) or default_storage.size(name) < len(END):
        return False
    with default_storage.open(name) as file:
        file.seek(-len(END), os.SEEK_END)
        return file.read() == END


def is_whole(row):
    """Whether the file of a size is there, as long as it was written."""
    return default_storage.exists(row.file.name) and default_storage.size(row.file.name) == row.length
