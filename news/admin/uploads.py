"""The forms of an import: the organiser's file or pasted text, what its columns hold, and who is meant in it."""

import base64
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from news.admin.fields import TrackTimeField
from news.models import Classification
from news.timing.headings import MEANINGS, SEVERAL
from news.timing.read import joined
from news.timing.rows import BadFile
from news.timing.tables import MOST_BYTES

SALT = "news.import"
# A preview that was left open longer than a race weekend is begun again.
KEPT = timedelta(days=3)
# A list that comes in later than this is an old one, and lists on record are official.
FRESH = timedelta(days=14)


def is_fresh(race):
    """Whether the race was run just now, so that lists of it are issued these days."""
    return timezone.localdate() - race.last_day <= FRESH


def issued_now(race):
    """When a list is issued that says nothing of it: now on a race weekend; long afterwards nobody knows."""
    return timezone.now() if is_fresh(race) else None


@dataclass(frozen=True)
class Upload:
    """What was handed in, on its way from the first page to the confirmation. Nothing is kept on the server."""

    name: str
    data: bytes
    state: str = ""
    issued_at: datetime | None = None
    source: str = ""
    final: bool = False
    mapping: dict[int, str] | None = None

    def packed(self):
        """Signed, so that what comes back is what was read here; compressed, because phones send it back."""
        said = asdict(self) | {
            "data": base64.b85encode(self.data).decode(),
            "issued_at": self.issued_at and self.issued_at.isoformat(),
        }
        return signing.dumps(said, salt=SALT, compress=True)

    @classmethod
    def unpacked(cls, text):
        """Raises signing.BadSignature for what did not come from `packed`, or is too old."""
        said = signing.loads(text, salt=SALT, max_age=KEPT)
        issued_at = said["issued_at"] and datetime.fromisoformat(said["issued_at"])
        mapping = said["mapping"] and {int(number): meaning for number, meaning in said["mapping"].items()}
        data = base64.b85decode(said["data"])
        return cls(**said | {"data": data, "issued_at": issued_at, "mapping": mapping})


class FilesInput(forms.FileInput):
    """XML comes as two files: who is entered, and the list."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Some files, cleaned to a list."""

    widget = FilesInput

    def clean(self, data, initial=None):
        files = [super(FilesField, self).clean(file, initial) for file in data or []]
        return files or super().clean(None, initial) or []


class UploadForm(forms.Form):
    """A file or pasted text; one of them."""

    file = FilesField(
        label=gettext_lazy("The organiser’s file"),
        required=False,
        help_text=gettext_lazy(
            "Al Kamel CSV, Ergast or Jolpica JSON, SRO XML (entry list and result list together), or a sheet saved "
            "as CSV."
        ),
    )
    text = forms.CharField(
        label=gettext_lazy("Or paste the list"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
        help_text=gettext_lazy(
            "Copied from a spreadsheet or a page, with its head: Pos, Nr., Fahrer, Team, …"
        ),
    )
    source = forms.CharField(
        label=gettext_lazy("Source"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Shown under the list, such as the name of the organiser."),
    )

    def clean(self):
        files, text = self.cleaned_data.get("file") or [], self.cleaned_data.get("text") or ""
        if bool(files) == bool(text.strip()) and not self.errors:
            raise ValidationError(
                _("There are a file and a pasted text. Leave one of them out.")
                if files
                else _("Choose a file or paste the list.")
            )
        if sum(file.size for file in files) + len(text) > MOST_BYTES:
            raise ValidationError(_("A result list has less than 4 MB. This is something else."))
        try:
            self.cleaned_data["data"] = joined([file.read() for file in files]) or text.encode()
        except BadFile as error:
            raise ValidationError([*error.problems]) from error
        return super().clean()

    def upload(self):
        said = {name: self.cleaned_data.get(name) for name in ("state", "issued_at", "final")}
        files, data = self.cleaned_data["file"], self.cleaned_data["data"]
        known = {name: value for name, value in said.items() if value is not None}
        name = ", ".join(file.name for file in files)
        return Upload(name, data, source=self.cleaned_data["source"], **known)


class ListForm(UploadForm):
    """A result list of a session."""

    state = forms.ChoiceField(label=gettext_lazy("State"), choices=Classification.State)
    issued_at = TrackTimeField(
        label=gettext_lazy("Issued"),
        required=False,
        help_text=gettext_lazy("By the clocks at the track. Empty: not known, or now on a race weekend."),
    )
    field_order = ["file", "text", "state", "issued_at", "source"]

    def __init__(self, *args, session, **kwargs):
        self.session = session
        super().__init__(*args, **kwargs)
        self.fields["issued_at"].zone = session.race.zone
        current = session.current_classification()
        self.fields["state"].initial = self._next_state(current)
        # A list without a time of issue would not take the place of one that has it.
        self.fields["issued_at"].required = bool(
            current and current.issued_at and not issued_now(session.race)
        )

    def _next_state(self, current):
        """After the provisional list comes the official one; of a race of the past the official one is left."""
        state = Classification.State
        if current:
            return state.OFFICIAL if current.state == state.PROVISIONAL else state.AMENDED
        return state.PROVISIONAL if is_fresh(self.session.race) else state.OFFICIAL

    def clean_issued_at(self):
        return self.cleaned_data["issued_at"] or issued_now(self.session.race)


class TableForm(UploadForm):
    """A championship table of a season."""

    final = forms.BooleanField(
        label=gettext_lazy("Final"), required=False, help_text=gettext_lazy("The table after the last round.")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["file"].label, self.fields["text"].label = (
            _("The table as a file"),
            _("Or paste the table"),
        )
        self.fields["file"].help_text = _("Al Kamel CSV, Ergast or Jolpica JSON, or a sheet saved as CSV.")
        self.fields["text"].help_text = _(
            "Copied from a spreadsheet or a page, with its head: Pos, Driver, Team, Points."
        )


class ColumnsForm(forms.Form):
    """What each column of a sheet holds."""

    def __init__(self, *args, columns, **kwargs):
        super().__init__(*args, **kwargs)
        self.columns = columns
        choices = [("", _("leave out")), *MEANINGS.items()]
        for column in columns:
            self.fields[f"column-{column.index}"] = forms.ChoiceField(
                label=column.header or _("Column %(n)d") % {"n": column.index + 1},
                choices=choices,
                required=False,
                initial=column.meaning,
                help_text=" · ".join(column.samples),
            )

    def clean(self):
        held = [meaning for meaning in self.cleaned_data.values() if meaning]
        twice = {meaning for meaning in held if held.count(meaning) > 1} - SEVERAL
        if twice:
            names = ", ".join(str(MEANINGS[meaning]) for meaning in sorted(twice))
            raise ValidationError(_("Two columns cannot hold the same: %(names)s.") % {"names": names})
        return super().clean()

    def mapping(self):
        return {column.index: self.cleaned_data[f"column-{column.index}"] for column in self.columns}
