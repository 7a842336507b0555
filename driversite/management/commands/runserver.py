"""`manage.py runserver`, with what is done outside requests: whoever develops starts one command."""

from whitenoise.runserver_nostatic.management.commands.runserver import Command as Runserver

from driversite.tasks.beside import start_beside


class Command(Runserver):
    def on_bind(self, server_port):
        """In the process that serves, and so anew with it after a change of the code; never in the one that watches."""
        super().on_bind(server_port)
        start_beside()
