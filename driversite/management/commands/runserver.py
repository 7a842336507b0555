"""`manage.py runserver`, with what is done outside requests: whoever develops starts one command."""

from django.core.management import CommandError
from whitenoise.runserver_nostatic.management.commands.runserver import Command as Runserver

from driversite.tasks.beside import start_beside


class Command(Runserver):
    def run(self, **options):
        if int(self.port) > 65535:
            raise CommandError(f"The port must be a number from 1 to 65535, and {self.port} is none.")
        super().run(**options)

    def on_bind(self, server_port):
        """In the process that serves, and so anew with it after a change of the code; never in the one that watches."""
        super().on_bind(server_port)
        start_beside()
