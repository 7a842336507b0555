"""Questions about result lists and their lines; what a win or a podium is stands here and nowhere else."""

from django.apps import apps
from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.utils import timezone

from news.querysets.races import RACE_KINDS, team_then

# How far each state has got: of two lists issued at the same time (or at an unknown one) the later state counts.
STATE_ORDER = {"provisional": 0, "official": 1, "amended": 2}


def in_force_first(path=""):
    """The order of a session's lists: issued last, then further in state, then entered last.

    `path` leads from the rows to be ordered to the list, such as "classification__".
    """
    ranks = [When(**{f"{path}state": state}, then=Value(rank)) for state, rank in STATE_ORDER.items()]
    return (
        F(f"{path}issued_at").desc(nulls_last=True),
        Case(*ranks, output_field=IntegerField()).desc(),
        f"-{path}pk",
    )


class ClassificationQuerySet(QuerySet):
    def newest_first(self):
        """The list in force first."""
        return self.order_by(*in_force_first())

    def current(self):
        """One list for each session: the one in force. The older ones stay readable."""
        newest = self.model.objects.filter(session=OuterRef("session")).newest_first().values("pk")[:1]
        return self.filter(pk=newest)

    def in_races(self):
        return self.filter(session__kind__in=RACE_KINDS)


class ResultQuerySet(QuerySet):
    def current(self, race=None):
        """Lines of the lists in force; of one race, where only its lists need to be looked at."""
        lists = apps.get_model("news.Classification").objects.current()
        return self.filter(classification__in=lists.filter(session__race=race) if race else lists)

    def in_races(self):
        return self.filter(classification__session__kind__in=RACE_KINDS)

    def of_driver(self, driver):
        return self.filter(entry__crew__driver=driver)

    def ours(self):
        return self.filter(entry__in=apps.get_model("news.Entry").objects.ours())

    def of_year(self, year):
        return self.filter(classification__session__race__year=year)

    def started(self):
        """A start is a line of a race unless it says "did not start" or "withdrawn"."""
        return self.exclude(status__in=("not_started", "withdrawn"))

    def of_last_race(self, on=None):
        """Lines of the list in force of the race that was run last."""
        lists = apps.get_model("news.Classification").objects.current().in_races()
        session = "session__"
        last = lists.filter(session__race__first_day__lte=on or timezone.localdate()).order_by(
            f"-{session}race__first_day",
            F(f"{session}starts_at").desc(nulls_last=True),
            f"-{session}order",
            "-pk",
        )
        return self.filter(classification=last.values("pk")[:1])

    def of_event(self, race):
        """All lines of the race's lists, and ours in force of all sessions of earlier races at the same circuit."""
        # Two sets that an index finds each; a join here would make it read the lines of all races.
        wanted = Q(
            classification__in=apps.get_model("news.Classification").objects.filter(session__race=race.pk)
        )
        if race.circuit_id:
            wanted |= Q(pk__in=self.current().ours().at(race.circuit_id).before(race.first_day).values("pk"))
        return self.filter(wanted).by_list()

    def of_session(self, session):
        """All lines of the session's lists."""
        return self.filter(classification__session=session).by_list()

    def by_list(self):
        """Those of a list in force before those of older ones, in the order of the list."""
        return self.order_by(*in_force_first("classification__"), F("position").asc(nulls_last=True), "pk")

    def at(self, circuit):
        return self.filter(classification__session__race__circuit=circuit)

    def before(self, day):
        return self.filter(classification__session__race__first_day__lt=day)

    def of_cars_in_front(self, places=5):
        """Lines of our cars and of those that were this far in front at least once, by team and number."""
        in_front = self.model.objects.exclude(entry__number="").filter(
            position__lte=places,
            entry__team=OuterRef("entry__team"),
            entry__number=OuterRef("entry__number"),
            entry__race__year=OuterRef("entry__race__year"),
        )
        ours = Q(entry__in=apps.get_model("news.Entry").objects.ours())
        return self.filter(ours | Q(position__lte=places) | Exists(in_front))

    def wins(self):
        return self.filter(position=1)

    def podiums(self):
        """Third or better; also where only that much is known."""
        return self.filter(Q(position__lte=3) | Q(position=None, position_or_better__lte=3))

    def top_ten(self):
        return self.filter(Q(position__lte=10) | Q(position=None, position_or_better__lte=10))

    def class_wins(self):
        return self.filter(place_in_class=1)

    def class_podiums(self):
        return self.filter(place_in_class__lte=3)

    def retirements(self):
        return self.filter(status="retired")

    def poles(self):
        """Pole positions, as they follow from list, grid and qualifying (news.derived.places)."""
        return self.filter(is_pole=True)

    def fastest_laps(self):
        return self.filter(is_fastest_lap=True)

    def by_date(self):
        """In the order in which they were driven."""
        session = "classification__session__"
        return self.order_by(
            f"{session}race__first_day",
            F(f"{session}starts_at").asc(nulls_last=True),
            f"{session}order",
            "pk",
        )

    def with_list(self):
        return self.select_related("classification__session__race")

    def with_team(self):
        """With car and team; what the team was called in that year stands in the lines themselves."""
        return self.select_related("entry__team").annotate(
            team_then=team_then("entry__team", OuterRef("entry__race__year"))
        )

    def with_car(self):
        """The same with the crew, at one further query for all lines together."""
        crew = apps.get_model("news.Crew").objects.select_related("driver")
        return self.with_team().prefetch_related(Prefetch("entry__crew", queryset=crew))

    def with_entry(self):
        """The same for pages that ask the entry for the team's name, at two further queries."""
        return self.with_car().select_related("entry__race").prefetch_related("entry__team__names")

    def with_race(self):
        return self.select_related(
            "classification__session__race__circuit", "classification__session__race__layout"
        )

    def with_crew_size(self):
        """With how many drivers shared the car."""
        crew = apps.get_model("news.Crew").objects.filter(entry=OuterRef("entry")).order_by().values("entry")
        return self.annotate(crew_size=Subquery(crew.annotate(size=Count("pk")).values("size")))


class ResultImportQuerySet(QuerySet):
    def standing(self):
        """Imports that were not taken back, the newest first."""
        return self.filter(undone_at=None).order_by("-created_at", "-pk")


class StandingQuerySet(QuerySet):
    def in_force(self):
        """The tables that follow from the results; of a season without one, what the series published."""
        computed = self.model.objects.filter(season=OuterRef("season"), computed=True)
        return self.filter(Q(computed=True) | ~Exists(computed))

    def of_year(self, year):
        return self.filter(season__year=year)

    def of_driver(self, driver):
        return self.filter(driver=driver)

    def newest_first(self):
        return self.with_names().order_by("-season__year", "pk")

    def with_names(self):
        """With series, driver and team; what the team was called in that year stands in the rows themselves."""
        return self.select_related("season__series", "driver", "team").annotate(
            team_then=team_then("team", OuterRef("season__year"))
        )

    def with_rounds(self):
        """With the season's scheme and its rounds, at one further query for all rows together."""
        rounds = apps.get_model("news.Round").objects.select_related("race")
        return self.select_related("season__scheme").prefetch_related(
            Prefetch("season__rounds", queryset=rounds.order_by("number"))
        )

    def in_order(self):
        """By championship and place; equals by name."""
        return self.with_names().order_by(
            "season__series__name",
            F("position").asc(nulls_last=True),
            "driver__last_name",
            "driver__first_name",
            "pk",
        )
