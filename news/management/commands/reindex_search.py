"""`manage.py reindex_search`: what articles are found by, made anew from their texts."""

from django.core.management.base import BaseCommand, CommandError

from news import headlineindex, searchindex
from news.management.tables import lacking
from news.models import Article


class Command(BaseCommand):
    help = "Work out the words of all articles and make both indexes of the search anew."

    def add_arguments(self, parser):
        parser.add_argument(
            "--check", action="store_true", help="change nothing; fail where it is not as it should be"
        )

    def handle(self, *, check, **options):
        if sentence := lacking():
            raise CommandError(sentence)
        if check:
            return self.check_index()
        with searchindex.made_anew(), headlineindex.made_anew():
            changed = Article.objects.keep_words()
        self.stdout.write(
            f"{Article.objects.count()} articles are in the index; the words of {changed} had changed."
        )

    def check_index(self):
        if not searchindex.is_whole():
            raise CommandError(
                "The index of the search or one of its triggers is missing. Run it without --check."
            )
        there, known = set(Article.objects.values_list("pk", flat=True)), searchindex.known()
        if there != known:
            raise CommandError(
                f"{len(there - known)} articles are missing in the index of the search and {len(known - there)} are too"
                " many. Run it without --check."
            )
        if not headlineindex.is_right():
            raise CommandError(
                "The index of the headlines is missing or holds what they no longer say. Run it without --check."
            )
        self.stdout.write(f"All {len(there)} articles are in the index.")
