"""The order of a list in which nobody has stated a position: by laps and times."""

from collections import Counter

from news.models import Classification, Result


def place_by_times(result_list: Classification) -> int:
    """Give the finished cars of the list the positions that follow from laps and times; say how many got one.

    None gets one (0) where a position is stated already, or where laps or times leave the order open. Equal ones
    share a place. Whoever calls this, calls `results_changed` afterwards.
    """
    lines = list(result_list.results.all())
    finished = [line for line in lines if line.status == Result.Status.FINISHED and line.classified]
    order = _by_laps_and_time if result_list.session.is_race else _by_best_lap
    keys = order(finished)
    if len(finished) < 2 or any(line.position or line.position_or_better for line in lines) or not keys:
        return 0
    for line in finished:
        line.position = 1 + sum(key < keys[line.pk] for key in keys.values())
    return Result.objects.bulk_update(finished, ["position"])


def _by_best_lap(lines):
    keys = {line.pk: line.best_lap_ms for line in lines}
    return keys if None not in keys.values() else {}


def _by_laps_and_time(lines):
    """Times decide among cars with as many laps; a car alone on its number of laps needs none."""
    rivals = Counter(line.laps for line in lines)
    if None in rivals or any(line.total_time_ms is None for line in lines if rivals[line.laps] > 1):
        return {}
    return {line.pk: (-line.laps, line.total_time_ms or 0) for line in lines}
