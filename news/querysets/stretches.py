"""Long lists in stretches: a page of them, or a part of the sitemap, costs the same wherever in the list it lies."""

from django.apps import apps
from django.db.models import F, Func, IntegerField, OuterRef, QuerySet, Subquery
from django.utils import timezone

from news.sitemapparts import PART

# Spelt out, as it stands in the indexes: no index is found by an expression with a parameter in it, and SQLite compares
# with the number of a part only what it knows to be one.
PART_OF = Func(F("id"), template=f"CAST(%(expressions)s / {PART} AS integer)", output_field=IntegerField())


def any_of(*parts):
    """For `pk__in`: the keys of all these few rows as one list. Of several lists with OR between them PostgreSQL reads
    the whole table."""
    each = (
        Func(Subquery(part.values("pk")), template="SELECT * FROM %(expressions)s AS part") for part in parts
    )
    return Func(*each, template="(%(expressions)s)", arg_joiner=" UNION ALL ", output_field=IntegerField())


class InStretches(QuerySet):
    """For articles."""

    def stretch(self, start, end):
        """Those from one place to the other, in the same order. An index holds all that the places before are passed
        over by; only the rows that are wanted are read."""
        keys = self.values("pk")[start:end]
        return self.model.objects.filter(pk__in=keys).order_by(*self.query.order_by)

    def of_part(self, number):
        """One part of the articles, in which each stays for ever."""
        return self.filter(pk__gte=number * PART, pk__lt=(number + 1) * PART)


class PartQuerySet(QuerySet):
    def listed(self, at=None):
        """[(number, when visitors last saw a change in it)] of each part with a public article: by what was written,
        and by what came out or ended at its time since then. Each is one look into an index."""
        at = at or timezone.now()
        articles = apps.get_model("news.Article").objects.alias(part=PART_OF).filter(part=OuterRef("number"))
        came = articles.public(at).order_by("-published_at").values("published_at")
        ended = articles.expired(at).order_by("-expires_at").values("expires_at")
        rows = self.order_by("number").annotate(came=Subquery(came[:1]), ended=Subquery(ended[:1]))
        return [
            (row.number, max(filter(None, (row.changed_at, row.came, row.ended)))) for row in rows if row.came
        ]
