"""What a photo needs before anybody sees it: its credit, words for those who cannot see it, a licence."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone

from news import steps
from news.models import Article, GalleryPhoto, Photo
from tests.factories import ArticleFactory, DriverFactory, PhotoFactory, member
from tests.forms import complaints, filled_in
from tests.test_admin_photos import change_page

pytestmark = pytest.mark.django_db

ENDED = timezone.localdate() - timedelta(days=1)


@pytest.fixture
def editor():
    return member("Editor")


@pytest.mark.parametrize(
    ("values", "lacks"),
    [
        ({}, []),
        ({"credit": ""}, ["credit"]),
        ({"alt_en": ""}, ["alt"]),
        ({"alt_en": "", "decorative": True}, []),
        ({"licence_ends_on": ENDED}, ["licence"]),
        ({"credit": "", "alt_en": "", "licence_ends_on": ENDED}, ["credit", "alt", "licence"]),
    ],
)
def test_a_photo_says_what_it_lacks_in_a_language(values, lacks):
    assert PhotoFactory(**values).missing("en") == lacks


@pytest.mark.parametrize("values", [{}, {"credit": ""}, {"licence_ends_on": ENDED}, {"alt_de": ""}])
def test_a_photo_at_hand_is_showable_when_the_queryset_says_so(values):
    photo = PhotoFactory(**values)
    assert photo.is_showable() == Photo.objects.showable().filter(pk=photo.pk).exists()
    photo.take_down(None, "Auf Wunsch")
    assert not photo.is_showable() and not Photo.objects.showable().exists()


def test_a_photo_without_credit_is_on_no_page(client):
    photo = PhotoFactory(credit="", renditions=True)
    article = ArticleFactory(lead_photo=photo)
    GalleryPhoto.objects.create(article=article, photo=photo)
    DriverFactory(last_name="Muster", ours=True, portrait=photo)
    for page in ("/", article.get_absolute_url(), "/galerie/", "/fahrer/muster/", "/feed/", "/feed.json"):
        assert photo.checksum[:24] not in client.get(page, follow=True).text, page


@pytest.mark.parametrize("values", [{"credit": ""}, {"alt_de": ""}], ids=["no credit", "no words"])
@pytest.mark.parametrize("where", ["lead", "gallery", "text"])
def test_an_article_is_not_released_with_a_photo_that_is_not_ready(editor, where, values):
    photo = PhotoFactory(**values)
    article = ArticleFactory(stage="review", published_at=None, lead_photo=photo if where == "lead" else None)
    if where == "gallery":
        GalleryPhoto.objects.create(article=article, photo=photo)
    if where == "text":
        article.body += f'<figure data-photo="{photo.pk}"></figure>'
        article.save()
        assert article.body_photos.get() == photo
    with pytest.raises(ValidationError):
        steps.take(article.pk, steps.Kind.RELEASE, editor)
    assert Article.objects.get().stage == "review"
    photo.credit, photo.alt_de = "Foto: Erika Muster", "Auto"
    photo.save()
    steps.take(article.pk, steps.Kind.RELEASE, editor)


def test_a_correction_is_not_held_up_by_a_photo_that_is_gone(admin_client):
    photo = PhotoFactory()
    article = ArticleFactory(lead_photo=photo)
    photo.take_down(None, "Auf Wunsch")
    page = reverse("admin:news_article_change", args=[article.pk])
    sent = filled_in(admin_client.get(page), headline="Berichtigt")
    assert complaints(admin_client.post(page, sent)) == {}


def test_a_photo_on_a_page_does_not_lose_what_it_was_released_with(admin_client):
    photo = PhotoFactory()
    ArticleFactory(lead_photo=photo)
    page = admin_client.get(change_page(photo))
    sent = filled_in(page, credit="", alt_de="", alt_en="")
    assert set(complaints(admin_client.post(change_page(photo), sent))) == {"credit", "alt_de"}


def test_the_database_keeps_the_press_from_photos_without_credit():
    with pytest.raises(IntegrityError):
        PhotoFactory(credit="", for_press=True)
