"""Questions about races, sessions and who takes part."""

from datetime import timedelta

from django.apps import apps
from django.db.models import (
    Count,
    DateField,
    Exists,
    F,
    Max,
    Min,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce
from django.utils import timezone

from news.slugs import folded

RACE_KINDS = ("race", "sprint", "qualifying_race")
# No session reaches further from the days of its race: it may be planned for two weeks, and begin the day before.
LONGEST = timedelta(days=16)
# States of a race that does not take place on its days.
OFF = ("postponed", "cancelled")


def team_then(team, year):
    """The name of the row's team in that year; its present one where none is kept; "" for no team."""
    names = apps.get_model("news.TeamName").objects.filter(team=OuterRef(team), year=year)
    return Coalesce(Subquery(names.values("name")[:1]), f"{team}__name", Value(""))


class RaceQuerySet(QuerySet):
    def of_year(self, year):
        return self.filter(year=year)

    def upcoming(self, on=None):
        """Races that end today or later and were neither called off nor put off, the next one first."""
        return self.to_come(on).exclude(state__in=OFF)

    def to_come(self, on=None):
        """What a calendar shows as ahead: also races that were called off or put off."""
        return self.filter(last_day__gte=on or timezone.localdate()).order_by("first_day", "pk")

    def past(self, on=None):
        return self.filter(last_day__lt=on or timezone.localdate()).order_by("-first_day", "-pk")

    def under_way(self, on=None):
        """Races whose weekend is now."""
        on = on or timezone.localdate()
        return self.filter(first_day__lte=on, last_day__gte=on).exclude(state__in=OFF)

    def in_order(self):
        return self.order_by("first_day", "pk")

    def between(self, first, last):
        """Races of which a day lies in these days."""
        return self.filter(first_day__lte=last, last_day__gte=first).in_order()

    def around(self, first, last):
        """{what: day or None}: the first and the last day of all races, the nearest ones before and after these."""
        return self.aggregate(
            first=Min("first_day"),
            last=Max("last_day"),
            before=Max("last_day", filter=Q(last_day__lt=first)),
            after=Min("first_day", filter=Q(first_day__gt=last)),
        )

    def of_driver(self, driver):
        """Races that the driver is entered in, and those without a car of ours so far."""
        entries = apps.get_model("news.Entry").objects
        with_driver = entries.filter(crew__driver=driver).values("race")
        return self.filter(Q(pk__in=with_driver) | ~Q(pk__in=entries.ours().values("race")))

    def with_what_is_known(self, driver, kinds):
        """With whether the driver is entered (`entered`), how many races of these kinds the weekend has
        (`planned_races`), and how many of them have a result list (`listed_races`)."""
        entries = apps.get_model("news.Entry").objects.filter(race=OuterRef("pk"), crew__driver=driver)
        sessions = apps.get_model("news.Session").objects.filter(
            race=OuterRef("pk"), kind__in=kinds, cancelled=False
        )
        numbers = sessions.order_by().values("race").annotate(number=Count("pk", distinct=True))
        return self.annotate(
            entered=Exists(entries),
            planned_races=Coalesce(Subquery(numbers.values("number")), 0),
            listed_races=Coalesce(
                Subquery(numbers.filter(classifications__isnull=False).values("number")), 0
            ),
        )

    def recorded_years(self):
        """{year: last day of its first race}, the newest first; None for a year of which only standings are known."""
        standings = apps.get_model("news.Season").objects.exclude(standings=None).order_by()
        rows = self.order_by().values_list("year").annotate(Min("last_day"))
        rows = rows.union(standings.values_list("year", Value(None, output_field=DateField())))
        # A year of both kinds comes twice: the row with a day counts.
        return dict(
            sorted(((int(year), day) for year, day in rows), key=lambda row: (-row[0], row[1] is not None))
        )

    def without_results(self, on=None):
        """Races until this day that were driven and of which a result of ours could be on record but is not, the
        newest first; their race sessions without a single line are at hand as `missing_sessions`."""
        models = apps.get_model
        sessions = models("news.Session").objects.races().filter(cancelled=False)
        lines = models("news.Result").objects.filter(classification__session=OuterRef("pk"))
        bare = sessions.filter(~Exists(lines)).select_related("race__circuit").in_order()
        of_race = models("news.Result").objects.filter(classification__session__race=OuterRef("pk"))
        entries = models("news.Entry").objects
        ours = Q(pk__in=entries.ours().values("race")) | ~Exists(entries.filter(race=OuterRef("pk")))
        missing = Exists(bare.filter(race=OuterRef("pk"))) | ~(
            Exists(of_race) | Exists(sessions.filter(race=OuterRef("pk")))
        )
        races = self.filter(ours, missing, last_day__lte=on or timezone.localdate()).exclude(state__in=OFF)
        return races.order_by("-first_day", "-pk").prefetch_related(
            Prefetch("sessions", queryset=bare, to_attr="missing_sessions")
        )

    def with_place(self):
        return self.select_related("circuit", "layout")

    def with_sessions(self):
        """With place and sessions; each session knows its race and the state of its result list."""
        sessions = apps.get_model("news.Session").objects.with_list_state()
        return self.with_place().prefetch_related(Prefetch("sessions", queryset=sessions))

    def with_rounds(self):
        rounds = apps.get_model("news.Round").objects.select_related("season__series")
        return self.prefetch_related(Prefetch("rounds", queryset=rounds))

    def search(self, text):
        """Every word in the names, the year or the circuit, however it is spelt."""
        found = self
        for word in folded(text).split():
            found = found.filter(Q(search_text__contains=word) | Q(circuit__search_text__contains=word))
        return found


class SessionQuerySet(QuerySet):
    def races(self):
        """Sessions that are races: what starts, wins and podiums are counted in."""
        return self.filter(kind__in=RACE_KINDS)

    def ahead(self, at=None):
        """Sessions that take place and whose start is known, from those of the last day on: a long one may still
        be under way."""
        since = (at or timezone.now()) - timedelta(days=1)
        on = self.filter(cancelled=False, time_known=True, starts_at__gte=since).exclude(race__state__in=OFF)
        return on.order_by("starts_at", "pk")

    def around(self, at):
        """Those that may begin or be over within a day of this instant: the longest takes two weeks."""
        day = at.date()
        races = {"race__first_day__lte": day + LONGEST, "race__last_day__gte": day - LONGEST}
        return self.filter(**races).select_related("race__circuit")

    def starting(self, start, end):
        """With a known start from the one instant up to the other, cancelled or not."""
        within = self.filter(time_known=True, starts_at__gte=start, starts_at__lt=end)
        return within.select_related("race").order_by("starts_at", "pk")

    def in_races_until(self, day):
        """Those of races that are over by this day, the newest first."""
        return self.filter(race__last_day__lte=day).select_related("race").order_by("-race__first_day", "-pk")

    def with_list_state(self):
        """With the state of the result list in force, where there is one: what `phase()` asks."""
        lists = apps.get_model("news.Classification").objects.filter(session=OuterRef("pk"))
        return self.annotate(list_state=Subquery(lists.newest_first().values("state")[:1]))

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
        return self.select_related("team", "race").prefetch_related(
            Prefetch("crew", queryset=crew), "team__names"
        )


class CrewQuerySet(QuerySet):
    def of_race(self, race):
        """Who sits in which car of the race, with driver, car and team; what the team was called in that year stands
        in the rows themselves."""
        return (
            self.filter(entry__race=race)
            .select_related("driver", "entry__team")
            .annotate(team_then=team_then("entry__team", OuterRef("entry__race__year")))
        )


class SeasonQuerySet(QuerySet):
    def of_year(self, year):
        return self.filter(year=year)
