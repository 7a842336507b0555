"""The newsroom's calendar: what appears and disappears when, beside the races and their sessions."""

from calendar import MONDAY, Calendar
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.utils.dateformat import format as written
from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR

from news.admin.steps import zone_words
from news.limits import OUR_YEARS
from news.models import Article, Race, Session

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Moment:
    """An article appears or disappears, or a session starts."""

    at: datetime
    article: Article | None = None
    session: Session | None = None
    is_the_end: bool = False


@dataclass(frozen=True)
class Day:
    """One day by the clocks of the newsroom, which are those of the site."""

    date: date
    is_outside: bool
    races: list[Race] = field(default_factory=list)
    moments: list[Moment] = field(default_factory=list)

    @property
    def is_empty(self):
        return not (self.races or self.moments)


class HasPlanner:
    """For the admin class of articles."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.planner_view)
        return [path("planner/", view, name="news_article_planner"), *super().get_urls()]

    def planner_view(self, request):
        if not self.has_view_permission(request):
            raise PermissionDenied
        first = _month_asked(request.GET.get("month", ""))
        weeks = _weeks(first)
        context = self.admin_site.each_context(request) | {
            "opts": self.opts,
            "title": written(first, "F Y"),
            "month": first,
            "weeks": weeks,
            "is_empty": all(day.is_empty for week in weeks for day in week),
            "today": timezone.localdate(),
            "weekdays": [(WEEKDAYS[number], WEEKDAYS_ABBR[number]) for number in range(7)],
            "previous": (first - DAY).replace(day=1),
            "following": _next(first),
            # As most of the month has it.
            "zone": zone_words(_midnight(first.replace(day=15))),
        }
        return render(request, "admin/news/planner.html", context)


def _month_asked(text):
    """The first day of a month written 2026-11; of this month for everything else."""
    try:
        first = datetime.strptime(text, "%Y-%m").date()
    except ValueError:
        return timezone.localdate().replace(day=1)
    # Its neighbours are links.
    return first if OUR_YEARS[0] < first.year < OUR_YEARS[-1] else timezone.localdate().replace(day=1)


def _next(first):
    return (first.replace(day=28) + 4 * DAY).replace(day=1)


def _weeks(first):
    weeks = Calendar(MONDAY).monthdatescalendar(first.year, first.month)
    start, end = weeks[0][0], weeks[-1][-1]
    races, moments = _races(start, end), _moments(_midnight(start), _midnight(end + DAY))
    return [
        [
            Day(day, (day.year, day.month) != (first.year, first.month), races[day], moments[day])
            for day in week
        ]
        for week in weeks
    ]


def _midnight(day):
    return timezone.make_aware(datetime.combine(day, time.min))


def _races(start, end):
    found = defaultdict(list)
    for race in Race.objects.between(start, end):
        days = (race.last_day - race.first_day).days
        for number in range(days + 1):
            found[race.first_day + number * DAY].append(race)
    return found


def _moments(start, end):
    """{day: what happens, in its order}. An article that has a time and is not released yet is planned for it."""
    local = timezone.localtime
    appear, expire = (ask(start, end) for ask in (Article.objects.appearing, Article.objects.expiring))
    rows = [
        *(Moment(local(row.published_at), article=row) for row in appear),
        *(Moment(local(row.expires_at), article=row, is_the_end=True) for row in expire),
        *(Moment(local(row.starts_at), session=row) for row in Session.objects.starting(start, end)),
    ]
    found = defaultdict(list)
    for moment in sorted(rows, key=lambda moment: moment.at):
        found[moment.at.date()].append(moment)
    return found
