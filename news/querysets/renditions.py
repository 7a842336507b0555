"""Questions about the sizes of photos."""

from functools import reduce
from operator import or_
from typing import NamedTuple

from django.apps import apps
from django.core.files.storage import default_storage
from django.db.models import BigAutoField, Q, QuerySet
from django.urls import reverse

from prepared import prepared

# Where the files of photos lie whose licence has ended: no web server hands them out.
APART = "withheld/"
# For so many photos there is a question whose SQL is kept; hardly a page shows more.
MOST = 40


class Shown(NamedTuple):
    """What a page asks of one size of a photo."""

    crop: str
    format: str
    width: int
    height: int
    length: int
    file: str

    @property
    def url(self):
        return address_of(self.file)


def address_of(name):
    """Where visitors get a file; what lies apart is shown by the application, and to the newsroom alone."""
    if name.startswith(APART):
        return reverse("withheld", args=[name.removeprefix(APART)])
    return default_storage.url(name)


class RenditionQuerySet(QuerySet):
    def ready(self):
        """Made from what the photo is today."""
        return self.filter(state="ready")

    def waiting(self):
        """Still to be made, anew or again; what was made before is shown until then."""
        return self.exclude(state="ready")

    def failed(self):
        return self.filter(state="failed")


def bring_sizes(photos):
    """Give these photos their `sizes`, in one question and without a row's object for each: a page has a hundred."""
    photos, found = list(photos), {}
    keys = {f"photo_{n}": key for n, key in enumerate({photo.pk for photo in photos})}
    if not keys:
        return
    rows = _of(len(keys), **keys) if len(keys) <= MOST else _shown(Q(photo__in=keys.values()))
    for photo, *values in rows:
        found.setdefault(photo, []).append(Shown(*values))
    for photo in photos:
        photo.sizes = found.get(photo.pk, [])


def _shown(wanted):
    return (
        apps.get_model("news.Rendition")
        .objects.filter(wanted)
        .order_by()
        .values_list("photo", *Shown._fields)
    )


@prepared(**{f"photo_{n}": BigAutoField() for n in range(MOST)})
def _of(count, **photos):
    return _shown(reduce(or_, (Q(photo=photo) for photo in list(photos.values())[:count])))
