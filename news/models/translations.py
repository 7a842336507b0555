"""Which text an article was translated from, and whether that text has moved on since."""

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from news.models.changes import differs, with_fields

LANGUAGES = [code for code, _name in settings.LANGUAGES]


class Translated(models.Model):
    """A model whose versions in other languages follow the text of one of them, their source."""

    # What a translator has to carry over: a change of anything else makes no translation out of date.
    TEXT = ("headline", "dateline", "teaser", "body")

    source = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="translations",
        verbose_name=_("translated from"),
    )
    # The `version` of the source whose text this one says in its own language.
    source_version = models.PositiveIntegerField(default=0, editable=False)
    # The source's `text_version`, which it tells its translations: those that are behind are found by their own row.
    source_text_version = models.PositiveIntegerField(default=0, editable=False)
    # The `version` in which the text last changed in a way that translations have to follow.
    text_version = models.PositiveIntegerField(default=0, editable=False)

    # Set before save(): the text changes, but not what it says. A comma makes no translation out of date.
    minor = False

    class Meta:
        abstract = True

    def save(self, **kwargs):
        has_new_text = self._has_new_text()
        if has_new_text:
            self.text_version = self.version
        self._ask_source()
        with transaction.atomic():
            super().save(**with_fields(kwargs, ["text_version", "source_text_version"]))
            if has_new_text:
                self.translations.update(source_text_version=self.text_version)

    def _ask_source(self):
        """Anew at each save: the source may have told the stored row more since this one was read."""
        if self.source_id:
            sources = type(self)._default_manager.filter(pk=self.source_id)
            self.source_text_version = sources.values_list("text_version", flat=True).first() or 0

    def _has_new_text(self):
        if self._state.adding:
            return True
        stored = not self.minor and type(self)._default_manager.filter(pk=self.pk).only(*self.TEXT).first()
        return bool(stored) and differs(self, stored, self.TEXT)

    def follows(self, source, version=None):
        """This text now says what the source's does: as it stands, or as it stood in that version."""
        self.source, self.source_version = source, source.version if version is None else version

    def original(self):
        """What it was translated from; where nobody has said, the version that was there before it; None for that."""
        return self.source or self.versions().filter(source=None, pk__lt=self.pk).order_by("pk").first()

    @property
    def is_stale(self):
        """Whether its source has said something else since: what the queryset's `stale()` answers, for a row."""
        return self.source_id is not None and self.source_text_version > self.source_version

    def versions(self):
        return type(self)._default_manager.versions_of(self)
