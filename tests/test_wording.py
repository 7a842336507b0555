"""Two versions of a text side by side, with the words that differ marked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.html import sanitize
from news.wording import marked, marked_text


@pytest.mark.parametrize(
    ("before", "after", "old", "new"),
    [
        ("Platz zwei", "Platz zwei", "Platz zwei", "Platz zwei"),
        ("Platz zwei in Spa", "Platz drei in Spa", "Platz <del>zwei</del> in Spa", "Platz <ins>drei</ins> in Spa"),
        ("", "Neu hier", "", "<ins>Neu hier</ins>"),
        ("in 1:42,318 min", "in 1:42,319 min", "in <del>1:42,318</del> min", "in <ins>1:42,319</ins> min"),
        ("rot, gelb", "grün, blau", "<del>rot, gelb</del>", "<ins>grün, blau</ins>"),
        ("a < b & c", "a < b & d", "a &lt; b &amp; <del>c</del>", "a &lt; b &amp; <ins>d</ins>"),
    ],
)  # fmt: skip
def test_words_that_differ_are_marked(before, after, old, new):
    assert marked_text(before, after) == (old, new)


@pytest.mark.parametrize(
    ("before", "after", "old", "new"),
    [
        (
            "<p>Er wird <strong>Zweiter</strong>.</p>",
            "<p>Er wird <strong>Dritter</strong>.</p>",
            "<p>Er wird <strong><del>Zweiter</del></strong>.</p>",
            "<p>Er wird <strong><ins>Dritter</ins></strong>.</p>",
        ),
        ("<p>So gut</p>", "<p>So <em>gut</em></p>", "<p>So <del>gut</del></p>", "<p>So <em><ins>gut</ins></em></p>"),
        (
            '<p><a href="/a/">hier</a></p>',
            '<p><a href="/b/">hier</a></p>',
            '<p><a href="/a/"><del>hier</del></a></p>',
            '<p><a href="/b/"><ins>hier</ins></a></p>',
        ),
        ("<p>A. B.</p>", "<p>A.</p><p>B.</p>", "<p>A. <del>B</del>.</p>", "<p>A.</p><p><ins>B</ins>.</p>"),
        (
            "<blockquote><p>„Stark.“</p><p>Jens</p></blockquote>",
            "<figure><blockquote><p>„Stark.“</p></blockquote><figcaption>Jens</figcaption></figure>",
            "<blockquote><p>„Stark.“</p><p><del>Jens</del></p></blockquote>",
            "<figure><blockquote><p>„Stark.“</p></blockquote><figcaption><ins>Jens</ins></figcaption></figure>",
        ),
        ("<p>Eins</p>", "<p>Eins</p><hr>", "<p>Eins</p>", "<p>Eins</p><ins><hr></ins>"),
        (
            '<figure data-photo="1"></figure>',
            '<figure data-photo="2"></figure>',
            '<del><figure data-photo="1"></figure></del>',
            '<ins><figure data-photo="2"></figure></ins>',
        ),
        ("<p>&lt;b&gt;</p>", "<p>&lt;i&gt;</p>", "<p>&lt;<del>b</del>&gt;</p>", "<p>&lt;<ins>i</ins>&gt;</p>"),
    ],
)  # fmt: skip
def test_marks_stand_around_words_and_never_around_tags(before, after, old, new):
    assert marked(before, after) == (old, new)


PIECES = "<p> </p> <strong> </strong> <ul><li> </li></ul> <br> <hr> &amp; &nbsp; Spa <blockquote> </blockquote> </a>"
LINK = '<a href="/x/?a=1&amp;b=2" title="a>b">'
HTML = st.lists(st.sampled_from([*PIECES.split(" "), " ", LINK]), max_size=25).map("".join)


@given(HTML, HTML)
def test_without_its_marks_a_marked_text_is_the_text(before, after):
    before, after = sanitize(before), sanitize(after)
    old, new = marked(before, after)
    # The same characters, some of them as such where they were spelt as an entity.
    assert sanitize(old.replace("<del>", "").replace("</del>", "")) == sanitize(before)
    assert sanitize(new.replace("<ins>", "").replace("</ins>", "")) == sanitize(after)
    assert marked(after, after) == (new.replace("<ins>", "").replace("</ins>", ""),) * 2


def test_a_long_text_of_one_word_is_compared_all_the_same():
    old, new = marked_text("Runde " * 6000 + "a", "b " + "Runde " * 5000)
    assert old.endswith("<del>a</del>") or "<del>" in old
    assert "<ins>b" in new
