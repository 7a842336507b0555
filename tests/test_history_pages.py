"""The history of an article in the newsroom: seen, compared word by word, and brought back."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from news.history import new_version, versions_of
from news.models import Article, GalleryPhoto
from tests import factories
from tests.forms import filled_in

pytestmark = pytest.mark.django_db
DELETED = "/admin/news/article/deleted/"


def address(article, what, *more):
    return reverse(f"admin:news_article_{what}", args=[article.pk, *more])


@pytest.fixture
def maria():
    return User.objects.create_user("maria", first_name="Maria")


@pytest.fixture
def reporter(client):
    user = factories.member("Reporter")
    client.force_login(user)
    return user


@pytest.fixture
def article():
    return factories.ArticleFactory(headline="Erst", body="<p>Er wird Zweiter in Spa.</p>")


def change(article, user, **fields):
    with new_version(article.pk, user, comment=fields.pop("comment", "")) as stored:
        for name, value in fields.items():
            setattr(stored, name, value)
        stored.save()
    return versions_of(article.pk).first()


def test_every_version_is_listed_with_who_and_what_it_is_called(admin_client, article, maria):
    change(article, maria, headline="Dann", comment="Tippfehler")
    with new_version(article.pk, maria, milestone="released") as stored:
        stored.save()
    text = admin_client.get(address(article, "history")).text
    assert text.count("<li") >= 3 and text.count("Maria") == 2
    for words in ("Tippfehler", "Freigegeben", "Erst", "von außerhalb der Redaktion"):
        assert words in text


def test_a_long_history_costs_no_more_questions_than_a_short_one(admin_client, article, maria):
    change(article, maria, headline="Dann")
    with CaptureQueriesContext(connection) as few:
        admin_client.get(address(article, "history"))
    for number in range(12):
        change(article, maria, headline=f"Dann {number}")
    with CaptureQueriesContext(connection) as many:
        admin_client.get(address(article, "history"))
    assert len(many) <= len(few)


def test_an_editor_names_a_version_and_a_reporter_does_not(admin_client, client, reporter, article, maria):
    version = change(article, maria, headline="Dann")
    name = address(article, "name", version.pk)
    admin_client.post(name, {"name": "Fassung für die Presse"})
    assert "Fassung für die Presse" in admin_client.get(address(article, "history")).text
    assert client.post(name, {"name": "Meine"}).status_code == 403


def test_two_versions_are_compared_word_by_word(admin_client, article, maria):
    old = change(article, maria, teaser="Alt")
    new = change(
        article,
        maria,
        body="<p>Er wird <strong>Dritter</strong> in Spa.</p>",
        race=factories.RaceFactory(name="Spa"),
    )
    for asked in ({}, {"old": old.pk, "new": new.pk}, {"old": new.pk, "new": old.pk}):
        text = admin_client.get(address(article, "compare"), asked).text
        assert "<p>Er wird <del>Zweiter</del> in Spa.</p>" in text
        assert "<p>Er wird <strong><ins>Dritter</ins></strong> in Spa.</p>" in text
        assert "<ins>Spa" in text
        assert "Teaser" not in text.split("<main")[1]


def test_what_was_stored_by_old_rules_is_sanitized_before_it_is_shown(admin_client, article, maria):
    version = change(article, maria, headline="Dann")
    stored = version.serialized_data.replace("Er wird Zweiter", "<img src=x onerror=alert(1)>Er wird Zweiter")
    type(version).objects.filter(pk=version.pk).update(serialized_data=stored)
    assert "onerror" not in admin_client.get(address(article, "compare")).text


def test_a_restored_version_is_a_new_one_with_its_tags_and_gallery(admin_client, admin_user, article, maria):
    tag, photos = factories.TagFactory(), factories.PhotoFactory.create_batch(2)
    article.tags.add(tag)
    for order, photo in enumerate(photos):
        GalleryPhoto.objects.create(article=article, photo=photo, order=order)
    with new_version(article.pk, maria) as stored:
        stored.headline, stored.stage, stored.slug = "Dann", "review", "dann"
        stored.save()
        stored.tags.clear()
        stored.gallery_photos.first().delete()
    former = versions_of(article.pk).last()

    page = admin_client.get(address(article, "restore", former.pk))
    assert "<ins>Erst</ins>" in page.text
    # The address stays as it is, so it is not shown as what would change.
    assert "<del>dann</del>" not in page.text
    assert admin_client.post(address(article, "restore", former.pk), filled_in(page)).status_code == 302
    article.refresh_from_db()
    assert (article.headline, article.stage, article.slug) == ("Erst", "review", "dann")
    assert list(article.tags.all()) == [tag]
    assert [row.photo for row in article.gallery_photos.all()] == photos
    latest = versions_of(article.pk).first()
    assert (latest.revision.user, str(latest.revision.milestones.get())) == (admin_user, "Wiederhergestellt")
    assert versions_of(article.pk).count() == 3


def test_an_open_quote_does_not_come_back_before_the_eyes_of_visitors(admin_client, maria):
    article = factories.ArticleFactory(body="<p>„[Zitat]“</p>", stage="writing", published_at=None)
    change(article, maria, body="<p>„Stark.“</p>", stage="released", published_at=timezone.now())
    restore = address(article, "restore", versions_of(article.pk).last().pk)
    assert "Zitat ist noch offen" in admin_client.post(restore, filled_in(admin_client.get(restore))).text
    article.refresh_from_db()
    assert article.body == "<p>„Stark.“</p>"


def test_what_is_gone_cannot_come_back_and_is_said(admin_client, article, maria):
    photo, race = factories.PhotoFactory(), factories.RaceFactory()
    change(
        article,
        maria,
        lead_photo=photo,
        race=race,
        body=f'<p>Da.</p><figure data-photo="{photo.pk}"></figure>',
    )
    former = versions_of(article.pk).first()
    change(article, maria, lead_photo=None, race=None, body="<p>Ohne Bild.</p>")
    photo.delete()
    race.delete()
    page = admin_client.get(address(article, "restore", former.pk))
    assert "1 Foto dieser Fassung" in page.text and "Das Rennen" in page.text
    assert admin_client.post(address(article, "restore", former.pk), filled_in(page)).status_code == 302
    article.refresh_from_db()
    assert (article.lead_photo, article.race) == (None, None) and "Da." in article.body


def test_a_restore_of_what_somebody_has_saved_meanwhile_is_refused(admin_client, article, maria):
    change(article, maria, headline="Dann")
    restore = address(article, "restore", versions_of(article.pk).last().pk)
    form = filled_in(admin_client.get(restore))
    change(article, maria, headline="Inzwischen")
    assert "Inzwischen" in admin_client.post(restore, form).text
    assert Article.objects.get().headline == "Inzwischen"


def test_who_may_not_release_restores_nothing_released(client, reporter, article, maria):
    change(article, maria, headline="Dann")
    restore = address(article, "restore", versions_of(article.pk).last().pk)
    assert client.post(restore, {"seen": 2}).status_code == 403
    Article.objects.update(stage="review")
    assert client.get(restore).status_code == 200


def test_versions_of_another_article_are_not_reached_through_this_one(admin_client, article, maria):
    other = change(factories.ArticleFactory(), maria, headline="Anderer")
    assert admin_client.get(address(article, "restore", other.pk)).status_code == 404


def test_a_deleted_article_is_kept_and_brought_back_as_a_draft(admin_client, article):
    photo, tag = factories.PhotoFactory(), factories.TagFactory()
    GalleryPhoto.objects.create(article=article, photo=photo, order=4)
    article.tags.add(tag)
    pk = article.pk
    assert "„Gelöschte Artikel“" in admin_client.get(address(article, "delete")).text
    admin_client.post(address(article, "delete"), {"post": "yes"})
    assert not Article.objects.exists()
    listed = admin_client.get(DELETED)
    assert "Erst" in listed.text
    assert admin_client.get(f"/admin/news/article/{pk}/history/").status_code == 200
    version = versions_of(pk).first()
    assert admin_client.post(f"{DELETED}{pk}/history/{version.pk}/").status_code == 302
    back = Article.objects.get()
    assert (back.pk, back.headline, back.stage, back.slug) == (pk, "Erst", "writing", "erst")
    assert [row.photo for row in back.gallery_photos.all()] == [photo] and list(back.tags.all()) == [tag]
    assert str(versions_of(pk).first().revision.milestones.get()) == "Zurückgeholt"
    admin_client.get(DELETED)
    assert "Erst" not in admin_client.get(DELETED).text


def test_several_deleted_at_once_are_kept_as_well(admin_client):
    articles = factories.ArticleFactory.create_batch(2)
    chosen = {"action": "delete_selected", "_selected_action": [each.pk for each in articles], "post": "yes"}
    admin_client.post("/admin/news/article/", chosen)
    text = admin_client.get(DELETED).text
    assert not Article.objects.exists() and all(each.headline in text for each in articles)


def test_what_takes_the_place_of_a_deleted_article_keeps_it(admin_client, article):
    pk, group = article.pk, article.translation_group
    admin_client.post(address(article, "delete"), {"post": "yes"})
    factories.ArticleFactory(slug="erst", translation_group=group)
    version = versions_of(pk).first()
    assert admin_client.post(f"{DELETED}{pk}/history/{version.pk}/").status_code == 302
    back = Article.objects.get(pk=pk)
    assert back.slug == "" and back.translation_group != group


def test_reporters_do_not_reach_what_is_deleted(client, reporter, article):
    pk = article.pk
    change(article, reporter, headline="Dann")
    article.delete()
    for page in (DELETED, f"/admin/news/article/{pk}/history/", f"/admin/news/article/{pk}/compare/"):
        assert client.get(page).status_code == 403
    assert client.post(f"{DELETED}{pk}/history/{versions_of(pk).first().pk}/").status_code == 403


def test_an_unsaved_history_is_said_to_be_empty(admin_client, article):
    assert "beginnt mit dem ersten Speichern" in admin_client.get(address(article, "history")).text
    assert admin_client.get(address(article, "compare")).status_code == 302


def test_times_are_compared_as_they_are_read(admin_client, article, maria):
    change(article, maria, expires_at=timezone.now() + timedelta(days=9))
    assert "<ins>" in admin_client.get(address(article, "compare")).text
