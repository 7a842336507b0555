"""`manage.py renditions`: what is missing of the sizes of photos is made, after an upgrade or a lost folder too."""

from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand

from news.models import Photo, Rendition
from news.models.loose import sweep
from news.pictures import BadPicture

PROGRESS_EVERY = 25


class Command(BaseCommand):
    help = "Make the sizes of photos that are missing, out of date or lost. Safe to stop and to repeat."

    def add_arguments(self, parser):
        parser.add_argument("--all", action="store_true", help="make those anew as well that are there")

    def handle(self, *, all, **options):
        photos = Photo.objects.exclude(file="").order_by("pk")
        made, before, failed, total = 0, 0, 0, photos.count()
        for number, pk in enumerate(photos.values_list("pk", flat=True), start=1):
            try:
                is_new = draw(pk, anew=all)
            except (OSError, BadPicture) as error:
                failed += 1
                self.stderr.write(f"Photo {pk}: {error}")
            else:
                made, before = made + is_new, before + (not is_new)
            if number % PROGRESS_EVERY == 0:
                self.stdout.write(f"{number} of {total} photos")
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
    lost = [row.pk for row in rows.ready() if anew or not default_storage.exists(row.file.name)]
    rows.filter(pk__in=lost).update(state=Rendition.State.PENDING)
    is_new = rows.waiting().exists()
    photo.make_renditions()
    return is_new
