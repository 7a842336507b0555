"""The preview: as article, teaser and share card, on both screens, in both languages, with what is not saved yet."""

import re

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from news.models import Article, RollingDraft
from tests.factories import ArticleFactory, PhotoFactory, RaceFactory, member

pytestmark = pytest.mark.django_db

WRITING = {"stage": Article.Stage.WRITING, "published_at": None}


@pytest.fixture
def editor(client):
    user = member("Editor")
    client.force_login(user)
    return user


def look(client, article, **query):
    return client.get(reverse("article_look", args=[article.pk]), query, headers={"Accept-Language": "en"})


def shown_as(client, article, form, **query):
    address = reverse("article_preview_as", args=[article.pk, form])
    return client.get(address, query, headers={"Accept-Language": "en"})


def test_the_preview_stands_in_a_frame_that_only_this_site_may_hold(client, editor):
    article = ArticleFactory(**WRITING)
    page = look(client, article)
    assert "frame-src 'self'" in page.headers["Content-Security-Policy"]
    assert page.headers["X-Frame-Options"] == "DENY"
    for form in ("article", "teaser", "share"):
        framed = shown_as(client, article, form, framed=1)
        assert framed.headers["X-Frame-Options"] == "SAMEORIGIN"
        assert "frame-ancestors 'self'" in framed.headers["Content-Security-Policy"]
        assert "noindex" in framed.headers["X-Robots-Tag"] and "no-store" in framed.headers["Cache-Control"]


def test_no_other_page_of_the_newsroom_may_hold_frames_or_stand_in_one(client, editor):
    answer = client.get("/admin/")
    assert "frame-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("form", ["article", "teaser", "share"])
@pytest.mark.parametrize("width", ["phone", "desk"])
def test_form_and_width_are_switched_by_links(client, editor, form, width):
    article = ArticleFactory(**WRITING)
    text = look(client, article, **{"as": form, "on": width}).text
    assert f'<iframe src="{reverse("article_preview_as", args=[article.pk, form])}?framed=1' in text
    assert f'class="screen is-{width}"' in text
    assert len(re.findall(r'href="\?as=\w+&amp;on=\w+"[^>]*aria-current="true"', text)) == 2


def test_nonsense_in_the_address_of_a_preview_is_the_usual_one_or_not_there(client, editor):
    article = ArticleFactory(**WRITING)
    assert 'class="screen is-phone"' in look(client, article, **{"as": "x", "on": "tv"}).text
    assert shown_as(client, article, "postcard").status_code == 404


def test_the_other_language_is_one_switch_away_or_said_to_be_missing(client, editor):
    german = ArticleFactory(language="de", **WRITING)
    assert "EN missing" in look(client, german).text
    english = ArticleFactory(language="en", translation_group=german.translation_group, **WRITING)
    assert reverse("article_look", args=[english.pk]) in look(client, german).text


def test_the_share_card_is_what_other_sites_are_told(client, editor):
    photo = PhotoFactory(renditions=True)
    article = ArticleFactory(headline="Zweiter in Spa", teaser="Sechs Stunden ohne Fehler.", lead_photo=photo)
    card = shown_as(client, article, "share").text
    told = client.get(article.get_absolute_url()).text
    for name in ("title", "description"):
        said = re.search(rf'property="og:{name}" content="(.*?)"', told)[1]
        assert said in card
    image = re.search(r'property="og:image" content="(.*?)"', told)[1]
    assert photo.share_image.url in image and photo.share_image.url in card


def test_a_share_card_without_a_photo_says_what_is_shown_in_its_place(client, editor):
    assert "picture of the site" in shown_as(client, ArticleFactory(**WRITING), "share").text


def test_the_teaser_is_shown_as_on_home_and_in_lists(client, editor):
    text = shown_as(client, ArticleFactory(headline="Zweiter in Spa", **WRITING), "teaser").text
    assert text.count("Zweiter in Spa") == 3


def test_words_about_a_preview_are_those_of_whoever_looks(client, editor):
    english = ArticleFactory(language="en", **WRITING)
    address = reverse("article_preview_as", args=[english.pk, "share"])
    assert "Wenn jemand den Link teilt" in client.get(address, headers={"Accept-Language": "de"}).text


@pytest.fixture
def typed(editor):
    """An article of which the editor has typed more than was saved."""
    article, race = ArticleFactory(headline="Gespeichert", **WRITING), RaceFactory(name="Sechs Stunden")
    fields = {
        "headline": ["Getippt"],
        "body": ["<p>Neu<script>alert(1)</script></p>"],
        "race": [str(race.pk)],
    }
    RollingDraft.objects.create(
        article=article, user=editor, based_on=article.version, data={"fields": fields}
    )
    return article


def test_what_is_typed_and_not_saved_is_shown_and_not_stored(client, typed):
    text = shown_as(client, typed, "article").text
    assert "Getippt" in text and "Neu" in text and "alert(1)" not in text and "Sechs Stunden" in text
    assert "Gespeichert" in shown_as(client, typed, "article", saved=1).text
    assert "Show as saved" in look(client, typed).text
    typed.refresh_from_db()
    assert (typed.headline, typed.race) == ("Gespeichert", None)


def test_what_somebody_else_typed_or_an_older_state_was_typed_into_is_not_shown(client, typed):
    article = Article.objects.get()
    article.save()
    assert "Getippt" not in shown_as(client, article, "article").text
    RollingDraft.objects.update(based_on=article.version, user=User.objects.create_user("another"))
    assert "Getippt" not in shown_as(client, article, "article").text


def test_the_form_leads_to_the_preview(client, editor):
    article = ArticleFactory(**WRITING)
    page = client.get(f"/admin/news/article/{article.pk}/change/").text
    assert f'href="{reverse("article_look", args=[article.pk])}"' in page
