"""Pictures in the newsroom: what is taken in, what is refused with a sentence, and where a photo is used."""

from io import BytesIO

import pytest
from django.core.files.storage import FileSystemStorage, default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from PIL import Image

from news.models import Article, GalleryPhoto, Photo, Rendition
from news.pictures import taken_in
from sponsors.models import Sponsor
from tests import factories
from tests.forms import complaints, filled_in

pytestmark = pytest.mark.django_db

ADD = "/admin/news/photo/add/"
UPLOAD = "/admin/news/photo/upload/"
WORDS = {"credit": "Foto: Erika Muster", "alt_de": "Auto Nummer 20 in der Boxengasse"}
SCRIPT = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">'
    b'<script>steal()</script><path onload="steal()" d="M0 0h9v9z"/></svg>'
)


def change_page(photo):
    return reverse("admin:news_photo_change", args=[photo.pk])


def delete_page(photo):
    return reverse("admin:news_photo_delete", args=[photo.pk])


def jpeg(size=(1200, 800)):
    return factories.picture_file(size=size).read()


def bomb():
    """Few bytes that become far too many pixels."""
    out = BytesIO()
    Image.new("1", (30_000, 30_000)).save(out, "PNG")
    return out.getvalue()


def upload(client, data, name="bild.jpg", **words):
    sent = filled_in(client.get(ADD), **WORDS | words, file=SimpleUploadedFile(name, data, "image/jpeg"))
    return client.post(ADD, sent)


def files_stored():
    def below(folder):
        folders, files = default_storage.listdir(folder)
        yield from (f"{folder}/{name}" for name in files)
        for name in folders:
            yield from below(f"{folder}/{name}")

    return sorted(below("photos")) if default_storage.exists("photos") else []


def test_an_upload_gets_all_its_sizes_without_anybody_waiting_for_them(admin_client, work):
    assert upload(admin_client, jpeg()).status_code == 302
    photo = Photo.objects.get()
    assert not photo.sources["avif"] and [r.width for r in photo.sources["jpeg"]] == [1200]
    assert "werden erstellt" in admin_client.get("/admin/news/photo/").text
    assert work() == 1
    assert "werden erstellt" not in admin_client.get("/admin/news/photo/").text
    photo = Photo.objects.get()
    assert {r.width for r in photo.sources["avif"]} == {360, 480, 800, 1200}
    assert photo.share_image
    assert all(default_storage.exists(r.file.name) for r in photo.renditions.all())


def test_an_upload_is_decoded_once_whichever_way_it_comes(admin_client, monkeypatch):
    decoded = []

    def counted(data):
        decoded.append(len(data))
        return taken_in(data)

    monkeypatch.setattr("news.models.pictures.taken_in", counted)
    upload(admin_client, jpeg())
    admin_client.post(UPLOAD, {"files": [SimpleUploadedFile("a.jpg", jpeg())]})
    assert len(decoded) == Photo.objects.count() == 2


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_nobody_who_writes_waits_for_an_upload_to_be_decoded(admin_client, monkeypatch):
    within = []

    def watched(data):
        within.append(connection.in_atomic_block)
        return taken_in(data)

    monkeypatch.setattr("news.models.pictures.taken_in", watched)
    upload(admin_client, jpeg())
    admin_client.post(UPLOAD, {"files": [SimpleUploadedFile("a.jpg", jpeg())]})
    assert within == [False, False] and Photo.objects.count() == 2


def test_a_new_focal_point_cuts_the_shared_picture_anew(admin_client, work):
    image = Image.new("RGB", (1200, 1200), "black")
    image.paste("white", (0, 0, 1200, 400))
    out = BytesIO()
    image.save(out, "JPEG")
    upload(admin_client, out.getvalue())
    work()
    photo = Photo.objects.get()
    before = photo.share_image.file
    admin_client.post(change_page(photo), filled_in(admin_client.get(change_page(photo)), focal_y="0"))
    work()
    assert Photo.objects.get().share_image.file != before


def test_words_alone_leave_the_sizes_as_they_are(admin_client, work):
    upload(admin_client, jpeg())
    work()
    photo, before = Photo.objects.get(), set(Rendition.objects.values_list("pk"))
    admin_client.post(change_page(photo), filled_in(admin_client.get(change_page(photo)), caption_de="Neu"))
    assert work() == 0
    assert set(Rendition.objects.values_list("pk")) == before


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (SCRIPT, "kein Bild"),
        (b"just a text that calls itself a picture", "kein Bild"),
        (b"GIF89a" + b"<script>steal()</script>" * 9, "kein Bild"),
        (jpeg()[:4000], "beschädigt"),
        (b"", "leer"),
    ],
    ids=["drawing with a script", "text", "polyglot", "half a picture", "nothing"],
)
def test_a_hostile_or_broken_upload_is_refused_with_a_sentence(admin_client, data, words):
    refused = upload(admin_client, data)
    assert words in complaints(refused)["file"][0]
    assert not Photo.objects.exists() and files_stored() == []


def test_a_bomb_is_refused_with_a_sentence(admin_client):
    assert "Megapixel" in complaints(upload(admin_client, bomb(), "bild.png"))["file"][0]
    assert files_stored() == []


@pytest.mark.parametrize("data", [SCRIPT, jpeg()[:4000], bomb()], ids=["script", "half", "bomb"])
def test_a_photo_keeps_its_picture_when_a_new_one_is_refused(admin_client, data):
    photo = factories.PhotoFactory()
    before = (photo.file.name, photo.width, photo.height)
    page = admin_client.get(change_page(photo))
    sent = filled_in(page, file=SimpleUploadedFile("bild.jpg", data))
    assert "file" in complaints(admin_client.post(change_page(photo), sent))
    photo.refresh_from_db()
    assert (photo.file.name, photo.width, photo.height) == before


def test_what_hides_behind_a_picture_is_not_stored(admin_client):
    upload(admin_client, jpeg() + b"<?php steal() ?><script>steal()</script>")
    with Photo.objects.get().file.open("rb") as stored:
        assert b"steal" not in stored.read()


def test_a_photo_without_credit_is_stored_but_not_for_the_press(admin_client):
    assert upload(admin_client, jpeg(), credit="", alt_de="").status_code == 302
    refused = complaints(upload(admin_client, jpeg(), credit="", for_press="on"))
    assert set(refused) == {"credit", "file"}


def test_a_full_disk_is_told_and_nothing_is_half_stored(admin_client, monkeypatch):
    def no_room(storage, name, content):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(FileSystemStorage, "_save", no_room)
    refused = upload(admin_client, jpeg(), caption_de="Mühsam geschrieben")
    assert "nicht speichern" in complaints(refused)["file"][0]
    assert "Mühsam geschrieben" in refused.text
    assert not Photo.objects.exists() and files_stored() == []


def test_lists_and_selects_show_the_smallest_size_never_the_original(admin_client):
    photo = factories.PhotoFactory(renditions=True)
    smallest = photo.sources["webp"][0].url
    article = factories.ArticleFactory(lead_photo=photo)
    form = admin_client.get(reverse("admin:news_article_change", args=[article.pk])).text
    assert f'data-thumbnail="{smallest}"' in form
    asked = {"app_label": "news", "model_name": "article", "field_name": "lead_photo", "term": "Boxengasse"}
    (found,) = admin_client.get("/admin/autocomplete/", asked).json()["results"]
    assert found["thumbnail"] == smallest and photo.credit in found["text"]
    for page in ("/admin/news/photo/", "/admin/news/article/"):
        text = admin_client.get(page).text
        assert smallest in text and photo.file.url not in text


def test_a_photo_in_use_is_not_deleted_and_the_page_says_where_it_is_used(admin_client):
    photo = factories.PhotoFactory(renditions=True)
    lead = factories.ArticleFactory(headline="Als Aufmacher", lead_photo=photo)
    gallery = factories.ArticleFactory(headline="In der Galerie")
    GalleryPhoto.objects.create(article=gallery, photo=photo)
    text = admin_client.get(delete_page(photo)).text
    for article in (lead, gallery):
        assert (
            f'<a href="{reverse("admin:news_article_change", args=[article.pk])}">{article.headline}</a>'
            in text
        )
    admin_client.post(delete_page(photo), {"post": "yes"})
    assert Photo.objects.exists() and Article.objects.count() == 2


def test_a_photo_that_nobody_uses_is_deleted_without_a_list_of_its_sizes(admin_client):
    photo = factories.PhotoFactory(renditions=True)
    assert "avif" not in admin_client.get(delete_page(photo)).text
    admin_client.post(delete_page(photo), {"post": "yes"})
    assert not Photo.objects.exists() and not Rendition.objects.exists()


def test_a_logo_loses_its_script_or_is_refused_with_a_sentence(admin_client):
    page = "/admin/sponsors/sponsor/add/"
    empty = filled_in(admin_client.get(page), name="Bilstein")
    refused = admin_client.post(page, empty | {"logo": SimpleUploadedFile("logo.svg", b"no drawing at all")})
    assert "kein Bild" in complaints(refused)["logo"][0]
    assert (
        admin_client.post(page, empty | {"logo": SimpleUploadedFile("logo.svg", SCRIPT)}).status_code == 302
    )
    with Sponsor.objects.get().logo.open("rb") as stored:
        assert b"steal" not in stored.read()


def test_a_new_photo_asks_for_its_middle_only_once_it_is_there(admin_client):
    assert "focal_x" not in filled_in(admin_client.get(ADD))
    photo = factories.PhotoFactory()
    assert "focal_x" in filled_in(admin_client.get(change_page(photo)))


def test_a_form_that_comes_back_asks_for_its_file_again(admin_client):
    sent = filled_in(admin_client.get(ADD), file=factories.picture_file(), taken_on="gestern")
    wrong = complaints(admin_client.post(ADD, sent, headers={"Accept-Language": "en"}))
    assert set(wrong) == {"taken_on", "file"} and wrong["file"][0].startswith("Choose the file again")


def test_addresses_of_partners_are_spelt_out_and_numbered(admin_client):
    page = "/admin/sponsors/sponsor/add/"
    for name in ("Böser Reifen", "Boeser-Reifen"):
        admin_client.post(page, filled_in(admin_client.get(page), name=name, logo=factories.logo_file()))
    assert set(Sponsor.objects.values_list("slug", flat=True)) == {"boeser-reifen", "boeser-reifen-2"}


def test_two_agreements_typed_together_do_not_overlap(admin_client):
    page = "/admin/sponsors/sponsor/add/"
    tier = factories.TierFactory()
    rows = {f"sponsorships-{n}-tier": tier.pk for n in (0, 1)} | {
        f"sponsorships-{n}-starts_on": f"2014-0{n + 1}-01" for n in (0, 1)
    }
    sent = filled_in(admin_client.get(page), name="Bilstein", logo=factories.logo_file(), **rows)
    wrong = complaints(admin_client.post(page, sent | {"sponsorships-TOTAL_FORMS": "2"}))
    assert "1. Februar 2014" in wrong["sponsorships"][0] and not Sponsor.objects.exists()
