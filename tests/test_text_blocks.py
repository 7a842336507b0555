"""Blocks in a text: what is stored of them, what visitors see, what it costs, and what never gets out."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.db.models import ProtectedError
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from news.blocks import photos_in, sessions_in
from news.html import sanitize, sanitize_plain, text_of
from news.models import Article, Photo
from tests.factories import (
    ArticleFactory,
    ClassificationFactory,
    DriverFactory,
    EntryFactory,
    PageFactory,
    PhotoFactory,
    RaceFactory,
    ResultFactory,
    SessionFactory,
)

QUOTE = '<figure class="quote"><blockquote><p>„Sehr stark.“</p></blockquote><figcaption>Jens K.</figcaption></figure>'
KEPT = [
    '<figure data-photo="12"></figure>',
    '<figure data-gallery="3,4,9"></figure>',
    '<figure data-results="17"></figure>',
    '<figure data-facts="17"></figure>',
    '<figure data-video="youtube:dQw4w9WgXcQ"></figure>',
    '<figure data-video="vimeo:123456789" data-title="An Bord: „8:31“ &lt;3"></figure>',
    '<aside class="anzeige"><p>Reifen von Muster</p><figure data-photo="12"></figure></aside>',
    '<aside class="correction" data-date="2026-11-28"><p>Es waren 24 Runden.</p></aside>',
    QUOTE,
]
CHANGED = {
    # Values that mean nothing.
    '<figure data-photo="012"></figure>': "",
    '<figure data-photo="1e3"></figure>': "",
    '<figure data-photo="٣"></figure>': "",
    '<figure data-photo="9999999999999999"></figure>': "",
    '<figure data-gallery="3,,4"></figure>': "",
    '<figure data-gallery="3,3,4"></figure>': '<figure data-gallery="3,4"></figure>',
    '<figure data-video="youtube:short"></figure>': "",
    '<figure data-video="evil:dQw4w9WgXcQ"></figure>': "",
    '<figure data-photo="1" data-results="2"></figure>': "",
    '<figure data-photo="1" data-title="x" class="quote"></figure>': '<figure data-photo="1"></figure>',
    '<aside class="correction" data-date="2026-02-30"><p>x</p></aside>': "<p>x</p>",
    '<aside class="correction"><p>x</p></aside>': "<p>x</p>",
    '<aside class="skip"><p>x</p></aside>': "<p>x</p>",
    # Places where no block can stand.
    '<p>a<figure data-photo="1">b</figure>c</p>': '<p>a</p><figure data-photo="1"></figure>bc',
    '<ul><li>a<figure data-photo="1"></figure></li></ul>': "<ul><li>a</li></ul>",
    '<a href="/x"><figure data-photo="1"></figure>a</a>': '<a href="/x" rel="noopener">a</a>',
    '<li><aside class="anzeige"><p>b</p></aside></li>': "<li><p>b</p></li>",
    "<figcaption>a</figcaption>": "a",
    # A quote has words, and under them at most the name of who said them.
    '<figure class="quote"><blockquote>a</blockquote><figcaption> </figcaption></figure>': (
        '<figure class="quote"><blockquote>a</blockquote></figure>'
    ),
    '<figure class="quote"><figcaption>a</figcaption></figure>': "a",
    '<figure class="quote"><figcaption>a</figcaption><blockquote>b</blockquote>': "a<blockquote>b</blockquote>",
}


@pytest.mark.parametrize("html", KEPT)
def test_a_block_is_stored_as_its_mark(html):
    assert sanitize(html) == html


@pytest.mark.parametrize(("html", "stored"), CHANGED.items())
def test_a_mark_that_means_nothing_or_stands_nowhere_is_no_mark(html, stored):
    assert sanitize(html) == stored
    assert sanitize(stored) == stored


def test_the_words_of_a_text_are_those_that_were_typed():
    assert text_of("".join(KEPT)) == (
        "An Bord: „8:31“ <3 Reifen von Muster Es waren 24 Runden. „Sehr stark.“ Jens K."
    )
    assert photos_in("".join(KEPT)) == [12, 3, 4, 9] and sessions_in("".join(KEPT)) == [17]


def test_where_no_blocks_belong_only_their_words_stay():
    assert sanitize_plain("".join(KEPT)) == (f"<p>Reifen von Muster</p><p>Es waren 24 Runden.</p>{QUOTE}")


@pytest.fixture
def session(db):
    """A race that our car finished second, from eleventh on the grid, with twenty others behind it."""
    session = SessionFactory(race=RaceFactory(name="Ein Rennen", first_day=date(2014, 4, 6)))
    result_list = ClassificationFactory(session=session, state="official")
    ours = EntryFactory(race=session.race, drivers=[DriverFactory(last_name="Unser", ours=True)])
    ResultFactory(classification=result_list, entry=ours, position=2, grid="11")
    for place in range(3, 23):
        driver = DriverFactory(last_name=f"Platz{place:02}")
        ResultFactory(
            classification=result_list,
            position=place,
            entry=EntryFactory(race=session.race, drivers=[driver]),
        )
    return session


def page_of(client, body, **values):
    article = ArticleFactory(body=body, **values)
    return (
        client.get(article.get_absolute_url()).text.split('<div class="prose">')[1].split('class="share')[0]
    )


@pytest.mark.django_db
def test_a_photo_brings_its_caption_credit_and_sizes_from_the_library(client):
    photo = PhotoFactory(renditions=True, caption_de="In der Boxengasse", credit="Foto: Erika Muster")
    page = page_of(client, f'<p>a</p><figure data-photo="{photo.pk}"></figure>')
    assert "In der Boxengasse" in page and "Foto: Erika Muster" in page
    assert 'type="image/avif"' in page and 'width="1200" height="800"' in page and "data-photo" not in page


@pytest.mark.django_db
def test_a_gallery_keeps_the_order_of_the_text(client):
    first, second = PhotoFactory(alt_de="Erstes Bild"), PhotoFactory(alt_de="Zweites Bild")
    page = page_of(client, f'<figure data-gallery="{second.pk},{first.pk}"></figure>')
    assert page.index("Zweites Bild") < page.index("Erstes Bild")


def test_a_result_table_is_that_of_today_and_short(client, session):
    page = page_of(client, f'<figure data-results="{session.pk}"></figure>')
    assert "Unser" in page and "Platz11" in page and "Platz12" not in page
    assert "Alle 21 Autos" in page and session.get_absolute_url() in page
    amended = ClassificationFactory(session=session, state="amended")
    ours = session.classifications.first().results.model.objects.ours().first()
    ResultFactory(classification=amended, entry=ours.entry, position=1)
    assert "Platz03" not in client.get(Article.objects.get().get_absolute_url()).text


def test_a_fact_box_is_made_from_the_result(client, session):
    page = page_of(client, f'<figure data-facts="{session.pk}"></figure>')
    assert 'class="facts"' in page and ">11<" in page and "Unser" in page


@pytest.mark.parametrize("kind", ["results", "facts"])
def test_no_block_gives_away_what_was_not_over_when_the_article_came_out(client, session, kind):
    page = page_of(
        client,
        f'<figure data-{kind}="{session.pk}"></figure>',
        published_at=datetime(2014, 4, 5, 12, tzinfo=UTC),
    )
    assert "Platz" not in page and ">11<" not in page and session.race.get_absolute_url() in page


@pytest.mark.django_db
def test_what_is_gone_or_may_not_be_shown_leaves_no_trace_for_visitors(client, admin_client):
    old = PhotoFactory(alt_de="Altes Bild", licence_ends_on=timezone.localdate() - timedelta(days=1))
    body = f'<p>a</p><figure data-photo="{old.pk}"></figure><figure data-gallery="98,99"></figure>'
    page = page_of(
        client, body + '<figure data-results="77"></figure><figure data-facts="77"></figure><p>b</p>'
    )
    text = page.split("</p>", 1)[1]
    assert "Altes Bild" not in page and "figure" not in page and "newsroom" not in page and "b" in text
    preview = admin_client.get(reverse("article_preview", args=[Article.objects.get().pk])).text
    assert preview.count("newsroom-note") == 4 and "Altes Bild" not in preview


@pytest.mark.django_db
def test_a_video_is_a_board_without_a_frame_and_without_an_address_of_a_player(client):
    page = page_of(client, '<figure data-video="youtube:dQw4w9WgXcQ" data-title="An Bord"></figure>')
    assert 'href="https://www.youtube.com/watch?v=dQw4w9WgXcQ" data-video>An Bord<' in page
    assert "<iframe" not in page and "nocookie" not in page


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "word"), [("de", "Anzeige"), ("en", "Advertisement")])
def test_what_is_paid_for_says_so_in_the_language_of_the_text(client, language, word):
    page = page_of(client, '<aside class="anzeige"><p>Reifen</p></aside>', language=language)
    assert f">{word}</p><p>Reifen</p>" in page


@pytest.mark.django_db
def test_a_correction_says_when(client):
    page = page_of(client, '<aside class="correction" data-date="2026-11-28"><p>24 Runden.</p></aside>')
    assert "Berichtigung" in page and "28. November 2026" in page


def test_any_number_of_blocks_costs_an_article_no_further_question(client, session):
    photos = PhotoFactory.create_batch(4, renditions=True)
    article = ArticleFactory(race=session.race, lead_photo=photos[0], slug="viele")
    article.gallery_photos.create(photo=photos[1])
    other = SessionFactory(race=RaceFactory(first_day=date(2014, 5, 1)), kind="qualifying")
    ResultFactory(classification=ClassificationFactory(session=other))
    before = queries(client, article)
    marks = [f'<figure data-photo="{photo.pk}"></figure>' for photo in photos]
    marks += [
        f'<figure data-{kind}="{row.pk}"></figure>'
        for kind in ("results", "facts")
        for row in (session, other)
    ]
    article.body += "".join(marks) * 5
    article.save()
    assert queries(client, article) == before <= 10


def queries(client, article):
    client.get(article.get_absolute_url())
    with CaptureQueriesContext(connection) as captured:
        assert client.get(article.get_absolute_url()).status_code == 200
    return len(captured)


@pytest.mark.django_db
def test_a_photo_is_public_through_the_text_in_which_it_stands_and_only_then():
    in_draft, in_article, on_page = PhotoFactory.create_batch(3)
    mark = '<figure data-photo="{}"></figure>'
    ArticleFactory(body=mark.format(in_draft.pk), stage="writing", published_at=None)
    article = ArticleFactory(body=mark.format(in_article.pk))
    PageFactory(body_de=mark.format(on_page.pk))
    assert {*Photo.objects.public()} == {in_article, on_page}
    assert [*Article.objects.showing(in_article)] == [article]
    article.body = "<p>ohne</p>"
    article.save()
    assert {*Photo.objects.public()} == {on_page}


@pytest.mark.django_db
def test_a_photo_cannot_be_deleted_from_under_a_text_and_says_where_it_is(admin_client):
    photo = PhotoFactory()
    article = ArticleFactory(body=f'<figure data-photo="{photo.pk}"></figure>', headline="Mit Foto im Text")
    with pytest.raises(ProtectedError):
        photo.delete()
    assert "Mit Foto im Text" in admin_client.get(f"/admin/news/photo/{photo.pk}/change/").text
    article.delete()
    photo.delete()


@pytest.mark.django_db
def test_feeds_carry_plain_pictures_links_and_names_but_no_marks(client, session):
    photo = PhotoFactory(renditions=True, caption_de="Am Abend")
    body = "".join(KEPT).replace('="12"', f'="{photo.pk}"').replace('="17"', f'="{session.pk}"')
    ArticleFactory(body=f'<p>Zum <a href="/kalender/">Kalender</a></p>{body}')
    (item,) = client.get("/feed.json").json()["items"]
    text = item["content_html"]
    assert "data-" not in text and "Am Abend" in text and "<strong>Anzeige</strong>" in text
    assert 'src="http://testserver/media/' in text and 'href="http://testserver/kalender/"' in text
    assert "https://vimeo.com/123456789" in text and "data-" not in client.get("/feed/").text


@pytest.mark.django_db
def test_a_page_shows_its_blocks_in_the_language_in_which_it_is_written(client):
    photo = PhotoFactory(caption_de="Am Abend")
    page = PageFactory(
        body_de=f'<figure data-photo="{photo.pk}"></figure><aside class="anzeige"><p>x</p></aside>',
        body_en="",
    )
    assert "Am Abend" in client.get(page.address_in("de")).text
    assert "Anzeige</p>" in client.get(page.address_in("en")).text
