"""Two people, or two windows of one, at one article: nothing is written over unseen, and nothing typed is lost."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from news.history import new_version, versions_of
from news.models import Article, GalleryPhoto
from tests import factories
from tests.forms import filled_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def article():
    return factories.ArticleFactory(headline="Alt", teaser="Teaser alt", body="<p>Er wird Zweiter.</p>")


@pytest.fixture
def change(article):
    return reverse("admin:news_article_change", args=[article.pk])


@pytest.fixture
def maria():
    return User.objects.create_user("maria", first_name="Maria")


def saved_by(user, article, **fields):
    with new_version(article.pk, user) as stored:
        for name, value in fields.items():
            setattr(stored, name, value)
        stored.save()


def test_a_save_on_a_state_that_has_moved_on_is_refused_with_both_texts(admin_client, article, change, maria):
    form = filled_in(admin_client.get(change), body="<p>Er wird Dritter.</p>")
    saved_by(maria, article, body="<p>Er wird Erster.</p>", teaser="Teaser von Maria")
    refused = admin_client.post(change, form)
    assert refused.status_code == 409
    assert "Maria hat diesen Artikel um" in refused.text
    assert "<p>Er wird <del>Erster</del>.</p>" in refused.text
    assert "<p>Er wird <ins>Dritter</ins>.</p>" in refused.text
    assert Article.objects.get().body == "<p>Er wird Erster.</p>"
    # What only she has changed is kept as she has it, unless one chooses otherwise.
    offered = filled_in(refused)
    assert (offered["keep-body"], offered["keep-teaser"]) == (["mine"], ["stored"])
    assert "keep-headline" not in offered


def test_what_is_kept_is_chosen_field_by_field_and_saved_as_a_version(admin_client, article, change, maria):
    form = filled_in(admin_client.get(change), headline="Meine", body="<p>Mein Text.</p>")
    saved_by(maria, article, headline="Ihre", body="<p>Ihr Text.</p>")
    offered = filled_in(admin_client.post(change, form))
    chosen = {**offered, "keep-headline": "mine", "keep-body": "stored", "_continue": "1"}
    assert admin_client.post(change, chosen).status_code == 302
    article.refresh_from_db()
    assert (article.headline, article.body) == ("Meine", "<p>Ihr Text.</p>")
    assert [version.field_dict["headline"] for version in versions_of(article.pk)] == ["Meine", "Ihre", "Alt"]


def test_a_choice_is_refused_as_well_when_somebody_was_faster_again(admin_client, article, change, maria):
    form = filled_in(admin_client.get(change), headline="Meine")
    saved_by(maria, article, headline="Ihre")
    offered = filled_in(admin_client.post(change, form))
    saved_by(maria, article, headline="Ihre zweite")
    refused = admin_client.post(change, {**offered, "keep-headline": "mine"})
    assert refused.status_code == 409
    assert Article.objects.get().headline == "Ihre zweite"


def test_two_windows_of_one_person_are_two(admin_client, admin_user, article, change):
    first, second = (filled_in(admin_client.get(change), headline=words) for words in ("Eins", "Zwei"))
    assert admin_client.post(change, first).status_code == 302
    refused = admin_client.post(change, second)
    assert refused.status_code == 409 and "in einem anderen Fenster gespeichert" in refused.text
    assert Article.objects.get().headline == "Eins"


def test_a_step_that_met_a_conflict_says_that_it_has_to_be_taken_again(admin_client, article, change, maria):
    form = filled_in(admin_client.get(change), headline="Meine")
    saved_by(maria, article, headline="Ihre")
    assert "noch einmal" not in admin_client.post(change, form).text
    assert "noch einmal" in admin_client.post(change, form | {"_step": "take_back"}).text


def test_a_second_click_is_no_conflict(admin_client, article, change):
    form = filled_in(admin_client.get(change), headline="Einmal")
    assert [admin_client.post(change, form).status_code for _click in range(2)] == [302, 302]
    assert Article.objects.get().version == 2


def test_a_form_that_does_not_say_what_it_was_made_from_is_refused(admin_client, article, change):
    form = filled_in(admin_client.get(change), headline="Ohne Marke")
    for seen in ("", "x", "-1", "9" * 40):
        assert admin_client.post(change, form | {"seen": seen}).status_code == 409
    assert Article.objects.get().headline == "Alt"


def test_a_time_is_the_same_however_a_browser_spells_it(admin_client, article, change, maria):
    article.published_at = datetime(2014, 4, 6, 16, tzinfo=UTC)
    article.save()
    form = filled_in(admin_client.get(change), headline="Meine")
    saved_by(maria, article, headline="Ihre")
    offered = filled_in(admin_client.post(change, form | {"published_at": "2014-04-06T18:00"}))
    assert "keep-headline" in offered and "keep-published_at" not in offered


def test_what_is_released_from_the_list_is_what_the_list_showed(admin_client, maria):
    draft = factories.ArticleFactory(stage="review", published_at=None)
    chosen = {"action": "release", "_selected_action": [draft.pk]}
    listed = admin_client.get("/admin/news/article/").text
    assert f'name="seen-{draft.pk}" value="{draft.version}"' in listed
    chosen[f"seen-{draft.pk}"] = draft.version
    saved_by(maria, draft, body="<p>Etwas ganz anderes.</p>")
    refused = admin_client.post("/admin/news/article/", chosen, follow=True)
    assert "Maria hat diesen Artikel um" in refused.text
    assert Article.objects.get(pk=draft.pk).stage == "review"


def test_galleries_are_chosen_whole(admin_client, article, change, maria):
    photos = factories.PhotoFactory.create_batch(3)
    rows = [
        GalleryPhoto.objects.create(article=article, photo=photo, order=n)
        for n, photo in enumerate(photos[:2])
    ]
    mine = {
        "gallery_photos-TOTAL_FORMS": 3,
        "gallery_photos-0-order": 5,
        "gallery_photos-2-photo": photos[2].pk,
        "gallery_photos-2-order": 9,
    }
    form = filled_in(admin_client.get(change), **mine)
    with new_version(article.pk, maria) as stored:
        stored.save()
        rows[1].delete()
    refused = admin_client.post(change, form)
    offered = filled_in(refused)
    assert offered["keep-gallery_photos"] == ["mine"]
    assert admin_client.post(change, {**offered, "_continue": "1"}).status_code == 302
    found = [(row.photo, row.order) for row in article.gallery_photos.all()]
    assert found == [(photos[1], 1), (photos[0], 5), (photos[2], 9)]

    admin_client.post(change, filled_in(admin_client.get(change), **{"gallery_photos-0-DELETE": "on"}))
    refused = admin_client.post(change, form)
    offered = filled_in(refused) | {"keep-gallery_photos": "stored", "_continue": "1"}
    assert admin_client.post(change, offered).status_code == 302
    assert [row.photo for row in article.gallery_photos.all()] == [photos[0], photos[2]]


def test_who_may_not_change_an_article_is_shown_no_conflict(client, article, change):
    client.force_login(factories.member("staff"))
    assert client.post(change, {"seen": 0, "headline": "x"}).status_code == 403


def test_hostile_text_stays_text_on_the_page_of_a_conflict(admin_client, article, change, maria):
    hostile = '"><script>alert(1)</script>'
    form = filled_in(admin_client.get(change), headline=hostile, body="<p>Da<img src=x onerror=alert(1)></p>")
    saved_by(maria, article, headline="Ihre", body="<p>Ihr</p>")
    text = admin_client.post(change, form).text
    assert "<script>alert" not in text and "<img src=x" not in text


def test_saving_from_the_form_makes_a_version_and_so_does_a_new_article(
    admin_client, admin_user, article, change
):
    admin_client.post(change, filled_in(admin_client.get(change), headline="Neu"))
    assert versions_of(article.pk).first().revision.user == admin_user
    add = "/admin/news/article/add/"
    admin_client.post(add, filled_in(admin_client.get(add), headline="Der Neue", language="en"))
    begun = Article.objects.get(headline="Der Neue")
    assert versions_of(begun.pk).get().revision.user == admin_user
