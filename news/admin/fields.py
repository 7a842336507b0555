"""How an editor types days, times and lap times and finds what is related; shared by all forms of the newsroom."""

import zoneinfo
from decimal import Decimal

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models
from django.forms.models import BaseInlineFormSet
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext_lazy as _

from news.admin.selects import PhotoSelect, SearchSelect, SearchSelectMultiple, hand_over_photos
from news.admin.typed import as_initial
from news.models import Photo
from news.slugs import slug_of
from news.times import Gap, NotATime, format_gap, format_time, parse_gap, parse_time


class DayInput(forms.DateInput):
    """The browser's own calendar: large on a phone, in the language of its owner."""

    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")


class MomentInput(forms.DateTimeInput):
    """Day and time in one field; seconds appear where there are any."""

    input_type = "datetime-local"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%dT%H:%M:%S")


class ZoneInput(forms.TextInput):
    """A text field that proposes the world's time zones while one types."""

    def render(self, name, value, attrs=None, renderer=None):
        field = super().render(name, value, (attrs or {}) | {"list": f"{name}_zones"}, renderer)
        zones = sorted(zone for zone in zoneinfo.available_timezones() if "/" in zone)
        return field + render_to_string("admin/_zones.html", {"id": f"{name}_zones", "zones": zones})


class NotationField(forms.Field):
    """Text that `read` turns into a value and `write` back into text, in the style of its editor."""

    # Stands in the empty field: in rows there is no room for a help text that nobody asked for.
    example = _("8:31.192")
    widget = forms.TextInput(attrs={"class": "vTextField", "maxlength": 24, "spellcheck": "false"})

    def __init__(self, **options):
        super().__init__(**{"required": False} | options)

    def to_python(self, value):
        try:
            return self.read(value or "")
        except NotATime as error:
            raise ValidationError(str(error), code="invalid") from error

    def widget_attrs(self, widget):
        return super().widget_attrs(widget) | {"placeholder": self.example}

    def prepare_value(self, value):
        return value if value is None or isinstance(value, str) else self.write(value, _style())


class LapTimeField(NotationField):
    """A time in any notation of the field: typed as text, kept in milliseconds."""

    read, write = staticmethod(parse_time), staticmethod(format_time)


class GapField(NotationField):
    """The distance to the leader: a time or whole laps, as timing sheets write both into one column."""

    example = _("+1:23.456, 2 laps")
    read, write = staticmethod(parse_gap), staticmethod(format_gap)

    def has_changed(self, initial, data):
        return super().has_changed(initial or Gap(), data)


class PointsField(forms.DecimalField):
    """Points without the noughts that the column keeps: 25, not 25.000000; halves with a comma or a point."""

    # In a field for numbers some browsers drop the comma of 0,5 without a word, and 05 is five.
    widget = forms.TextInput(attrs={"class": "points", "inputmode": "decimal"})

    def to_python(self, value):
        return super().to_python(value.replace(",", ".") if isinstance(value, str) else value)

    def prepare_value(self, value):
        if not isinstance(value, Decimal):
            return value
        written = f"{value.normalize():f}"
        return written.replace(".", ",") if _style() == "de" else written


class TrackTimeField(forms.DateTimeField):
    """An instant typed and shown by the clocks at the track, wherever its editor sits."""

    widget = MomentInput
    zone = None

    def to_python(self, value):
        with timezone.override(self.zone):
            return super().to_python(value)

    def prepare_value(self, value):
        with timezone.override(self.zone):
            return super().prepare_value(value)


def _style():
    return "de" if get_language() == "de" else "en"


def label_with_language(db_field):
    """ "Claim (English)" for the English column of a text that is kept in every language; else None."""
    language = getattr(db_field, "_translated_field_language_code", None)
    name = get_language_info(language)["name_translated"] if language else ""
    return f"{capfirst(db_field.verbose_name)} ({name})" if name else None


def languages_named(form):
    """The form of a page, whose labels also stand where somebody may look but not type."""
    fields = form._meta.model._meta.fields
    named = {field.name: label for field in fields if (label := label_with_language(field))}
    form._meta.labels = named | (form._meta.labels or {})
    return form


class OurFields:
    """For admin classes and inlines: our inputs, languages named in full, related rows named by their own admin
    class (its `option`), photos with thumbnails."""

    formfield_overrides = {
        models.DateField: {"widget": DayInput},
        models.DateTimeField: {"form_class": forms.DateTimeField, "widget": MomentInput},
        models.URLField: {"widget": forms.URLInput(attrs={"class": "vURLField"}), "assume_scheme": "https"},
    }

    def formfield_for_dbfield(self, db_field, request, **options):
        field = super().formfield_for_dbfield(db_field, request, **options)
        if label := label_with_language(db_field):
            field.label = label
        return field

    def get_form(self, request, obj=None, change=False, **kwargs):
        return languages_named(super().get_form(request, obj, change=change, **kwargs))

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        languages_named(formset.form)
        return formset

    def formfield_for_foreignkey(self, db_field, request, **options):
        related = db_field.remote_field.model
        if related is Photo or db_field.name in self.get_autocomplete_fields(request):
            select = PhotoSelect if related is Photo else SearchSelect
            options["widget"] = select(db_field, self.admin_site)
        field = super().formfield_for_foreignkey(db_field, request, **options)
        related_admin = (
            self.admin_site.get_model_admin(related) if self.admin_site.is_registered(related) else None
        )
        if hasattr(related_admin, "option"):
            field.label_from_instance = related_admin.option
        return field

    def formfield_for_manytomany(self, db_field, request, **options):
        if db_field.name in self.get_autocomplete_fields(request):
            options["widget"] = SearchSelectMultiple(db_field, self.admin_site)
        return super().formfield_for_manytomany(db_field, request, **options)


class OurRows(BaseInlineFormSet):
    """Two rows that exclude each other are refused in the words of the model's own constraint."""

    def __init__(self, *args, kept=None, **kwargs):
        """`kept` are rows as somebody has typed them before without saving: they are shown again."""
        super().__init__(*args, **kwargs)
        stored = {str(row.pk) for row in self.get_queryset()} if kept else set()
        numbered = [("".join(row.get("id", [])), row) for row in kept or ()]
        self.kept = {pk: row for pk, row in numbered if pk in stored}
        self.kept_new = [row for pk, row in numbered if pk not in stored]
        if self.kept_new:
            self.extra = len(self.kept_new)

    def _construct_form(self, i, **kwargs):
        form = super()._construct_form(i, **kwargs)
        row = self.kept.get(str(form.instance.pk))
        if not form.instance.pk and self.kept_new:
            row = self.kept_new[i - self.initial_form_count()]
        names = {*form.fields} & {*(row or ())} - {"id", self.fk.name}
        form.initial |= {name: as_initial(form.fields[name], row[name]) for name in names}
        return form

    def add_fields(self, form, index):
        super().add_fields(form, index)
        hand_over_photos(form)

    def get_unique_error_message(self, unique_check):
        for constraint in self.model._meta.constraints:
            if set(getattr(constraint, "fields", ())) == set(unique_check):
                return constraint.get_violation_error_message()
        return super().get_unique_error_message(unique_check)

    def get_form_error(self):
        """At the row itself; what would be right stands above them all."""
        return _("The same as another row.")

    def clean(self):
        """Sent twice, or added by somebody else since the page was opened: a form alone does not compare its row with
        those of its parent that it was not shown."""
        super().clean()
        if not self.instance.pk or len(self.get_queryset()) <= self.initial_form_count():
            return
        for form in self.extra_forms:
            if form.has_changed() and form.is_valid() and form not in self.deleted_forms:
                try:
                    form.instance.validate_constraints()
                except ValidationError as error:
                    form.add_error(None, error.messages)


class InRows(OurFields, admin.StackedInline):
    """An inline of one line a row where there is room, and a block a row on a phone; every field with its label."""

    formset = OurRows
    classes = ["in-rows"]
    extra = 0

    def get_fieldsets(self, request, obj=None):
        return self.fieldsets or [(None, {"fields": [tuple(self.get_fields(request, obj))]})]


class NamesItself(forms.ModelForm):
    """A form whose address is made from the name where it is left empty."""

    named_by = ("name_de", "name_en")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False
            self.fields["slug"].help_text = _("Left empty, it is made from the name.")

    def clean(self):
        names = (self.cleaned_data.get(name) for name in self.named_by)
        if not self.cleaned_data.get("slug") and (name := next(filter(None, names), "")):
            self.cleaned_data["slug"] = slug_of(name)
        return super().clean()


class InOrder(OurRows):
    """Rows with an `order`: those that leave it empty follow the others, as they stand on the page."""

    def add_fields(self, form, index):
        super().add_fields(form, index)
        if "order" in form.fields:
            form.fields["order"].required = False
            form.initial["order"] = form.initial.get("order") or None

    def clean(self):
        super().clean()
        rows = [form for form in self.forms if "order" in getattr(form, "cleaned_data", ())]
        last = max((form.cleaned_data["order"] or 0 for form in rows), default=0)
        for form in rows:
            if form.cleaned_data["order"] is None and form.has_changed():
                last += 1
                form.instance.order = form.cleaned_data["order"] = last
