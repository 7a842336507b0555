"""What the lists of articles, and those of races and all that belongs to them, can be narrowed to."""

from django.conf import settings
from django.contrib.admin import SimpleListFilter
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from news.admin.release import STATES
from news.models import Article, Entry, Round, Season, Series


class ArticleState(SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [(state, capfirst(words)) for state, words in STATES.items()]

    def queryset(self, request, articles):
        if self.value() not in STATES:
            return articles
        if self.value() == "public":
            # Nearly all of them: the order of the list finds the first ones soonest.
            return articles.public()
        # Few, by their keys: SQLite takes each stage for as frequent as any other, and would look for them in the order
        # of the list through all that were ever released.
        return articles.filter(pk__in=self._few().values("pk"))

    def _few(self):
        released = Article.objects.in_stage(Article.Stage.RELEASED)
        match self.value():
            case "scheduled":
                return released.scheduled()
            case "expired":
                return released.expired()
            case stage:
                return Article.objects.in_stage(stage)


class ReleaseYear(SimpleListFilter):
    """By year. Django's own date navigation reads every row to find the years; this asks for the first and last."""

    title = _("year")
    parameter_name = "year"

    def lookups(self, request, model_admin):
        ends = []
        for language, _name in settings.LANGUAGES:
            released = Article.objects.in_language(language).filter(stage=Article.Stage.RELEASED)
            times = released.order_by("published_at").values_list("published_at", flat=True)
            ends += [moment for moment in (times.first(), times.last()) if moment]
        if not ends:
            return []
        first, last = (timezone.localtime(moment).year for moment in (min(ends), max(ends)))
        return [(str(year), str(year)) for year in range(last, first - 1, -1)]

    def queryset(self, request, articles):
        known = dict(self.lookup_choices)
        if self.value() not in known:
            return articles
        return articles.in_stage(Article.Stage.RELEASED).filter(published_at__year=self.value())


class ByRace(SimpleListFilter):
    """For lists whose admin class knows by `race_path` which race a row belongs to."""

    def __init__(self, request, params, model, model_admin):
        self.race_path = model_admin.race_path
        super().__init__(request, params, model, model_admin)

    def queryset(self, request, rows):
        if self.value() not in dict(self.lookup_choices):
            return rows
        return rows.filter(**{f"{self.race_path}__in": self.races(self.value())})


class OfSeries(ByRace):
    title = _("series")
    parameter_name = "series"

    def lookups(self, request, model_admin):
        return [(str(pk), name) for pk, name in Series.objects.values_list("pk", "name")]

    def races(self, series):
        return Round.objects.filter(season__series=series).values("race")


class OfSeason(ByRace):
    """The seasons of the series that is chosen beside it; else the newest ones, so that the choice stays short."""

    title = _("season")
    parameter_name = "season"
    SHORT = 10

    def lookups(self, request, model_admin):
        series, chosen = request.GET.get("series"), self.value()
        seasons = list(Season.objects.select_related("series"))
        if of_series := [season for season in seasons if str(season.series_id) == series]:
            shown = of_series
        else:
            shown = seasons[: self.SHORT]
        shown += [season for season in seasons if str(season.pk) == chosen and season not in shown]
        return [(str(season.pk), str(season)) for season in shown]

    def races(self, season):
        return Round.objects.filter(season=season).values("race")


class Ours(ByRace):
    """Cars and lines with our drivers; races, sessions and lists where one of our cars is entered."""

    title = _("crew")
    parameter_name = "ours"

    def lookups(self, request, model_admin):
        return [("yes", _("With our drivers"))]

    def queryset(self, request, rows):
        if self.value() == "yes" and hasattr(rows, "ours"):
            return rows.ours()
        return super().queryset(request, rows)

    def races(self, _yes):
        return Entry.objects.ours().values("race")


# What lists of races and of what belongs to them begin with.
OF_RACES = [OfSeries, OfSeason, Ours]
