"""The cells of one row of a JSON or XML file, read by name as those of a table are read by column. Pure."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from news.limits import MOST_LAPS, MOST_PLACES
from news.times import LONGEST as LONGEST_TIME
from news.timing.rows import Person
from news.timing.tables import Cells, Line
from news.timing.words import LONGEST, is_nobody, person


class NamedCells(Cells):
    """A row of a file without lines: its place in the list, from 1, is what messages say."""

    def __init__(self, row: int, values: Mapping[str, str], problems: list[str]):
        super().__init__(
            Line(row, tuple(values.values())), {name: n for n, name in enumerate(values)}, {}, problems
        )
        self.row = row

    def name_of(self, field: str, name: str) -> str:
        """A text that goes into this field of the models."""
        return self.text(name, LONGEST[field])

    def place(self, name: str) -> int | None:
        """0 stands for no place."""
        return self.whole(name, MOST_PLACES) or None

    def laps(self, name: str) -> int | None:
        return self.whole(name, MOST_LAPS)

    def thousandths(self, name: str) -> int | None:
        """A time in whole milliseconds; 0 stands for none."""
        return self.whole(name, LONGEST_TIME) or None

    def person(self, first: str, last: str, country: str) -> Person | None:
        """The driver whose name stands in these cells; None where nobody is named."""
        names = [self.text(name) for name in (first, last)]
        if all(is_nobody(name) for name in names):
            return None
        try:
            return person(*names, self.text(country))
        except ValueError as problem:
            self.refuse(last, str(problem))
            return None

    def refuse(self, column: str, problem: str) -> None:
        place = {"row": self.row, "name": column[:60], "problem": problem}
        self.problems.append(_("Row %(row)d, %(name)s: %(problem)s") % place)
