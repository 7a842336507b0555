"""Words as pages show them: what was found is marked, what is unknown is spoken, data cannot be broken out of."""

import json
import re

import pytest
from django.utils.html import conditional_escape

from news.templatetags.text import excerpt, highlight, or_dash, set_as, unbroken
from tests.factories import ArticleFactory, CircuitFactory, PageFactory, RaceFactory

HOSTILE = '</script><script>alert("x")</script> & <b>'


def test_found_words_are_marked_whatever_their_case():
    assert highlight("Podium am Nürburgring", "podium NÜRBURG") == (
        "<mark>Podium</mark> am <mark>Nürburg</mark>ring"
    )


@pytest.mark.parametrize("query", ["script", "<", "alert", "&", '"', "amp", ".*", "(", "\\"])
def test_a_text_stays_text_whatever_is_looked_for(query):
    html = conditional_escape(highlight(HOSTILE, query))
    assert re.sub("</?mark>", "", html) == conditional_escape(HOSTILE)


def test_without_a_question_the_text_is_escaped_as_ever():
    assert conditional_escape(highlight(HOSTILE, "")) == conditional_escape(HOSTILE)


def test_an_excerpt_is_cut_at_words_around_the_first_hit():
    text = f"{'davor ' * 100}Treffer {'danach ' * 100}"
    cut = excerpt(text, "treffer")
    assert cut.startswith("… davor ")
    assert cut.endswith(" danach …")
    assert " Treffer " in cut
    assert len(cut) < 300


def test_a_short_text_is_its_own_excerpt_and_no_hit_has_none():
    assert excerpt("Nur ein Treffer hier", "treffer") == "Nur ein Treffer hier"
    assert excerpt("Nichts davon", "treffer") == ""


def test_what_is_not_known_is_a_dash_with_words():
    assert or_dash(0) == 0
    assert or_dash("Boxengasse") == "Boxengasse"
    for unknown in (None, ""):
        assert 'aria-hidden="true">—<' in or_dash(unknown)
        assert "nicht überliefert" in or_dash(unknown)


def test_a_name_stays_on_one_line():
    assert unbroken("Jens Klingmann") == "Jens\u00a0Klingmann"


@pytest.mark.django_db
def test_no_headline_can_end_the_block_of_data(client):
    race = RaceFactory(name=HOSTILE, circuit=CircuitFactory(name=HOSTILE))
    article = ArticleFactory(headline=HOSTILE, teaser=HOSTILE, byline=HOSTILE, race=race, slug="hostile")
    page = client.get(article.get_absolute_url()).text
    (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    data = json.loads(block)
    assert data["@type"] == "NewsArticle"
    assert data["headline"] == data["author"]["name"] == data["about"]["name"] == HOSTILE
    assert data["mainEntityOfPage"] == "http://testserver/news/hostile/"
    assert 'alert("x")' not in page.replace(block, "")


def alternates(page):
    return dict(re.findall(r'<link rel="alternate" hreflang="([\w-]+)" href="([^"]+)">', page))


@pytest.mark.django_db
def test_an_article_names_its_public_versions_only(client):
    german = ArticleFactory(slug="bericht")
    english = ArticleFactory(
        slug="report", language="en", translation_group=german.translation_group, stage="review"
    )
    page = client.get("/news/bericht/").text
    assert alternates(page) == {
        "de": "http://testserver/news/bericht/",
        "x-default": "http://testserver/news/bericht/",
    }
    assert "report" not in page
    english.stage = "released"
    english.save()
    assert alternates(client.get("/news/bericht/").text)["en"] == "http://testserver/en/news/report/"


@pytest.mark.django_db
def test_a_page_written_in_one_language_is_shown_and_marked_as_that(client):
    PageFactory(kind="imprint", slug="imprint", body_en="", title_en="")
    page = client.get("/en/imprint/").text
    assert '<div class="prose" lang="de"><p>Der Text der Seite.</p></div>' in page
    assert set(alternates(page)) == {"de", "x-default"}


@pytest.mark.django_db
def test_a_missing_page_offers_the_other_language_s_home_and_no_alternates(client):
    page = client.get("/en/there-is-no-such-page/").text
    assert alternates(page) == {}
    assert '<a href="/" lang="de" hreflang="de"' in page


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("headline", "classes"),
    [
        ("Von elf auf zwei", ""),
        ("Müde, aber überglücklich", ""),
        ("Jubel in Österreich", "is-high"),
        ("Ein langer Abend und eine noch längere Nacht am Ring", "is-long"),
        ("Ein langer Abend und eine noch längere Nacht in Österreich", "is-long is-high"),
    ],
)
def test_a_headline_is_set_as_its_letters_need_it(client, headline, classes):
    assert set_as(headline) == classes
    page = client.get(ArticleFactory(headline=headline).get_absolute_url()).text
    assert (f'<h1 class="{classes}">' if classes else "<h1>") + headline in page
