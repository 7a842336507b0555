"""German words around figures and names: laps, starters, rounds, gaps, endings, crews. Pure."""

import re

from news.checking.german import NUM, ORD
from news.checking.numbers import GERMAN, one_of
from news.checking.subjects import MAKES_NAMES

LAPS = re.compile(
    rf"\b(?P<n>\d{{1,4}}|{one_of(GERMAN)})\s+(?:\w+e[nr]?\s+)?(?:Runden|Umläufen?|Umrundungen)\b"
    rf"|\b(?P<m>\d{{1,4}}|{one_of(GERMAN)})\s?[Mm]al\s+(?:um(?:rundet|kreist)\w*|ging\w*|fuhr\w*|rund)\b",
    re.I,
)
LAPS_NOT = re.compile(
    r"^\s*(?:vor\b|am\s+Stück|Rückstand|Vorsprung|lang\b|später|zurück(?!gelegt)|zuvor|Führung"
    r"|in\s+Führung|Verspätung)",
    re.I,
)
LAPS_NOT_BEFORE = re.compile(
    r"\b(?:(?<!Rennen\s)(?<!Distanz\s)(?<!ging\s)(?<!führte\s)über|mehr\s+als|fast|knapp|rund|etwa|noch|ersten|letzten"
    r"|jeweils|kostete\w*|verlor\w*|mit|um|weitere|einige|plus|auf|alle)\s+$",
    re.I,
)
LAPS_LAST = re.compile(
    r"Zielflagge|ins?\s+Ziel|im\s+Ziel|Zieldurchfahrt|abgewinkt|insgesamt|spult|absolviert"
    r"|zurückgelegt|Renndistanz|Distanz|abgestellt|Aus\b"
    r"|Ausfall|aufgeben|ausgefallen|schied|beendet|endete|Ende\b|vorbei|Schluss|\bfehlten\b|gefahren"
    r"|Rennen\s+über|Defekt|Schaden|Feierabend|umrundet|geschafft|vollbracht|Träume"
    r"|\bSieg\w*|gewann|gewonnen|jubel|feier|Podium|Podest|strandete|\bpark(?:te|en)|Aufgabe",
    re.I,
)
LAPS_OTHERWISE = re.compile(r"Stint|Führung|Safety|am\s+Stück|kostete|Boxen|Rückstand", re.I)
# "Legte 40 Runden zurück" is no gap.
LAPS_DRIVEN = re.compile(r"\bleg(?:t|te|ten|en)\b|zurückgelegt", re.I)
# From ten on: "sechs Autos" is no field.
NUM_OF_FIELD = one_of(word for word, n in GERMAN.items() if n > 9)
STARTERS = re.compile(
    rf"(?<![\d.,])\b(?P<n>\d{{2,3}}(?![.,]?\d)|{NUM_OF_FIELD})\s+(?:\w+e[nr]?\s+)?"
    r"(?:(?:GT3-)?(?:Autos|Fahrzeuge[n]?"
    r"|Starter[n]?|Teilnehmer[n]?|Teams|Wagen|Rennwagen|Boliden"
    r"|Nachwuchs\w+|Piloten|Fahrer[n]?|Konkurrenten|Mannschaften|Crews|Gespanne|Bewerber[n]?|Exemplare"
    rf"|{MAKES_NAMES}))\b",
    re.I,
)
STARTERS_CUE = re.compile(
    r"start|Feld|gegangen|ging\b|nahmen?|traten|antreten|angetreten|gingen|insgesamt"
    r"|aufgestellt|stellten|kämpften|rollten|dabei|Teilnehmer|gemeldet|stark|Rekord|bildeten|umfass"
    r"|zählte|gereiht|unter\s+die\s+Räder|in\s+Angriff",
    re.I,
)
STARTERS_NOT = re.compile(
    r"überhol|Klasse|fielen|ausgefallen|ausfielen|Vorjahr|Ziel|Punkte|\bvor\s+(?:de[rm]|ihm|ihr|ihnen|uns|Klingmann)\b"
    r"|\bhinter\s+sich\b|\bdahinter\b",
    re.I,
)
ABOUT = re.compile(
    r"\b(?:rund|etwa|circa|ca\.|knapp|fast|gut|(?<!Rennen\s)(?<!ging\s)(?<!führte\s)über|mehr\s+als|um\s+die|um|unter"
    r"|annähernd|nahezu|zirka)\s+$",
    re.I,
)
MORE = re.compile(r"\b(?:über|mehr\s+als|gut)\s+$", re.I)
ROUND = re.compile(
    rf"\b(?P<a>{ORD})\s+(?P<what>(?:\w+-)?(?:Saison|Meisterschafts|Wertungs)?-?(?:Lauf(?:es|s)?"
    rf"|Rennen|Rennwochenende[s]?|Rennwochenende|Saisonstation|Station|Saisonrennen))\b"
    rf"|\b(?P<c>{ORD})\s+von\s+{NUM}\s+(?P<what3>(?:Saison|Wertungs)?(?:läufen|rennen|stationen))\b"
    rf"|\b(?:beim|zum)\s+(?P<opening>Saison(?:auftakt|start)|Auftakt(?:rennen|lauf))\b"
    rf"|\b(?P<what2>(?:Saison|VLN-|NLS-|Wertungs)?lauf|Runde"
    rf"|Station)\s+(?:Nummer\s+)?(?P<b>{NUM})\b(?=\s+(?:der|des|in\s+der|zur))",
    re.I,
)
ROUND_SEASON = re.compile(r"Saison|Wertung|Meisterschaft|wochenende|Station", re.I)
NUMBER = re.compile(
    rf"(?:(?:\b(?:Start)?nummer|\bNr\.)\s+|#\s?|\b(?:Auto|BMW|Wagen)\s+Nr\.\s?)"
    rf"(?P<n>\d{{1,3}}|{one_of(GERMAN)})\b(?!\s*%)"
    r"|\b(?:Box|Cockpit|Crew|Mannschaft|BMW|Auto|Wagen)\s+(?:mit\s+)?der\s+(?P<box>\d{1,3})\b(?!\s*[.%]|\s+(?-i:[A-ZÄÖÜ]))"
    r"|\b(?P<door>\d{1,3})\s+auf\s+(?:de[rn]|seine[rn]|ihre[rn])\s+(?:Tür(?:en)?|\w*[Hh]aube|Flanken?)\b",
    re.I,
)
GAP_SECONDS = re.compile(r"(?<![\d:.,])(?P<n>\d{1,3}(?:[.,]\d{1,3})?)\s*-?(?:Sekunden?|Sek\.|s\b)", re.I)
GAP_LAPS = re.compile(
    rf"\b(?P<a>{NUM}|eine[rn]?)\s+Runden?\s+(?:Rückstand|zurück|hinter(?!\s+(?:sich|ihm|uns|mir)))\b"
    rf"|fehlten\s+(?:(?!nach\b)\w+\s+){{0,6}}(?P<b>{NUM})\s+Runden\b"
    rf"|\b(?P<e>{NUM}|eine[rn]?)\s+Runden?\s+(?:voraus|Vorsprung)\b"
    rf"|Rückstand\b.{{0,40}}\b(?P<c>{NUM})\s+Runden\b|\bmit\s+(?P<d>{NUM})\s+Runden\s+Rückstand",
    re.I,
)
GAP_BEHIND = re.compile(
    r"Rückstand|fehl\w+|hinter|\btrenn\w+|zurück|Abstand|geschlagen|zwischen|langsamer"
    r"|\bnach\s+de[mn]\s+\w*[Ss]ieger",
    re.I,
)
GAP_AHEAD = re.compile(r"Vorsprung|\bvor\b|voraus|Abstand|\btrenn\w+|gewann|siegte|zwischen", re.I)
GAP_OTHERS = re.compile(
    r"auf\s+(?:den\s+|die\s+)?(?:Platz|Rang|Position|P\d|Zweit|Dritt|Viert|Pole|Bestzeit|Podium"
    r"|Podest)|Zeitstrafe|Strafe|Boxen|Standzeit|pro\s+Runde|Reparatur",
    re.I,
)
# Behind the winner a car is at the end of the race only.
GAP_FINAL = re.compile(r"\b(?:hinter|nach|auf)\s+(?:de[mnr]|die)\s+(?:\w+\s+)?\w*[Ss]ieger", re.I)
POLE = re.compile(
    r"\bPole(?:[- ]?Position)?(?!-)\b(?!-?\s*(?:Zeit|Setter))|\b(?:vom\s+)?besten\s+Startplatz\b", re.I
)
POLE_NOT = re.compile(
    r"\b(?:auf|zur|an\s+der|um|hinter|neben|für)\s+(?:die\s+|der\s+)?$|\b(?:fehlten|Kampf)\b[^,]{0,40}$", re.I
)
FASTEST = re.compile(
    r"\b(?P<own>seine|ihre|meine|unsere|\w+s|der|die)?\s*schnellste[nr]?\s+(?:Rennrunde"
    r"|Runde\s+des\s+(?:gesamten\s+)?(?:Rennens|Tages|Feldes))(?!\s+(?:des|vo[nm]|der)\s+(?!Rennens"
    r"|Tages|gesamt|Feld))",
    re.I,
)
FASTEST_OWN = re.compile(r"^(?:seine|ihre|meine|unsere|(?!die|der|das)\w+s)$", re.I)
STATUS = {
    "retired": re.compile(
        r"\bausgefallen\b|\bfiel\w*\b[^.,;]{0,90}\baus\b|\bschied\w*\b[^.,;]{0,90}\baus\b"
        r"|\bausgeschieden\b|\bAusfall(?:s|es)?\b(?!\s+(?:de[rs]|eine[rs]))"
        r"|\baufgeben\b|\baufgegeben\b|\babgestellt\b|\b(?:endgültig\s+)?abstellen\b"
        r"|\bvorzeitig\w*\s+(?:zu\s+Ende|beendet|Ende|Aus)\b|\bzu\s+einer\s+Nullnummer\b"
        r"|\bDNF\b|\brollte\w*\s[^.,;]{0,60}\baus\b|\bblieb\w*\s[^.,;]{0,60}\b(?:stehen|liegen)\b"
        r"|\b(?:ge)?strandete\w*\b|\bpark(?:te|ten|en)\b|\bzur\s+Aufgabe\b|\bEndstation\b"
        r"|\bgab\w*\s[^.,;]{0,40}\bauf\b(?=\s*[.,;]|$)|\bvorzeitiges\s+(?:Ende|Aus)\b"
        r"|\b(?:war|ist)\b[^.;,]{0,40}\bRennen\b[^.;,]{0,50}\b(?:beendet|gelaufen|vorbei)\b"
        r"|\bliegen\s?geblieben\b|\bFeierabend\b"
        r"|\baus\s+dem\s+Rennen\b|\bkam\w*\s+das\s+(?:\w+\s+)?Aus\b|\bAus\s+(?:nach|in\s+Runde"
        r"|kam)\b|\bsah\w*\s+(?:\w+\s+){0,4}Ziel(?:flagge)?\s+nicht\b",
        re.I,
    ),
    "disqualified": re.compile(
        r"\bdisqualifi\w+|\bwertungsausschluss\w*|\baus\s+der\s+Wertung\s+genommen|\bDSQ\b", re.I
    ),
    "not_started": re.compile(
        r"\b(?:nicht|gar\s+nicht(?:\s+erst)?)\s+(?:mehr\s+|erst\s+)?(?:starten|antreten|gestartet"
        r"|(?:an\s+den|am|zum)\s+Start\w*|angetreten|teilnehmen)\b|\bDNS\b",
        re.I,
    ),
    "finished": re.compile(
        r"\bZiel\s+erreicht|\berreicht\w*\s+(?:\w+\s+){0,5}Ziel\b"
        r"|\bsah\w*\s+(?:\w+\s+){0,5}(?:Zielflagge|schwarz-weiß\w*)|\bins\s+Ziel\b"
        r"|\büber\s+die\s+(?:volle\s+)?Distanz\b"
        r"|\b(?:überquer\w+|querte)\b[^.,;]{0,50}\bZiel(?:linie|strich)\b|\babgewinkt\b"
        r"|\bZielflagge\s+(?:sah|gesehen)"
        r"|\bbeendet\w*\s+(?:\w+\s+){0,2}(?:das|sein|ihr|den)\s+(?:Rennen|Lauf)\b(?![^.;]*\b(?:vorzeitig|nicht|vor\s+der\s+Zeit))",
        re.I,
    ),
}
STATUS_NOT = re.compile(
    r"\bohne\b|\bkein\w*\b|\bbeinahe\b|\bfast\b|\bdrohte\b|\bbis\b[^,]{0,20}\bins\s+Ziel"
    r"|\bwichtig\w*|\berste\s+(?:Stunde|Runde)",
    re.I,
)

CREW_CUE = re.compile(
    r"\b(?:gemeinsam|zusammen|abwechselnd)\s+mit\b|\bneben\b|\ban\s+der\s+Seite\s+(?:von)?|\bteilte\w*\b|\bteilen\b"
    r"|\bTeamkolleg\w+|\bFahrerkolleg\w+|\bMitstreiter\w*|\bKolleg(?:en|in|innen)\b"
    r"|\bMannschaftskolleg\w+|\bCockpitpartner\w*|\bPartner(?:n|in)?\b|\bCo-?Pilot\w*|\bCockpit\b"
    r"|\bSteuer\b|\bLenkrad\b|\bBesatzung\b|\bCrew\b|\b(?:fuhr|startete|steuerte|pilotierte|bestritt"
    r"|fährt|startet|er|sich)\s+(?:\w+\s+){0,2}mit\b|\bzur\s+Seite\b|\bwechselte\w*\s+sich\b",
    re.I,
)
MATE = re.compile(r"\b(?:Teamkolleg|Fahrerkolleg)\w+\s+$", re.I)
CREW_SIZE = re.compile(
    r"\b(?:[Dd]as|[Dd]em|[Dd]ie)\s+(?:(?:BMW-|Fahrer)?(?P<n>Duo|Trio|Quartett|Quintett))\b"
)
SIZES = {"duo": 2, "trio": 3, "quartett": 4, "quintett": 5}
AND = r"(?:und|sowie|&)"
CONJUNCTION = re.compile(r"\s(?:und|aber|doch|sondern|während|ehe|bevor|sowie)\s", re.I)
FIRST_RACE = re.compile(
    r"\b(?:erste[nrs]?\s+(?:Rennen|Lauf|Sprint\w*|Durchgang)|(?:Rennen|Lauf)\s+(?:1|eins)\b"
    r"|Auftakt(?:rennen|lauf)\b|Samstags?-?(?:rennen|lauf)\b)",
    re.I,
)
SECOND_RACE = re.compile(
    r"\b(?:zweite[nrs]?\s+(?:Rennen|Lauf|Sprint\w*|Durchgang)|(?:Rennen|Lauf)\s+(?:2|zwei)\b"
    r"|Sonntags?-?(?:rennen|lauf)\b)",
    re.I,
)
FIRST_QUALIFYING = re.compile(
    r"\berste[nrs]?\s+(?:Zeittraining|Qualifying)|(?:Qualifying|Zeittraining)\s+(?:1|eins)\b|\bQ1\b", re.I
)
SECOND_QUALIFYING = re.compile(
    r"\bzweite[nrs]?\s+(?:Zeittraining|Qualifying)|(?:Qualifying|Zeittraining)\s+(?:2|zwei)\b|\bQ2\b", re.I
)
MINUTES = re.compile(
    r"\b(?P<minutes>\d{1,2}|eine[r]?)\s+Minuten?\s*(?:und\s+)?(?P<seconds>\d{1,2})(?:[.,](?P<fraction>\d{1,3}))?(?:\s+Sekunden)?\b",
    re.I,
)
BEST_OF_ALL = re.compile(r"Bestzeit|Pole-?Zeit|Rekord|Tagesbestzeit|Bestmarke", re.I)
