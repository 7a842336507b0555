"""What nobody asks for but the clock: photos whose licence ends or is renewed, put where they belong.

A look costs three short questions, so it is taken every second: nothing has to be planned ahead and come true, whoever
changes a licence, the time zone or the clock of the machine. Days end at the site's own midnight.
"""

import logging
import time
from zoneinfo import ZoneInfo

from django.utils import timezone

from driversite.models import SiteProfile
from news.models import Photo
from news.models.withholding import settle

log = logging.getLogger(__name__)
# Seconds until what could not be moved is tried again.
AGAIN = 60


class Rounds:
    def __init__(self):
        self._later = {}

    def make(self) -> bool:
        """Whether there was a photo to be moved: one at a time, so that mails do not wait for a hundred."""
        now = time.monotonic()
        self._later = {pk: until for pk, until in self._later.items() if until > now}
        with timezone.override(ZoneInfo(SiteProfile.current().time_zone)):
            for photos in Photo.objects.out_of_place():
                if photo := photos.exclude(pk__in=self._later).first():
                    self._settle(photo)
                    return True
        return False

    def _settle(self, photo):
        try:
            settle(photo)
        except OSError:
            log.exception("The files of photo %s could not be moved; it is tried again soon.", photo.pk)
            self._later[photo.pk] = time.monotonic() + AGAIN
        else:
            log.info("The files of photo %s are where they belong by its licence.", photo.pk)
