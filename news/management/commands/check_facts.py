"""`manage.py check_facts`: what a report says of its race, beside what the results know."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from news.checking import AGREES, CONTRADICTS, LANGUAGES, UNKNOWN, check
from news.management.terminal import language_of_terminal
from news.models import Race

# A report is some kilobytes; whoever names a picture or a backup has mistaken the file.
MOST_BYTES = 5_000_000
COLUMNS = ("quote", "kind", "said", "record", "verdict")


class Command(BaseCommand):
    help = (
        "Compare numbers and names of a report (text or HTML) with the results of its race; prints JSON rows."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="the report: plain text or HTML, in UTF-8")
        parser.add_argument("--race", type=int, required=True, metavar="ID", help="the race it is about")
        parser.add_argument(
            "--language", choices=list(LANGUAGES), required=True, help="the language it is written in"
        )

    def handle(self, *, file, race, language, **options):
        with override(language_of_terminal()):
            rows = check(_text(file), language, _race(race))
            self.stdout.write(json.dumps([_columns(row) for row in rows], ensure_ascii=False, indent=2))
            self.stderr.write(_count(rows), self.style.NOTICE)


def _columns(row):
    return {name: getattr(row, name) for name in COLUMNS}


def _text(file):
    try:
        with file.open("rb") as opened:
            data = opened.read(MOST_BYTES + 1)
    except OSError as error:
        words = _("%(file)s cannot be read: %(reason)s.")
        raise CommandError(words % {"file": file, "reason": error.strerror}) from error
    if len(data) > MOST_BYTES:
        raise CommandError(_("%(file)s is too large for a report: 5 MB at most.") % {"file": file})
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CommandError(_("%(file)s is no text in UTF-8. Save it as UTF-8.") % {"file": file}) from error


def _race(key):
    race = Race.objects.select_related("circuit").filter(pk=key).first()
    if race is None:
        raise CommandError(
            _("There is no race %(race)d. Its number stands in the address of its form.") % {"race": key}
        )
    return race


def _count(rows):
    found = {
        verdict: sum(row.verdict == verdict for row in rows) for verdict in (CONTRADICTS, AGREES, UNKNOWN)
    }
    words = ngettext(
        "%(n)d claim: %(contradicts)d contradicts, %(agrees)d agrees, %(unknown)d unknown.",
        "%(n)d claims: %(contradicts)d contradict, %(agrees)d agree, %(unknown)d unknown.",
        len(rows),
    )
    return words % {"n": len(rows), **found}
