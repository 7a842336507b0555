"""`manage.py tasks`: does what shall be done outside requests, such as mails and the sizes of pictures."""

import os

from django.core.management import BaseCommand, CommandError
from django.utils import translation
from django.utils.translation import gettext as _

from driversite import models
from driversite.tasks.troubles import troubles
from driversite.tasks.worker import Worker
from news.management.tables import lacking
from news.management.terminal import language_of_terminal


class Command(BaseCommand):
    help = "Do what waits to be done outside requests, until it is stopped (SIGTERM or Ctrl-C)."

    def add_arguments(self, parser):
        how = parser.add_mutually_exclusive_group()
        how.add_argument("--once", action="store_true", help="end when nothing waits any more")
        how.add_argument(
            "--check", action="store_true", help="say what is wrong; the exit code is 1 if anything is"
        )
        how.add_argument(
            "--beside",
            action="store_true",
            help="end when the process that has started this one has ended",
        )

    def handle(self, *, once, check, beside, **options):
        if check:
            self._check()
        elif once:
            if sentence := lacking():
                raise CommandError(sentence)
            self.stdout.write(f"{Worker().run_once()} done.")
        else:
            Worker(beside=os.getppid() if beside else None).run()

    def _check(self):
        """For whoever watches the server: in the language of the terminal."""
        with translation.override(language_of_terminal()):
            said = [f"{trouble.heading}. {trouble.sentence}" for trouble in troubles()]
            if not models.Worker.objects.alive().exists():
                said.append(_("No worker gives a sign of life."))
            if said:
                raise CommandError("\n".join(said))
            self.stdout.write(_("All is well."))
