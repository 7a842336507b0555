"""Whom a sentence is about: our car, or another. Pure."""

import re

from news.checking.numbers import one_of
from news.slugs import SPELT_OUT

MAKES_NAMES = (
    "Audi|Mercedes|Mercedes-Benz|Mercedes-AMG|Porsche|BMW|Ferrari|Lamborghini|Nissan|Bentley|McLaren|"
    "Aston Martin|Corvette|Opel|Toyota|Lexus|Ford|Chevrolet|Camaro|Honda|Acura|Hyundai|KTM|Ginetta|"
    "Jaguar|Maserati|Renault|Seat|Cupra|Volkswagen|VW|Alpina|Glickenhaus|Manthey"
)
MAKES = MAKES_NAMES.split("|")


class Subjects:
    """Finds who is named in the sentences of a report."""

    def __init__(self, words, record):
        self.words, self.record = words, record
        # The sentence read last: all claims of one are asked for in a row.
        self.last, self.found = None, []
        self.ours = _names(record.crew)
        theirs = [name for name in _names(record.others) if name not in self.ours]
        cars = " ".join(record.cars).casefold()
        own = f"{cars} {record.own_words}"
        makes = [make for make in MAKES if cars and make.casefold() not in own]
        self.us = re.compile(rf"\b{one_of(self.ours)}(?:s|'s|’s)?\b") if self.ours else None
        others = [*theirs, *makes]
        self.others = re.compile(rf"\b{one_of(map(re.escape, others))}(?:s|'s|’s)?\b") if others else None

    def mentions(self, sentence):
        """[(start, end, is it us, is it only an object)] in the order of the text."""
        if sentence is not self.last:
            self.last, self.found = sentence, self._mentions(sentence)
        return self.found

    def _mentions(self, sentence):
        found = [(m.start(), m.end(), True) for m in (self.us.finditer(sentence.text) if self.us else ())]
        found += [(m.start(), m.end(), True) for m in self.words.US.finditer(sentence.text)]
        if self.others:
            found += [(m.start(), m.end(), False) for m in self.others.finditer(sentence.text)]
        found += [(m.start(), m.end(), False) for m in self.words.RIVALS.finditer(sentence.text)]
        for m in self.words.NUMBER.finditer(sentence.text):
            number = self.number(m)
            if number in self.record.numbers or number in self.record.other_numbers:
                found.append((m.start(), m.end(), number in self.record.numbers))
        return self._with_objects(sentence, _without_owned(sentence.text, sorted(found)))

    def number(self, match):
        """The number of a car, as text; "" for "number one", which is a manner of speaking."""
        said = next(filter(None, match.groups()))
        if said.isdecimal():
            return said
        return str(number) if (number := self.words.value(said) or 0) > 3 else ""

    def _with_objects(self, sentence, found):
        mentions, last = [], None
        for start, end, is_us in found:
            gap = sentence.text[last[1] : start] if last else None
            joined = (
                last
                and last[2] == is_us
                and re.fullmatch(rf"\s*(?:,|/|{self.words.AND})\s*(?:[A-ZÄÖÜ][\w-]+\s+){{0,2}}|\s*", gap)
            )
            before = sentence.before(start)
            own_name = re.sub(r"(?:[A-ZÄÖÜ][\w-]+\s+)$", "", before)
            is_object = (
                last[3]
                if joined
                else not self.words.SUBJECT_BY.search(own_name)
                and bool(self.words.OBJECT_BEFORE.search(own_name) or self.words.OBJECT_BEFORE.search(before))
            )
            last = (start, end, is_us, is_object)
            mentions.append(last)
        return mentions

    def is_about_us(self, sentence, at):
        """Whether what stands at this place is said of our car: the nearest one named before, else after."""
        mentions = [each for each in self.mentions(sentence) if each[2] or not each[3]]
        start, end = sentence.clause(at)
        near = [each for each in mentions if start <= each[0] < end]
        for group in (near, mentions):
            before = [each for each in group if each[0] < at]
            if group:
                return (before[-1] if before else group[0])[2]
        return True

    def names_ours(self, sentence, start):
        """Whether our car is named from here on."""
        return any(each[2] and each[0] >= start for each in self.mentions(sentence))

    def names_crew(self, sentence, start, end):
        """Whether one of our drivers is named within this stretch."""
        return bool(self.us and self.us.search(sentence.text, start, end))


def _without_owned(text, found):
    """Without what belongs to us: "Klingmann's Porsche" is no other car."""
    kept = []
    for each in found:
        last = kept[-1] if kept else None
        owned = last and last[2] and not each[2] and text[last[1] - 1] in "s’'"
        if not (owned and text[last[1] : each[0]].isspace()):
            kept.append(each)
    return kept


def _names(people):
    """Family names, as written and spelt out: Hürtgen, Huertgen."""
    names = {last for _first, last in people if len(last) > 2}
    spelt = {name.translate(SPELT_OUT) for name in names}
    return sorted(names | spelt, key=len, reverse=True)
