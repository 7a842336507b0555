"""What follows from results and is never typed. Whoever changes results, calls `results_changed`."""

from news.checking.contradictions import look_again_at_races
from news.derived.places import derive_places
from news.derived.standings import refresh
from news.models import Round


def results_changed(races) -> None:
    """Bring up to date what follows from the result lists of these races (rows or their ids)."""
    races = {getattr(race, "pk", race) for race in races}
    derive_places(races)
    refresh(Round.objects.filter(race__in=races).values_list("season", flat=True))
    look_again_at_races(races)
