"""What stands in a form, as data: as it was sent, as it is stored, or as it stood in a former version; and how two of
these differ, field by field."""

import json
from dataclasses import dataclass, field
from typing import NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.formats import localize
from django.utils.safestring import mark_safe
from django.utils.text import capfirst
from django.utils.timezone import template_localtime
from django.utils.translation import gettext as _
from django_prose_editor.fields import ProseEditorFormField

from news.admin.blocks import in_readable_blocks
from news.html import sanitize
from news.wording import marked, marked_text

# More than anybody types, and little enough for a row that is written every few seconds.
LONGEST, MOST_ROWS = 1_000_000, 1000
BLANK = [[], [""]]


@dataclass
class Typed:
    """Values by field as a browser sends them, and the rows of each inline: {prefix: [{field: values}]}."""

    fields: dict[str, list[str]] = field(default_factory=dict)
    rows: dict[str, list[dict[str, list[str]]]] = field(default_factory=dict)

    def as_json(self):
        return {"fields": self.fields, "rows": self.rows}

    @property
    def is_too_long(self):
        return len(json.dumps(self.as_json())) > LONGEST


class Difference(NamedTuple):
    name: str
    label: str
    old: str
    new: str


class Sheet:
    """The form of an article and its inlines, as somebody may fill them in."""

    def __init__(self, form, formsets):
        self.form, self.formsets = form, {formset.prefix: formset for formset in formsets}

    def stored(self) -> Typed:
        rows = {
            prefix: [_as_shown(row) for row in formset.initial_forms]
            for prefix, formset in self.formsets.items()
        }
        return Typed(_as_shown(self.form), rows)

    def sent(self, post) -> Typed:
        """What a browser has sent, no more than the form asks for; rich text sanitized."""
        fields = {name: _cleaned(field, post.getlist(name)) for name, field in self.form.fields.items()}
        return Typed(
            fields, {prefix: self._rows_sent(post, formset) for prefix, formset in self.formsets.items()}
        )

    def _rows_sent(self, post, formset):
        total = post.get(f"{formset.prefix}-TOTAL_FORMS", "0")
        total = min(int(total), MOST_ROWS) if total.isdecimal() and len(total) < 10 else 0
        row_fields = formset.empty_form.fields
        rows = [
            {
                name: _cleaned(field, post.getlist(f"{formset.prefix}-{n}-{name}"))
                for name, field in row_fields.items()
            }
            for n in range(total)
        ]
        return [
            row
            for row in rows
            if any(row[name] not in BLANK for name in _compared(formset, row)) or any(row["id"])
        ]

    def read(self, data) -> Typed:
        """What was kept as JSON, of which this form may know more or less fields by now."""
        kept = data.get("fields", {})
        rows = {prefix: data.get("rows", {}).get(prefix, []) for prefix in self.formsets}
        return Typed({name: kept[name] for name in self.form.fields if name in kept}, rows)

    def differences(self, old: Typed, new: Typed) -> list[Difference]:
        """Field by field, where they differ: both texts, with what differs marked."""
        found = []
        for name, values in new.fields.items():
            before = old.fields.get(name, [])
            if name in _columns(self.form) and not _same(self.form.fields[name], before, values):
                label = str(self.form[name].label)
                found.append(Difference(name, label, *_marked(self.form.fields[name], before, values)))
        for prefix, formset in self.formsets.items():
            before, after = (_in_order(formset, typed.rows.get(prefix, [])) for typed in (old, new))
            if _rows_meant(formset, before) != _rows_meant(formset, after):
                label = capfirst(formset.model._meta.verbose_name_plural)
                words = (_rows_in_words(formset, rows) for rows in (before, after))
                found.append(Difference(prefix, label, *map(mark_safe, marked_text(*words))))
        return found

    def post(self, typed: Typed) -> QueryDict:
        """As a browser would send it, to be saved onto the rows that are stored now."""
        post = QueryDict(mutable=True)
        for name, values in typed.fields.items():
            post.setlist(name, values)
        for prefix, formset in self.formsets.items():
            rows = self._onto_stored(formset, typed.rows.get(prefix, []))
            for number, row in enumerate(rows):
                for name, values in row.items():
                    post.setlist(f"{prefix}-{number}-{name}", values)
            post[f"{prefix}-TOTAL_FORMS"] = str(len(rows))
            post[f"{prefix}-INITIAL_FORMS"] = str(formset.initial_form_count())
        return post

    def _onto_stored(self, formset, rows):
        """The stored rows first: with what is wanted of them, or to be deleted; then those that are new."""
        wanted = [row for row in rows if not any(row.get("DELETE", []))]
        onto = []
        for stored in map(_as_shown, formset.initial_forms):
            match = next((row for row in wanted if _is_same_row(formset, row, stored)), None)
            onto.append({**match, "id": stored["id"]} if match else {**stored, "DELETE": ["on"]})
            wanted = [row for row in wanted if row is not match]
        return onto + [{**row, "id": [""]} for row in wanted]


def chosen(mine: Typed, stored: Typed, keep_stored) -> Typed:
    """Mine, but for these fields and inlines."""
    fields = {
        name: stored.fields.get(name, []) if name in keep_stored else value
        for name, value in mine.fields.items()
    }
    rows = {
        name: stored.rows.get(name, []) if name in keep_stored else value for name, value in mine.rows.items()
    }
    return Typed(fields, rows)


def as_initial(form_field, values):
    """Typed values as the initial value of a form that shows them again."""
    if isinstance(form_field, forms.BooleanField):
        return bool(any(values))
    return values if _is_multiple(form_field) else next(iter(values), "")


def _is_multiple(form_field):
    return getattr(_widget(form_field), "allow_multiple_selected", False)


def _widget(form_field):
    """Without the frame that the admin puts around selects."""
    return getattr(form_field.widget, "widget", form_field.widget)


def _as_shown(form) -> dict[str, list[str]]:
    """What a browser would send if nobody touched the form."""
    return {name: _shown_value(form[name]) for name in form.fields}


def _shown_value(bound):
    value = bound.value()
    if isinstance(bound.field, forms.BooleanField):
        return ["on"] if value else []
    shown = _widget(bound.field).format_value(value)
    if isinstance(shown, (list, tuple)):
        return (
            [str(each) for each in shown if each not in (None, "")]
            if _is_multiple(bound.field)
            else [*map(str, shown)]
        )
    return ["" if shown is None else str(shown)]


def _cleaned(form_field, values):
    if isinstance(form_field, ProseEditorFormField):
        return [sanitize(value) for value in values]
    # What no database can hold.
    return [value.replace("\x00", "") for value in values]


def _columns(form):
    """Of the form's fields those that are kept; a remark or a tick for this one save is not."""
    meta = form._meta.model._meta
    return {each.name for each in (*meta.fields, *meta.many_to_many)}


def _compared(formset, row):
    return [name for name in row if name not in ("id", "DELETE", formset.fk.name, "order")]


def _is_same_row(formset, row, stored):
    if any(row.get("id", [])) and row["id"] == stored["id"]:
        return True
    names = [
        name
        for name in _compared(formset, stored)
        if isinstance(formset.empty_form.fields[name], forms.ModelChoiceField)
    ]
    return bool(names) and all(row.get(name) == stored[name] for name in names)


def _same(form_field, old, new):
    return _meant(form_field, old) == _meant(form_field, new)


def _meant(form_field, values):
    """What is the same however a browser spells it: 18:00 and 18:00:00, and line breaks of two kinds."""
    if isinstance(form_field, forms.DateTimeField):
        return _moment(form_field, values) or values
    return [value.replace("\r\n", "\n") for value in values if value != ""]


def _in_order(formset, rows):
    """What the rows say, in their order: neither their numbers nor those that are to be deleted."""

    def place(row):
        number = next(iter(row.get("order", [])), "")
        return int(number) if number.isdecimal() else MOST_ROWS

    kept = sorted((row for row in rows if not any(row.get("DELETE", []))), key=place)
    names = _compared(formset, formset.empty_form.fields)
    return [{name: row.get(name, []) for name in names} for row in kept]


def _rows_meant(formset, rows):
    fields = formset.empty_form.fields
    return [[_meant(fields[name], values) for name, values in row.items()] for row in rows]


def _rows_in_words(formset, rows):
    """One a line."""
    fields = formset.empty_form.fields
    lines = ([in_words(fields[name], values) for name, values in row.items()] for row in rows)
    return "\n".join(" · ".join(filter(None, words)) for words in lines)


def _marked(form_field, old, new):
    if isinstance(form_field, ProseEditorFormField):
        pair = map(in_readable_blocks, marked(*(sanitize(next(iter(values), "")) for values in (old, new))))
    else:
        pair = marked_text(in_words(form_field, old), in_words(form_field, new))
    return tuple(mark_safe(text) for text in pair)


def in_words(form_field, values) -> str:
    """What somebody sees in the field, as plain text."""
    if isinstance(form_field, forms.BooleanField):
        return _("yes") if any(values) else _("no")
    if isinstance(form_field, forms.ModelChoiceField):
        pks = [value for value in values if value.isdecimal()]
        found = {str(row.pk): row for row in form_field.queryset.filter(pk__in=pks)} if pks else {}
        gone = _("(no longer there)")
        return ", ".join(
            str(form_field.label_from_instance(found[pk])) if pk in found else gone for pk in pks
        )
    if hasattr(form_field, "choices"):
        names = dict(form_field.choices)
        return ", ".join(str(names.get(value, value)) for value in values)
    if isinstance(form_field, forms.DateTimeField):
        moment = _moment(form_field, values)
        return localize(template_localtime(moment)) if moment else "".join(values)
    return "\n".join(value.replace("\r\n", "\n") for value in values)


def _moment(form_field, values):
    """None for what is no time, and for one that somebody has only begun to type."""
    try:
        return form_field.to_python("".join(values))
    except ValidationError:
        return None
