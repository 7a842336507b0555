"""When sessions start, as an editor types it: by the clocks at the track, and on a race's page day by day."""

from datetime import date, datetime, time, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils.dateformat import format as written
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from news.admin.fields import OurRows, TrackTimeField
from news.admin.grids import InGrid
from news.limits import OUR_YEARS
from news.models import Race, Session

DAY = timedelta(days=1)
# Where only the day is certain; in every zone of the world midday stays on its day.
NO_TIME = time(12)
LONGEST = 30
# The days of a race that has none yet, by their distance to the first.
DAYS_TO_COME = [
    ("", "—"),
    ("-1", _("the day before")),
    ("0", _("first day")),
    ("1", _("second day")),
    ("2", _("third day")),
    ("3", _("fourth day")),
    ("last", _("last day")),
]
# What most weekends are made of.
USUAL = {"practice": "0", "qualifying": "0", "race": "last"}


class SessionForm(forms.ModelForm):
    """A session whose start is typed by the clocks at the track."""

    class Meta:
        field_classes = {"starts_at": TrackTimeField, "moved_from": TrackTimeField}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        zone = self._zone_of_chosen_race()
        for name in {"starts_at", "moved_from"} & set(self.fields):
            self.fields[name].zone = zone
        if "starts_at" in self.fields:
            words = _("By the clocks at the track (%(zone)s). Empty when not known.")
            self.fields["starts_at"].help_text = words % {"zone": zone or _("its time zone")}

    def _zone_of_chosen_race(self):
        chosen = self.instance.race_id or (self["race"].value() if "race" in self.fields else None)
        race = Race.objects.with_place().filter(pk=chosen).first() if str(chosen).isdecimal() else None
        return race.zone if race else None


class ClockInput(forms.TimeInput):
    """The browser's own clock; seconds appear where there are any."""

    input_type = "time"

    def format_value(self, value):
        return value.strftime("%H:%M:%S" if value.second else "%H:%M") if isinstance(value, time) else value


class TimetableForm(forms.ModelForm):
    """A row of the timetable: one of the days of the weekend, and the time where it is known."""

    day = forms.ChoiceField(label=_("day"), required=False)
    clock = forms.TimeField(label=_("time"), required=False, widget=ClockInput)

    def __init__(self, *args, race, shift=0, **kwargs):
        super().__init__(*args, **kwargs)
        self.race, self.shift, self.start = race, shift, None
        if self.instance.starts_at:
            self.start = self.instance.starts_at.astimezone(race.zone)
            self.initial["day"] = self.start.date().isoformat()
            self.initial["clock"] = self.start.time() if self.instance.time_known else None
        elif not self.instance.pk:
            # Nothing is a session before somebody says of which kind.
            self.initial["kind"] = (kwargs.get("initial") or {}).get("kind", "")
            self.fields["kind"].choices = [("", "—"), *self.fields["kind"].choices]
        self.fields["day"].choices = days_of(race, self.start)

    def has_changed(self):
        return super().has_changed() or bool(self.shift and self.start)

    def clean(self):
        cleaned = super().clean()
        if "day" in cleaned and "clock" in cleaned:
            self.instance.race = self.race
            self._start_on(self._date(cleaned["day"]), cleaned["clock"])
        return cleaned

    def _date(self, day):
        """The chosen day. One that nobody touched moves with its race."""
        first, last = weekend_of(self.race)
        if not day or not first:
            return None
        if not self.race.pk:
            return last if day == "last" else first + int(day) * DAY
        touched = "day" in self.changed_data
        return date.fromisoformat(day) + (0 if touched else self.shift) * DAY

    def _start_on(self, day, clock):
        first, last = weekend_of(self.race)
        if clock and not day and first and first == last:
            day = first
        if clock and not day:
            self.add_error("day", _("On which day? Choose one of the weekend."))
            return
        kept = self.start.time() if self.start and not self.instance.time_known else NO_TIME
        self.instance.time_known = bool(clock) or not day
        try:
            self.instance.starts_at = day and self._instant(datetime.combine(day, clock or kept))
            self.instance.clean()
        except ValidationError as error:
            self.instance.starts_at = None
            self.add_error("day", ValidationError(error.messages))

    def _instant(self, moment):
        field = TrackTimeField()
        field.zone = self.race.zone
        return field.to_python(moment)


def weekend_of(race):
    """First and last day as they are typed; (None, None) where they are missing or mistyped."""
    first, last = race.first_day, race.last_day or race.first_day
    return (first, last) if first and {first.year, last.year} <= set(OUR_YEARS) else (None, None)


def days_of(race, start=None):
    """The days to choose from: the weekend with the evening before and the morning after, and where the row is."""
    if not race.pk:
        return DAYS_TO_COME
    first, last = weekend_of(race)
    count = min(max((last - first).days, 0), LONGEST) + 2 if first else -1
    days = {first + n * DAY for n in range(-1, count)} | ({start.date()} if start else set())
    form = pgettext("a day of a weekend", "D j M")
    return [("", "—"), *((day.isoformat(), written(day, form)) for day in sorted(days))]


class TimetableRows(OurRows):
    @cached_property
    def shift(self):
        """By how many days the whole race moves with this form; 0 where only one of its ends does."""
        before = Race.objects.filter(pk=self.instance.pk).values_list("first_day", "last_day").first()
        first, last = weekend_of(self.instance)
        if not before or not first:
            return 0
        moved = first - before[0]
        return moved.days if moved == last - before[1] else 0

    def get_form_kwargs(self, index):
        # Asked for after the race itself was read: a new circuit moves the times into its zone.
        shift = self.shift if self.is_bound else 0
        return super().get_form_kwargs(index) | {"race": self.instance, "shift": shift}

    @property
    def note(self):
        words = _("Times by the clocks at the track (%(zone)s). Without a time only the day is shown.")
        race = self.instance
        return words % {"zone": race.zone if race.pk or race.circuit else _("its time zone")}


class SessionInline(InGrid):
    model = Session
    form = TimetableForm
    formset = TimetableRows
    template = "admin/news/_timetable.html"
    fields = ["kind", "label", "day", "clock", "planned_minutes", "planned_laps", "cancelled"]
    show_change_link = True
    verbose_name_plural = _("Timetable")

    def get_fields(self, request, obj=None):
        if self.has_change_permission(request, obj) or self.has_add_permission(request, obj):
            return self.fields
        return ["kind", "label", "start", "planned_minutes", "planned_laps", "cancelled"]

    def get_readonly_fields(self, request, obj=None):
        return [] if "day" in self.get_fields(request, obj) else ["start"]

    def get_extra(self, request, obj=None, **kwargs):
        return len(self.proposed(request, obj))

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        for name, words in (("planned_minutes", _("minutes")), ("planned_laps", _("laps"))):
            if name in formset.form.base_fields:
                formset.form.base_fields[name].label = capfirst(words)
        return formset

    @staticmethod
    def proposed(request, obj=None):
        """Rows that are already there to be completed: those of the link that was followed; in a new race the usual."""
        kinds = [kind for kind in request.GET.getlist("rows") if kind in Session.Kind.values]
        if obj is None:
            return [{"kind": kind, "day": USUAL.get(kind, "")} for kind in kinds or USUAL]
        return [{"kind": kind} for kind in kinds]

    def start(self, session):
        return render_to_string("admin/news/_start.html", {"session": session})

    start.short_description = _("start at the track")
