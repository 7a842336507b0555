"""What the fact check takes for a claim, and what it leaves alone."""

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from news.checking import AGREES, CONTRADICTS, UNKNOWN, check, check_against
from news.checking.numbers import resembles
from news.checking.record import Line, Record
from news.checking.sentences import sentences_of
from news.times import Gap
from tests.reports import races

QUALIFYING = Line(is_race=False, is_qualifying=True, position=11, best_lap=511_192)
RACE = Line(
    position=2,
    class_position=2,
    grid="11",
    laps=40,
    best_lap=507_415,
    behind=Gap(41_237),
    pole=False,
    fastest_lap=False,
)
RECORD = Record(
    first_day=date(2014, 4, 6),
    last_day=date(2014, 4, 6),
    crew=(("Jens", "Klingmann"), ("Claudia", "Hürtgen"), ("Dominik", "Baumann")),
    others=(("Maxime", "Martin"), ("Dirk", "Werner")),
    numbers=frozenset({"20"}),
    other_numbers=frozenset({"25"}),
    cars=("BMW Z4 GT3",),
    names=("Qualifikationsrennen zum 24-Stunden-Rennen", "Nürburgring"),
    starters=50,
    starters_rounded=True,
    lines=(QUALIFYING, RACE),
)


def said(text, language="de", record=RECORD):
    return {(row.kind, row.said, row.verdict) for row in check_against(text, language, record)}


@pytest.mark.parametrize(
    "written",
    [
        "8:31,192 Minuten",
        "8.31,192 Min.",
        "8:31.192",
        "8'31,192",
        "8 Minuten 31,192",
        "8 Minuten und 31,192 Sekunden",
    ],
)
def test_a_lap_time_is_read_in_every_notation(written):
    (row,) = check_against(f"Klingmann fuhr im Qualifying {written}.", "de", RECORD)
    assert (row.kind, row.verdict) == ("lap_time", AGREES)
    (row,) = check_against(f"Klingmann fuhr im Qualifying {written.replace('192', '912')}.", "de", RECORD)
    assert (row.kind, row.verdict) == ("lap_time", CONTRADICTS)


@pytest.mark.parametrize(
    ("text", "language", "kind"),
    [
        ("Klingmann fuhr auf Rang zwei.", "de", "position"),
        ("Klingmann fuhr als Zweiter über die Linie.", "de", "position"),
        ("Klingmann beendete das Rennen auf dem zweiten Rang.", "de", "position"),
        ("P2 für Klingmann.", "de", "position"),
        ("Klingmann wurde Zweiter und startete von Platz elf.", "de", "position"),
        ("Klingmann fuhr von elf auf zwei.", "de", "position"),
        ("Klingmann fuhr auf das Podium.", "de", "position"),
        ("Platz zwei in der Klasse für Klingmann.", "de", "class_position"),
        ("Klingmann ging von Startplatz elf ins Rennen.", "de", "grid"),
        ("Klingmann startete aus der sechsten Startreihe.", "de", "grid"),
        ("Klingmann finished second overall.", "en", "position"),
        ("Klingmann was runner-up.", "en", "position"),
        ("Klingmann came second in class.", "en", "class_position"),
        ("Klingmann started eleventh.", "en", "grid"),
        ("Klingmann went from eleventh on the grid to the podium.", "en", "grid"),
    ],
)
def test_a_place_is_read_in_figures_and_words(text, language, kind):
    assert kind in {found for found, _said, verdict in said(text, language) if verdict == AGREES}


@pytest.mark.parametrize(
    "text",
    [
        "BMW feierte einen Vierfachsieg.",
        "BMW holte die ersten vier Plätze.",
        "Das 24-Stunden-Rennen ist der Höhepunkt der Saison.",
        "Der 23-Jährige wohnt in Leimen.",
        "Karten kosten 35 Euro, Telefon 0 62 24 / 12 34 56.",
        "Bei 9 Grad fuhr Baumann acht Runden am Stück.",
        "Im Vorjahr wurde Klingmann Siebter.",
        "In der Meisterschaft liegt Klingmann auf Rang neun.",
        "Klingmann will beim nächsten Rennen auf Platz eins fahren.",
        "Dirk Werner wurde Dritter.",
        "Es wurde nicht der dritte Platz.",
    ],
)
def test_what_the_record_cannot_know_is_left_alone(text):
    assert CONTRADICTS not in {verdict for _kind, _said, verdict in said(text)}


def test_a_slip_of_the_pen_is_one_whatever_the_words_around_it():
    assert resembles(331, 313) and resembles(21, 12) and resembles(147, 157)
    assert not resembles(40, 41) and not resembles(40, 40) and not resembles(9, 90)


def test_a_contradiction_says_what_the_record_knows():
    (row,) = check_against("Von Startplatz neun ging es los.", "de", RECORD)
    assert (row.quote, row.kind, row.said, row.record, row.verdict) == (
        "Startplatz neun", "grid", "9", "11", CONTRADICTS,
    )  # fmt: skip


def test_a_place_of_a_car_that_never_started_is_a_contradiction():
    record = Record(date(2014, 4, 6), date(2014, 4, 6), lines=(Line(status="not_started"),))
    assert ("position", "3", CONTRADICTS) in said("Wir wurden Dritte.", record=record)


def test_half_known_places_contradict_only_what_they_rule_out():
    record = Record(date(2014, 4, 6), date(2014, 4, 6), lines=(Line(position_or_better=3),))
    assert said("Wir kamen auf Rang fünf.", record=record) == {("position", "5", CONTRADICTS)}
    assert said("Wir kamen auf Rang zwei.", record=record) == {("position", "2", UNKNOWN)}
    assert said("Wir standen auf dem Podium.", record=record) == {("position", "≤ 3", AGREES)}


def test_without_results_nothing_is_contradicted_but_the_day():
    record = Record(date(2014, 4, 6), date(2014, 4, 6))
    text = "Am Sonntag, 7. April, fuhr Klingmann mit Startnummer 7 von Platz drei auf Rang eins und 8:31,192 Minuten."
    assert {kind for kind, _said, verdict in said(text, record=record) if verdict == CONTRADICTS} == {"date"}


def test_the_weekday_is_compared_with_the_date():
    assert ("date", "2014-04-06", CONTRADICTS) in said("Am Samstag, 6. April, fuhr Klingmann.")
    assert ("date", "2014-04-06", AGREES) in said("On Sunday, April 6, Klingmann raced.", "en")


def sentences(text):
    return [sentence for sentence, _begins in sentences_of(text)]


def test_a_day_and_an_ordinal_end_no_sentence():
    assert sentences("Am 6. April war die 42. Auflage. Er wurde 2. Danach fuhr er heim.") == [
        "Am 6. April war die 42. Auflage.",
        "Er wurde 2. Danach fuhr er heim.",
    ]


def test_a_sentence_goes_on_about_the_race_of_the_one_before():
    text = "Beim VLN-Auftakt war das anders. Da ging es auf Rang fünf."
    assert said(text) == {("position", "5", UNKNOWN)}
    assert ("position", "5", CONTRADICTS) in said("Es war ein guter Tag. Da ging es auf Rang fünf.")


def test_rich_text_is_read_paragraph_by_paragraph():
    html = "<h2>Rang zwei</h2><p>Von <strong>Startplatz</strong>&nbsp;neun ging es los.</p>"
    assert sentences(html) == ["Rang zwei", "Von Startplatz neun ging es los."]


@given(st.text(max_size=400), st.sampled_from(["de", "en"]))
@settings(max_examples=150, deadline=None)
def test_no_text_raises(text, language):
    check_against(text, language, RECORD)


WORDS = st.sampled_from(
    "Rang Platz zwei elf P2 8:31,192 Runden 40 #20 Klingmann Hürtgen/ und 6. April 31. Februar Sieg Pole 99:99 started "
    'second on the grid , „ “ . Startreihe Runde 14 Sekunden Rückstand fiel aus 0 00.00.0000 7"12'.split(" ")
)


@given(st.lists(WORDS, max_size=40).map(" ".join), st.sampled_from(["de", "en"]))
@settings(max_examples=150, deadline=None)
def test_no_jumble_of_the_words_of_racing_raises(text, language):
    check_against(text, language, RECORD)


@pytest.mark.parametrize(
    "piece",
    ["Klingmann, Hürtgen und Werner wurden Zweite. ", "a", "Ab ", "8:3", "von Rang ", "\n", "<p", "A/"],
)
def test_a_long_text_is_read_in_linear_time(piece):
    def seconds(size):
        text, start = piece * (size // len(piece)), time.process_time()
        check_against(text, "de", RECORD)
        return time.process_time() - start

    small, large = seconds(10_000), seconds(100_000)
    assert large < max(small, 0.05) * 25


@pytest.mark.django_db
def test_the_check_asks_few_questions(django_assert_max_num_queries):
    race = races()["quali"]
    with django_assert_max_num_queries(9):
        rows = check("Klingmann fuhr auf Rang drei.", "de", race)
    assert [(row.kind, row.record, row.verdict) for row in rows] == [("position", "2", CONTRADICTS)]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("<p>Start von Platz elf, Ziel auf Platz zwei.</p>", "de"),
        ("<ul><li>Start von Platz elf</li><li>Ziel auf Platz zwei</li></ul>", "de"),
        ("<p>Start from 11th, finish in second place.</p>", "en"),
    ],
)
def test_a_start_from_a_place_is_one_on_the_grid_in_notes_without_a_verb_too(text, language):
    assert said(text, language) == {("grid", "11", AGREES), ("position", "2", AGREES)}


@pytest.mark.parametrize("written", ["Klingmann siegt", "Jens Klingmann triumphiert auf dem Nürburgring"])
def test_a_headline_in_the_present_claims_a_win_as_well(written):
    assert said(written) == {("position", "1", CONTRADICTS)}


@pytest.mark.parametrize(
    "written", ["Wer siegt, fährt nach Spa.", "Wer hier siegt, hat alles richtig gemacht."]
)
def test_what_is_said_of_whoever_wins_claims_nothing(written):
    assert said(written) == set()
