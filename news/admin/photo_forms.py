"""How a photo is typed: the picture that is taken in at once, and the words beside it."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from news.admin.release import day_in_words
from news.models import Photo
from news.models.pictures import CleanFile
from news.pictures import BadPicture

ACCEPT = "image/jpeg,image/png,image/webp,image/avif"
# What is the same for all photos of an upload, and what is said of each.
SHARED = ["credit", "race", "taken_on", "place", "licence_ends_on"]
OF_EACH = ["alt_de", "alt_en", "decorative", "caption_de", "caption_en", "credit"]


def no_room():
    return _("The server could not store the picture: it has no room or no access. Nothing was changed.")


def is_here_already(twin):
    """Why a picture is not stored a second time, with the way to the first one."""
    address = reverse("admin:news_photo_change", args=[twin.pk])
    if twin.taken_down_at:
        words = _("This photo was taken down on {day} and is not taken in again: {photo}.")
        link = format_html('<a href="{}">{}</a>', address, _in_a_sentence(twin.taken_down_reason or twin))
        return format_html(words, day=day_in_words(twin.taken_down_at), photo=link)
    words = _("This photo is in the library already: {photo}.")
    return format_html(words, photo=format_html('<a href="{}">{}</a>', address, _in_a_sentence(twin)))


def _in_a_sentence(words):
    """Reasons and captions are sentences as well: one full stop is enough."""
    return str(words).rstrip(".")


def take_in(upload):
    """Decode it, once. Before the transaction of a form begins: on SQLite all who want to write would wait for it."""
    try:
        upload.taken_in = CleanFile(upload)
    except BadPicture as error:
        upload.taken_in = error


def put_first(upload, typed, is_new):
    """Its files as well, with the rights that were typed or that it says itself. The transaction of the form names them
    in rows; where it comes to nothing, `CleanFile.take_back` has them deleted. Raises OSError."""
    clean = upload.taken_in
    if isinstance(clean, BadPicture):
        return
    photo = Photo(**{name: typed.get(name, "").strip() for name in ("credit", "copyright")})
    if is_new:
        photo.fill_in(clean.said)
    clean.put(photo.rights)


class PictureField(forms.FileField):
    """An upload as it was taken in; what is wrong with it is said at its field."""

    def to_python(self, data):
        upload = super().to_python(data)
        if not upload:
            return upload
        if not hasattr(upload, "taken_in"):
            take_in(upload)
        if isinstance(upload.taken_in, BadPicture):
            raise ValidationError(str(upload.taken_in), code="invalid") from upload.taken_in
        return upload.taken_in


class PhotoForm(forms.ModelForm):
    could_not_be_stored = False

    class Meta:
        field_classes = {"file": PictureField}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if file := self.fields.get("file"):
            file.widget = forms.FileInput(attrs={"accept": ACCEPT})
            file.required = not (self.could_not_be_stored or self.instance.pk)
            if self.instance.pk:
                file.help_text = _(
                    "Another file takes the place of this one: every use, the words, the credit and the focal point "
                    "stay."
                )

    def full_clean(self):
        """A browser forgets the chosen file when the form comes back: that is said at its field."""
        super().full_clean()
        if self.is_bound and self._errors and self.files and "file" not in self._errors:
            self.add_error("file", _("Choose the file again: it was not kept while the rest was wrong."))

    def clean(self):
        if self.could_not_be_stored:
            raise ValidationError({"file": no_room()})
        return super().clean()

    def _post_clean(self):
        """The picture is known by its checksum once the model has taken it in."""
        super()._post_clean()
        if "file" not in self.changed_data or self.errors:
            return
        if twin := Photo.objects.same_picture(self.instance).first():
            self.add_error("file", is_here_already(twin))


class RowForm(forms.ModelForm):
    """The words of one of several photos, and what is still to be added."""

    class Meta:
        fields = OF_EACH

    def lacks(self):
        return lacks_of(self.instance)


def lacks_of(photo):
    """All that stands between the photo and a page, over all languages, in words: {lack: words}."""
    missing = {code: photo.missing(code) for code, _name in settings.LANGUAGES}
    found = {lack: lack.label for lack in Photo.Lack if any(lack in lacks for lacks in missing.values())}
    if Photo.Lack.ALT in found:
        codes = ", ".join(code.upper() for code, lacks in missing.items() if Photo.Lack.ALT in lacks)
        found[Photo.Lack.ALT] = _("no alt text: %(language)s") % {"language": codes}
    return {Photo.Lack.TAKEN_DOWN: found[Photo.Lack.TAKEN_DOWN]} if Photo.Lack.TAKEN_DOWN in found else found
