"""`manage.py fill_in deploy/nginx.conf`: a file of deploy/ as this machine needs it, on standard output."""

import re
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from driversite.environment.address import wrong
from driversite.site_files import beside_the_code, filled_in

WHERE = re.compile(r"([A-Za-z0-9_.-]+|\[[0-9a-f:.]+\]):\d+")


class Command(BaseCommand):
    help = "Print a file of deploy/ with the names and paths of this site, as the settings have them."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="such as deploy/nginx.conf or deploy/driversite.service")
        parser.add_argument(
            "--app",
            default="127.0.0.1:8000",
            metavar="HOST:PORT",
            help="where make serve listens (%(default)s)",
        )
        parser.add_argument(
            "--no-certificate",
            action="store_true",
            help="plain HTTP on port 80, where another machine in front ends HTTPS; so it is with an http:// SITE_URL",
        )
        parser.add_argument(
            "--brotli",
            action="store_true",
            help="where nginx has the module brotli_static (see operating.md)",
        )

    def handle(self, *, file, app, no_certificate, brotli, **options):
        if wrong(f"http://{app}") or not WHERE.fullmatch(app):
            raise CommandError(f"--app must be a host and its port, such as 127.0.0.1:8000, and not {app}.")
        try:
            text = file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", "it is no text")
            raise CommandError(f"{file} cannot be read ({reason}). Name a file of deploy/.") from error
        has_certificate = urlsplit(settings.SITE_URL).scheme == "https" and not no_certificate
        found = filled_in(text, app=app, has_certificate=has_certificate, has_brotli=brotli)
        self.stdout.write(found, ending="")
        if "ReadWritePaths=" in text and (names := beside_the_code()):
            self.stderr.write(
                f"{' and '.join(names)}: this is a folder that holds the code, so the service might change its own "
                "code. Give its data a folder of its own, see .env.example."
            )
