"""The calendar as a month: weeks of days, each with its races and their sessions by the clocks at the track."""

from calendar import MONDAY, Calendar
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR

from news.limits import OUR_YEARS
from news.models import Race, Result, Session

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Part:
    """What a day sees of a session: its start, or how long it goes on from the day before."""

    session: Session
    start: datetime | None = None
    until: datetime | None = None
    results: tuple[Result, ...] = ()

    @property
    def is_open(self):
        """Only the day is certain, and the time may still be told."""
        return not self.session.known_start and not self.session.race.is_over()


@dataclass(frozen=True)
class Day:
    date: date
    is_outside: bool
    races: list[tuple[Race, list[Part]]]


def month(request, year, month):
    """The races of a month, with the days of its first and last week that belong to its neighbours.

    Months reach from the one before the first race to the one after the last, so that crawlers come to an end.
    """
    if not (1 <= month <= 12 and year in OUR_YEARS):
        raise Http404
    first = date(year, month, 1)
    around = Race.objects.around(first, _next(first) - DAY)
    if not (around["first"] and _before(around["first"]) <= first <= _next(around["last"])):
        raise Http404
    weeks = _weeks(first)
    return render(
        request,
        "news/calendar_month.html",
        {
            "month": first,
            "weeks": weeks,
            "is_empty": not any(day.races for week in weeks for day in week if not day.is_outside),
            "today": timezone.localdate(),
            "weekdays": [(WEEKDAYS[number], WEEKDAYS_ABBR[number]) for number in range(7)],
            "previous": _before(first) if first > _before(around["first"]) else None,
            "following": _next(first) if first < _next(around["last"]) else None,
            "nearest": [day for day in (around["before"], around["after"]) if day],
        },
    )


def month_to_open(races):
    """The present month, or the one next to it that the months of these races reach; None without any race."""
    if not races:
        return None
    first = _before(min(race.first_day for race in races))
    last = _next(max(race.last_day for race in races))
    return min(max(timezone.localdate().replace(day=1), first), last)


def _before(day):
    return (day.replace(day=1) - DAY).replace(day=1)


def _next(day):
    return (day.replace(day=28) + 4 * DAY).replace(day=1)


def _weeks(first):
    weeks = Calendar(MONDAY).monthdatescalendar(first.year, first.month)
    races = _races_by_day(weeks[0][0], weeks[-1][-1])
    return [
        [Day(day, (day.year, day.month) != (first.year, first.month), races[day]) for day in week]
        for week in weeks
    ]


def _races_by_day(first, last):
    """{day: [(race, what it brings that day)]}; sessions may begin the evening before the race's own days."""
    races = list(Race.objects.between(first - DAY, last + DAY).with_sessions())
    results = defaultdict(list)
    for line in Result.objects.current().in_races().ours().with_list().filter(entry__race__in=races):
        results[line.classification.session_id].append(line)
    found = defaultdict(list)
    for race in races:
        parts = defaultdict(list)
        for session in race.sessions.all():
            for day, part in _parts(session, tuple(results[session.pk])):
                parts[day].append(part)
        for day in sorted(_days(race.first_day, race.last_day) | set(parts)):
            found[day].append((race, parts[day]))
    return found


def _days(first, last):
    return {first + n * DAY for n in range((last - first).days + 1)}


def _parts(session, results):
    """(day at the track, what it sees of the session). Without a day only what has a result: it ended the weekend."""
    start = session.track_time
    if not start:
        if results:
            yield session.race.last_day, Part(session, results=results)
        return
    yield start.date(), Part(session, start=session.known_start and start, results=results)
    # What ends at midnight does not reach the next day.
    end = session.ends_at and session.ends_at.astimezone(start.tzinfo)
    last = (end - timedelta(microseconds=1)).date() if end else start.date()
    for day in sorted(_days(start.date(), last) - {start.date()}):
        yield day, Part(session, until=end if day == last else None)
