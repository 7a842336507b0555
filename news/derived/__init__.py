"""What follows from results and is never typed. Whoever changes results, calls `results_changed`."""

from news.derived.places import derive_places


def results_changed(races) -> None:
    """Bring up to date what follows from the result lists of these races (rows or their ids)."""
    races = {getattr(race, "pk", race) for race in races}
    derive_places(races)
