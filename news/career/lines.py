"""What a line of a result list says of a race."""

from news.models import Result, Session


def has_started(line):
    return line.status not in (Result.Status.NOT_STARTED, Result.Status.WITHDRAWN)


def has_outcome(line):
    """Whether the line says where the car came in, or why it did not."""
    return line.position is not None or line.status in Result.CODES


def came_in(line):
    """Whether the car has a place; None where the line does not say."""
    if line.position is not None or line.position_or_better is not None:
        return True
    return False if line.status in Result.CODES else None


def places_gained(line):
    """From the grid to the finish; 0 where one of the two is not known or nothing was gained."""
    return max(0, int(line.grid) - line.position) if line.position and line.grid.isdecimal() else 0


def metres(line):
    layout = line.race.layout
    return line.laps * layout.length_m if line.laps is not None and layout and layout.length_m else None


def does_count(line, qualifying_races):
    """Whether a race stands in the numbers at all: of qualifying races the site's setting says it."""
    return qualifying_races or line.classification.session.kind != Session.Kind.QUALIFYING_RACE
