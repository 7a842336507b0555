"""Questions about races, sessions and who takes part."""

from django.apps import apps
from django.db.models import F, FilteredRelation, Prefetch, Q, QuerySet
from django.utils import timezone

RACE_KINDS = ("race", "sprint")


class RaceQuerySet(QuerySet):
    def of_year(self, year):
        return self.filter(first_day__year=year)

    def upcoming(self, on=None):
        """Races that end today or later and were not called off, the next one first."""
        return (
            self.filter(last_day__gte=on or timezone.localdate()).exclude(state="cancelled").order_by("first_day", "pk")
        )

    def to_come(self, on=None):
        """What a calendar shows as ahead: also races that were called off or put off."""
        return self.filter(last_day__gte=on or timezone.localdate()).order_by("first_day", "pk")

    def past(self, on=None):
        return self.filter(last_day__lt=on or timezone.localdate()).order_by("-first_day", "-pk")

    def under_way(self, on=None):
        """Races whose weekend is now."""
        on = on or timezone.localdate()
        return self.filter(first_day__lte=on, last_day__gte=on).exclude(state="cancelled")

    def in_order(self):
        return self.order_by("first_day", "pk")

    def of_driver(self, driver):
        """Races that the driver is entered in, and those without a car of ours so far."""
        entries = apps.get_model("news.Entry").objects
        with_driver = entries.filter(crew__driver=driver).values("race")
        return self.filter(Q(pk__in=with_driver) | ~Q(pk__in=entries.ours().values("race")))

    def years(self):
        """Years with a race, the newest first."""
        return [day.year for day in self.dates("first_day", "year", order="DESC")]

    def at_same_place(self, race):
        """Other races at the same circuit that were before this one, the newest first."""
        return self.filter(circuit=race.circuit, first_day__lt=race.first_day).order_by("-first_day")

    def with_place(self):
        return self.select_related("circuit", "layout")

    def with_sessions(self):
        return self.with_place().prefetch_related("sessions")

    def with_rounds(self):
        rounds = apps.get_model("news.Round").objects.select_related("season__series")
        return self.prefetch_related(Prefetch("rounds", queryset=rounds))

    def with_each_round(self):
        """A race once for each season that it counts for, with that round as `race.counts_as`; once with None for none.

        What `with_rounds` answers, without a query of its own.
        """
        return self.annotate(counts_as=FilteredRelation("rounds")).select_related("counts_as__season__series")

    def search(self, text):
        found = self
        for word in text.split():
            found = found.filter(
                Q(name__icontains=word) | Q(name_en__icontains=word) | Q(circuit__name__icontains=word)
            )
        return found


class SessionQuerySet(QuerySet):
    def races(self):
        """Sessions that are races: what starts, wins and podiums are counted in."""
        return self.filter(kind__in=RACE_KINDS)

    def in_order(self):
        """By time; sessions without one keep the order in which a weekend runs."""
        return self.order_by(F("starts_at").asc(nulls_last=True), "order", "pk")


class DriverQuerySet(QuerySet):
    def ours(self):
        return self.filter(ours=True).order_by("last_name", "first_name")

    def with_pictures(self):
        return self.select_related("portrait").prefetch_related("portrait__renditions", "facts")


class EntryQuerySet(QuerySet):
    def ours(self):
        """Cars with one of the site's own drivers in the crew."""
        return self.filter(pk__in=self.model.objects.filter(crew__driver__ours=True).values("pk"))

    def with_crew(self):
        """With crew, drivers and the team's names, at a fixed number of queries."""
        crew = apps.get_model("news.Crew").objects.select_related("driver")
        return self.select_related("team", "race").prefetch_related(Prefetch("crew", queryset=crew), "team__names")


class SeasonQuerySet(QuerySet):
    def of_year(self, year):
        return self.filter(year=year)
