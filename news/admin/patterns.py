"""What one race takes over from another: entries with their crews, and the timetable."""

from datetime import datetime, timedelta

from django.db.models import Max

from news.models import Crew, Entry, Race, Round, Season, Session

# How far back an editor looks for a pattern.
LATEST = 40


def cars_of(race, beside=None) -> list[Entry]:
    """The entries with their crews in the order of numbers; without cars whose number `beside` already has."""
    taken = set(beside.entries.exclude(number="").values_list("number", flat=True)) if beside else set()
    entries = Entry.objects.with_crew().filter(race=race)
    left = [entry for entry in entries if entry.number not in taken]
    return sorted(left, key=lambda entry: (entry.number.zfill(6), entry.pk))


def copy_cars(entries, race) -> list[Entry]:
    """Enter these cars with their crews in the race as well."""
    kept = ("number", "team_id", "car", "car_class", "cup", "guest")
    new = [Entry(race=race, **{name: getattr(entry, name) for name in kept}) for entry in entries]
    Entry.objects.bulk_create(new)
    crews = [
        Crew(entry=copy, driver_id=place.driver_id, order=place.order)
        for entry, copy in zip(entries, new, strict=True)
        for place in entry.crew.all()
    ]
    Crew.objects.bulk_create(crews)
    return new


def copy_timetable(sessions, race, days: int) -> list[Session]:
    """The same sessions so many days later, at the same time by the clocks at the track; in a shorter weekend what
    would come after its end is on its last day."""
    kept = ("kind", "label", "time_known", "planned_minutes", "planned_laps", "order")
    new = []
    for session in sessions:
        start = session.track_time
        if start:
            day = min(start.date() + timedelta(days=days), race.last_day)
            start = datetime.combine(day, start.time(), race.zone)
        new.append(Session(race=race, starts_at=start, **{name: getattr(session, name) for name in kept}))
    return Session.objects.bulk_create(new)


def add_round(race, series, number=None) -> Round:
    """The race counts for the season of its year, which begins like the one before where there is none yet."""
    season = Season.objects.filter(series=series, year=race.year).first()
    if not season:
        before = Season.objects.filter(series=series, year__lt=race.year).order_by("-year").first()
        rules = ("scheme", "counted", "by_class", "for_teams")
        same = {name: getattr(before, name) for name in rules} if before else {}
        season = Season.objects.create(series=series, year=race.year, **same)
    return Round.objects.create(race=race, season=season, number=number or next_number(season))


def next_number(season) -> int:
    return (season.rounds.aggregate(last=Max("number"))["last"] or 0) + 1


def patterns_for(race) -> list[Race]:
    """Races whose cars this one could take over: the last round of its season, then its last edition, then the rest."""
    with_cars = Race.objects.filter(pk__in=Entry.objects.values("race"))
    others = with_cars.exclude(pk=race.pk).order_by("-first_day", "-pk")
    before = others.filter(first_day__lte=race.first_day)
    season = before.filter(seasons__in=race.seasons.all(), year=race.year).first()
    same_place = before.filter(circuit=race.circuit_id) if race.circuit_id else before.filter(slug=race.slug)
    earlier = same_place.filter(year__lt=race.year)
    edition = earlier.filter(slug=race.slug).first() or earlier.first()
    return list(dict.fromkeys(filter(None, [season, edition, *others[:LATEST]])))


def patterns() -> list[Race]:
    """Races that a new one could be like, the last one with a car of ours first."""
    races = list(Race.objects.order_by("-first_day", "-pk")[:LATEST])
    ours = set(Entry.objects.ours().filter(race__in=races).values_list("race", flat=True))
    last = next((race for race in races if race.pk in ours), None)
    return list(dict.fromkeys(filter(None, [last, *races])))
