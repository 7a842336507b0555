"""Whoever changes results is alone with them: two at once would each count with half of what the other does."""

from contextlib import contextmanager

from django.contrib.contenttypes.models import ContentType
from django.db import transaction


@contextmanager
def one_at_a_time():
    """A transaction that waits until nobody else is changing results. Look at what is on record inside of it: what was
    read before may be old. Can be nested."""
    with transaction.atomic():
        # One row that every database has stands for all results; SQLite lets only one transaction write anyway.
        kinds = ContentType.objects.select_for_update(no_key=True)
        kinds.get(app_label="news", model="result")
        yield
