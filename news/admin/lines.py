"""All cars of a race in one grid: nobody chooses a car that is known to be there."""

from django import forms
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from news.admin.grids import InGrid
from news.admin.results import LinesOfList, ResultForm, ResultFormSet
from news.models import Result


class CarText(forms.HiddenInput):
    """A car that stands in its row in words."""

    input_type = "hidden"
    is_hidden = False

    def __init__(self, cars):
        super().__init__()
        self.cars = cars

    def render(self, name, value, attrs=None, renderer=None):
        field = super().render(name, value, attrs, renderer)
        car = self.cars.get(str(value))
        return render_to_string("admin/news/_car.html", {"field": field, "car": car})


class CarLineForm(ResultForm):
    def has_changed(self):
        """A car of which nothing is said has no line: its row was only an offer."""
        offered = self.instance.pk is None and "entry" in self.initial
        return super().has_changed() and not (offered and set(self.changed_data) <= {"entry"})

    def clean(self):
        said = super().clean() or self.cleaned_data
        if self.instance.pk is None:
            finished = said.get("status") == Result.Status.FINISHED
            self.instance.classified = finished or said.get("position") is not None
        return said


class CarLineFormSet(ResultFormSet):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        done = {line.entry_id for line in self.queryset} if self.instance.pk else set()
        self.initial_extra = [{"entry": pk} for pk, _words in self.entry_choices[1:] if pk not in done]
        self.extra = len(self.initial_extra)

    def add_fields(self, form, index):
        super().add_fields(form, index)
        if "entry" in form.fields and (form.instance.pk or "entry" in form.initial):
            form.fields["entry"].widget = CarText({str(entry.pk): entry for entry in self.entries})

    @property
    def note(self):
        return _(
            "A row for every car that is entered. What stays empty is not stored. Times in every notation: "
            "8:31.192, 8.31,192 min; the gap as +1:23.456 or 2 laps."
        )


class CarsInGrid(LinesOfList, InGrid):
    form = CarLineForm
    formset = CarLineFormSet
    fields = ["entry", "position", "status", "grid", "laps", "total_time_ms", "gap", "best_lap_ms"]
    verbose_name_plural = _("All cars of this race")
