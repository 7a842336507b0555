"""One way to change an article that somebody may have open: alone with its row, from the state that was looked at,
and the state that comes of it is kept in its history."""

from contextlib import contextmanager

import reversion
from django.db import transaction

from news.models import Article


class Stale(Exception):
    """Somebody saved the article after this editor had opened it. `stored` is the article as it stands."""

    def __init__(self, stored):
        super().__init__(f"{stored} was saved in the meantime (version {stored.version}).")
        self.stored = stored


@contextmanager
def new_version(pk, user, *, seen=None, comment=""):
    """Hand out the stored article, locked; what is saved inside becomes one version of its history, with who and when.

    `seen` is the `Article.version` that the change was made from; without it the change goes for any state, as that
    of a stage does. Raises Stale where the article has moved on, Article.DoesNotExist where it was deleted; nothing is
    stored then.
    """
    with transaction.atomic(), reversion.create_revision():
        stored = Article.objects.select_for_update().get(pk=pk)
        if seen is not None and stored.version != seen:
            raise Stale(stored)
        reversion.set_user(user)
        reversion.set_comment(comment)
        yield stored
