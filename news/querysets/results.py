"""Questions about result lists and their lines; what a win or a podium is stands here and nowhere else."""

from django.apps import apps
from django.db.models import Case, F, IntegerField, OuterRef, Q, QuerySet, Value, When

from news.querysets.races import RACE_KINDS

# How far each state has got: of two lists issued at the same time (or at an unknown one) the later state counts.
STATE_ORDER = {"provisional": 0, "official": 1, "amended": 2}


class ClassificationQuerySet(QuerySet):
    def newest_first(self):
        """The list in force first: issued last, then further in state, then entered last."""
        rank = Case(
            *[When(state=state, then=Value(rank)) for state, rank in STATE_ORDER.items()], output_field=IntegerField()
        )
        return self.annotate(state_rank=rank).order_by(
            F("issued_at").desc(nulls_last=True), F("state_rank").desc(), "-pk"
        )

    def current(self):
        """One list for each session: the one in force. The older ones stay readable."""
        newest = self.model.objects.filter(session=OuterRef("session")).newest_first().values("pk")[:1]
        return self.filter(pk=newest)

    def in_races(self):
        return self.filter(session__kind__in=RACE_KINDS)

    def with_results(self):
        """With lines in order, entries, crews and teams, at a fixed number of queries."""
        return self.prefetch_related("results__entry__crew__driver", "results__entry__team__names")


class ResultQuerySet(QuerySet):
    def current(self):
        """Lines of the lists in force."""
        return self.filter(classification__in=apps.get_model("news.Classification").objects.current())

    def in_races(self):
        return self.filter(classification__session__kind__in=RACE_KINDS)

    def in_qualifying(self):
        return self.filter(classification__session__kind__in=("qualifying", "top_qualifying"))

    def of_driver(self, driver):
        return self.filter(entry__crew__driver=driver)

    def ours(self):
        return self.filter(entry__in=apps.get_model("news.Entry").objects.ours())

    def of_year(self, year):
        return self.filter(classification__session__race__first_day__year=year)

    def started(self):
        """A start is a line of a race unless it says "did not start" or "withdrawn"."""
        return self.exclude(status__in=("not_started", "withdrawn"))

    def wins(self):
        return self.filter(position=1)

    def podiums(self):
        """Third or better; also where only that much is known."""
        return self.filter(Q(position__lte=3) | Q(position=None, position_or_better__lte=3))

    def top_ten(self):
        return self.filter(Q(position__lte=10) | Q(position=None, position_or_better__lte=10))

    def class_wins(self):
        return self.filter(class_position=1)

    def retirements(self):
        return self.filter(status="retired")

    def by_date(self):
        return self.order_by("classification__session__race__first_day", "classification__session__starts_at", "pk")

    def with_entry(self):
        return self.select_related("entry__team", "entry__race").prefetch_related(
            "entry__crew__driver", "entry__team__names"
        )

    def with_race(self):
        return self.select_related("classification__session__race__circuit")


class StandingQuerySet(QuerySet):
    def of_year(self, year):
        return self.filter(season__year=year)

    def in_order(self):
        return self.select_related("season__series", "driver", "team").order_by(
            "season__series__name", F("position").asc(nulls_last=True), "pk"
        )
