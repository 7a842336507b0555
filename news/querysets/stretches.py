"""Long lists in stretches: a page of them, or a part of the sitemap, costs the same wherever in the list it lies."""

from django.apps import apps
from django.conf import settings
from django.db.models import CharField, Exists, F, Func, IntegerField, Max, OuterRef, QuerySet, Subquery
from django.utils import timezone

from news.sitemapparts import PART

# Spelt out, as it stands in the indexes: no index is found by an expression with a parameter in it, and SQLite compares
# with the number of a part only what it knows to be one.
PART_OF = Func(F("id"), template=f"CAST(%(expressions)s / {PART} AS integer)", output_field=IntegerField())


class AsTold(Func):
    """A time as a sitemap tells it. There are hundreds in a list, and for each a datetime would be made only to be
    written down again."""

    output_field = CharField()
    templates = {
        "sqlite": "replace(substr(%(expressions)s, 1, 19), ' ', 'T') || 'Z'",
        "postgresql": "to_char(%(expressions)s AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')",
    }

    def as_sql(self, compiler, connection, **extra):
        return super().as_sql(compiler, connection, template=self.templates[connection.vendor], **extra)


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

    def that_are_in(self, others):
        """These few as far as they are among the others, in whose order; each is looked up by its key, and not all the
        others for these."""
        return self.filter(Exists(others.filter(pk=OuterRef("pk")))).order_by(*others.query.order_by)

    def languages(self):
        """Those in which there is one of these: of each the first that is found will do. To tell them apart
        PostgreSQL would read all."""
        first = (self.filter(language=code).order_by()[:1] for code, _name in settings.LANGUAGES)
        found = self.model.objects.filter(pk__in=any_of(*first)).order_by()
        return {*found.values_list("language", flat=True)}

    def of_part(self, number):
        """One part of the articles, in which each stays for ever."""
        return self.filter(pk__gte=number * PART, pk__lt=(number + 1) * PART)


class ChangesOfParts(QuerySet):
    def listed(self, at=None):
        """[(part, when visitors last saw a change in it)] of each part of the sitemap with a public article."""
        at = at or timezone.now()
        articles = apps.get_model("news.Article").objects.alias(part=PART_OF).filter(part=OuterRef("part"))
        # One look into an index for each. As a value: of a condition PostgreSQL would look for all articles.
        last = Subquery(articles.public(at).order_by("-published_at").values("pk")[:1])
        changes = self.filter(at__lte=at).alias(last=last).filter(last__isnull=False)
        return list(changes.values_list("part").annotate(changed=AsTold(Max("at"))).order_by("part"))
