"""Where a page far down a long list begins: found by what was counted of each month (news/archive.py), not by passing
over all that is newer."""

from collections import Counter
from datetime import UTC, datetime

from django.apps import apps
from django.db.models import Exists, F, Func, IntegerField, OuterRef, QuerySet, Sum, Value

from news.archive import MONTH


class MonthOf(Func):
    output_field = IntegerField()

    def as_sql(self, compiler, connection, **extra):
        template = MONTH[connection.vendor].format("%(expressions)s")
        # Its only argument is a column, so no parameter has to be there twice.
        return super().as_sql(compiler, connection, template=template, **extra)


class ArchivedMonthQuerySet(QuerySet):
    def of_list(self, at, language, kind=None):
        """(a month, how many more visitors see of it) in the list of this language, or of a kind in it. What is told
        of a month adds up: those that stay, less those to come, and those that have an end."""
        these = {"language": language} | ({} if kind is None else {"kind": kind})
        every = apps.get_model("news.Article").objects.order_by()
        of_list = every.filter(**these)
        beside = {
            -1: of_list.scheduled(at).filter(expires_at=None),
            # From the few that have an end to those of this list, each by its key.
            1: every.filter(Exists(of_list.public(at).filter(pk=OuterRef("pk"))), expires_at__gt=at),
        }
        counted = self.filter(**these).values_list("month").annotate(number=Sum("number"))
        of_each = (
            rows.values_list(MonthOf(F("published_at")), Value(number, IntegerField()))
            for number, rows in beside.items()
        )
        return counted.union(*of_each, all=True)


def month_with(place, counted):
    """The month in which the article at this place of a list came out: (its end, how many of the list are newer than
    that); None behind the last one. `counted` is what `of_list()` answers."""
    numbers = Counter()
    for month, number in counted:
        numbers[month] += number
    newer = 0
    for month in sorted(numbers, reverse=True):
        if place < newer + numbers[month]:
            year, passed = divmod(month + 1, 12)
            return datetime(year, passed + 1, 1, tzinfo=UTC), newer
        newer += numbers[month]
    return None
