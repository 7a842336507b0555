"""The sizes of photos in the newsroom: ordered with the photo, made by a worker, and how far they are."""

from django.db import transaction
from django.template.loader import render_to_string

from news.models import Rendition
from news.models.mending import look_after
from news.tasks import make_renditions


def store(photo):
    """The row, its original, one size, and the order for the others; or nothing of it. Raises what `save` raises."""
    clean = photo.put()
    try:
        with transaction.atomic():
            photo.save()
            if photo.drawing_state != Rendition.State.READY:
                make_renditions.enqueue(photo.pk)
    except Exception:
        if clean:
            clean.take_back()
        raise


def lost_in_words(photo):
    """Where the original is gone from the storage: who has the file can bring it back."""
    is_whole = not photo.file or look_after(photo)
    return "" if is_whole else render_to_string("admin/news/_photo_lost.html")


def put_away_in_words(photo):
    """Where the files are of a photo whose licence has ended, or was renewed just now; nothing for all others."""
    if photo.is_licensed() and not photo.withheld_at:
        return ""
    return render_to_string("admin/news/_photo_put_away.html", {"photo": photo})


def sizes_in_words(photo):
    """What an editor should know of them; nothing when all are there."""
    state = photo.drawing_state
    return (
        ""
        if state == Rendition.State.READY
        else render_to_string("admin/news/_photo_sizes.html", {"state": state})
    )
