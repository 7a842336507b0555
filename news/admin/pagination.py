"""Pages of a long list of the newsroom: rows that are passed over are never read, and what is many is not counted."""

from django.core.paginator import Paginator
from django.utils.functional import cached_property

# Of a list that is narrowed down so many rows are counted and paged through; whoever wants others narrows it further.
COUNTED = 1000


class LongList(Paginator):
    """The whole list is counted by an index alone; the matches of filters and words up to a number."""

    @cached_property
    def found(self):
        rows = self.object_list.order_by()
        if not rows.query.where:
            return rows.count()
        return rows.values("pk")[: COUNTED + 1].count()

    @property
    def is_cut(self):
        return bool(self.object_list.query.where) and self.found > COUNTED

    @property
    def count(self):
        return COUNTED if self.is_cut else self.found

    def page(self, number):
        """The keys of the page by themselves, which an index holds in order; then what these rows show."""
        number = self.validate_number(number)
        start = (number - 1) * self.per_page
        keys = self._keys(start, min(start + self.per_page, self.count))
        return self._get_page(self.object_list.filter(pk__in=keys), number, self)

    def _keys(self, start, end):
        """From the end that is nearer: whoever wants the last page does not pass over all others."""
        keys = self.object_list.values_list("pk", flat=True)
        if start > self.found - end and not self.is_cut:
            return list(keys.reverse()[self.found - end : self.found - start])
        return list(keys[start:end])
