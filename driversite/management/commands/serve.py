"""`manage.py serve`: the production server as shipped. `make serve` prepares the site and ends here."""

import multiprocessing
from contextlib import suppress

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.core.servers.basehttp import get_internal_wsgi_application
from django.db import Error, connections

from driversite.serving.beside import Beside
from driversite.serving.sockets import Taken, listening
from driversite.serving.workers import Workers
from driversite.tasks.beside import COMMAND
from news.management.tables import lacking

MOST = 256


class Command(BaseCommand):
    help = "Serve the site: web server and task worker side by side, until SIGTERM or Ctrl-C ends both."

    def add_arguments(self, parser):
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on (%(default)s)")
        parser.add_argument("--port", type=int, default=8000, help="port to listen on (%(default)s)")
        parser.add_argument("--unix", default="", metavar="PATH", help="listen on this socket file instead")
        parser.add_argument("--workers", type=int, default=2, help="processes that answer (%(default)s)")
        parser.add_argument(
            "--web-only",
            action="store_true",
            help="without the task worker, which runs elsewhere: manage.py tasks",
        )

    def handle(self, *, host, port, unix, workers, web_only, **options):
        if not 1 <= workers <= MOST:
            raise CommandError(f"WORKERS must be a number from 1 to {MOST}: one for each core is right.")
        _refuse_other_tables()
        try:
            listeners = listening(host, port, unix, workers)
        except Taken as taken:
            raise CommandError(str(taken)) from taken
        # Only now: it begins a generation of pages, and empties the caches in front.
        application = get_internal_wsgi_application()
        # Workers are copies of this process: what it has loaded they need not load, what it has open they must not use.
        multiprocessing.set_start_method("fork", force=True)
        for connection in connections.all(initialized_only=True):
            connection.close()
            # PostgreSQL's pool has threads of its own, which no copy would have.
            getattr(connection, "close_pool", bool)()
        Workers(
            application,
            listeners,
            workers=workers,
            beside=None if web_only else Beside(COMMAND),
            logging_config=logging_like_ours(),
        ).run()


def _refuse_other_tables():
    """A database that is away will be back; one without our tables would be an error on every page."""
    with suppress(Error):
        if sentence := lacking():
            raise CommandError(sentence)


def logging_like_ours():
    """What granian has to complain about, such as a worker that has died, in the one format."""
    loggers = {name: {"handlers": ["console"], "propagate": False} for name in ("_granian", "granian.access")}
    return {name: settings.LOGGING[name] for name in ("formatters", "handlers")} | {"loggers": loggers}
