"""`manage.py renditions`: what is missing of the sizes of photos is made, after an upgrade or a lost folder too."""

from django.core.management.base import BaseCommand

from driversite.pages.changes import together
from news.models import Photo, Rendition
from news.models.loose import spared, sweep
from news.models.mending import is_whole, look_after
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
            # Until the new generation has begun pages name the files from before, which go only then.
            with spared(), together():
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
        if swept := sweep():
            self.stdout.write(f"Of uploads that came to nothing {swept} were deleted.")


def draw(pk, *, anew):
    """Whether there was something to make. A photo that is gone by now has all that it needs."""
    photo = Photo.objects.filter(pk=pk).exclude(file="").first()
    if photo is None:
        return False
    photo.plan_renditions()
    rows = Rendition.objects.filter(photo=pk)
    lost = [row.pk for row in rows.ready() if anew or not is_whole(row)]
    rows.filter(pk__in=lost).update(state=Rendition.State.PENDING)
    is_new = rows.waiting().exists()
    photo.make_renditions()
    if not look_after(photo):
        raise BadPicture("The original is missing or damaged: upload the file again in the photo's form.")
    return is_new
