from django.apps import AppConfig
from django.db.models.signals import post_migrate

from news import archive, headlineindex, searchindex, sitemapparts


class NewsConfig(AppConfig):
    name = "news"

    def ready(self):
        post_migrate.connect(triggers_are_whole, sender=self)


def triggers_are_whole(**kwargs):
    """A migration that rewrites the table of articles takes its triggers with it, and none can know of those that come
    after it: so they are looked at after all of them."""
    for kept in (searchindex, headlineindex, sitemapparts, archive):
        if kept.can_be() and not kept.is_whole():
            kept.make()
