"""The English words of places, and of what makes a sentence about another race or a hope. Pure."""

import re

from news.checking.days import ENGLISH_MONTHS, ENGLISH_WEEKDAYS, numbered
from news.checking.numbers import ENGLISH, ENGLISH_ORDINALS, one_of

MONTHS = numbered(ENGLISH_MONTHS, start=1)
WEEKDAYS = numbered(ENGLISH_WEEKDAYS, start=0)

NUM = rf"(?:\d{{1,3}}|{one_of(ENGLISH)})"
ORD = rf"(?:\d{{1,3}}(?:st|nd|rd|th)|{one_of(ENGLISH_ORDINALS)})"
ENDS = (
    r"(?=\s*(?:$|[^\w\s]|\b(?:in|on|at|overall|outright|behind|ahead|after|for|and|with|when|from"
    r"|here|there|home|again|to|but|as|out|by|despite"
    r"|today|this|following|thanks|of\s+\d|was|is|were|would|or|between|just|before|across|under"
    r"|having|his|her|their|until|because|since|if|last|out\s+of)\b))"
)

GRID = re.compile(
    rf"\b(?:(?:grid|starting)\s+(?:position|slot|spot|place|number)\s+(?P<a>{NUM})\b"
    rf"|(?P<b>{ORD})\s+(?:place\s+|position\s+|spot\s+)?on\s+the\s+(?:starting\s+)?grid\b"
    rf"|\bP\s?(?P<c>\d{{1,2}})\s+on\s+the\s+(?:starting\s+)?grid\b"
    rf"|(?P<d>{ORD})\s+(?:grid|starting)\s+(?:position|slot|spot|place)\b)",
    re.I,
)
ROW = re.compile(rf"\b(?:(?P<a>{ORD}|front)\s+row\b|row\s+(?P<b>{NUM})\b)(?P<start>)", re.I)
FROM_TO = re.compile(
    rf"\bfrom\s+(?:P\s?)?(?P<a>{ORD}|\d{{1,2}}|P\d+)\s+to\s+(?:P\s?)?(?P<b>{ORD}|\d{{1,2}})\b{ENDS}", re.I
)
PLACES = [
    re.compile(
        rf"\b(?P<n>{ORD})(?P<whole>\s+(?:place|position|spot|overall|outright|in\s+class"
        r"|step\s+(?:of|on)\s+the\s+(?:podium|rostrum))\b)",
        re.I,
    ),
    re.compile(rf"\b(?P<n>{ORD})(?P<whole>\s+in\s+(?:the\s+)?[\w-]+(?:\s+class)\b)", re.I),
    re.compile(r"\b(?P<whole>P)\s?(?P<n>\d{1,2})\b"),
    re.compile(rf"\b(?P<whole>position|place)\s+(?:number\s+)?(?P<n>{NUM})\b", re.I),
    re.compile(
        rf"(?<=\w )(?<!the )(?P<whole>)(?P<n>{ORD}){ENDS}",
        re.I,
    ),
    re.compile(r"\b(?P<whole>)(?P<n>runners?-up)\b(?!\s+(?:behind\s+us|Audi|Mercedes))", re.I),
    re.compile(
        rf"^\W*(?P<whole>)(?P<n>{ORD})\s+(?:in|at|on|for|behind|and|out\s+of|of|was|is|would|after|ahead)\b",
        re.I,
    ),
]
WIN = re.compile(
    r"\bwinning\s+(?:the|this)\s+(?:[\w-]+\s+)?race\b|\b(?P<class>class\s+|category\s+)?(?:win|victory"
    r"|triumph)\b(?P<class2>\s+in\s+(?:the\s+)?class)?|\bvictorious\b|\btriumphed\b"
    r"|\b(?:has\s+|have\s+)?won\b(?P<class3>\s+(?:his|her|their|our"
    r"|the)\s+(?:\S+\s+)?class)?(?!\s+(?:the\s+(?:title|championship|battle|duel|start)))"
    r"|\b(?:top|highest)\s+step\b",
    re.I,
)
WIN_NOT_BEFORE = re.compile(r"\b(?:places|positions|ground|time)\s+$", re.I)
# The place of another: "Fourth place, too, went to a Z4 run by Marc VDS".
WENT_TO = re.compile(r"^[^.;]{0,15}\b(?:went|goes|belonged)\s+to\b", re.I)
TWO_CARS_AFTER = re.compile(rf"^\s*(?:and|,)\s+(?:{ORD})\b(?!\s+(?:in|overall|outright)\b)", re.I)
TWO_CARS_BEFORE = re.compile(rf"\b{ORD}\s+and\s+$", re.I)
WIN_NOT = re.compile(
    r"^\W*(?:margin|back|without|\w+\s+(?:places|positions|time)|the\s+(?:title|championship|battle))|^\w",
    re.I,
)
PODIUM = re.compile(r"\bpodium\b", re.I)
TOP = re.compile(rf"\btop[- ](?P<a>{NUM})\b(?!-)|\b(?:in|among)\s+the\s+first\s+(?P<b>{NUM})\b(?!-)", re.I)
OF_OTHERS = re.compile(r"\b(?:behind|ahead\s+of|beat|over|gap\s+to|lead\s+over)\s+(?:the\s+)?$", re.I)
PLACE_OF_OTHERS = re.compile(
    r"\b(?:ahead\s+of|behind|lead\s+over|gap\s+to|advantage\s+over|margin\s+over|off|seconds?\s+from"
    r"|fight\s+for|battle\s+for)\s+(?:the\s+)?$",
    re.I,
)
GRID_BEFORE = re.compile(
    r"\b(?:start(?:ed|ing|s)?|qualif(?:ied|ying|ies)|lin(?:ed|ing)\s+up|gridded|begin(?:ning)?"
    r"|began)\s+(?:the\s+race\s+)?(?:(?:from|in|only|on|as|down\s+in|back\s+in)\s+){0,2}$"
    r"|\b(?:start(?:ed|ing|s)?|beg[aiu]n(?:ning|s)?|set\s+off|got\s+away|took\s+off|take\s+the\s+start"
    r"|took\s+the\s+start|g(?:o|oing|one|oes)\s+into\s+the\s+race|went\s+into\s+the\s+race|charge|chase|pursuit|recovery)\b[^,.;]{0,50}\bfrom\s+(?:the\s+)?$",
    re.I,
)
GRID_AFTER = re.compile(
    r"^\s*(?:place\s+|position\s+)?(?:on|of)\s+the\s+(?:starting\s+)?grid\b"
    r"|^\s*(?:\w+\s+)?in\s+(?:\w+\s+)?qualifying(?!\s+race)",
    re.I,
)
GRID_AROUND = re.compile(r"\bstarting\s+(?:line-?up|position)\b|\bplace\s+to\s+(?:begin|start)\b", re.I)
FROM_BEFORE = re.compile(r"\bfrom\s+$", re.I)
TO_AFTER = re.compile(r"^\s*[^.;]{0,60}\b(?:to|into|onto|up|through)\b", re.I)

CLASS = re.compile(
    r"\bclass(?!ifi|ic|\s+of\s+(?:his|her|its|their))\w*\b|\bcategory\b|\bSP\s?(?:-?Pro|X|\d+)\b", re.I
)
OVERALL = re.compile(r"\boverall\b|\boutright\b", re.I)
CUP = re.compile(
    r"\brookies?\b|\bjuniors?\b|\bPro-?Am\b|\b(?:Silver|Bronze|Gold)\s+Cup\b|\bamateurs?\b", re.I
)
TABLE = re.compile(
    r"(?<!overall\s)\bstandings\b|\bchampionship|\btable\b|\d\s+points\b|\bon\s+points\b"
    r"|\bpoints\s+(?:table|lead|standings)|\btitle\b",
    re.I,
)
TABLE_OR_RACE = re.compile(r"overall\s+standings", re.I)
QUALIFYING = re.compile(r"\bqualif(?!ying\s+race)\w+|\bpractice\b|\bpole\b|\bQ[12]\b|timed\s+session", re.I)
AFTER_QUALIFYING = re.compile(
    r"\b(?:after|despite|following)\s+(?:such\s+|a\s+|an\s+|the\s+|his\s+"
    r"|our\s+){0,2}(?:\w+\s+){0,2}(?:practice|qualifying)|qualifying\s+race",
    re.I,
)
PRACTICE = re.compile(r"\bfree\s+practice|\btest(?:s|ing|\s+days?)?\b|warm-?up", re.I)
RACE_LAP = re.compile(r"race\s+lap|fastest\s+lap|in\s+the\s+race\b|lap\s+of\s+the\s+race", re.I)
UNSURE = re.compile(
    r"\b(?:would|could|might|should|may(?!\s+\d)|can|will|won't|hop(?:e|es|ing|ed)\s+(?:to|for|that)"
    r"|aim(?:s|ing|ed)?|targets?|goal|want(?:s|ed)?"
    r"|fight(?:ing)?\s+for|battl\w+\s+for|fought\s+for|contention|chance|possible|within\s+reach"
    r"|almost|nearly|instead|like\s+a\s+(?:win|victory|podium)"
    r"|(?<!on\s)to\s+win|enough\s+to|if|dream\w*|expect(?:s|ed|ing)?\s+to|more\s+than\s+I\s+hoped"
    r"|looked\s+set|on\s+course|denied|in\s+sight|challenge\s+for)\b",
    re.I,
)
# What was missed is known; where the car ended up instead is said "in fourth", "as fourth".
MISSED = re.compile(r"\b(?:missed|missing\s+out|miss\s+out|just\s+off)\b", re.I)
STATED_BEFORE = re.compile(r"\b(?:in|as|with)\s+(?:a\s+\w+\s+)?$", re.I)
# Words of doubt in phrases that doubt nothing.
CERTAIN = re.compile(
    r"\b(?:crossed|went\s+on|held\s+on|came\s+(?:home|through)|took\s+the\s+flag|fought\s+back)\b.*?\bto\s+win\b"
    r"|\bcould\s+(?:celebrate|look\s+back|raise|enjoy|savour|be\s+(?:happy|pleased|proud|satisfied|content))\b"
    r"|\bcould\s+not\s+(?:better|beat|improve(?:\s+on)?|get\s+(?:below|under)|lap\s+faster\s+than)\b"
    r"|\b(?:no|not|nothing)\s+(?:better|higher|further|more)\s+than\b",
    re.I,
)
NOT_BEFORE = re.compile(
    r"\b(?:not|no|never|without|n't|neither|rather\s+than|instead\s+of)\s+(?:(?!happy|satisfied"
    r"|content|pleased|only|just)\w+\s+){0,3}$",
    re.I,
)
BETWEEN = re.compile(
    rf"\b(?:ran|running|lying|lay|took\s+over|handed|hand(?:ing|s)?\s+(?:the\s+car\s+)?over"
    rf"|after\s+(?:an|one|two|three|four|the\s+first|the\s+opening|half)\s+(?:stint|hours?|laps?"
    rf"|an\s+hour)"
    rf"|after\s+{NUM}\s+(?:laps|minutes)|early|earlier|at\s+times|briefly|temporarily|first\s+corner"
    rf"|opening\s+(?:lap|hour|stint)|half(?:way|-distance)|at\s+half|stints?|pit\s*stops?"
    r"|during\s+the\s+night|in\s+the\s+night|until|(?:was|were|climbed|moved|got)\s+up\s+to|after\s+the\s+start|by\s+midnight|dropp?ed|fell|slipp?ed|moved\s+up|initially"
    r"|at\s+one\s+(?:stage|point)|as\s+high\s+as|on\s+lap|lap\s+\d+(?![.,]\d)|when\s+the|already"
    r"|for\s+(?:a\s+while|long)"
    r"|from\s+the\s+end|laps\s+to\s+go|safety\s+car|getaway|at\s+the\s+start|pitted|before\s+the)\b",
    re.I,
)
FINAL = re.compile(
    r"\b(?:in\s+the\s+end|after\s+the\s+(?:last|final)\s+lap|eventually|finished|finish(?:ing)?|chequered|checkered|came\s+home"
    r"|crossed\s+the|at\s+the\s+flag|at\s+the\s+end|classified|ended\s+up|ultimately)\b",
    re.I,
)
ELSEWHEN = re.compile(
    r"\b(?:previous|next|following|coming|upcoming|last(?!\s+(?:\w+day|weekend)))\s+(?!step|lap"
    r"|corner|hour|minute|stint|part|few|metres|row)\w+|\b(?:a|one|two|three|\w+)\s+(?:week|month"
    r"|year)s?\s+(?:ago|earlier|before|later)"
    r"|\bin\s+(?:a|one|two|three|\w+)\s+weeks?\b|\bfollows\b|\bwill\b|\btakes\s+place\b|\blook(?:s"
    r"|ing)?\s+(?:ahead|forward)|\bso\s+far\b|\bcontinues?\b|\bresumes?\b"
    r"|\bback\s+then\b|\bupcoming\b|\bahead\s+of\s+the\b.*\bin\s+(?:June|July|May)\b",
    re.I,
)
STRONG_ELSEWHEN = re.compile(
    r"\b(?:(?:last|previous|next)\s+(?:year|season|race|round|time)|next\s+weekend)\b|\ba\s+year\s+ago\b",
    re.I,
)
SAME_AS_THEN = re.compile(r"\b(?:as|like)\s+(?:in\s+)?(?:the\s+)?(?:previous|last)\s+(?:year|season)", re.I)
EARLIER = re.compile(
    r"\bhad\s+(?:\w+\s+)?(?:already|still|previously|once)\b|\b(?:already|still|previously)\s+had\b", re.I
)
OTHER_RACES = re.compile(
    r"24[- ]?hours?(?:\s+race|-race)?\b|24h\b(?!\s+(?:layout|track|version|course|configuration))"
    r"|(?:\w+\s+)?24\s+Hours(?:\s+of\s+[\w-]+)?|qualif(?:ying|ication)\s+race|\bVLN\b|\bNLS\b"
    r"|GT\s?Masters|\bDTM\b|Formula\s?[1-4E]\b"
    r"|Formel\s+BMW|Formula\s+BMW|Formula\s+One|Blancpain|\bIMSA\b|\bWEC\b|\bELMS\b"
    r"|GT\s?World\s?Challenge|Intercontinental|World\s+Cup|European\s+Championship",
    re.I,
)
OWN_RACE = re.compile(
    r"(?:qualif(?:ying|ication)\s+race|dress\s+rehearsal|warm-?up\s+race|preparations?|rehearsal)"
    r"\s+for\s+(?:the\s+)?(?:ADAC\s+)?(?:\w+\s+)?24[- ]?(?:hours?|h)(?:[- ](?:race|classic))?",
    re.I,
)
RIVALS = re.compile(
    r"\b(?:sister\s+car|rivals?|others|other\s+cars?|several|many|competitors?|opponents?|leaders?"
    r"|leading\s+\w+|front-?runners|favourites|second\s+\w+\s+(?:BMW|car)|stablemates?"
    r"|defending\s+champions?|winning\s+(?:car|trio|crew)|first\s+of\s+the|best\s+of\s+the\s+rest"
    r"|Porsche\s+squad)\b",
    re.I,
)
US = re.compile(
    r"\b(?:we|us|our|I|me|my|the\s+trio|the\s+pair|the\s+duo|the\s+quartet|the\s+quintet)\b", re.I
)
OBJECT_BEFORE = re.compile(
    r"\b(?:ahead\s+of|behind|beat|beating|with|over|to|pass(?:ed|ing)?|past|against|alongside"
    r"|overtook|overtaking|overtake|from|between)\s+(?:the\s+)?"
    r"(?:(?:overall\s+|race\s+|eventual\s+)?(?:winners?|rivals?|team-?mates?)\s+){0,2}$",
    re.I,
)
SUBJECT_BY = re.compile(r"\b(?:went|goes|going|fell|passed)\s+to\s+(?:the\s+)?$", re.I)


def value(said: str) -> int | None:
    """The number that the words mean: "eleven", "11th", "P11", "eleventh", "front"."""
    word = said.casefold().removeprefix("p").strip()
    digits = word.rstrip("stndrh")
    if digits.isdecimal():
        return int(digits)
    special = {"front": 1, "opening": 1, "a": 1, "runner-up": 2, "runners-up": 2}
    return special.get(said.casefold()) or ENGLISH.get(word) or ENGLISH_ORDINALS.get(word)
