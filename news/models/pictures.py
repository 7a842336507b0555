"""A picture in the storage: taken in clean, shown at once, written in all sizes later, and gone with its row.

Files are written first and named in rows afterwards: nobody's save waits while a picture goes into a bucket, and what
comes too late, or does not come to its end, belongs to nobody and goes (news/models/loose.py).
"""

import hashlib
import re
import unicodedata

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import models, transaction
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from news.metadata import said_in
from news.models import drawing, loose
from news.models.renditions import Rendition
from news.pictures import MAX_BYTES, BadPicture, plain_size, taken_in
from news.querysets.renditions import APART
from news.rights import signed

LONGEST_NAME = 100


class CleanFile(ContentFile):
    """An upload taken in: what is stored of it, and what it said of itself. Raises BadPicture."""

    folder = ""

    def __init__(self, upload):
        data = upload.read(MAX_BYTES + 1)
        self.taken, self.said = taken_in(data), said_in(data)
        self.upload_checksum, self.upload_name = hashlib.sha256(data).hexdigest(), name_of(upload)
        super().__init__(self.taken.original.data, name="original.jpg")

    def put(self, rights):
        """Write it and one size of it into a folder of its own, before there is a row; once. Raises OSError."""
        if self.folder:
            return
        original, plain = self.taken.original, self.taken.plain
        self.signature = drawing.signature(original.checksum, rights)
        self.size = plain_size(original.width, original.height)
        data = {"original": signed(original.data, rights), "plain": signed(plain.data, rights)}
        self.folder = loose.new_folder(original.checksum)
        self.original_name = self.folder + drawing.original_name(self.signature)
        self.plain_name = self.folder + drawing.size_name(self.size, plain)
        self.length, self.plain_length = len(data["original"]), len(data["plain"])
        loose.announce([self.folder])
        try:
            drawing.write(self.original_name, data["original"])
            drawing.write(self.plain_name, data["plain"])
        except Exception:
            self.take_back()
            raise

    def take_back(self):
        """Unless a row has it by now."""
        if self.folder:
            loose.discard([self.folder])
            self.folder = ""


def name_of(upload):
    """What the file is called where it comes from: without folders, and nothing that is not to be seen."""
    name = unicodedata.normalize("NFC", re.split(r"[\\/]", upload.name or "")[-1])
    seen = "".join(letter if unicodedata.category(letter)[0] != "C" else " " for letter in name)
    return " ".join(seen.split())[:LONGEST_NAME].strip(" .")


class StoredPicture(models.Model):
    """The half of a photo that is made of files; Photo holds what is said of it."""

    # What no form types: a row that was read before somebody else wrote it does not take that back.
    WRITTEN_BY_US = (
        "withheld_at",
        "lost_at",
        "file",
        "file_name",
        "width",
        "height",
        "checksum",
        "upload_checksum",
        "tones",
    )

    file = models.FileField(
        _("file"),
        max_length=200,
        help_text=_(
            "JPEG, PNG, WebP or AVIF. Place and camera data are removed, the picture is turned upright."
        ),
    )
    # For the newsroom alone: it may say who sent the photo, or to whom.
    file_name = models.CharField(_("file name"), max_length=LONGEST_NAME, blank=True, editable=False)
    width = models.PositiveIntegerField(_("width"), default=0, editable=False)
    height = models.PositiveIntegerField(_("height"), default=0, editable=False)
    # Of the picture without its rights: they may change, and it stays the same picture.
    checksum = models.CharField(_("checksum"), max_length=64, blank=True, editable=False, db_index=True)
    # Of the bytes as they came: what is written anew may differ with the version of the encoder.
    upload_checksum = models.CharField(max_length=64, blank=True, editable=False, db_index=True)
    # Since when its files lie apart, because its licence has ended; news/models/withholding.py.
    withheld_at = models.DateTimeField(_("put away"), null=True, blank=True, editable=False)
    # Since when its original is known to be missing or damaged; news/models/mending.py.
    lost_at = models.DateTimeField(_("original lost"), null=True, blank=True, editable=False)
    tones = models.CharField(max_length=6, blank=True, editable=False)

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(
                fields=["checksum"], condition=~Q(checksum=""), name="picture_is_stored_once"
            ),
            models.CheckConstraint(
                condition=Q(withheld_at=None) | Q(file__startswith=APART), name="withheld_picture_lies_apart"
            ),
        ]

    def clean(self):
        if self._has_new_file():
            try:
                self._take_in()
            except BadPicture as error:
                raise ValidationError({"file": str(error)}) from error

    def save(self, **kwargs):
        """Store the upload as a clean picture (promise: hostile until re-encoded), with one size of it, and plan the
        others. Raises BadPicture, or OSError where there is no room; nothing of the new file is left then."""
        clean = self.put()
        try:
            with transaction.atomic():
                self._save(self.held(), clean, **kwargs)
        except Exception:
            if clean:
                clean.take_back()
            raise

    def put(self):
        """The files of a new picture first, outside the transaction of whoever has one: they may take seconds."""
        if not self._has_new_file():
            return None
        self._take_in()
        self.file.file.put(self.rights)
        return self.file.file

    def _save(self, stored, clean, **kwargs):
        new = clean if stored is None or stored.file else None
        if stored and not new:
            self._keep(stored)
        if new:
            if stored:
                loose.drop_folders([stored.file.name])
            self.file, self.withheld_at, self.lost_at = new.original_name, None, None
            loose.taken([new.folder])
        super().save(**kwargs)
        if new and stored:
            self.renditions.all().delete()
        self.plan_renditions()
        if new:
            is_right = new.signature == self.signature()
            drawing.show_at_once(self, new.size, new.plain_name, new.plain_length, is_right=is_right)
            self._forget_renditions()
        elif clean:
            clean.take_back()

    def held(self):
        """The row as it is, and as it stays until this transaction ends."""
        return type(self).objects.select_for_update().filter(pk=self.pk).first() if self.pk else None

    def _keep(self, stored):
        for name in self.WRITTEN_BY_US:
            setattr(self, name, getattr(stored, name))

    def _has_new_file(self):
        return bool(self.file) and not self.file._committed

    def delete(self, **kwargs):
        """With its files, once the database has let go of them."""
        with transaction.atomic():
            stored = self.held()
            loose.drop_folders([stored.file.name] if stored else [])
            return super().delete(**kwargs)

    drop_folders = staticmethod(loose.drop_folders)

    def _take_in(self):
        """Put a clean picture in the place of the upload, once. A new photo is filled in from what the file says of
        itself; one that gets another file keeps its words."""
        clean = self.file.file if isinstance(self.file.file, CleanFile) else CleanFile(self.file)
        if self._state.adding:
            self.fill_in(clean.said)
        self.file = clean
        self.checksum, self.upload_checksum = clean.taken.original.checksum, clean.upload_checksum
        self.file_name = clean.upload_name
        self.width, self.height = clean.taken.original.width, clean.taken.original.height
        self.tones = clean.taken.tones

    @property
    def folder(self):
        """Its own: each upload gets one, in which nothing else may lie."""
        return self.file.name.rpartition("/")[0]

    def signature(self, *what):
        return drawing.signature(self.checksum, self.rights, *what)

    def made_from(self, size):
        return self.signature(self.focal_x, self.focal_y) if size.crop else self.signature()

    def plan_renditions(self):
        """Say what waits to be made, if anything does."""
        drawing.plan(self)
        self._forget_renditions()

    def make_renditions(self):
        """Make what waits. Outside of requests; as often, and by as many at once, as anybody likes."""
        drawing.draw(self)
        if stored := type(self).objects.filter(pk=self.pk).first():
            self.file = stored.file.name
        self._forget_renditions()

    def _forget_renditions(self):
        """What this object knows of its sizes is not so any more."""
        getattr(self, "_prefetched_objects_cache", {}).pop("renditions", None)
        for name in ("sizes", "sources", "share_image"):
            self.__dict__.pop(name, None)

    @cached_property
    def sizes(self):
        """Of its renditions what pages show; `bring_sizes()` brings those of many photos along."""
        return [row.shown for row in self.renditions.all()]

    @cached_property
    def sources(self):
        """The whole picture's renditions by format, each from narrow to wide: {"avif": [...], "webp": …}. Only those
        that have a file, be it the one from before a change."""
        found = {"avif": [], "webp": [], "jpeg": []}
        for rendition in sorted(self.sizes, key=lambda r: r.width):
            if rendition.file and not rendition.crop:
                found[rendition.format].append(rendition)
        return found

    @cached_property
    def share_image(self):
        """The crop that other sites show beside a link; None until it is made."""
        crops = (r for r in self.sizes if r.file and r.crop == Rendition.Crop.SHARE)
        return next(crops, None)

    @property
    def drawing_state(self):
        """That of all its sizes together: failed if one has, ready when all are."""
        states, State = {r.state for r in self.renditions.all()}, Rendition.State
        return next((state for state in (State.FAILED, State.PENDING) if state in states), State.READY)

    @property
    def focus(self):
        """The focal point in steps of 5 per cent, as the names of two style classes."""
        return f"focus-x-{round(self.focal_x * 20) * 5} focus-y-{round(self.focal_y * 20) * 5}"

    @property
    def look(self):
        """How it is cut, and what is seen in its place while it loads, as names of style classes."""
        if not self.tones:
            return self.focus
        parts = ("top-r", "top-g", "top-b", "low-r", "low-g", "low-b")
        tones = " ".join(f"{part}{step}" for part, step in zip(parts, self.tones, strict=True))
        return f"{self.focus} tone {tones}"
