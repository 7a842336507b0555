"""The German words of places, and of what makes a sentence about another race or a hope. Pure."""

import re

from news.checking.days import GERMAN_MONTHS, GERMAN_WEEKDAYS, numbered
from news.checking.numbers import GERMAN, GERMAN_ORDINALS, one_of

MONTHS = numbered(GERMAN_MONTHS, start=1)
WEEKDAYS = numbered(GERMAN_WEEKDAYS, start=0)

NUM = rf"(?:\d{{1,3}}|{one_of(GERMAN)})"
ORD = rf"(?:\d{{1,3}}\.|{one_of(GERMAN_ORDINALS)}e[nrms]?)"
ORD_NOUN = rf"(?:{one_of(word.capitalize() for word in GERMAN_ORDINALS)}e[rn]?)"
PLACE = r"(?:Rang|Platz|Position|Platzierung)"

# Where it stands in the grid; a row of it; a place that the words around it explain.
GRID = re.compile(
    rf"\b(?:(?:Start|Grid-?)(?:platz|position|rang)\s+(?P<a>{NUM})\b"
    rf"|(?P<b>{ORD})\s+(?:Start|Grid-?)(?:platz|position|rang)\b)",
    re.I,
)
ROW = re.compile(
    rf"\b(?:(?P<a>{ORD})\s+(?P<start>Start)?reihe\b|(?P<start2>Start)reihe\s+(?P<b>{NUM})\b"
    rf"|aus\s+Reihe\s+(?P<c>{NUM})\b)",
    re.I,
)
FROM_TO = re.compile(rf"\bvon\s+(?:P\s?)?(?P<a>{NUM})\s+(?:bis\s+)?auf\s+(?:P\s?)?(?P<b>{NUM})\b", re.I)
PLACES = [
    re.compile(
        rf"\b(?P<whole>(?:Gesamt|Klassen)?(?:-?{PLACE}))\s+(?:Nummer\s+)?(?P<n>{NUM})\b(?!\s*%)", re.I
    ),
    re.compile(
        rf"\b(?P<n>{ORD})\s+(?P<whole>(?:Gesamt|Klassen)?(?:{PLACE}|Podest(?:platz|rang)|Podiumsplatz)"
        r"|Stufe\s+(?:des|auf\s+dem)\s+(?:Pod\w+|Treppchen))\b(?!\s+(?:des|der|seiner|ihrer|in\s+(?:Folge|Serie)|für)\b)",
        re.I,
    ),
    re.compile(
        r"(?<=[Aa]ls )(?P<whole>)(?P<n>\d{1,3}\.)(?=\s+(?:de[rs]|i[nm]|ins|über|nach|und|gewertet|abgewinkt)\b)"
    ),
    re.compile(rf"(?<=[Aa]ls )(?P<whole>)(?P<n>(?i:{one_of(GERMAN_ORDINALS)}))platzierte[rn]?\b"),
    # "Als guter Dritter durfte …": whatever follows.
    re.compile(rf"(?<=[Aa]ls )(?:\w+er\s+)?(?P<whole>)(?P<n>{ORD_NOUN})\b"),
    re.compile(r"\b(?P<whole>P)\s?(?P<n>\d{1,2})\b"),
    re.compile(
        rf"\b(?P<whole>)(?P<n>{ORD_NOUN})\b(?!\s+[A-ZÄÖÜ]\w+(?<!Klingmann))"
        r"(?!\s+(?!(?:die|der|de[nms]|das|eine[rn]?|seine[rn]?|ihre[rn]?|unter|hinter)\b)\w+e[nrs]?\s+[A-Z])"
    ),
    re.compile(
        rf"\b(?P<whole>Gesamt|Klassen)(?P<n>{one_of(GERMAN_ORDINALS)}e[rn]?)\b",
    ),
]
WIN = re.compile(
    r"\b(?P<class>Klassen)?(?:(?:Gesamt|Saison|Tages|Lauf|Premieren|Heim|Auftakt|Start-Ziel-)?-?sieg(?:es|e)?\b"
    r"|erfolg\b(?<=lassenerfolg))"
    r"|\bGewinn\s+de[sr]\s+\w*(?:rennens|laufs|laufes)\b"
    r"|\b(?:gewann(?:en)?|gewonnen|siegt(?:en?)?|triumphiert(?:en?)?)\b",
    re.I,
)
WIN_NOT_BEFORE = re.compile(
    r"\b(?:Plätze|Positionen|Boden|Zeit|Duell|\w*[Mm]eister\w*|\w*Titel|Sekunden?|[Ww]er(?:\s+\w+)?)\s+$"
)
# The place of another: "Auch der vierte Platz ging an einen Z4 von Marc VDS".
WENT_TO = re.compile(r"^[^.;]{0,15}\b(?:ging\w*|geht|gehörte)\s+(?:\w+\s+){0,2}(?:an\b|einem|dem)", re.I)
TWO_CARS_AFTER = re.compile(
    rf"^\s*(?:und|,)\s+(?:{ORD}|{NUM})\b(?!\s+(?:in|im|gesamt|insgesamt|Gesamt\w*)\b)", re.I
)
TWO_CARS_BEFORE = re.compile(rf"\b(?:{ORD}|{NUM})\s+und\s+$", re.I)
WIN_NOT = re.compile(
    r"^\W*(?:\w+\s+){0,2}(?:Plätze|Positionen|Boden|Zeit|Fahrt|Abstand|Erkenntnis|Meister|Titel)", re.I
)
PODIUM = re.compile(r"\b(?:Podium(?:s\w+)?|Podest(?:platz|rang)?|Treppchen)\b", re.I)
TOP = re.compile(
    rf"\bTop[- ](?P<a>{NUM}|Ten)\b|\bunter\s+d(?:en|ie)\s+(?:ersten|besten)\s+(?P<b>{NUM})\b", re.I
)
OF_OTHERS = re.compile(
    r"\b(?:(?:vor|hinter)\s+(?:dem|den|der)|(?:Vorsprung|Rückstand|Abstand)\s+(?:\S+\s+){0,3}(?:auf"
    r"|zu[mr]?)(?:\s+(?:den|die|dem))?"
    r"|auf\s+die|des|dem|den)\s+$|^\W*(?:der|die)\s+$",
    re.I,
)
PLACE_OF_OTHERS = re.compile(
    r"\b(?:Vorsprung|Rückstand|Abstand|Sekunden|Runden?)\s+(?:\S+\s+){0,2}(?:auf|vor|hinter|zu)\s+$", re.I
)
GRID_BEFORE = re.compile(
    r"\bgestartet\s+(?:war|waren|ist|sind)\b[^,;]{0,80}\b(?:von|vom|als|aus)\s+(?:dem\s+)?$"
    r"|\b(?:start(?:ete|eten|et|en)?|gestartet|ging\w*|gehen)\b[^,;]{0,30}\b(?:von|vom|als"
    r"|aus)\s+(?:dem\s+|der\s+)?$",
    re.I,
)
GRID_AFTER = re.compile(
    r"^\s*(?:aus\s+)?(?:(?!und\b|aber\b|doch\b|obwohl\b|nachdem\b)\w+\s+){0,2}"
    r"(?:gestartet|startend|starteten?|kommend|los|losfahren|loslegen|losgefahren|losgelegt|ins\s+Rennen"
    r"|in\s+der\s+Startaufstellung|in\s+den?\s+Startaufstellung)\b",
    re.I,
)
GRID_AROUND = re.compile(r"\bAusgangs(?:lage|position)\b|\bStartaufstellung\b", re.I)
FROM_BEFORE = re.compile(r"\b(?:von|vom)\s+(?:de[mr]\s+)?$", re.I)
TO_AFTER = re.compile(r"^\s*(?:aus\s+)?[^.;]{0,45}\b(?:auf|bis|aufs|zum|zu|noch)\b|^\s+aus\b", re.I)

CLASS = re.compile(
    r"\bKlasse\b(?!\s*statt)|\bKlassen(?!ement)\w*|\bSP\s?(?:-?Pro|X|\d+)\b|\bKategorie\b", re.I
)
OVERALL = re.compile(
    r"\bgesamt\b|Gesamtklassement|Gesamtrang|Gesamtplatz|insgesamt|Gesamt(?=[a-z]+e[rn]\b)", re.I
)
CUP = re.compile(
    r"\b\S*-Wertung\b|(?<!der )\bWertung\b|\b(?!Gesamt)\w+wertung\b|\bRookies?\b|\bJunior(?:en|s)?\b"
    r"|\bPro-?Am\b|\bCup-\w+",
    re.I,
)
TABLE = re.compile(
    r"Tabelle|Meisterschaft|\bPunkte(?:stand|konto|zahl)|\d\s+(?:\w+\s+)?Punkt|nach\s+Punkten"
    r"|Zwischenstand|Fahrerwertung|Titelkampf|Titelrennen",
    re.I,
)
# The race overall where it counts for no series; else mostly the championship.
TABLE_OR_RACE = re.compile(r"Gesamtwertung|Gesamtstand", re.I)
QUALIFYING = re.compile(
    r"Qualifying|Zeittraining|Zeitenjagd|(?<!Dis)Qualifikation(?!srennen)|\bQ[12]\b|\bTraining|Pole", re.I
)
AFTER_QUALIFYING = re.compile(
    r"\b(?:nach|trotz)\s+(?:de[mnrs]|eine[mrs])?\s*(?:\w+\s+)?(?:\w*trainings?|Qualifyings?)"
    r"|Qualifying[- ]?Rennen",
    re.I,
)
PRACTICE = re.compile(r"\bfreie[nrs]?\s+Training|\bTestfahrt|\bTest\b|Warm-?up", re.I)
RACE_LAP = re.compile(r"Rennrunde|im\s+Rennen|Runde\s+des\s+Rennens", re.I)
UNSURE = re.compile(
    r"\b(?:hätten?|wären?|könnten?|kann|können|würden?|möchten?|will|wollen|wollten?|sollen?"
    r"|sollten?|hoffen|hofft|hoffe|(?<!im\s)Ziel\s+(?:ist|war|sind)"
    r"|Ziel\s+für|träum\w+|peil\w+|angepeilt\w*|angestrebt\w*|Chancen?|Kurs\s+auf|möglich"
    r"|greifbar\w*|in\s+Reichweite"
    r"|Kampf|(?:ge)?kämpf\w*\s+(?:\w+\s+)?um|um\s+(?:den|einen|Siege)|fast|beinahe|a[mn]\s+(?:\w+\s+){1,3}vorbei"
    r"|erwartet\w*|gerechnet|anstatt|statt\s+(?:de[sr]|eine[sr]|dessen|auf|zu|Platz|Rang|P\d)"
    r"|anstelle"
    r"|wenn|falls|ob|werden\s+wir|wird\s+(?:es|am)|drohte)\b",
    re.I,
)
# What was missed is known; where the car ended up instead is said "als Vierter", "mit Platz vier".
MISSED = re.compile(r"\b(?:verpass|verfehl)\w*", re.I)
STATED_BEFORE = re.compile(r"\b(?:als|mit|auf|bei)\s+(?:\w+er\s+)?$", re.I)
# Words of doubt in phrases that doubt nothing.
CERTAIN = re.compile(
    r"\bließ\w*\s+(?:\w+\s+){0,4}hoffen\b|\bam\s+Ziel\s+(?:\w+\s+){0,2}Träume\b"
    r"|\bnicht\s+(?:(?:mehr|weiter)\s+)?(?:über|besser\s+als|weiter\s+als)\b"
    r"|\b(?:hat(?:te)?n?|haben?)\b[^;]*\w+en\s+können\b",
    re.I,
)
NOT_BEFORE = re.compile(
    r"\b(?:nicht|kein\w*|ohne|nie|weder|noch\s+nie)\s+(?:(?!zufrieden|glücklich|nur)\w+\s+){0,3}$", re.I
)
BETWEEN = re.compile(
    r"\b(?:bis\s+(?:zu[mr]?|kurz)|lag(?:en)?|liegend\w*|lagen|zwischenzeitlich|zeitweise|zeitweilig|vorübergehend"
    r"|kurzzeitig|zunächst|übernahm\w*|übergab\w*"
    r"|übernommen|übergeben|bis\s+dahin|in\s+Runde|\d+\.\s+Runde|Stints?|Boxenstopps?|Reifenwechsel"
    r"|beim\s+Start|nach\s+dem\s+Start|in\s+der\s+Nacht"
    r"|in\s+der\s+ersten\s+(?:Kurve|Runde|Stunde)|Startphase|Anfangsphase|Startrunde|Halbzeit"
    r"|Rennmitte|Rennhälfte|rangierten?|zurückgefallen"
    rf"|Zeitpunkt|fiel\w*\s+(?:\w+\s+){{0,4}}zurück|nach\s+(?:einer|zwei|drei|vier|der\s+ersten"
    rf"|den\s+ersten|{NUM})\s+(?:Stunden?|Runden|Minuten)"
    r"|vor\s+(?:dem\s+)?(?:Ende|Schluss)|ehe|bevor|unterwegs)\b",
    re.I,
)
FINAL = re.compile(
    r"\b(?:am\s+Ende|nach\s+der\s+letzten\s+Runde|ins?\s+Ziel|im\s+Ziel|Ziel\w+|schließlich|beendet\w*|letztlich|nach\s+(?:sechs"
    r"|24|vier|zwölf|drei)\s+Stunden|Endergebnis"
    r"|abgewinkt|unter\s+dem\s+Strich|gewertet)\b",
    re.I,
)
ELSEWHEN = re.compile(
    r"Vorjahr|\b(?:vergangen|letzt|vorig|vorangegangen)e[nrsm]?\s+(?!Runde|Kurve|Stunde|Minute|Meter"
    r"|Stint|Wochenende|\w+(?:tag|abend|woch)\b)"
    r"|\b(?:nächst|kommend|folgend)e[nrsm]?\s+(?!Runde|Kurve|Stunde|Minute|Meter|Stint)"
    r"|\bvor\s+(?:einem|zwei|drei|vier|fünf|\w+)\s+(?:Jahr|Woche|Monat)|Wochen?\s+zuvor|Tage\s+zuvor"
    r"|\bweiter\b.*\bgeht|geht\b.*\bweiter|bevorsteh|blickt?\b.*voraus|\bin\s+(?:einer|zwei|drei"
    r"|vier|\w+)\s+Wochen?\b|\bfolg(?:t|en)\b|\bstattfinden\b"
    r"|\bbislang|\bzuletzt\b|\bsteht\s+(?:\w+\s+){0,6}an\b|\bgeht\s+es\b|\bwird\b|\bdamals\b"
    r"|\bin\s+der\s+Saison\b",
    re.I,
)
STRONG_ELSEWHEN = re.compile(
    r"Vorjahr|\b(?:vergangen|letzt|vorig|nächst|kommend)e[nrsm]?\s+(?:Jahr|Saison|Rennen|Lauf|Mal)"
    r"|\b(?:nächst|kommend)e[nrsm]?\s+Wochenende|\bdamals\b",
    re.I,
)
SAME_AS_THEN = re.compile(
    r"\bwie\s+(?:schon\s+)?(?:im|in\s+de[mr])\s+(?:Vorjahr|vergangenen\s+Jahr|letzten\s+Jahr|letzten\s+Saison)",
    re.I,
)
EARLIER = re.compile(
    r"\b(?:hatten?|waren?)\b[^.]{0,40}\b(?:noch|bereits|schon)\b|\b(?:bereits"
    r"|schon)\b.{0,70}\b(?:hatten?|waren?)\b",
    re.I,
)
OTHER_RACES = re.compile(
    r"24[- ]?(?:Stunden|h)(?:-?Rennen(?:s)?|-Klassiker)|24\s+Stunden\s+von\s+[\w-]+"
    r"|24[- ]?h\b(?!-?\s?(?:Variante|Strecke|Version))|Qualifikationsrennens?|\bVLN|\bNLS\b"
    r"|GT\s?Masters"
    r"|\bDTM\b|Formel\s?[1-4E]\b|Formel\s+BMW|Blancpain|\bIMSA\b|\bWEC\b|\bELMS\b"
    r"|GT\s?World\s?Challenge|Intercontinental|Weltcup|Europameister",
    re.I,
)
OWN_RACE = re.compile(
    r"(?:(?:Qualifikations|Quali-?|Qualifying-?)rennen\w*|Generalprobe|Probelauf|Testlauf|Vorbereitung\w*)"
    r"\s+(?:zu[mr]?|für\s+(?:das|den|die)|auf\s+(?:das|den|die))\s+(?:ADAC\s+)?(?:[\w-]+\s+)?"
    r"24[- ]?(?:Stunden|h)-?(?:Rennen|Klassiker)\w*",
    re.I,
)
RIVALS = re.compile(
    r"\b(?:Schwesterauto\w*|Schwesterfahrzeug\w*|Konkurren\w+|Rivalen?|Gegner\w*|Mitbewerber\w*"
    r"|Markenkollegen?|Stallgefährt\w+|zweiten\s+\w+-BMW"
    r"|mehrere|andere[nr]?|Favoriten|Titelverteidiger|Führende[nr]?|Spitzenreiter|Porsche-Mannschaft"
    r"|(?:erste[nr]?|beste[nr]?)\s+(?:Verfolger|Mercedes|Audi)"
    r"|Sieger(?:auto|team|trio|duo)|Vorjahressieger\w*|(?<!Als )(?:Dritt|Zweit)platzierte\w*)\b",
    re.I,
)
US = re.compile(r"\b(?:wir|uns|unser\w*|ich|mich|mir|Trio|Duo|Quartett|Quintett)\b", re.I)
OBJECT_BEFORE = re.compile(
    r"\b(?:vor|hinter|gegen|gegenüber|auf|mit|neben|Sieger|Gesamtsieger|überholt\w*|passiert\w*"
    r"|von)\s+(?:(?:dem|den|der|die|das|einem|einer)\s+)?"
    r"(?:(?:\w*[Ss]ieger|\w*[Ss]iegerin|Markenkollegen?|Rivalen|Teamkollegen?|späteren|\w+-Piloten?"
    r"|\w+-Fahrer)\s+){0,2}$",
)
SUBJECT_BY = re.compile(
    r"\b(?:Auto|Wagen|Porsche|Mannschaft|Crew|Team|Sieg|Erfolg|Quartett|Trio|Duo|Mercedes|Audi)\s+von\s+$"
)


def value(said: str) -> int | None:
    """The number that the words mean: "elf", "11", "11.", "elfter", "Elften"."""
    word = said.casefold().rstrip(".")
    if word.isdecimal():
        return int(word)
    if word == "ten":
        return 10
    if word in GERMAN:
        return GERMAN[word]
    if word.startswith("eine"):
        return 1
    return GERMAN_ORDINALS.get(word.rstrip("rnms").removesuffix("e"))
