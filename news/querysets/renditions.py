"""Questions about the sizes of photos."""

from django.db.models import QuerySet


class RenditionQuerySet(QuerySet):
    def ready(self):
        """Made from what the photo is today."""
        return self.filter(state="ready")

    def waiting(self):
        """Still to be made, anew or again; what was made before is shown until then."""
        return self.exclude(state="ready")

    def failed(self):
        return self.filter(state="failed")
