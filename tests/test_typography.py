"""Typography on request: what it sets, what it leaves alone, and that it changes no word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.html import sanitize
from news.typography import tidy_html, tidy_words

N = "\u00a0"
GERMAN = {
    'Er sagte: "Sehr stark."': "Er sagte: „Sehr stark.“",
    "Er sagte: “Sehr stark.”": "Er sagte: „Sehr stark.“",
    "„Sehr stark.”": "„Sehr stark.“",
    '("Quali")': "(„Quali“)",
    "\"Das 'Rennen' lief\"": "„Das ‚Rennen‘ lief“",
    '"Das "Rennen" lief", sagt er': "„Das ‚Rennen‘ lief“, sagt er",
    '„Er rief: "Los!"“': "„Er rief: ‚Los!‘“",
    '"Eins" und "zwei"': "„Eins“ und „zwei“",
    "Wie geht's? Hans' Auto": "Wie geht’s? Hans’ Auto",
    "Spa - Francorchamps -- Zolder": "Spa – Francorchamps – Zolder",
    "2012-2014, Plätze 3-5, 10:00-12:00 Uhr": f"2012–2014, Plätze 3–5, 10:00–12:00{N}Uhr",
    "Und dann...": "Und dann…",
    "8:31 min, 24 h, 280 km/h, 50 %": f"8:31{N}min, 24{N}h, 280{N}km/h, 50{N}%",
    "z.B. die Nr. 20, d. h. unser BMW": f"z.{N}B. die Nr.{N}20, d.{N}h. unser BMW",
    "Das Rennen »Zolder« bleibt": "Das Rennen »Zolder« bleibt",
    '"18" Felgen"': "„18“ Felgen“",
}
LEFT_ALONE = [
    "8.31,192 Minuten und 8'31\"192",
    "der Z4-GT3 im 24-Stunden-Rennen",
    "am 2014-04-06 mit Telefon 06221-123456",
    "Porsche 911-2, Sonn- und Feiertag",
    '18" Felgen',
    "https://vln.de/a-b...c?x='y' und name@example.org",
    "Platz 2 und 3 Runden",
    "- kein Gedankenstrich",
    "....",
]
ENGLISH = {
    'He said "very strong" - and it\'s true': "He said “very strong” – and it’s true",
    '"We are "really" happy"': "“We are ‘really’ happy”",
    "The '90s and 'the Ring'": "The ’90s and ‘the Ring’",
    "No. 20, 8:31 min, 2012-2014": f"No.{N}20, 8:31{N}min, 2012–2014",
}


@pytest.mark.parametrize(("typed", "set_"), GERMAN.items())
def test_german_is_set_as_german(typed, set_):
    assert tidy_words(typed, "de") == set_


@pytest.mark.parametrize(("typed", "set_"), ENGLISH.items())
def test_english_is_set_as_english(typed, set_):
    assert tidy_words(typed, "en") == set_


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_times_names_dates_and_addresses_are_left_alone(text):
    assert tidy_words(text, "de") == text


def test_tags_links_and_blocks_are_left_alone():
    html = (
        '<p>"<strong>Stark</strong>", sagt <a href="/x?a=1-2" title="a - b">die "Zeitung" - hier</a> & "er"</p>'
        '<figure data-video="youtube:dQw4w9WgXcQ" data-title="a - b"></figure><p>"Zwei"</p>'
    )
    assert tidy_html(sanitize(html), "de") == sanitize(html).replace(
        '"<strong>Stark</strong>"', "„<strong>Stark</strong>“"
    ).replace('"er"', "„er“").replace('"Zwei"', "„Zwei“")


def letters(text):
    return [char for char in text if char.isalnum()]


PIECES = st.sampled_from(
    [
        *"\"'“”„‚‘’-–.… ()/%0159aZ",
        " - ",
        "--",
        "...",
        "z. B.",
        "Nr. ",
        " km/h",
        " h",
        "8:31",
        "8.31,192",
        "24-Stunden",
        "www.x.de",
        N,
    ]
)


@given(st.lists(PIECES, max_size=16).map("".join), st.sampled_from(["de", "en"]))
def test_setting_twice_is_setting_once_and_no_letter_or_digit_changes(text, language):
    once = tidy_words(text, language)
    assert tidy_words(once, language) == once
    assert letters(once) == letters(text)


TAGS = st.sampled_from(
    ["<p>", "</p>", "<strong>", "</strong>", '<a href="/x">', "</a>", "<br>", "&amp;", "&lt;", "&nbsp;"]
)


@given(st.lists(PIECES | TAGS, max_size=16).map("".join), st.sampled_from(["de", "en"]))
def test_the_same_holds_for_rich_text_which_stays_clean(text, language):
    clean = sanitize(text)
    once = sanitize(tidy_html(clean, language))
    assert sanitize(tidy_html(once, language)) == once
    assert letters(once.replace("&nbsp;", "")) == letters(clean.replace("&nbsp;", ""))


@pytest.mark.parametrize("kind", ["html", "words"])
def test_control_characters_are_no_words(admin_client, kind):
    sent = {
        "kind": kind,
        "language": "de",
        "text": '<p>Ein\x01 "Rennen"&#1;</p>\x00' if kind == "html" else '\x00Ein\x01 "Rennen"',
    }
    set_ = admin_client.post("/admin/news/article/editor/tidy/", sent).json()["text"]
    assert set_ == ("<p>Ein „Rennen“</p>" if kind == "html" else "Ein „Rennen“")


@pytest.mark.parametrize("piece", ["Platz zwei in 8:31,192. ", "„", '"a ', "'a ", "1", "<em>'</em>"])
def test_a_text_of_any_length_is_read_once(piece):
    """Each of these took minutes when every character looked through the text around it."""
    assert tidy_html(f"<p>{piece * 30_000}</p>", "de")
