"""Questions about addresses that a page once had."""

from django.db.models import QuerySet


def _with_parents(path):
    parts = path.split("/")[:-1]
    return [path, *("/".join(parts[:end]) + "/" for end in range(2, len(parts) + 1))]


# What a former address can lead to.
TARGETS = ("article", "race", "page", "driver")


class FormerAddressQuerySet(QuerySet):
    def above(self, path):
        """The address itself, else the nearest one that it lies below; None without any."""
        return self.above_each([path])[path]

    def above_each(self, paths):
        """{path: what `above(path)` finds}: one question for any number of them."""
        # No address holds the sign that PostgreSQL cannot even look for.
        lines = {path: [] if "\0" in path else _with_parents(path) for path in paths}
        wanted = {each for line in lines.values() for each in line}
        rows = {row.path: row for row in self.select_related(*TARGETS).filter(path__in=wanted)}
        return {
            path: rows.get(max((each for each in line if each in rows), key=len, default=None))
            for path, line in lines.items()
        }

    def remember(self, target, paths):
        """Keep these addresses for the target; whoever held one before loses it."""
        for path in paths:
            self.update_or_create(
                path=path,
                defaults=dict.fromkeys(TARGETS) | {target._meta.model_name: target},
            )

    def bury(self, paths):
        """What was at these addresses is gone."""
        for path in paths:
            self.update_or_create(path=path, defaults=dict.fromkeys(TARGETS))

    def forget(self, paths):
        """An address in use again is no former one."""
        self.filter(path__in=paths).delete()
