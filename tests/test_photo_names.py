"""What a photo is called in the newsroom until it has a caption: as its file was, which is nobody else's business."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile

from news.models import Article, Photo
from news.models.pictures import name_of
from tests import factories
from tests.test_admin_photos import UPLOAD, change_page, jpeg

pytestmark = pytest.mark.django_db
LIST = "/admin/news/photo/"


@pytest.mark.parametrize(
    ("sent", "known"),
    [
        ("DSC_0815.JPG", "DSC_0815.JPG"),
        ("C:\\Users\\Erika\\Bilder\\Start in Spa.jpg", "Start in Spa.jpg"),
        ("/media/card/../Start.jpg", "Start.jpg"),
        ("U\u0308bung\u202egpj.exe\u0000\n .jpg", "Übung gpj.exe .jpg"),
        ("", ""),
        (None, ""),
    ],
)
def test_the_name_of_a_file_is_kept_without_what_nobody_may_or_can_see(sent, known):
    assert name_of(ContentFile(b"", name=sent)) == known


def test_a_long_name_has_an_end():
    assert len(name_of(ContentFile(b"", name="a" * 5000))) == 100


def test_the_library_shows_and_finds_a_photo_by_its_file_until_it_has_words(admin_client):
    admin_client.post(UPLOAD, {"files": [SimpleUploadedFile("DSC_0815.jpg", jpeg())], "credit": "Foto: X"})
    factories.PhotoFactory()
    photo = Photo.objects.get(file_name="DSC_0815.jpg")
    assert "<b>DSC_0815.jpg</b>" in admin_client.get(LIST).text
    assert list(admin_client.get(f"{LIST}?q=dsc_0815").context["cl"].queryset) == [photo]
    assert "DSC_0815.jpg" in admin_client.get("/admin/search/?q=DSC_08").text
    Photo.objects.filter(pk=photo.pk).update(caption_de="Am Start.")
    assert "<b>DSC_0815.jpg</b>" not in admin_client.get(LIST).text
    assert "DSC_0815.jpg" in admin_client.get(change_page(photo)).text
    assert list(admin_client.get(f"{LIST}?q=dsc_0815").context["cl"].queryset) == [photo]


def test_another_file_brings_its_own_name():
    photo = factories.PhotoFactory(file=factories.picture_file("alt.jpg"))
    form = Photo.objects.get(pk=photo.pk)
    photo.file = factories.picture_file("neu.jpg")
    photo.save()
    form.save()
    assert Photo.objects.get().file_name == "neu.jpg"


def test_no_visitor_reads_what_a_file_was_called(client):
    race = factories.RaceFactory()
    photo = factories.PhotoFactory(
        file=factories.picture_file("GEHEIM.jpg"),
        for_press=True,
        decorative=True,
        alt_de="",
        alt_en="",
        race=race,
        renditions=True,
    )
    article = factories.ArticleFactory(
        lead_photo=photo, race=race, body=f'<figure data-photo="{photo.pk}"></figure>'
    )
    article.gallery_photos.create(photo=photo)
    driver = factories.DriverFactory(ours=True, portrait=photo)
    pages = [
        "/",
        "/news/",
        "/galerie/",
        "/presse/",
        "/feed/",
        "/feed.json",
        "/sitemap.xml",
        "/suche/?q=Bericht",
    ]
    pages += [each.get_absolute_url() for each in (article, race, driver)]
    shown = [client.get(page, follow=True) for page in pages]
    assert not [page for page, answer in zip(pages, shown, strict=True) if "GEHEIM" in answer.text]
    assert sum(photo.checksum[:24] in answer.text for answer in shown) > 6
    assert str(photo) == "GEHEIM.jpg" and Article.objects.exists()
