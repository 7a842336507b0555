"""`manage.py demo`: a site that looks as if somebody had worked with it. Safe to repeat."""

from django.core.management.base import BaseCommand, CommandError

from driversite.demo.generated import generate_articles
from driversite.demo.load import is_demo, is_empty, load

PROGRESS_EVERY = 10_000


class Command(BaseCommand):
    help = "Fill the site with the demo: a driver's season 2014, articles, photos, partners, pages, users."

    def add_arguments(self, parser):
        parser.add_argument("--if-empty", action="store_true", help="only where no article and no race is")
        parser.add_argument("--articles", type=int, default=0, metavar="N", help="add N generated articles")
        parser.add_argument("--password", default="", help="one for the demo's users, instead of random ones")

    def handle(self, *, if_empty, articles, password, **options):
        if articles < 0:
            raise CommandError(f"--articles takes a number of articles to add, not {articles}.")
        if if_empty and not is_empty():
            self.stdout.write("The site has content already: nothing was added.")
            return
        if not is_empty() and not is_demo():
            raise CommandError(
                "This site has articles or races of its own. The demo would rename it and mix with them: it"
                " changed nothing. Give it an empty database, such as DATABASE_URL=sqlite:////tmp/demo.sqlite3."
            )
        demo = load(password=password)
        self.show_logins(demo.users)
        for done in generate_articles(articles):
            if done % PROGRESS_EVERY == 0:
                self.stdout.write(f"{done} of {articles} generated articles")
        parts = ", ".join(f"{number} {noun}" for noun, number in demo.parts.items())
        rows = ", ".join(f"{number} {what}" for what, number in demo.counts.items())
        generated = f", and {articles} generated articles were added" if articles else ""
        self.stdout.write(f"The demo has {parts} (rows: {rows}){generated}.")

    def show_logins(self, users):
        self.stdout.write(f"{'Role':<16}{'User':<12}Password")
        for user, password in users.values():
            role = user.groups.first().name
            self.stdout.write(f"{role:<16}{user.username:<12}{password or 'as it was'}")
        if any(password for _, password in users.values()):
            self.stdout.write("These passwords are shown only once.")
        self.stdout.write("")
