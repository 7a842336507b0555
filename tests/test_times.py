"""Times: every notation of the field is read as the same milliseconds, and what is written can be read again."""

from contextlib import suppress

import pytest
from django.utils import translation
from django.utils.dateparse import parse_duration
from hypothesis import given
from hypothesis import strategies as st

from news.times import Gap, NotATime, format_gap, format_time, iso_duration, parse_gap, parse_time

HOUR = 3_600_000
STYLES = ("en", "de", "press")


@pytest.mark.parametrize(
    ("text", "ms"),
    [
        ("8.31,192 min", 511192),
        ("8:31,192", 511192),
        ("8:31.192", 511192),
        ("8'31\"192", 511192),
        ("8'31.192", 511192),
        ("8’31”192", 511192),
        ("8′31″192", 511192),
        (" 8:31.192\u00a0", 511192),
        ("1:40:45.641", 6045641),
        ("1:41:06.688", 6066688),
        ("24:01:19.952", 86479952),
        ("24:01'55.856", 86515856),
        ("45:57.575", 2757575),
        ("9'53.931", 593931),
        ("1'48.362", 108362),
        ("59.788", 59788),
        ("52.197", 52197),
        ("52,197", 52197),
        ("52,197 s", 52197),
        ("1:42.3", 102300),
        ("8:31", 511000),
        ("-", None),
        ("–", None),
        ("N/A", None),
        ("", None),
    ],
)
def test_each_notation_of_the_field_is_read(text, ms):
    assert parse_time(text) == ms


@pytest.mark.parametrize(
    ("text", "gap"),
    [
        ("+2.112", Gap(ms=2112)),
        ("2.168", Gap(ms=2168)),
        ("+0.467", Gap(ms=467)),
        ("+1:23.456", Gap(ms=83456)),
        ("+1:19.718", Gap(ms=79718)),
        ("1'16.706", Gap(ms=76706)),
        ("1 Lap", Gap(laps=1)),
        ("1 Laps", Gap(laps=1)),
        ("22 Laps", Gap(laps=22)),
        ("-7 Laps", Gap(laps=7)),
        ("+1 Lap", Gap(laps=1)),
        ("1 Rd.", Gap(laps=1)),
        ("3 Runden", Gap(laps=3)),
        ("-", Gap()),
        ("", Gap()),
    ],
)
def test_each_gap_of_the_field_is_read(text, gap):
    assert parse_gap(text) == gap


@pytest.mark.parametrize(
    "text", ["8.31", "8,31", "1:39:12:830", "1:13.24.325", "1:75.000", "fast", "12", "1:2:3.000"]
)
def test_what_is_no_time_or_two_times_is_refused(text):
    with pytest.raises(NotATime, match=text):
        parse_time(text)


def test_the_refusal_of_two_meanings_names_both():
    with (
        translation.override("en"),
        pytest.raises(NotATime, match=r"8:31\.192 for minutes or 52\.190 for seconds"),
    ):
        parse_time("8.31")


@pytest.mark.parametrize(
    ("ms", "en", "de", "press", "iso"),
    [
        (511192, "8:31.192", "8:31,192", "8.31,192 min", "PT8M31.192S"),
        (6045641, "1:40:45.641", "1:40:45,641", "1.40.45,641 h", "PT1H40M45.641S"),
        (86479952, "24:01:19.952", "24:01:19,952", "24.01.19,952 h", "PT24H1M19.952S"),
        (52197, "52.197", "52,197", "52,197 s", "PT52.197S"),
        (60000, "1:00.000", "1:00,000", "1.00,000 min", "PT1M0.000S"),
        (7, "0.007", "0,007", "0,007 s", "PT0.007S"),
    ],
)
def test_a_time_is_written_in_each_style(ms, en, de, press, iso):
    assert [format_time(ms, style) for style in STYLES] == [en, de, press]
    assert iso_duration(ms) == iso


@pytest.mark.parametrize(
    ("gap", "en", "de"),
    [
        (Gap(ms=2112), "+2.112", "+2,112"),
        (Gap(ms=83456), "+1:23.456", "+1:23,456"),
        (Gap(), "", ""),
        (Gap(ms=0), "+0.000", "+0,000"),
    ],
)
def test_a_gap_is_written_in_both_languages(gap, en, de):
    assert [format_gap(gap, style) for style in ("en", "de")] == [en, de]


def test_words_are_no_gap_and_the_sentence_says_how_gaps_are_written():
    with pytest.raises(NotATime, match=r"2 (laps|Runden)"):
        parse_gap("viel")


def test_a_gap_in_laps_is_written_in_words():
    with translation.override("en"):
        assert [format_gap(Gap(laps=n)) for n in (1, 2)] == ["1 lap", "2 laps"]


@pytest.mark.parametrize(
    ("texts", "ms"),
    [
        (("8.31,192 min", "8:31,192", "8:31.192", "8'31\"192", "8'31.192"), 511192),
        (("1:40:45.641", "1.40.45,641 h", "1:40'45.641"), 6045641),
        (("24:01:19.952", "24.01.19,952 h", "24:01'19\"952"), 86479952),
        (("52.197", "52,197", "52,197 s", "52.197 sec."), 52197),
        (("1:48.362", "1'48.362", "1.48,362 min"), 108362),
        (("99:59:59.999", "99.59.59,999 h"), 100 * HOUR - 1),
        (("0.000", "0,000 s", "0:00.000"), 0),
    ],
)
def test_each_row_of_the_notations_is_read_written_and_read_again(texts, ms):
    assert {parse_time(text) for text in texts} == {ms}
    assert {parse_time(format_time(ms, style)) for style in STYLES} == {ms}
    assert parse_duration(iso_duration(ms)).total_seconds() == ms / 1000


@pytest.mark.parametrize(
    ("texts", "gap"),
    [
        (("+2.112", "2.112", "+2,112", "+2,112 s"), Gap(ms=2112)),
        (("+1:23.456", "1'23.456", "+1:23,456", "+1.23,456 min"), Gap(ms=83456)),
        (("1 Lap", "1 lap", "1 Laps", "+1 Lap", "1 Rd.", "1 Runde", "1L"), Gap(laps=1)),
        (("22 Laps", "-22 Laps", "22 Rdn.", "22 Runden"), Gap(laps=22)),
        (("-", "–", ""), Gap()),
    ],
)
@pytest.mark.parametrize("language", ["en", "de"])
def test_each_gap_is_read_written_in_both_languages_and_read_again(language, texts, gap):
    assert {parse_gap(text) for text in texts} == {gap}
    with translation.override(language):
        assert {parse_gap(format_gap(gap, style)) for style in STYLES} == {gap}


def test_a_gap_in_laps_is_written_in_german_words():
    with translation.override("de"):
        assert [format_gap(Gap(laps=n), "de") for n in (1, 3)] == ["1 Runde", "3 Runden"]


@pytest.mark.parametrize("text", ["100:00:00.000", "99999:00", "1" * 5000 + ".000", "-1:02.345", "1:02.3456"])
def test_what_no_race_lasts_is_refused(text):
    with pytest.raises(NotATime):
        parse_time(text)


@given(st.integers(min_value=0, max_value=100 * HOUR - 1))
def test_what_is_written_for_machines_is_the_same_time(ms):
    assert round(parse_duration(iso_duration(ms)).total_seconds() * 1000) == ms


@given(st.integers(min_value=0, max_value=100 * HOUR - 1), st.sampled_from(STYLES))
def test_what_is_written_is_read_as_the_same_time(ms, style):
    assert parse_time(format_time(ms, style)) == ms


@given(
    st.one_of(
        st.builds(Gap, ms=st.integers(min_value=0, max_value=30 * HOUR)),
        st.builds(Gap, laps=st.integers(min_value=1, max_value=500)),
        st.just(Gap()),
    ),
    st.sampled_from(STYLES),
)
def test_what_is_written_is_read_as_the_same_gap(gap, style):
    assert parse_gap(format_gap(gap, style)) == gap


@given(st.text(max_size=20))
def test_no_text_is_read_as_anything_but_a_time_or_a_refusal(text):
    with suppress(NotATime):
        ms = parse_time(text)
        assert ms is None or ms >= 0
