"""`manage.py import_results`: the organiser's file into a session, as the newsroom's import page does it."""

from argparse import ArgumentTypeError
from datetime import date
from pathlib import Path
from textwrap import fill

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_naive
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from news.derived.turns import one_at_a_time
from news.management.terminal import language_of_terminal
from news.models import Classification, Race, Season, Session
from news.slugs import slug_of
from news.timing.plan import CHANGED, NEW, UNCHANGED, plan_import
from news.timing.read import joined, read
from news.timing.rows import BadFile, StandingsFile
from news.timing.sheet import MEANINGS, UnknownColumns
from news.timing.standings import plan_standings, store_standings
from news.timing.store import Origin, news_of, store
from news.timing.tables import MOST_BYTES

# What can be said of which target only.
ONLY_WITH = {
    "race": ["date", "kind", "label"],
    "season": ["running"],
    "session": [],
}
NOT_OF_TABLES = ["state", "issued"]


def day(text):
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text} is no day. Write it like 2026-05-17.") from None


class Command(BaseCommand):
    help = "Import a result list (Al Kamel CSV, Ergast/Jolpica JSON, SRO XML, any spreadsheet as CSV) or a table."

    def add_arguments(self, parser):
        parser.add_argument(
            "file", type=Path, nargs="+", help="the organiser's file, or entry list and result list of an XML"
        )
        target = parser.add_mutually_exclusive_group(required=True)
        target.add_argument("--session", type=int, metavar="ID", help="the session that the list belongs to")
        target.add_argument("--race", metavar="NAME", help="a race by its name, made where it is missing")
        target.add_argument("--season", type=int, metavar="ID", help="the season of a championship table")
        parser.add_argument("--date", type=day, metavar="DAY", help="with --race: its day, as 2026-05-17")
        parser.add_argument(
            "--kind", choices=Session.Kind.values, help="with --race: which session of it; default: race"
        )
        parser.add_argument("--label", help="with --race: the session's number, where there are two")
        parser.add_argument(
            "--state", choices=Classification.State.values, help="default: as the file says, else provisional"
        )
        parser.add_argument("--issued", metavar="TIME", help="when the list was issued, as 2026-05-17T18:30")
        parser.add_argument("--source", default="", help="where the list comes from, as visitors read it")
        parser.add_argument(
            "--column",
            action="append",
            default=[],
            metavar="N=FIELD",
            help="what column N of a spreadsheet holds",
        )
        parser.add_argument(
            "--running", action="store_true", help="with --season: the table is not final yet"
        )
        parser.add_argument("--dry-run", action="store_true", help="do all of it, then take it back")

    def handle(self, *, file, **options):
        # The log of imports keeps the words as well.
        with override(language_of_terminal()):
            _refuse_strangers(options)
            name = ", ".join(path.name for path in file)
            try:
                self.report(*_import(file, name, options), options["dry_run"])
            except BadFile as error:
                problems = [_("%(file)s: nothing was stored.") % {"file": name}, *error.problems]
                raise CommandError("\n".join(problems)) from error

    def report(self, plan, log, dry_run):
        if log is None:
            self.stdout.write(_("Nothing changed: the list in force says the same already."))
            return
        brought = list(news_of(plan))
        for message in log.messages:
            self.stdout.write(f"  {message}")
        number = len(plan.lines)
        done = (
            ngettext(
                "Would store %(n)d line (%(counts)s) for %(target)s. Nothing was written.",
                "Would store %(n)d lines (%(counts)s) for %(target)s. Nothing was written.",
                number,
            )
            if dry_run
            else ngettext(
                "Stored %(n)d line (%(counts)s) for %(target)s.",
                "Stored %(n)d lines (%(counts)s) for %(target)s.",
                number,
            )
        )
        words = _("%(new)d new, %(changed)d changed, %(unchanged)d as before")
        counts = {
            "new": plan.counts[NEW],
            "changed": plan.counts[CHANGED],
            "unchanged": plan.counts[UNCHANGED],
        }
        said = "; ".join(filter(None, [words % counts, ", ".join(brought)]))
        self.stdout.write(done % {"n": number, "counts": said, "target": log.target})


def _refuse_strangers(options):
    """An option that would change nothing here was meant to change something."""
    for target, names in ONLY_WITH.items():
        for name in names:
            if options[name] and options[target] is None:
                words = _("--%(option)s goes with --%(target)s only.")
                raise CommandError(words % {"option": name, "target": target})
    if options["season"] is not None and (said := [name for name in NOT_OF_TABLES if options[name]]):
        raise CommandError(_("A championship table has no --%(option)s.") % {"option": said[0]})


def _import(paths, name, options):
    """(plan, log) of the import, in one transaction."""
    parts, mapping = [_bytes(path) for path in paths], _mapping(options["column"])
    source = _fit(Classification, "source", options["source"], "source")
    data, dry_run = joined(parts), options["dry_run"]
    with one_at_a_time():
        target = _season(options["season"]) if options["season"] is not None else _session(options)
        is_list = isinstance(target, Session)
        said = {"timed": not target.is_race} if is_list else {"standings": True}
        file = _read(data, mapping, name=name, **said)
        take = _import_list if is_list else _import_table
        found = take(file, target, Origin(name, data), options | {"source": source})
        transaction.set_rollback(dry_run)
    return found


def _bytes(path):
    """No more than tells that it is too much."""
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as error:
        words = _("%(file)s cannot be read: %(reason)s.")
        raise CommandError(words % {"file": path, "reason": error.strerror}) from error


def _fit(model, field, value, option):
    """The value, if this column takes it."""
    try:
        return model._meta.get_field(field).clean(value, None)
    except ValidationError as error:
        raise CommandError(f"--{option}: {' '.join(error.messages)}") from error


def _mapping(columns):
    """{0: "position"} of --column 1=position."""
    try:
        pairs = [column.split("=", 1) for column in columns]
        mapping = {int(number) - 1: meaning for number, meaning in pairs}
    except ValueError:
        mapping = {-1: ""}
    if min(mapping, default=0) < 0:
        raise CommandError(_("Write columns as --column 3=car, with the number of the column from 1."))
    if unknown := set(mapping.values()) - {"", *MEANINGS}:
        words = _("A column cannot hold %(unknown)s. Choose from: %(fields)s.")
        said = {"unknown": ", ".join(sorted(unknown)), "fields": ", ".join(MEANINGS)}
        raise CommandError(fill(words % said, 80))
    return mapping


def _read(data, mapping, **said):
    """The file; of columns without a heading those count as guessed that nothing was said of."""
    try:
        return read(data, mapping=mapping or None, **said)
    except UnknownColumns as error:
        known = {column.index: column.meaning for column in error.columns if column.meaning} | mapping
        if not mapping or any(column.index not in known for column in error.columns):
            raise CommandError(_which_columns(error.columns, known)) from error
    try:
        return read(data, mapping=known, **said)
    except UnknownColumns as error:
        raise CommandError(_which_columns(error.columns, known)) from error


def _which_columns(columns, known):
    lines = [
        f"  {column.index + 1}: {column.header or '—'} ({', '.join(column.samples)})"
        f" {'= ' + known[column.index] if column.index in known else '?'}"
        for column in columns
    ]
    ask = _("Name each column with a ?: --column N=FIELD; N= leaves one out.")
    return "\n".join([ask, *lines, fill(_("Fields: %(fields)s.") % {"fields": ", ".join(MEANINGS)}, 80)])


def _import_list(file, session, origin, options):
    if isinstance(file, StandingsFile):
        raise CommandError(_("This is a championship table, not a result list. Import it with --season ID."))
    plan = plan_import(
        session,
        file,
        state=options["state"] or file.state or Classification.State.PROVISIONAL,
        issued_at=_issued(options["issued"], session),
        source=options["source"],
    )
    return plan, store(plan, origin, dry_run=options["dry_run"])


def _import_table(file, season, origin, options):
    if not isinstance(file, StandingsFile):
        raise CommandError(
            _("This is the result list of a session, not a table. Import it with --session ID.")
        )
    plan = plan_standings(season, file, final=not options["running"], source=options["source"])
    return plan, store_standings(plan, origin, dry_run=options["dry_run"])


def _season(pk):
    season = Season.objects.filter(pk=pk).select_related("series").first()
    if season is None:
        words = _("There is no season %(id)d. The number stands in the address of its page in the admin.")
        raise CommandError(words % {"id": pk})
    return season


def _session(options):
    if options["session"] is None:
        return _session_of(_race(options), options)
    session = Session.objects.filter(pk=options["session"]).select_related("race__circuit").first()
    if session is None:
        words = _("There is no session %(id)d. The number stands in the address of its page in the admin.")
        raise CommandError(words % {"id": options["session"]})
    return session


def _race(options):
    name, day = options["race"], options["date"]
    if not day:
        raise CommandError(_("--race also wants --date, such as --date 2026-05-17."))
    races = Race.objects.of_year(day.year).filter(first_day__lte=day, last_day__gte=day)
    race = races.filter(slug=slug_of(name)).first() or races.filter(name=name).first()
    if race is None:
        race = Race(name=name, first_day=day)
        try:
            race.full_clean(exclude=["last_day"])
        except ValidationError as error:
            raise CommandError(" ".join(["--race, --date:", *error.messages])) from error
        race.save()
    return race


def _session_of(race, options):
    label = _fit(Session, "label", options["label"] or "", "label")
    return race.sessions.get_or_create(kind=options["kind"] or Session.Kind.RACE, label=label)[0]


def _issued(text, session):
    """The instant of --issued, by the clocks at the track where it names no zone."""
    if not text:
        return None
    try:
        instant = parse_datetime(text)
    except ValueError:
        instant = None
    if instant is None:
        words = _("--issued %(text)s is no time. Write it like 2026-05-17T18:30.")
        raise CommandError(words % {"text": text})
    instant = instant.replace(tzinfo=session.race.zone) if is_naive(instant) else instant
    return _fit(Classification, "issued_at", instant, "issued")
