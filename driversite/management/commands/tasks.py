"""`manage.py tasks`: does what shall be done outside requests, such as mails and the sizes of pictures."""

import os

from django.core.management import BaseCommand

from driversite.tasks.worker import Worker


class Command(BaseCommand):
    help = "Do what waits to be done outside requests, until it is stopped (SIGTERM or Ctrl-C)."

    def add_arguments(self, parser):
        how = parser.add_mutually_exclusive_group()
        how.add_argument("--once", action="store_true", help="end when nothing waits any more")
        how.add_argument(
            "--beside",
            action="store_true",
            help="end when the process that has started this one has ended",
        )

    def handle(self, *, once, beside, **options):
        worker = Worker(beside=os.getppid() if beside else None)
        if once:
            self.stdout.write(f"{worker.run_once()} done.")
        else:
            worker.run()
