"""Promise 9 for text: rich text holds only what an article may show, however it came in."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.html import sanitize, text_of
from news.models import Article, Race
from news.slugs import folded, slug_of
from tests.factories import ArticleFactory, DriverFactory, PageFactory, RaceFactory

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<p onclick=alert(1)>x</p>",
    '<p style="background:url(//evil.example)">x</p>',
    '<a href="javascript:alert(1)">x</a>',
    '<a href="JaVaScRiPt:alert(1)">x</a>',
    '<a href="java\tscript:alert(1)">x</a>',
    '<a href="&#106;avascript:alert(1)">x</a>',
    '<a href="data:text/html,<script>alert(1)</script>">x</a>',
    '<a href="//evil.example/">x</a>',
    '<a href="/\\evil.example/">x</a>',
    '<a href="\\\\evil.example">x</a>',
    '<a href=" //evil.example">x</a>',
    '<a href="\t//evil.example">x</a>',
    "<svg onload=alert(1)><path/></svg>",
    "<math><mi xlink:href='javascript:alert(1)'>x</mi></math>",
    "<iframe src=https://evil.example></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data=evil.swf></object><embed src=evil.swf>",
    "<form action=https://evil.example><input name=password></form>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "<base href=https://evil.example>",
    "<link rel=stylesheet href=https://evil.example>",
    "<style>@import 'https://evil.example'</style>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<h1 onmouseover=alert(1)>x</h1><b/onclick=alert(1)>y</b>",
    "<p><template><script>alert(1)</script></template></p>",
]
TRACES = (
    "<script",
    "onerror",
    "onclick",
    "onload",
    "onmouse",
    "javascript:",
    "//evil",
    "\\evil",
    "<iframe",
    "<svg",
    "style",
    "data:",
)


@pytest.mark.parametrize("html", HOSTILE)
def test_hostile_text_loses_what_runs_loads_or_leads_astray(html):
    clean = sanitize(f"<p>before</p>{html}<p>after</p>")
    assert not [trace for trace in TRACES if trace in clean.lower().replace("&lt;", "")]
    assert "before" in clean and "after" in clean


@pytest.mark.parametrize("html", HOSTILE)
def test_sanitizing_twice_is_sanitizing_once(html):
    assert sanitize(sanitize(html)) == sanitize(html)


@given(st.text(alphabet=st.sampled_from("<>/=\"'& abph123scriptonerror:;!-\n\t\\"), max_size=80))
def test_whatever_is_typed_is_harmless_and_stays_so(text):
    clean = sanitize(text)
    assert "<script" not in clean and "<img" not in clean
    assert sanitize(clean) == clean


def test_what_an_article_needs_is_kept():
    text = (
        "<h2>Vier BMW vorn</h2><p><strong>Leimen.</strong> Auf <em>Platz</em> "
        '<a href="/rennen/" rel="noopener">zwei</a>.</p>'
        "<blockquote><p>„Sehr stark.“</p><p>Jens Klingmann</p></blockquote><ul><li>Elf</li></ul><hr>"
    )
    assert sanitize(text) == text


def test_headings_of_a_pasted_page_fit_under_the_headline():
    assert sanitize("<h1>A</h1><h5>B</h5><b>c</b>") == "<h2>A</h2><h3>B</h3><strong>c</strong>"


@pytest.mark.django_db
def test_text_is_clean_by_whatever_way_it_is_stored():
    bad = "<p>gut</p><script>alert(1)</script>"
    article = ArticleFactory(body=bad)
    page = PageFactory(body_de=bad, body_en=bad)
    driver = DriverFactory(story_de=bad)
    for stored in (article.body, page.body_de, page.body_en, driver.story_de):
        assert stored == "<p>gut</p>"
    article.refresh_from_db()
    assert article.body == "<p>gut</p>" and article.body_text == "gut"


def test_the_words_of_a_text_are_parted_where_its_blocks_are():
    assert text_of("<h2>Platz</h2><p>zwei &amp; drei</p>") == "Platz zwei & drei"


@pytest.mark.parametrize(
    ("headline", "slug"),
    [
        ("Größer als gedacht", "groesser-als-gedacht"),
        ("Hürtgen & Öztürk: Spaß", "huertgen-oeztuerk-spass"),
        ("Łódź, Ærø, Ångström", "lodz-aeroe-aangstroem"),
        ("„Sehr stark“ – 8.31,192 min", "sehr-stark-831192-min"),
    ],
)
def test_an_address_spells_letters_out_as_its_reader_would(headline, slug):
    assert slug_of(headline) == slug


def test_a_long_address_ends_with_a_whole_word():
    assert slug_of("eins zwei drei vier", max_length=12) == "eins-zwei"


@pytest.mark.django_db
def test_two_articles_of_one_headline_get_two_addresses():
    slugs = [ArticleFactory(headline="Platz zwei").slug for _ in range(3)]
    assert slugs == ["platz-zwei", "platz-zwei-2", "platz-zwei-3"]


@pytest.mark.parametrize(
    "written", ["Hürtgen", "HÜRTGEN", "Huertgen", "Hurtgen", "„Hürtgen“", "hu\u0308rtgen"]
)
def test_a_search_takes_all_spellings_of_a_name_for_one(written):
    assert folded(written) == folded("hürtgen")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query", ["österreich", "ÖSTERREICH", "Oesterreich", '"Platz zwei"', "zwei österreich"]
)
def test_an_article_is_found_however_its_words_are_typed_on_every_database(query):
    found = ArticleFactory(headline="Platz Zwei", body="<p>Baumann aus Österreich</p>")
    ArticleFactory(headline="Anderes")
    assert list(Article.objects.search(query)) == [found]


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["NÜRBURGRING", "nuerburgring 2014", "24h-quali", "qualifying"])
def test_a_race_is_found_by_name_circuit_and_year(query):
    race = RaceFactory(
        name="Qualifikationsrennen",
        name_en="Qualifying race",
        short_name="24h-Quali",
        circuit__name="Nürburgring",
    )
    RaceFactory(name="Anderes", circuit__name="Spa", first_day=date(2013, 5, 1))
    assert list(Race.objects.search(query)) == [race]
