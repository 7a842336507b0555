"""From plan to tables: one transaction, bulk writes, a log entry that an undo can work from."""

import hashlib
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from news.derived import results_changed
from news.derived.turns import one_at_a_time
from news.models import (
    Classification,
    Crew,
    Driver,
    DriverAlias,
    Entry,
    Result,
    ResultImport,
    Team,
    TeamAlias,
)
from news.slugs import name_key
from news.timing.matching import How
from news.timing.plan import CHANGED, NEW, OF_CAR, UNCHANGED, Plan

# So many names stand in a sentence.
NAMED = 12
CAR = [*OF_CAR, "number", "team_id"]


@dataclass(frozen=True)
class Origin:
    """Where a file comes from, for the log."""

    file_name: str = ""
    data: bytes = b""
    user: object = None

    @property
    def checksum(self):
        return hashlib.sha256(self.data).hexdigest()


@one_at_a_time()
def store(plan: Plan, origin: Origin, *, dry_run: bool = False) -> ResultImport | None:
    """Write what the plan says; None where the list in force says it already. A dry run is the real run rolled back.

    The plan was made in the same turn (`one_at_a_time`), or what it says may no longer be so.
    The former lists stay as they are. Costs a fixed number of queries, plus a few for each thousand values.
    """
    if plan.is_as_before:
        return None
    made, before = {}, {}
    drivers = store_drivers(plan.names.drivers, made)
    teams = store_teams(plan.names.clubs, made)
    entries = _cars(plan, teams, made, before)
    _crews(plan, entries, drivers, made, before)
    classification = Classification.objects.create(
        session=plan.session, state=plan.state, issued_at=plan.issued_at, source=plan.source
    )
    Result.objects.bulk_create(
        Result(classification=classification, entry=entry, **line.values)
        for line, entry in zip(plan.lines, entries, strict=True)
    )
    results_changed([plan.session.race_id])
    log = _log(plan, origin, classification, {"made": made, "before": before})
    transaction.set_rollback(dry_run)
    return log


def store_drivers(matches, made) -> dict:
    """{key: driver} of all matches; new people get a record, corrected matches a spelling on the record they mean."""
    new = [match for match in matches if match.is_new]
    taken = set(Driver.objects.values_list("slug", flat=True)) if new else set()
    rows = []
    for match in new:
        driver = Driver(
            first_name=match.person.first_name,
            last_name=match.person.last_name,
            country=match.country,
            slug=Driver.slug_among(match.name, taken),
            name_key=name_key(match.name),
        )
        taken.add(driver.slug)
        rows.append(driver)
    made["driver"] = _ids(Driver.objects.bulk_create(rows))
    aliases = [
        DriverAlias(driver=match.found, name=match.name, name_key=name_key(match.name))
        for match in _chosen(matches)
    ]
    made["driveralias"] = _stored_aliases(DriverAlias, aliases)
    return {match.key: match.found for match in matches} | _by_key(new, rows)


def store_teams(matches, made) -> dict:
    """The same for teams."""
    new = [match for match in matches if match.is_new]
    rows = [Team(name=match.name, name_key=match.key[0]) for match in new]
    made["team"] = _ids(Team.objects.bulk_create(rows))
    aliases = [
        TeamAlias(team=match.found, name=match.name, name_key=match.key[0]) for match in _chosen(matches)
    ]
    made["teamalias"] = _stored_aliases(TeamAlias, aliases)
    return {match.key: match.found for match in matches} | _by_key(new, rows)


def _chosen(matches):
    """Corrected matches whose spelling the record does not know yet."""
    return [
        match for match in matches if match.how is How.CHOSEN and match.found.name_key != name_key(match.name)
    ]


def _stored_aliases(model, aliases):
    known = set(model.objects.values_list("name_key", flat=True)) if aliases else set()
    return _ids(model.objects.bulk_create([alias for alias in aliases if alias.name_key not in known]))


def _ids(rows):
    return [row.pk for row in rows]


def _by_key(matches, rows):
    return {match.key: row for match, row in zip(matches, rows, strict=True)}


def _cars(plan, teams, made, before):
    """The entries of the lines, in their order: those on record brought up to the file, the others made."""
    changed, new, entries = [], [], []
    before["entry"] = {}
    for line in plan.lines:
        team = teams[line.team.key] if line.team else None
        entry = line.entry
        if entry is None:
            entry = Entry(race=plan.session.race, team=team, number=line.row.number)
            new.append(entry)
        elif line.car_changes:
            before["entry"][entry.pk] = {name: getattr(entry, name) for name in CAR}
            changed.append(entry)
        for name in [*OF_CAR, "number"]:
            setattr(entry, name, getattr(line.row, name) or getattr(entry, name))
        entry.team = team or entry.team
        entries.append(entry)
    Entry.objects.bulk_create(new)
    Entry.objects.bulk_update(changed, [*OF_CAR, "number", "team"])
    made["entry"] = _ids(new)
    return entries


def _crews(plan, entries, drivers, made, before):
    """Who sits in which car, in the order of the file; a car without drivers in the file keeps those on record."""
    changed = [
        (entry, [drivers[match.key] for match in line.crew])
        for line, entry in zip(plan.lines, entries, strict=True)
        if line.crew and (line.entry is None or line.crew_changes)
    ]
    known = [line.entry for line in plan.lines if line.crew_changes]
    before["crew"] = {
        entry.pk: [[seat.driver_id, seat.order] for seat in entry.crew.all()] for entry in known
    }
    Crew.objects.filter(entry__in=known).delete()
    Crew.objects.bulk_create(
        Crew(entry=entry, driver=driver, order=order)
        for entry, crew in changed
        for order, driver in enumerate(crew)
    )


def _log(plan, origin, classification, footprint):
    return ResultImport.objects.create(
        session=plan.session,
        target=str(plan.session)[:250],
        classification=classification,
        user=origin.user,
        file_name=origin.file_name[:200],
        checksum=origin.checksum,
        provider=plan.file.provider,
        state=plan.state,
        new=plan.counts[NEW],
        changed=plan.counts[CHANGED],
        unchanged=plan.counts[UNCHANGED],
        messages=[*_names_of_new(plan), *plan.moves, *plan.warnings],
        footprint=footprint,
    )


def news_of(plan):
    """How many the file brings that are not on record, as parts of a sentence."""
    if count := len(plan.names.new_drivers):
        yield ngettext("%(n)d new driver", "%(n)d new drivers", count) % {"n": count}
    if count := len(plan.names.new_clubs):
        yield ngettext("%(n)d new team", "%(n)d new teams", count) % {"n": count}


def _names_of_new(plan):
    for words, matches in (
        (_("New drivers: %(names)s."), plan.names.new_drivers),
        (_("New teams: %(names)s."), plan.names.new_clubs),
    ):
        names = [match.name for match in matches[:NAMED]]
        if more := len(matches) - len(names):
            names.append(ngettext("%(n)d more", "%(n)d more", more) % {"n": more})
        if names:
            yield words % {"names": ", ".join(names)}
