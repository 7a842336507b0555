"""English words around figures and names: laps, starters, rounds, gaps, endings, crews. Pure."""

import re

from news.checking.english import NUM, ORD
from news.checking.numbers import ENGLISH, one_of
from news.checking.subjects import MAKES_NAMES

LAPS = re.compile(
    rf"\b(?P<n>\d{{1,4}}|{one_of(ENGLISH)})\s+(?:\w+\s+)?(?:laps|tours|circuits)\b"
    r"|\b(?P<m>\d{1,3})-lap\s+(?:race|distance)\b"
    rf"|\b(?:round|around|lapped)\s+(?:[\w-]+\s+){{0,4}}?(?P<k>\d{{1,4}}|{one_of(ENGLISH)})\s+times\b",
    re.I,
)
LAPS_NOT = re.compile(
    r"^\s*(?:from\b|in\s+a\s+row|down|adrift|behind(?!\s+(?:him|her|them|us|me)\b)|ahead|before|later|to\s+go|short|remaining"
    r"|at\s+a\s+time|in\s+the\s+lead|off|longer|up\b|clear|left|led\b|or\b|in\s+his|in\s+her"
    r"|in\s+front)",
    re.I,
)
LAPS_NOT_BEFORE = re.compile(
    r"\b(?:(?<!run\s)(?<!went\s)over|more\s+than|almost|nearly|about|around|first|last|final|cost|lost|by|another|every"
    r"|opening|some|led|for|leading)\s+$",
    re.I,
)
LAPS_LAST = re.compile(
    r"chequered|checkered|\bflag\b|finish|complet|distance|covered|total\b|crossed|retire|broke"
    r"|ended|\bend\b|park|stopped|failure|out\b|\bwas\s+over\b|drove|driven|\brace\b|behind"
    r"|classified|came\s+home|logged|done|reeled\s+off|won\b|winner|victor|celebrat|podium|times\b"
    r"|gave\s+up|give\s+up|halt\b|stranded|sidelined",
    re.I,
)
LAPS_OTHERWISE = re.compile(r"\bstint|\bled\b|\blead\b|safety\s+car|in\s+a\s+row|\bcost\b|\bpit", re.I)
# From ten on: "six cars" is no field.
NUM_OF_FIELD = one_of(word for word, n in ENGLISH.items() if n > 9)
STARTERS = re.compile(
    rf"(?<![\d.,])(?<!number )(?<!no\. )(?<!#)\b(?P<n>\d{{2,3}}(?![.,]?\d)|{NUM_OF_FIELD})(?:\s+|-)"
    r"(?:[\w-]+\s+)?(?:(?:GT3\s+)?(?:cars?"
    r"|vehicles|starters|entries|entrants|drivers|teams|crews|machines|competitors|cars-strong"
    rf"|(?:{MAKES_NAMES})s))\b",
    re.I,
)
STARTERS_CUE = re.compile(
    r"\bstart|\bfield\b|\bgrid\b|\blined\b|\btook\s+(?:on|part|the)|compet|\bentr|\bentered|total"
    r"|\bstrong\b|\bgreen\b|record|\bcontest|\bmade\s+up\b|\bcompris|\bgathered\b|\btackl",
    re.I,
)
STARTERS_NOT = re.compile(r"overt|\bpass|\bclass\b|retired|dropped|last\s+year|finish|points|\bahead\b", re.I)
ABOUT = re.compile(
    r"\b(?:about|around|some|roughly|nearly|almost|(?<!run\s)(?<!went\s)over|more\s+than|just|approximately|under"
    r"|less\s+than|close\s+to|well\s+over|up\s+to|only\s+just)\s+(?:under\s+|over\s+)?$",
    re.I,
)
MORE = re.compile(r"\b(?:over|more\s+than)\s+$", re.I)
ROUND = re.compile(
    rf"\b(?P<a>{ORD}|opening)\s+(?P<what>(?:(?!race)[A-Z][\w]+\s+){{0,2}}(?:round|event"
    rf"|race\s+weekend|race\s+of\s+the\s+season|race\s+of\s+the\s+year|fixture))\b"
    rf"|\b(?P<c>{ORD})\s+of\s+(?:the\s+)?{NUM}\s+(?P<what3>rounds|races|events)\b"
    rf"|\b(?P<what2>round)\s+(?:number\s+)?(?P<b>{NUM})\b",
    re.I,
)
LAPS_DRIVEN = re.compile(r"(?!)")
ROUND_SEASON = re.compile(r"round|event|race|fixture", re.I)
NUMBER = re.compile(
    rf"(?:\b(?:number|no\.|car)\s+|#\s?)(?P<n>\d{{1,3}}|(?<=number\s){one_of(ENGLISH)})\b"
    r"(?![.,:]\d|\s*(?:st|nd|rd|th|%)\b)"
    r"|\b(?P<door>\d{1,3})\s+on\s+(?:the|his|her|its|their)\s+(?:doors?|bonnet|nose|side|flanks?)\b",
    re.I,
)
GAP_SECONDS = re.compile(r"(?<![\d:.,])(?P<n>\d{1,3}(?:\.\d{1,3})?)\s*-?(?:seconds?|secs?|s)\b", re.I)
GAP_LAPS = re.compile(
    rf"\b(?P<a>{NUM}|a)\s+laps?\s+(?:down|behind(?!\s+(?:him|her|them|us|me)\b)|adrift|ahead|clear|off\s+the\s+(?:winn|lead))",
    re.I,
)
GAP_BEHIND = re.compile(
    r"\bbehind\b|\bdown\b|\badrift\b|\bgap\b|\bdeficit\b|\bbetween\b|\bslower\b"
    r"|\bafter\s+the\s+(?:winn|lead)|\boff\s+the\b|\bshort\s+of\b|\bseparated\b|\bmissed\b"
    r"|\blost\s+out\b|\bfrom\s+(?:victory|the\s+win)",
    re.I,
)
GAP_AHEAD = re.compile(
    r"\bmargin\b|\bahead\b|\bclear\b|\blead\b|\bwon\b|\badvantage\b|\bbetween\b|\bseparated\b"
    r"|\bbeat\b|\bby\s*$",
    re.I,
)
GAP_OTHERS = re.compile(
    r"\b(?:third|second|fourth|fifth|P\d)\b(?!s)|\bpole\b|penalty|pit|per\s+lap|a\s+lap\b"
    r"|qualifying(?!\s+race)|\bpodium|\bstop\b|repair",
    re.I,
)
# Behind the winner a car is at the end of the race only.
GAP_FINAL = re.compile(
    r"\b(?:behind|after|off|of)\s+(?:the\s+)?(?:\w+\s+)?(?:winn|victor)|\bto\s+win\b|\bclear\s+of\s+the\s+field\b",
    re.I,
)
POLE = re.compile(r"\bpole(?:[- ]?position)?\b(?!-?\s*(?:time|lap|sitter|setter|man))", re.I)
POLE_NOT = re.compile(
    r"\b(?:off|from\s+the|to|of|for|behind|alongside|short\s+of|on)\s+$(?<!on )|\b(?:missed"
    r"|missing)\b[^,]{0,30}$",
    re.I,
)
FASTEST = re.compile(
    r"\b(?P<own>his|her|their|our|my|its|\w+'s|the"
    r"|a)?\s*fastest\s+(?:race\s+)?lap\b(?!\s+(?:time\s+)?(?:in|of)\s+(?:the\s+)?(?:practice"
    r"|qualifying|session|stint|#|car|number|BMW|day\s+in|pair))",
    re.I,
)
FASTEST_OWN = re.compile(r"^(?:his|her|their|our|my|its|\w+'s)$", re.I)
STATUS = {
    "retired": re.compile(
        r"\bretired\b|\bretire\b|\bretirement\b|\bdrop(?:ped|ping)\s+out\b|\bdid\s+not\s+finish\b"
        r"|\bfailed\s+to\s+finish\b|\bDNF\b|\bout\s+of\s+the\s+race\b|\bground\s+to\s+a\s+halt\b"
        r"|\b(?:rolled|coasted|came|slowed)\s+to\s+a\s+(?:halt|stop|standstill)\b|\bstranded\b|\bsidelined\b"
        r"|\bg(?:a|i)ve\s+up\b|\bpulled\s+(?:off|over|up)\b|\bcall\w*\s+it\s+a\s+day\b|\bpremature\s+end\b"
        r"|\bblown\s+engine\b|\bengine\s+(?:blew|let\s+go|expired)\b|\bto\s+park\b|\bforced\s+out\b"
        r"|\bended\s+(?:the|his|their|our)\s+race\b|\b(?:race|day)\s+(?:ended|was\s+over)\s+(?:early"
        r"|prematurely|after)|\bwas\s+out\s+of\s+the\s+race\b|\bparked\s+(?:the\s+)?(?:car|BMW)\b"
        r"|\bout\s+on\s+the\s+spot\b"
        r"|\bcrashed\s+out\b|\bended\s+in\s+the\s+(?:barriers|wall)|\babandon\w*\b",
        re.I,
    ),
    "disqualified": re.compile(r"\bdisqualifi\w+|\bexcluded\b|\bDSQ\b|\bstripped\s+of\b", re.I),
    "not_started": re.compile(
        r"\b(?:did\s+not|didn't|could\s+not|couldn't|unable\s+to|failed\s+to"
        r"|not\s+able\s+to)\s+(?:even\s+)?(?:start|take\s+the\s+start|take\s+part"
        r"|make\s+the\s+start)\b|\bDNS\b",
        re.I,
    ),
    "finished": re.compile(
        r"\b(?:saw|see|seeing|took|takes|taking|reached|reaching|received|seen)\s+the\s+(?:chequered|checkered)\s+flag\b"
        r"|\bcrossed\s+the\s+(?:finish(?:ing)?\s+)?line\b|\breached\s+the\s+(?:finish|flag)\b"
        r"|\b(?:brought|nursed|took)\s+(?:\S+\s+){1,4}(?:home|to\s+the\s+(?:finish|flag|end))\b"
        r"|\bfinished\s+the\s+race\b|\b(?:saw|see)\s+(?:\w+\s+){1,3}(?:through|out)\b|\bcompleted\s+the\s+race\b|\bcame\s+home\b|\bmade\s+it\s+to\s+the\s+(?:finish|flag|end)\b",
        re.I,
    ),
}
STATUS_NOT = re.compile(
    r"\bwithout\s+(?:a\s+)?(?:retire|drop)|\bnever\b|\balmost\b|\bnearly\b|\bnot\s+(?:to\s+)?retire"
    r"|\bno\s+retirement|\bfirst\s+(?:hour|lap)",
    re.I,
)

CREW_CUE = re.compile(
    r"\b(?:together|along)\s+with\b|\bshar(?:ed|ing|es|e)\b|\balongside\b|\bteam-?mates?\b"
    r"|\bpartner(?:s|ed|ing)?\b|\bco-?drivers?\b|\bcockpit\b|\bwheel\b|\bcrew\b|\bjoined\b"
    r"|\bteam(?:ed|ing)\s+up\b|\b(?:drove|raced|races|driving|started|starts"
    r"|competed)\s+(?:the\s+\S+\s+){0,1}with\b|\btook\s+turns\b|\bdriving\s+duties\b|\bteaming\b"
    r"|\bpaired\b",
    re.I,
)
MATE = re.compile(r"\b(?:team-?mates?|stablemates?)\s+$", re.I)
CREW_SIZE = re.compile(r"\bthe\s+(?:(?:BMW|driver)\s+)?(?P<n>duo|pair|trio|quartet|quintet)\b", re.I)
SIZES = {"duo": 2, "pair": 2, "trio": 3, "quartet": 4, "quintet": 5}
AND = r"(?:and|plus|&)"
CONJUNCTION = re.compile(r"\s(?:and|but|while|before|although|plus)\s", re.I)
FIRST_RACE = re.compile(
    r"\b(?:first|opening)\s+(?:race|sprint|leg)\b|\brace\s+(?:1|one)\b|Saturday(?:['’]s)?\s+race|\bthe\s+opener\b",
    re.I,
)
SECOND_RACE = re.compile(
    r"\bsecond\s+(?:race|sprint|leg)\b|\brace\s+(?:2|two)\b|Sunday(?:['’]s)?\s+race", re.I
)
FIRST_QUALIFYING = re.compile(r"\bfirst\s+qualifying|\bqualifying\s+(?:1|one)\b|\bQ1\b", re.I)
SECOND_QUALIFYING = re.compile(r"\bsecond\s+qualifying|\bqualifying\s+(?:2|two)\b|\bQ2\b", re.I)
MINUTES = re.compile(
    r"\b(?P<minutes>\d{1,2}|one|a)\s+min(?:ute)?s?\s*(?:and\s+)?(?P<seconds>\d{1,2})(?:\.(?P<fraction>\d{1,3}))?(?:\s+sec(?:ond)?s?)?\b",
    re.I,
)
BEST_OF_ALL = re.compile(
    r"pole\s+time|lap\s+record|track\s+record|benchmark|quickest\s+time\s+of\s+all", re.I
)
