"""Taking back an import that has just been made."""

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from news.derived import results_changed
from news.derived.standings import refresh
from news.derived.turns import one_at_a_time
from news.models import (
    Classification,
    Crew,
    Driver,
    DriverAlias,
    Entry,
    ResultImport,
    Standing,
    Team,
    TeamAlias,
)


class CannotUndo(ValueError):
    """The message says why, and what can be done."""


def refuse_undo(log: ResultImport) -> None:
    """Raise CannotUndo where something stands on what this import made."""
    if log.undone_at:
        raise CannotUndo(_("This import has been taken back already."))
    if log.session_id is None and log.season_id is None:
        raise CannotUndo(_("What this import was for has been deleted."))
    same = ResultImport.objects.standing().filter(session=log.session_id, season=log.season_id)
    if same.first() != log:
        raise CannotUndo(_("A later import stands on this one. Take that one back first."))
    if log.session_id and log.classification_id is None:
        raise CannotUndo(_("The list of this import has been deleted."))
    of_race = ResultImport.objects.standing().filter(session__race__sessions=log.session_id, pk__gt=log.pk)
    if log.session_id and any(_changed_cars(log) & _changed_cars(later) for later in of_race):
        raise CannotUndo(_("A later import stands on this one. Take that one back first."))


def _changed_cars(log):
    """Ids of the cars that were on record and that the import changed."""
    before = log.footprint["before"]
    return {str(pk) for pk in [*before.get("entry", {}), *before.get("crew", {})]}


@one_at_a_time()
def undo(log: ResultImport) -> None:
    """Take away the list and everything that only this import brought; what was changed is as before.

    Rows that something else has come to use meanwhile stay. Raises CannotUndo.
    """
    log = ResultImport.objects.get(pk=log.pk)
    refuse_undo(log)
    made, before = log.footprint["made"], log.footprint["before"]
    Classification.objects.filter(pk=log.classification_id).delete()
    if log.season_id:
        _restore_standings(made, before)
        refresh([log.season])
    _restore_cars(made, before)
    if log.session:
        # First the computed tables: whoever stands in one is in use.
        results_changed([log.session.race_id])
    _delete_unused(made)
    log.undone_at = timezone.now()
    log.classification = None
    log.save(update_fields=["undone_at", "classification"])


def _restore_cars(made, before):
    teams = set(Team.objects.values_list("pk", flat=True)) if before.get("entry") else set()
    for pk, values in before.get("entry", {}).items():
        # The team of before may be gone meanwhile.
        kept = values | {"team_id": values["team_id"] if values["team_id"] in teams else None}
        Entry.objects.filter(pk=pk).update(**kept)
    crews = before.get("crew", {})
    Crew.objects.filter(entry__in=crews).delete()
    there = set(Entry.objects.filter(pk__in=crews).values_list("pk", flat=True))
    people = {driver for crew in crews.values() for driver, _order in crew}
    alive = set(Driver.objects.filter(pk__in=people).values_list("pk", flat=True))
    Crew.objects.bulk_create(
        Crew(entry_id=int(pk), driver_id=driver, order=order)
        for pk, crew in crews.items()
        if int(pk) in there
        for driver, order in crew
        if driver in alive
    )
    Entry.objects.filter(pk__in=made.get("entry", []), results=None).delete()


def _restore_standings(made, before):
    Standing.objects.filter(pk__in=made.get("standing", [])).delete()
    alive = {model: set(model.objects.values_list("pk", flat=True)) for model in (Driver, Team)}
    Standing.objects.bulk_create(
        Standing(**values)
        for values in before.get("standing", [])
        if values["driver_id"] in alive[Driver] | {None} and values["team_id"] in alive[Team] | {None}
    )


def _delete_unused(made):
    DriverAlias.objects.filter(pk__in=made.get("driveralias", [])).delete()
    TeamAlias.objects.filter(pk__in=made.get("teamalias", [])).delete()
    unused = Q(crews=None, standings=None, ours=False, portrait=None, facts=None, aliases=None)
    Driver.objects.filter(unused, pk__in=made.get("driver", [])).delete()
    Team.objects.filter(
        entries=None, standings=None, names=None, aliases=None, pk__in=made.get("team", [])
    ).delete()
