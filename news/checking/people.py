"""The crew in a sentence: who is said to have driven with whom, and how many they were. Pure."""

import re

from news.checking.sentences import Claim
from news.checking.subjects import MAKES
from news.slugs import folded

WORD = r"[A-ZÄÖÜÉ][\w'’-]+"
NAME = rf"{WORD}(?:\s+(?:van|von|de|der|den|di|da)){{0,2}}(?:\s+{WORD})?(?:\s+{WORD})?"
NO_NAME = re.compile(
    r"Ein\w*|Zu\w?|Ihnen|Ihr\w*|Sein\w*|Sie|Wir|Er|Es|Im|In|Am|An|Vom|Von|Auf|Als|Bei|Beim|Bis|Aus"
    r"|Um|Vor|Hinter|Unter|Über|Woche|Jahr|Auch|Doch|Aber|Und"
    r"|Dabei|Dort|Dann|Jetzt|Heute|Zwei|Drei|Vier|Fünf|He|She|They|We|It|In|On|At|From|But|And|To|By"
    r"|His|Her|Their|This|That|As|Two|Three|Four|Five"
    r"|Team|Motorsport|Racing|GmbH|AG|Co|Sports?|Trophy|Cup|GT\d?|Z4|M6|R8|SLS|Rennen|Platz|Rang"
    r"|Start\w*|Hours|Stunden|Saturday|Sunday|Friday"
    r"|Samstag|Sonntag|Freitag|Teamkolleg\w*|Das|Der|Die|Mit|Für|Nach|The|With|For|After|Both|Beide"
    r"|Ring|Grand|Prix|\w*ring"
    r"|Monday|Tuesday|Wednesday|Thursday|January|February|March|April|May|June|July|August|September|October"
    r"|November|December|Montag|Dienstag|Mittwoch|Donnerstag|Januar|Februar|März|Mai|Juni|Juli|Oktober|Dezember"
)


# Aston Martin is a make, Martin is not.
SINGLE_MAKES = [make for make in MAKES if " " not in make]
# What German writes with a capital before a name.
BEFORE_NAME = re.compile(
    r"^(?:(?:Vorjahr|Jahr|Saison|Auto|Cockpit|Steuer|Rennen|Teamkolleg\w+|Partner\w*|\S+-(?:Pilot"
    r"|Fahrer|Werksfahrer)(?:in|en)?"
    r"|Pilot|Fahrer|Routinier|Landsmann|Landsleuten|Youngster|Team-?mates?)\s+)+",
)


# A sentence begins with a capital whatever its first word is: "Für Klingmann", "With Hürtgen".
SMALL_BEFORE = re.compile(rf"^(?:{NO_NAME.pattern})\s+(?=[A-ZÄÖÜ])")
# Who does this drives, whatever else the sentence says.
DRIVES = re.compile(r"\b(?:griff|drehte|komplettierte|verstärkte)\s+$")


class People:
    """Reads names as the record spells them, with or without first name."""

    def __init__(self, words, record, subjects):
        self.words, self.record, self.subjects = words, record, subjects
        self.crew = {folded(last): folded(first) for first, last in record.crew}
        self.others = {folded(last) for _first, last in record.others} - set(self.crew)
        joint = rf"\s*(?:,|/|,?\s{words.AND}\s)\s*"
        self.listed = re.compile(rf"(?<![\w-]){NAME}(?:{joint}{NAME})*")
        self.joint = re.compile(joint)
        self.not_names = {
            folded(word) for word in " ".join([*SINGLE_MAKES, *record.teams, *record.cars]).split()
        }

    def claims_in(self, sentence):
        """Lists of names of which some sat in our car, and single names that are said to."""
        yield from self._sizes(sentence)
        cue = self.words.CREW_CUE.search(sentence.text)
        for found in self.listed.finditer(sentence.text):
            names = self._names(found[0])
            crew = [name for name in names if self._is_crew(name)]
            strangers = [name for name in names if not self._is_crew(name) and self._is_name(name, crew, cue)]
            if not names or not (crew or strangers):
                continue
            prefix = BEFORE_NAME.match(found[0])
            at = found.start() + (prefix.end() if prefix else 0)
            if strangers and not self._is_said_of_us(sentence, (at, found.end()), names, crew, cue):
                continue
            is_open = not sentence.is_elsewhen
            if cue or len(names) > 1:
                yield from self._claims(found, strangers or crew, is_open)

    def _claims(self, found, names, is_open):
        for name in names:
            at = found.start() + max(found[0].find(name), 0)
            yield Claim("crew", name, name, ("name", self._is_crew(name)), at, is_open)

    def _is_said_of_us(self, sentence, span, names, crew, cue):
        """A list that mixes ours with others names a crew; a single name does after "with" or "team-mate"."""
        begin, end = span
        words, before = self.words, sentence.before(begin)
        if words.OF_OTHERS.search(before) or re.search(
            r"\b(?:vor|hinter|gegen|behind|ahead\s+of|beat)\s+$", before
        ):
            return False
        if crew and len(names) > 1:
            return bool(cue) or len(crew) > 1
        if words.RIVALS.search(sentence.text) or not cue:
            return False
        start, _end = sentence.clause(begin)
        apposition = words.MATE.search(before) and any(
            folded(name).split()[-1] in self.others for name in names
        )
        near = re.search(
            r"\b(?:mit|with|by|alongside|von|and|und)\s+$|kolleg\w+\s+(?:\w+\s+){0,5}$"
            r"|mates?\s+(?:\w+\s+){0,4}$|(?:Partner|partner)\s+(?:\w+\s+){0,4}$"
            r"|\b(?:ist|sind|war|waren|saß|saßen|is|are|was|were)\s+(?:\w+\s+){0,3}$",
            before,
        )
        known = all(folded(name.split()[-1]) in self.others for name in names if not self._is_crew(name))
        starts = known and begin - start < 3 and cue.start() > end
        starts = starts and self.subjects.names_crew(sentence, end, len(sentence.text))
        return not apposition and bool((near and cue.start() < begin) or starts or DRIVES.search(before))

    def _names(self, text):
        words = (re.sub(r"(?:['’]s|s['’])$", "", name.strip()) for name in self.joint.split(text))
        return [SMALL_BEFORE.sub("", BEFORE_NAME.sub("", name)) for name in words if len(name) > 2]

    def _is_crew(self, name):
        """Whether name and first name fit; Klingmanns is Klingmann's."""
        for first, last in self._spellings(name):
            if last in self.crew:
                known = self.crew[last]
                return (
                    not first
                    or not known
                    or first == known
                    or first in known
                    or known in first
                    or len(first) < 3
                    or self._is_word(first)
                )
        return False

    def _spellings(self, name):
        key = folded(name)
        for spelling in (key, key.removesuffix("s")):
            parts = spelling.split()
            for n in range(len(parts)):
                yield " ".join(parts[:n]), " ".join(parts[n:])

    def _is_word(self, first):
        """What stands before a name without being one: "BMW pilot", "Für Klingmann"."""
        return (
            "-" in first
            or first in self.not_names
            or bool(NO_NAME.fullmatch(first.title()))
            or len(first.split()) > 1
        )

    def _is_name(self, name, crew, cue):
        parts = name.split()
        last = folded(parts[-1])
        if any(NO_NAME.fullmatch(part) or folded(part) in self.not_names for part in parts):
            return False
        if any(last == each or folded(each).endswith(last) for each in crew):
            return False
        if last in self.others or " ".join(map(folded, parts)) in self.others:
            return True
        return len(parts) == 2 or (len(parts) == 1 and len(crew) > 1)

    def _sizes(self, sentence):
        for match in self.words.CREW_SIZE.finditer(sentence.text):
            size = self.words.SIZES[match["n"].casefold()]
            others = [each for each in self.subjects.mentions(sentence) if not each[2]]
            is_open = not others and not sentence.is_elsewhen
            after = sentence.after(match.end())
            elsewhere = re.match(r"\s+(?:an\s+der|von|aus|of|at\s+the|from|in\s+front)", after)
            of_ours = self.subjects.names_crew(sentence, match.end(), match.end() + 30)
            is_open = is_open and (not elsewhere or of_ours)
            yield Claim("crew", match[0], str(size), ("size", size), match.start(), is_open)
