"""An article as it is being written: what the checks look at, each thing asked for once."""

from django.utils import timezone
from django.utils.functional import cached_property

from news.blocks import photos_in
from news.checking import record_of
from news.html import text_of
from news.models import Article, Photo


class Written:
    """The article as it is stored, or with what stands in its form (news/admin/checks.py); nothing of it is saved."""

    def __init__(self, article, gallery=None, at=None):
        """`gallery` are the ids of its photos, where they are not those that are stored."""
        self.article, self.at = article, at or timezone.now()
        self._gallery = gallery

    @cached_property
    def text(self):
        return text_of(self.article.body)

    @property
    def appears_at(self):
        """When visitors see it: at once, where nothing else is said."""
        published_at = self.article.published_at
        return published_at if published_at and published_at > self.at else self.at

    @cached_property
    def is_released(self):
        return self.article.stage == Article.Stage.RELEASED

    @cached_property
    def photos(self):
        """[(field, photo)]: the lead photo, those of the gallery and of the text, each once; by one question."""
        lead = self.article.lead_photo_id
        gallery = self._gallery
        if gallery is None:
            stored = self.article.gallery_photos.all() if self.article.pk else []
            gallery = [each.photo_id for each in stored]
        text = photos_in(self.article.body)
        photos = Photo.objects.in_bulk({lead, *gallery, *text} - {None})
        # The last one said stays: a photo that stands in several places is mended where it is first met.
        fields = dict.fromkeys(text, "body") | dict.fromkeys(gallery, "gallery") | {lead: "lead_photo"}
        wanted = dict.fromkeys([lead, *gallery, *text])
        return [(fields[pk], photos[pk]) for pk in wanted if pk in photos]

    @cached_property
    def record(self):
        """What the results know of its race; None without a race."""
        return record_of(self.article.race) if self.article.race else None
