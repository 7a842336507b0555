"""Long lists in stretches: a page of them, or a part of the sitemap, costs the same wherever in the list it lies."""

from django.db.models import ExpressionWrapper, F, Func, IntegerField, Max, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest

# So many rows of the table are a part: a change is told by a short list, and none grows with the site.
PART = 500


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

    def parts(self):
        """(number, when visitors last saw a change in it) of each part with one of these articles. An index has it."""
        changed = Greatest(Coalesce("modified_at", "published_at"), "published_at")
        number = ExpressionWrapper(F("pk") / PART, output_field=IntegerField())
        rows = self.order_by().annotate(part=number).values_list("part").annotate(last=Max(changed))
        return sorted(rows)
