"""`manage.py fill_in deploy/nginx.conf`: a file of deploy/ as this machine needs it, on standard output."""

from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from driversite.site_files import beside_the_code, filled_in


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
        try:
            text = file.read_text()
        except OSError as error:
            raise CommandError(
                f"{file} cannot be read ({error.strerror}). Name a file of deploy/."
            ) from error
        has_certificate = urlsplit(settings.SITE_URL).scheme == "https" and not no_certificate
        found = filled_in(text, app=app, has_certificate=has_certificate, has_brotli=brotli)
        self.stdout.write(found, ending="")
        if "ReadWritePaths=" in text and (names := beside_the_code()):
            self.stderr.write(
                f"{' and '.join(names)}: this is a folder that holds the code, so the service might change its own "
                "code. Give its data a folder of its own, see .env.example."
            )
