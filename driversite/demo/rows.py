"""Rows of the demo: made once, brought back to what the demo says where they differ, else left alone."""

from collections import Counter

from django.db.models import Model

NEW, CHANGED, AS_BEFORE = "new", "changed", "as before"


class Rows:
    """Puts rows and counts what that did. Saves through the models, so their rules hold here as well."""

    def __init__(self):
        self.counts = Counter()

    def put(self, model: type[Model], key: dict, values: dict | None = None) -> Model:
        """The one row with this key, with these values."""
        row = model._default_manager.filter(**key).first()
        if row is None:
            row = model(**key, **(values or {}))
            return self._saved(row, NEW)
        different = {name: value for name, value in (values or {}).items() if getattr(row, name) != value}
        if not different:
            self.counts[AS_BEFORE] += 1
            return row
        for name, value in different.items():
            setattr(row, name, value)
        return self._saved(row, CHANGED)

    def put_all(self, model: type[Model], owner: dict, rows: list[dict]) -> None:
        """Exactly these rows for the owner, in this order; their "order" is counted here."""
        wanted = [row | {"order": place} for place, row in enumerate(rows, start=1)]
        present = list(model._default_manager.filter(**owner).order_by("order", "pk"))
        names = wanted[0] if wanted else ()
        if [{name: getattr(row, name) for name in names} for row in present] == wanted:
            self.counts[AS_BEFORE] += len(present)
            return
        model._default_manager.filter(**owner).delete()
        for values in wanted:
            self._saved(model(**owner, **values), CHANGED if present else NEW)

    def _saved(self, row, what):
        row.save()
        self.counts[what] += 1
        return row
