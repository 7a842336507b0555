"""`manage.py import_results`: the organiser's file into a session, as the newsroom's import page does it."""

from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_naive

from news.models import Classification, Race, Season, Session
from news.slugs import slug_of
from news.timing.plan import CHANGED, NEW, UNCHANGED, plan_import
from news.timing.read import read
from news.timing.rows import BadFile, StandingsFile
from news.timing.sheet import MEANINGS, UnknownColumns
from news.timing.standings import plan_standings, store_standings
from news.timing.store import Origin, store

# A race is made for a file on the command line with this much of a weekend.
KINDS = Session.Kind.values


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
        parser.add_argument("--date", type=date.fromisoformat, help="with --race: its day, as 2026-05-17")
        parser.add_argument("--kind", choices=KINDS, default="race", help="with --race: which session of it")
        parser.add_argument(
            "--label", default="", help="with --race: the session's number, where there are two"
        )
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
            "--running", action="store_true", help="a championship table that is not final yet"
        )
        parser.add_argument("--dry-run", action="store_true", help="do all of it, then take it back")

    def handle(self, *, file, season, dry_run, **options):
        data = b"\n".join(map(_bytes, file))
        name = ", ".join(path.name for path in file)
        try:
            read_file = read(data, name=name, mapping=_mapping(options["column"]))
            with transaction.atomic():
                if season:
                    plan, log = _import_table(read_file, season, Origin(name, data), options, dry_run)
                else:
                    plan, log = _import_list(read_file, Origin(name, data), options, dry_run)
                transaction.set_rollback(dry_run)
        except BadFile as error:
            raise CommandError("\n".join([f"{name}: nothing was stored.", *error.problems])) from error
        except UnknownColumns as error:
            raise CommandError(_which_columns(error)) from error
        self.report(plan, log, dry_run)

    def report(self, plan, log, dry_run):
        if log is None:
            self.stdout.write("Nothing changed: the list in force says the same already.")
            return
        for message in log.messages:
            self.stdout.write(f"  {message}")
        counts = ", ".join(f"{plan.counts[what]} {what}" for what in (NEW, CHANGED, UNCHANGED))
        people, teams = len(plan.names.new_drivers), len(plan.names.new_clubs)
        done = "Would store" if dry_run else "Stored"
        self.stdout.write(
            f"{done} {len(plan.lines)} lines ({counts}) for {log.target};"
            f" {people} new drivers, {teams} new teams.{' Nothing was written.' if dry_run else ''}"
        )


def _bytes(file):
    try:
        return file.read_bytes()
    except OSError as error:
        raise CommandError(f"{file} cannot be read: {error.strerror}.") from error


def _mapping(columns):
    """{0: "position"} of --column 1=position; None where nothing is said."""
    try:
        pairs = [column.split("=", 1) for column in columns]
        mapping = {int(number) - 1: meaning for number, meaning in pairs}
    except ValueError as error:
        raise CommandError(
            "Write columns as --column 3=car, with the number of the column from 1."
        ) from error
    if unknown := set(mapping.values()) - {"", *MEANINGS}:
        raise CommandError(f"A column cannot hold {sorted(unknown)}. Choose from {', '.join(MEANINGS)}.")
    return mapping or None


def _which_columns(error):
    columns = [
        f"  {column.index + 1}: {column.header or '(no header)'} ({', '.join(column.samples)})"
        f" {'= ' + column.meaning if column.meaning else '?'}"
        for column in error.columns
    ]
    lines = [
        "Say what these columns hold, with --column N=FIELD for each (N= for one to leave out):",
        *columns,
    ]
    return "\n".join([*lines, f"Fields: {', '.join(MEANINGS)}."])


def _import_list(file, origin, options, dry_run):
    if isinstance(file, StandingsFile):
        raise CommandError("This is a championship table, not a result list. Import it with --season ID.")
    session = _session(options)
    plan = plan_import(
        session,
        file,
        state=options["state"] or file.state or Classification.State.PROVISIONAL,
        issued_at=_issued(options["issued"], session) or file.issued_at,
        source=options["source"],
    )
    return plan, store(plan, origin, dry_run=dry_run)


def _import_table(file, season, origin, options, dry_run):
    if not isinstance(file, StandingsFile):
        raise CommandError("This is the result list of a session, not a table. Import it with --session ID.")
    row = Season.objects.filter(pk=season).first()
    if row is None:
        raise CommandError(f"There is no season {season}.")
    plan = plan_standings(row, file, final=not options["running"], source=options["source"])
    return plan, store_standings(plan, origin, dry_run=dry_run)


def _session(options):
    if options["session"]:
        session = Session.objects.filter(pk=options["session"]).select_related("race__circuit").first()
        if session is None:
            raise CommandError(f"There is no session {options['session']}.")
        return session
    if not options["date"]:
        raise CommandError("--race also wants --date, such as --date 2026-05-17.")
    day = options["date"]
    races = Race.objects.of_year(day.year).filter(first_day__lte=day, last_day__gte=day)
    race = races.filter(slug=slug_of(options["race"])).first() or races.filter(name=options["race"]).first()
    if race is None:
        race = Race(name=options["race"], first_day=day)
        race.full_clean(exclude=["last_day"])
        race.save()
    return race.sessions.get_or_create(kind=options["kind"], label=options["label"])[0]


def _issued(text, session):
    """The instant of --issued, by the clocks at the track where it names no zone."""
    if not text:
        return None
    instant = parse_datetime(text)
    if instant is None:
        raise CommandError(f"--issued {text} is no time. Write it like 2026-05-17T18:30.")
    return instant.replace(tzinfo=session.race.zone) if is_naive(instant) else instant
