"""What comes in by the clipboard from Word, mails and web pages holds, once stored, nothing of where it comes from.

What the editor makes of it at once is tested in a browser: tests/browser/test_text_editor.py."""

import re
from pathlib import Path

import pytest

from news.html import sanitize, text_of

PASTED = Path(__file__).parent / "data" / "pasted"
NAMES = sorted(path.stem for path in PASTED.glob("*.html") if not path.stem.endswith(".stored"))
# What gives away where a text comes from, or does nothing for its reader.
TRACES = re.compile(
    r"mso|Mso|<o:|xmlns|class=|style|<!|<font|<span|<div|docs-internal|font-|<table|<td|<img|<script|onclick|<h1|<h4"
)
WORDS = {
    "word": ["Platz zwei am Ring", "Jens Klingmann wird Zweiter", "Start von Platz elf", "Runden 41"],
    "outlook": ["Hallo Jens,", "Samstag: Training", "Presse"],
    "google-docs": ["Platz zwei", "Jens wird Zweiter am Ring. Ergebnis", "Training Rennen"],
    "apple-mail": ["Servus,", "Platz zwei am Ring.", "Wie war es?"],
    "libreoffice": ["Zur Strecke", "25,378", "Grand-Prix-Kurs", "6. April 2014"],
    "web-page": ["Vierfachsieg", "Ein Satz. Noch ein Satz.", "1 Müller 2 Klingmann"],
}


def test_every_source_has_its_words():
    assert {*NAMES} == {*WORDS}


@pytest.mark.parametrize("name", NAMES)
def test_what_is_stored_holds_the_words_and_no_traces(name):
    stored = sanitize((PASTED / f"{name}.html").read_text())
    assert TRACES.findall(stored) == []
    assert [words for words in WORDS[name] if words not in text_of(stored)] == []
    assert sanitize(stored) == stored


def test_a_document_that_is_wrapped_in_an_element_that_is_not_bold_is_not_bold():
    stored = sanitize((PASTED / "google-docs.html").read_text())
    assert stored.startswith("<h2>Platz zwei</h2>") and "<strong>" not in stored


@pytest.mark.parametrize("name", NAMES)
def test_what_the_editor_makes_of_it_is_stored_as_it_is(name):
    stored = (PASTED / f"{name}.stored.html").read_text().strip()
    assert sanitize(stored) == stored and TRACES.findall(stored.replace('class="quote"', "")) == []
