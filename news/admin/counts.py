"""What the newsroom does with what results hang on: afterwards all that follows from them is right again."""

from contextlib import contextmanager, nullcontext
from functools import wraps

from news.derived import results_changed
from news.derived.standings import refresh
from news.derived.turns import one_at_a_time
from news.models import Round


def in_turn(page):
    """For a page that changes results: what was right when it was checked still is when it is stored."""

    @wraps(page)
    def in_its_turn(admin, request, *args, **kwargs):
        with one_at_a_time() if request.method == "POST" else nullcontext():
            return page(admin, request, *args, **kwargs)

    return in_its_turn


class TakesTurns:
    """For the admin class of rows that results or tables are counted from."""

    @in_turn
    def changeform_view(self, request, *args, **kwargs):
        return super().changeform_view(request, *args, **kwargs)

    @in_turn
    def delete_view(self, request, *args, **kwargs):
        return super().delete_view(request, *args, **kwargs)


class CountsResults(TakesTurns):
    """For the admin class of rows that results hang on. However it changes them (form, rows of a form, deletion, one
    or many), what follows is brought up to date once, at the end. Its own actions say `with counted(…)`."""

    # The lookup from such a row to the id of its race.
    race_path = "pk"

    def races_of(self, rows) -> set:
        """Ids of the races that these rows belong to in the database."""
        found = self.model._default_manager.filter(pk__in=[row.pk for row in rows]).order_by()
        return set(found.values_list(self.race_path, flat=True)) - {None}

    def save_model(self, request, obj, form, change):
        # A row may be moved to another race, a round to another season: both are counted anew.
        form.races_before = self.races_of([obj]) if change else set()
        form.seasons_before = seasons_of(form.races_before)
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        count_anew(form.races_before | self.races_of([form.instance]), form.seasons_before)

    def delete_model(self, request, obj):
        with counted(self.races_of([obj])):
            super().delete_model(request, obj)

    def delete_queryset(self, request, queryset):
        with counted(self.races_of(queryset)):
            super().delete_queryset(request, queryset)


@contextmanager
def counted(races=()):
    """What happens inside changes the results of these races (ids; more can be added to the set that it hands out):
    all of it with what follows, or nothing."""
    races = set(races)
    seasons = seasons_of(races)
    with one_at_a_time():
        yield races
        count_anew(races, seasons)


def seasons_of(races) -> set:
    """Ids of the seasons that these races count for."""
    return set(Round.objects.filter(race__in=races).values_list("season", flat=True))


def count_anew(races, seasons):
    """Results of these races, and the tables of those of these seasons that none of the races counts for any more."""
    results_changed(races)
    if gone := seasons - seasons_of(races):
        refresh(gone)
