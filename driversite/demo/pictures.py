"""Photos and their renditions, from the drawings in pictures/."""

from django.core.files.base import ContentFile

from driversite.demo.rows import AS_BEFORE, CHANGED, NEW, Rows
from driversite.demo.texts import data, table
from news.models import Photo

CREDIT = "Illustration: Driversite"


def load_photos(rows: Rows) -> dict[str, Photo]:
    """All photos by the name of their drawing. A drawing that is here already is known by its checksum."""
    return {name: _load_photo(rows, name, values) for name, values in table("photos").items()}


def _load_photo(rows, name, values):
    drawn = Photo(file=ContentFile(data(f"pictures/{name}.jpg"), name=f"{name}.jpg"), credit=CREDIT, **values)
    drawn.clean()
    photo = Photo.objects.filter(checksum=drawn.checksum).first()
    if photo is None:
        drawn.save()
        drawn.make_renditions()
        rows.counts[NEW] += 1
        return drawn
    different = {field: value for field, value in values.items() if getattr(photo, field) != value}
    for field, value in different.items():
        setattr(photo, field, value)
    photo.save()
    photo.make_renditions()
    rows.counts[CHANGED if different else AS_BEFORE] += 1
    return photo
