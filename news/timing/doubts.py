"""What an editor should look at before an import is stored."""

from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext as _

from news.models import Classification, Result


def doubts_about(plan) -> Iterator[str]:
    """A sentence for each thing in the plan that the editor should look at."""
    yield from plan.file.warnings
    yield from _contradictions(plan.file.rows)
    yield from _other_races(plan)
    for match in plan.names.drivers:
        if match.other_country:
            words = _("%(name)s: the file says %(file)s, our record %(known)s. The record stays as it is.")
            yield words % {"name": match.name, "file": match.country, "known": match.other_country}
    if plan.missing:
        entries = [line.entry for line in plan.missing]
        cars = ", ".join(f"#{entry.number}" if entry.number else entry.car or "#—" for entry in entries)
        yield _("Not in this file, but in the list in force: %(cars)s.") % {"cars": cars}
    order = list(Classification.State.values)
    if plan.current and order.index(plan.state) < order.index(plan.current.state):
        words = _("The list in force is already %(state)s; this one would take its place.")
        yield words % {"state": plan.current.get_state_display().lower()}
    if plan.file.state and plan.file.state != plan.state:
        states = dict(Classification.State.choices)
        words = _("By its name the file is %(file)s; it would be stored as %(chosen)s.")
        yield words % {"file": states[plan.file.state].lower(), "chosen": states[plan.state].lower()}
    if plan.file.timed == plan.session.is_race:
        yield (
            _("This looks like the list of a race, but the session is none.")
            if plan.session.is_race is False
            else _("This looks like a list of lap times, but the session is a race.")
        )


def _contradictions(rows):
    """Class places in the file that are not those which follow from its positions."""
    placed = sorted((row for row in rows if row.position and row.car_class), key=lambda row: row.position)
    so_far = Counter()
    for row in placed:
        so_far[row.car_class.casefold()] += 1
        derived = so_far[row.car_class.casefold()]
        if row.class_position and row.class_position != derived:
            yield _(
                "Line %(line)d: the file says place %(said)d in class %(name)s, by the positions it is %(derived)d."
                " What the file says is kept."
            ) % {"line": row.line, "said": row.class_position, "name": row.car_class, "derived": derived}


def _other_races(plan):
    """A race has one set of cars: who gets another crew, car or team gets it in the other races of the weekend too."""
    changes = {line.entry.pk: (line, said) for line in plan.lines if (said := _other_than_known(line))}
    if not changes:
        return
    elsewhere = Result.objects.current().in_races().exclude(classification__session=plan.session)
    titles = {}
    for result in (
        elsewhere.filter(entry__in=changes).select_related("classification__session").order_by("pk")
    ):
        titles.setdefault(result.entry_id, []).append(result.classification.session.title)
    words = _(
        "%(car)s also changes in %(sessions)s: %(changes)s. If that is wrong there, enter this session under a race "
        "of its own."
    )
    for pk, sessions in titles.items():
        line, said = changes[pk]
        car = f"#{line.row.number or line.entry.number or '—'}"
        yield words % {"car": car, "sessions": ", ".join(sessions), "changes": "; ".join(said)}


def _other_than_known(line):
    """Such as "BMW M4 GT3 → Porsche 911 GT3" for each thing that is on record and becomes another one."""
    pairs = [line.car_changes[name] for name in ("car", "team") if name in line.car_changes]
    if line.crew_changes:
        known = ", ".join(map(str, line.entry.crew_drivers))
        pairs.append((known, ", ".join(str(match.found or match.name) for match in line.crew)))
    return [f"{before} → {after}" for before, after in pairs if before]
