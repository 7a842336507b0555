"""Drafts in German and English: true, whole sentences in every case that the data can have."""

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings

from news.checking import CONTRADICTS, check_against
from news.drafting import english, facts, german
from news.drafting.facts import Car, Event, Run
from news.html import sanitize, text_of
from tests.drafts import KLINGMANN, MATES, MUSTER, TODAY, events, record

WRITERS = {"de": german, "en": english}
MANY = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
CAR = Car((KLINGMANN,), number="20", model="BMW Z4 GT3", car_class="SP9")


def event(**changes):
    """A race of one day, in which one car of ours was second."""
    facts_ = {
        "name": "Qualifikationsrennen zum 24-Stunden-Rennen",
        "short": "24h-Quali",
        "first_day": date(2014, 4, 6),
        "last_day": date(2014, 4, 6),
        "today": TODAY,
        "circuit": "Nürburgring",
        "cars": (CAR,),
        "runs": (Run(CAR, position=2),),
    }
    return Event(**facts_ | changes)


def run(car=CAR, **values):
    return event(cars=(car,), runs=(Run(car, **values),))


def says(event_, language="de"):
    """Headline, teaser and body as one text."""
    draft = WRITERS[language].report(event_)
    return f"{draft.headline} | {draft.teaser} | {text_of(draft.body)}"


@MANY
@given(events())
def test_nothing_that_a_draft_says_contradicts_the_record(event_):
    known = record(event_)
    for language, writer in WRITERS.items():
        for draft in (writer.report(event_), writer.preview(event_)):
            for text in (draft.headline, draft.teaser, draft.body):
                wrong = [row for row in check_against(text, language, known) if row.verdict == CONTRADICTS]
                assert not wrong, (wrong, text)


@MANY
@given(events())
def test_a_draft_is_made_of_whole_sentences_and_of_what_the_sanitizer_keeps(event_):
    for writer in WRITERS.values():
        for draft in (writer.report(event_), writer.preview(event_)):
            assert sanitize(draft.body) == draft.body
            assert 0 < len(draft.headline) <= 140 and 0 < len(draft.teaser) <= 300
            text = text_of(draft.body)
            for words in (draft.headline, draft.teaser, text):
                assert (
                    "None" not in words and "  " not in words and not re.search(r" [,.;:]|,,|,\.|\.\.", words)
                ), words
            for paragraph in re.findall(r"<p>(.*?)</p>", re.sub(r"<figure.*?</figure>", "", draft.body)):
                assert re.match(r"[A-ZÄÖÜ0-9“„]", paragraph) and paragraph.endswith("."), paragraph


@pytest.mark.parametrize(
    ("values", "german_words", "english_words"),
    [
        (
            {"position": 1},
            "Jens Klingmann hat am Sonntag, dem 6. April, auf dem Nürburgring das Rennen „",
            "has won the race",
        ),
        (
            {"position": 1, "grid": 1, "pole": True},
            "24h-Quali: Sieg von der Pole-Position",
            "24h-Quali: Victory from pole position",
        ),
        (
            {"position": 2, "grid": 11},
            "24h-Quali: Von Startplatz elf auf Platz zwei",
            "From eleventh on the grid to second place",
        ),
        (
            {"position": 2, "grid": 11},
            "Von Startplatz elf aus machte das Auto neun Plätze gut.",
            "From eleventh on the grid, the car gained nine places.",
        ),
        (
            {"position": 5, "grid": 4},
            "Von Startplatz vier aus verlor das Auto einen Platz.",
            "the car lost one place.",
        ),
        (
            {"position": 5, "grid": 5},
            "Gestartet war das Auto ebenfalls von Platz fünf.",
            "The car also started fifth.",
        ),
        (
            {"position": 5, "from_pit_lane": True},
            "Gestartet war das Auto aus der Boxengasse.",
            "The car started from the pit lane.",
        ),
        ({"position": 13}, "Platz 13 belegt", "finished 13th"),
        (
            {"position": 6, "class_position": 1},
            "In der Klasse SP9 gewann das Auto.",
            "In the SP9 class the car won.",
        ),
        (
            {"position": 6, "class_position": 1},
            "24h-Quali: Klassensieg für Klingmann",
            "24h-Quali: Class win for Klingmann",
        ),
        ({"at_least": 3}, "das Podium erreicht", "finished on the podium"),
        ({"at_least": 10}, "einen Platz unter den ersten zehn erreicht", "finished in the top ten"),
        ({}, "teilgenommen", "taken part"),
        (
            {"status": facts.RETIRED, "classified": False, "laps": 1},
            "nach einer Runde ausgefallen",
            "after one lap",
        ),
        (
            {"status": facts.RETIRED, "classified": False, "laps": 0},
            "in der ersten Runde ausgefallen",
            "on the opening lap",
        ),
        (
            {"status": facts.RETIRED, "position": 18},
            "trotz eines Ausfalls auf Platz 18 gewertet",
            "18th in the race",
        ),
        ({"status": facts.DISQUALIFIED, "classified": False}, "disqualifiziert worden", "been disqualified"),
        ({"status": facts.EXCLUDED, "classified": False}, "aus der Wertung genommen worden", "been excluded"),
        (
            {"status": facts.NOT_CLASSIFIED, "classified": False},
            "nicht gewertet worden",
            "not been classified",
        ),
        ({"status": facts.NOT_STARTED, "classified": False}, "nicht angetreten", "did not start"),
        (
            {"status": facts.WITHDRAWN, "classified": False},
            "Die Nennung von Jens Klingmann",
            "entry of Jens Klingmann",
        ),
        ({"position": 2, "provisional": True}, "Das Ergebnis ist vorläufig.", "The result is provisional."),
    ],
)
def test_each_outcome_has_its_words(values, german_words, english_words):
    assert german_words in says(run(**values))
    assert english_words in says(run(**values), "en")


def test_a_car_that_never_started_has_no_laps_and_no_grid():
    text = says(run(status=facts.NOT_STARTED, classified=False, grid=4, best_lap=511_192, laps=3))
    assert "Gestartet" not in text and "Runde" not in text


def test_the_crew_is_named_with_the_verb_that_fits():
    alone = says(run(position=2))
    shared = says(run(replace(CAR, crew=(KLINGMANN, *MATES[:2])), position=2))
    ours = says(run(replace(CAR, crew=(KLINGMANN, MUSTER, MATES[0]), team="Schubert"), position=2))
    assert "Jens Klingmann fuhr das Auto mit der Nummer 20 (BMW Z4 GT3)." in alone
    assert (
        "teilte sich das Auto mit der Nummer 20 (BMW Z4 GT3) mit Claudia Hürtgen und Dominik Baumann."
        in shared
    )
    assert "Jens Klingmann und Erika Muster haben am Sonntag" in ours
    assert "Für Schubert teilten sich Jens Klingmann und Erika Muster das Auto" in ours
    assert ours.count("[Zitat]") == 2


def test_of_two_races_each_is_told_with_its_own_result():
    two = event(
        last_day=date(2014, 4, 7),
        runs=(
            Run(CAR, heat=1, day=date(2014, 4, 6), position=1, provisional=True),
            Run(CAR, heat=2, day=date(2014, 4, 7), status=facts.RETIRED, classified=False),
        ),
    )
    text = says(two)
    assert "Im ersten Rennen am Sonntag, dem 6. April, gewann Jens Klingmann." in text
    assert "Im zweiten Rennen am Montag, dem 7. April, fiel Jens Klingmann aus." in text
    assert "24h-Quali: Sieg und Ausfall für Klingmann" in text
    assert "In the second race on Monday 7 April, Jens Klingmann retired." in says(two, "en")


def test_two_cars_of_ours_are_told_apart():
    other = Car((MUSTER,), number="21", key=1)
    text = says(event(cars=(CAR, other), runs=(Run(CAR, position=2), Run(other, position=8))))
    assert "24h-Quali: Platz zwei für Klingmann, Platz acht für Muster" in text
    assert "Erika Muster belegte mit der Nummer 21 Platz acht." in text


def test_a_year_is_said_where_it_is_not_this_one():
    assert "6. April," in says(run(position=2))
    assert "6. April 2014," in says(replace(run(position=2), today=date(2015, 1, 10)))


def test_what_a_name_holds_is_text_and_no_tag():
    body = german.report(replace(run(position=2), name="Preis von <b>Rum</b> & Co")).body
    assert "&lt;b&gt;Rum&lt;/b&gt; &amp; Co" in body
