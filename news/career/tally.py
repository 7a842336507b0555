"""All numbers of some races: of a whole career, of a season, of a circuit."""

from dataclasses import dataclass
from functools import cached_property

from news.career import questions
from news.career.questions import Figure
from news.models import Result, Standing


@dataclass(frozen=True)
class Tally:
    """What numbers are counted from: lines of races, and the final standings of seasons without any."""

    lines: tuple[Result, ...]
    unrecorded: tuple[Standing, ...]

    @cached_property
    def starts(self):
        return self._count(questions.STARTS)

    @cached_property
    def wins(self):
        return self._count(questions.WINS)

    @cached_property
    def podiums(self):
        return self._count(questions.PODIUMS)

    @cached_property
    def poles(self):
        return self._count(questions.POLES)

    @cached_property
    def best(self):
        return questions.best_finish(self.lines, self.unrecorded)

    @property
    def in_brief(self):
        """The numbers of a row in a table of groups."""
        return [
            self.starts,
            self.wins,
            self.podiums,
            self.poles,
            self._count(questions.CLASS_WINS),
            self._count(questions.RETIREMENTS),
            self.best,
        ]

    @cached_property
    def figures(self):
        """All numbers in the order of a page; who has no record has none."""
        if not self.lines and not self.unrecorded:
            return []
        return [
            self.starts,
            self.wins,
            self.podiums,
            questions.titles(self.final_standings),
            self.best,
            questions.most_places_gained(self.lines),
            self.poles,
            self._count(questions.FASTEST_LAPS),
            self._count(questions.CLASS_WINS),
            self._count(questions.CLASS_PODIUMS),
            questions.best_in_class(self.lines),
            self._count(questions.RETIREMENTS),
            questions.total(questions.LAPS, self.lines, self.unrecorded),
            questions.total(questions.KILOMETRES, self.lines, self.unrecorded),
        ]

    @property
    def final_standings(self):
        """Where titles are looked for."""
        return self.unrecorded

    @property
    def unknown(self):
        """The numbers that cannot be given: too little is recorded."""
        return [figure for figure in self.figures if figure.value is None]

    def figure(self, key) -> Figure:
        """The number of that name; raises LookupError."""
        return next((each for each in self.figures if each.question.key == key), None) or _no(key)

    def _count(self, question):
        """Of nothing there is no number, not even nought."""
        if not self.lines and not self.unrecorded:
            return Figure(question, None)
        return questions.count(question, self.lines, self.unrecorded)


def _no(what):
    raise LookupError(what)
