"""`manage.py renditions`: what is missing of the sizes of photos is made, after an upgrade or a lost folder too."""

from contextlib import contextmanager

from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand

from driversite.pages.changes import together
from news.models import Photo, Rendition
from news.pictures import BadPicture

# So many are told to the page cache in one go: each one by itself would have all pages rendered anew every few seconds.
BATCH = 25


class Command(BaseCommand):
    help = "Make the sizes of photos that are missing, out of date or lost. Safe to stop and to repeat."

    def add_arguments(self, parser):
        parser.add_argument("--all", action="store_true", help="make those anew as well that are there")

    def handle(self, *, all, **options):
        keys = [*Photo.objects.exclude(file="").order_by("pk").values_list("pk", flat=True)]
        made, before, failed = 0, 0, 0
        for start in range(0, len(keys), BATCH):
            batch = keys[start : start + BATCH]
            with shown_together(batch):
                for pk in batch:
                    try:
                        is_new = draw(pk, anew=all)
                    except (OSError, BadPicture) as error:
                        failed += 1
                        self.stderr.write(f"Photo {pk}: {error}")
                    else:
                        made, before = made + is_new, before + (not is_new)
            if len(batch) == BATCH:
                self.stdout.write(f"{start + BATCH} of {len(keys)} photos")
        self.stdout.write(
            f"Sizes of {made} photos were made, {before} photos had all of theirs, {failed} could not be drawn."
        )


@contextmanager
def shown_together(keys):
    """Until the new generation has begun pages name the files from before, which go only then. Whoever is killed
    meanwhile leaves both: pages stay right, the next run clears away."""
    try:
        with together():
            yield
    finally:
        for photo in Photo.objects.filter(pk__in=keys).exclude(file=""):
            photo.tidy()


def draw(pk, *, anew):
    """Whether there was something to make. A photo that is gone by now has all that it needs."""
    photo = Photo.objects.filter(pk=pk).exclude(file="").first()
    if photo is None:
        return False
    photo.plan_renditions()
    rows = Rendition.objects.filter(photo=pk)
    lost = [row.pk for row in rows.ready() if anew or not default_storage.exists(row.file.name)]
    rows.filter(pk__in=lost).update(state=Rendition.State.PENDING)
    is_new = rows.waiting().exists()
    photo.make_renditions(spare=True)
    return is_new
