from django.apps import AppConfig
from django.db.models.signals import post_migrate

from news import searchindex


class NewsConfig(AppConfig):
    name = "news"

    def ready(self):
        post_migrate.connect(index_is_whole, sender=self)


def index_is_whole(**kwargs):
    """A migration that rewrites the table of articles takes its triggers with it, and none can know of those that come
    after it: so the index is looked at after all of them."""
    if searchindex.can_be() and not searchindex.is_whole():
        searchindex.make()
