"""Uploaded files as visitors get them. A web server or the bucket may serve them instead; see docs/operating.md."""

from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.db import transaction
from django.http import FileResponse, Http404, HttpResponse, HttpResponseGone, HttpResponseRedirect
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from news.models import Photo, Rendition
from news.models.mending import stand_in
from news.querysets.renditions import APART, address_of
from news.tasks import make_renditions

TYPES = {
    ".avif": "image/avif",
    ".webp": "image/webp",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".svg": (DRAWING := "image/svg+xml"),
}
# A name is never given to other bytes.
CACHE_CONTROL = "public, max-age=31536000, immutable"
NOT_KEPT = {"Cache-Control": "no-store"}


def type_of(path):
    """The content type of what is stored under this name; None for what is never handed out."""
    return TYPES.get(path[path.rfind(".") :].lower())


@require_safe
def uploaded(request, path):
    """One file of the two public folders. Names hold a checksum, so browsers may keep them for ever."""
    if ".." in path or not type_of(path):
        raise Http404
    try:
        file = default_storage.open(path)
    except FileNotFoundError:
        return _missing(path)
    response = _whole(file) if type_of(path) == DRAWING else FileResponse(file, content_type=type_of(path))
    response["Cache-Control"] = CACHE_CONTROL
    # Opened on its own, an upload may do nothing at all.
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return response


@require_safe
def withheld(request, path):
    """A file of a photo whose licence has ended, for the newsroom alone."""
    if not request.user.has_perm("news.view_photo"):
        raise PermissionDenied
    try:
        file = default_storage.open(f"{APART}{path}")
    except FileNotFoundError:
        return _back_again(path)
    return FileResponse(file, content_type=type_of(path), headers={"Cache-Control": "private, no-store"})


def _back_again(path):
    """Put back in the very moment in which a form shows it: it keeps the last part of its name."""
    folder, _, name = path.partition("/")
    moved = Rendition.objects.filter(
        photo__checksum__startswith=folder[:24], file__endswith=f"/{name}"
    ).first()
    if moved is None or moved.file.name.startswith(APART):
        raise Http404
    return HttpResponseRedirect(moved.shown.url, headers=NOT_KEPT)


def _whole(file):
    """A drawing is text and travels packed: the page cache keeps it so (driversite/pages/addresses.py)."""
    with file:
        return HttpResponse(file.read(), content_type=DRAWING)


def _missing(path):
    """A photo that was taken down is gone, and says so to machines that still ask for it. A size that was lost is shown
    in another one, and made again."""
    if Photo.objects.taken_down().of_file(path).exists():
        return HttpResponseGone(headers=NOT_KEPT)
    with transaction.atomic():
        if not (found := stand_in(path)):
            raise Http404
        photo, name, is_asked = found
        if is_asked:
            make_renditions.enqueue(photo.pk)
    return HttpResponseRedirect(address_of(name) if name else static("img/no-picture.svg"), headers=NOT_KEPT)
