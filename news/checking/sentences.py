"""A report in sentences, and what the words around a place in a sentence say about it. Pure."""

import re
from dataclasses import dataclass
from functools import cached_property

from news.html import text_of
from news.slugs import folded

LONGEST = 1200
MARKUP = re.compile(
    r"</?(?:p|h[1-6]|div|ul|ol|li|blockquote|br|strong|em|a|figure|table|tr|td|html|body)\b[^<>]*>", re.I
)
INLINE = re.compile(r"</?(?:strong|em|a)\b[^<>]*>", re.I)
BLOCK = re.compile(
    r"</?(?:p|h[1-6]|div|ul|ol|li|blockquote|br|figure|table|tr|td|th|hr|title)\b[^<>]*>", re.I
)
END = re.compile(r"[.!?…]+[\"“”»«’')\]]*\s+(?=[\"„“»‚'(\[]*[A-ZÄÖÜ0-9#])")
ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:Nr|No|Co|ca|Dr|Prof|St|bzw|inkl|vs|Mr|Mrs|Min|Std|Sek|min|[A-Z])\.$"
)
DAY_OR_ORDINAL = re.compile(
    r"(?<![\w.,:])(?<!Platz )(?<!Rang )(?<!Position )(?<!Startplatz )(?<!Nummer )(?<!number )(?<!ersten )"
    r"(?<!top )(?<!P)\d{1,2}\.$"
)
CUTS = re.compile(r"(?<!\d)[,:](?=\s|$)|(?<=\d)[,:](?=\s)|[;()!?„“”\"»«]|\s[–—-]\s")
YEAR = re.compile(
    r"(?<![\d.,:])(?:19|20)\d\d(?![\d.,:]\d|\s*(?:Euro|Meter|Zuschauer|spectators|Fans|Kilometer|km))"
)
SMALL_WORD = re.compile(r"^(?:the|these|those|in|at|for|of|over|all|after|our|a|full|last) ")
CIRCUITS_NAMES = (
    "Spa|Monza|Hockenheim|Hockenheimring|Oschersleben|Zandvoort|Nürburgring|Sachsenring|Lausitzring|"
    "Norisring|Red Bull Ring|Salzburgring|Zolder|Le Mans|Daytona|Sebring|Bathurst|Dubai|Abu Dhabi|"
    "Silverstone|Brands Hatch|Barcelona|Misano|Imola|Macau|Suzuka|Watkins Glen|Paul Ricard|Valencia|"
    "Mugello|Estoril|Portimão|Slovakiaring|Magny-Cours|Laguna Seca|Kyalami"
)
CIRCUITS = CIRCUITS_NAMES.split("|")


@dataclass(frozen=True)
class Claim:
    """One thing that the text says. It is `open` where the words make it a statement about our car in this race."""

    kind: str
    quote: str
    said: str
    value: object
    start: int
    open: bool = True
    which: int | None = None


def blocks_of(text: str):
    """The paragraphs of a text or of rich text."""
    if MARKUP.search(text):
        # A word may be bold in part.
        parts = (text_of(INLINE.sub("", part)) for part in BLOCK.split(text))
    else:
        parts = (" ".join(part.split()) for part in re.split(r"\n\s*\n|(?<=[.!?“”\"])\s*\n", text))
    return [part for part in parts if part]


def split(text: str):
    """The sentences of a paragraph; a day or a number of a race ("6. April", "42. Auflage") ends none."""
    start = 0
    for end in END.finditer(text):
        before = text[max(start, end.start() - 20) : end.start() + 1]
        if text[end.start()] == "." and (ABBREVIATION.search(before) or DAY_OR_ORDINAL.search(before)):
            continue
        yield text[start : end.end()].strip()
        start = end.end()
    yield text[start:].strip()


def sentences_of(text: str):
    """(sentence, whether it begins a paragraph). None is longer than LONGEST: what is, is no sentence."""
    for block in blocks_of(text):
        begins = True
        for sentence in split(block):
            for start in range(0, len(sentence), LONGEST):
                yield sentence[start : start + LONGEST], begins
                begins = False


class Sentence:
    """One sentence with the words of its language and the record of its race."""

    def __init__(self, text, words, record, follows_another=False):
        self.text, self.words, self.record, self.follows_another = text, words, record, follows_another

    @cached_property
    def masked(self):
        """The sentence without the names of its own race and series, letter for letter in the same place."""
        text = self.text
        own = [name for name in self.record.names if len(name) > 2]
        for name in sorted(own, key=len, reverse=True):
            text = re.sub(rf"\b{re.escape(name)}", lambda found: " " * len(found[0]), text, flags=re.I)
        if "quali" in self.record.own_words:
            text = self.words.OWN_RACE.sub(lambda found: " " * len(found[0]), text)
        return self.words.SAME_AS_THEN.sub(lambda found: " " * len(found[0]), text)

    @cached_property
    def is_elsewhere(self):
        """Whether it speaks of another race, circuit, series or season."""
        return self._goes_on_elsewhere or self._is_itself_elsewhere

    @property
    def _goes_on_elsewhere(self):
        """Whether it only carries on a sentence about another race: it names nobody and no race of its own."""
        names = (last for _first, last in self.record.crew)
        return bool(
            self.follows_another and not self.names_own_race and not any(name in self.text for name in names)
        )

    @cached_property
    def is_about_another(self):
        """Whether a next sentence may go on about another race."""
        return (self.is_elsewhere or self.other_month) and not self.names_own_race

    @cached_property
    def _is_itself_elsewhere(self):
        return bool(
            self.words.STRONG_ELSEWHEN.search(self.masked)
            or any(self._is_other(found[0]) for found in self.words.OTHER_RACES.finditer(self.masked))
            or any(self._names(name) and self._is_other(name) for name in (*CIRCUITS, *self.record.elsewhere))
        )

    @cached_property
    def names_own_race(self):
        """Whether the race or its series is named."""
        found = self.words.OTHER_RACES.finditer(self.text)
        return self.masked != self.text or any(not self._is_other(name[0]) for name in found)

    def _names(self, name):
        return name in self.masked and re.search(rf"(?<![\w-]){re.escape(name)}(?!\w)", self.masked)

    def _is_other(self, name):
        own, key = self.record.own_words, SMALL_WORD.sub("", folded(name)).removesuffix("s")
        if key.startswith("24"):
            return "24" not in own or "quali" in own
        return key not in own

    @cached_property
    def is_elsewhen(self):
        """Whether it looks back or ahead: another year or month, "next week", "had already"."""
        return bool(
            self.is_elsewhere
            or self.words.ELSEWHEN.search(self.masked)
            or self.words.EARLIER.search(self.masked)
            or self.other_year
            or self.other_month
        )

    @cached_property
    def other_year(self):
        years = {self.record.first_day.year, self.record.last_day.year}
        return any(int(found[0]) not in years for found in YEAR.finditer(self.masked))

    @cached_property
    def other_month(self):
        """A month alone ("in June"); dates are compared elsewhere."""
        own = {self.record.first_day.month, self.record.last_day.month}
        months = re.finditer(r"\b[Ii][nm]\s+(?:Monat\s+)?([A-ZÄÖÜ]\w+)", self.masked)
        return any(self.words.MONTHS.get(found[1].casefold(), min(own)) not in own for found in months)

    @cached_property
    def cuts(self):
        return [0, *(cut.end() for cut in CUTS.finditer(self.text)), len(self.text) + 1]

    @cached_property
    def small_cuts(self):
        joints = (joint.end() for joint in self.words.CONJUNCTION.finditer(self.text))
        return sorted({*self.cuts, *joints})

    def clause(self, at, *, small=False):
        """(start, end) of the clause; with `small` also cut at "and" and "but"."""
        cuts = self.small_cuts if small else self.cuts
        after = next(n for n, cut in enumerate(cuts) if cut > at)
        start, end = cuts[after - 1], cuts[after]
        # A few words behind a comma belong to what stands before them: ", in 13th".
        if start and not small and self.text[:start].endswith(",") and len(self.text[start:end].split()) < 5:
            start = cuts[after - 2]
        return start, end

    def around(self, at, *, small=False):
        """The words of the clause, without the names of our own race."""
        start, end = self.clause(at, small=small)
        return self.masked[start:end]

    def is_final(self, at):
        """Whether it speaks of the end of the race: in so many words, or after as many laps as were driven."""
        return bool(self.words.FINAL.search(self.around(at))) or self._is_after_all_laps

    @cached_property
    def _is_after_all_laps(self):
        known = {line.laps for line in self.record.races if line.laps}
        laps = (next(filter(None, found.groups())) for found in self.words.LAPS.finditer(self.text))
        return any(self.words.value(said) in known for said in laps)

    def before(self, at, length=70):
        return self.text[max(0, at - length) : at]

    def after(self, at, length=70):
        return self.text[at : at + length]

    def is_unsure(self, at):
        """A hope, a condition, or denied in so many words."""
        words = self.words
        around, before = (words.CERTAIN.sub("", text) for text in (self.around(at), self.before(at)))
        missed = words.MISSED.search(around) and not words.STATED_BEFORE.search(before)
        return bool(missed or words.UNSURE.search(around) or words.NOT_BEFORE.search(before))

    @cached_property
    def named_race(self):
        """0 or 1 where it names the first or the second race of a weekend; "VLN Lauf 2" may be the name of both."""
        first, second = self.words.FIRST_RACE.search(self.masked), self.words.SECOND_RACE.search(self.masked)
        return None if bool(first) == bool(second) else 1 if second else 0

    @cached_property
    def which_race(self):
        """The same, or the one of the day that it names: "on Sunday"."""
        if self.named_race is not None or self.words.SECOND_RACE.search(self.masked):
            return self.named_race
        days, said = self.record.days_of_races, self.weekdays
        fitting = [n for n, day in enumerate(days) if day.weekday() in said]
        return fitting[0] if len(days) > 1 and len(fitting) == 1 else None

    @cached_property
    def weekdays(self):
        text = self.masked.casefold()
        return {
            day for name, day in self.words.WEEKDAYS.items() if re.search(rf"\b{name}(?:['’]?s)?\b", text)
        }
