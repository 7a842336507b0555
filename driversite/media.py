"""Uploaded files as visitors get them. A web server in front may serve the folder instead; see docs/operating.md."""

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponseGone
from django.views.decorators.http import require_safe

from news.models import Photo

TYPES = {
    ".avif": "image/avif",
    ".webp": "image/webp",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
}


@require_safe
def uploaded(request, path):
    """One file of the two public folders. Names hold a checksum, so browsers may keep them for ever."""
    ending = path[path.rfind(".") :].lower()
    if ".." in path or ending not in TYPES:
        raise Http404
    if not default_storage.exists(path):
        return _missing(path)
    response = FileResponse(default_storage.open(path), content_type=TYPES[ending])
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    # Opened on its own, an upload may do nothing at all.
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return response


def _missing(path):
    """A photo that was taken down is gone, and says so to machines that still ask for it."""
    if not Photo.objects.taken_down().of_file(path).exists():
        raise Http404
    return HttpResponseGone(headers={"Cache-Control": "no-store"})
