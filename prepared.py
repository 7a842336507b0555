"""Questions that every page asks again: Django writes their SQL once in a process, and afterwards only values change.

For a page that is rendered anew, writing the SQL takes several times as long as the database takes to answer it.

    @prepared(at=DateTimeField(), slug=CharField())
    def article_at(at, slug):
        return Article.objects.public(at).filter(slug=slug)

    article_at(at=timezone.now(), slug="spa")    # a list of rows

The function is called once, with a place where each value will stand; so it must not look at a value, nor at the
language or the clock. What changes the SQL itself, such as from where to where a list is cut, is given by position.
"""

from copy import copy
from functools import lru_cache, partial, update_wrapper

from django.db import connections
from django.db.models import Value

# So many forms of one question are kept: those of the first pages of a list, not of a hundred thousand.
FORMS = 50


class Place(Value):
    """Where a value will stand."""

    def as_sql(self, compiler, connection):
        return "%s", [self]


class Prepared:
    def __init__(self, ask, fields):
        update_wrapper(self, ask)
        self._ask, self._fields = ask, fields
        self._written = lru_cache(FORMS)(self._write)

    def plain(self, *form, **values):
        """The same as an ordinary queryset, for whoever wants to ask further."""
        return self._ask(*form, **values)

    def __call__(self, *form, **values) -> list:
        rows, writers = self._written(*form)
        # A list and no queryset: a condition that is added now would not reach the SQL.
        rows = rows.all()
        rows.query.get_compiler = partial(self._compiler, writers, rows.query, values)
        return list(rows)

    def _write(self, *form):
        places = {name: Place(name, output_field=field) for name, field in self._fields.items()}
        return self._ask(*form, **places), {}

    def _compiler(self, writers, query, values, using=None, connection=None, elide_empty=True):
        connection = connection or connections[using]
        if connection.vendor not in writers:
            writer = type(query).get_compiler(query, connection=connection, elide_empty=elide_empty)
            sql, places = writer.as_sql()
            converters = writer.get_converters([column for column, *_rest in writer.select])
            writers[connection.vendor] = writer, sql, places, converters
        writer, sql, places, converters = writers[connection.vendor]
        compiler = copy(writer)
        compiler.connection, compiler.using, compiler.query = connection, using, query
        params = tuple(self._value(each, values, connection) for each in places)
        compiler.as_sql = lambda *args, **kwargs: (sql, params)
        compiler.get_converters = lambda columns: converters
        return compiler

    def _value(self, each, values, connection):
        if not isinstance(each, Place):
            return each
        field = self._fields[each.value]
        return field.get_db_prep_value(values[each.value], connection=connection)


def prepared(**fields):
    return lambda ask: Prepared(ask, fields)
