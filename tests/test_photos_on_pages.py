"""Pictures as pages show them: the right size in modern formats, words for those who see none, the licence kept."""

import re
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import Context, Template
from django.utils import timezone, translation
from PIL import Image

from news.models import Photo
from news.templatetags.photos import absolute
from tests.factories import ArticleFactory, PhotoFactory, picture_file

pytestmark = pytest.mark.django_db


def drawn(photo, arguments=""):
    return Template(f"{{% load photos %}}{{% picture photo {arguments} %}}").render(Context({"photo": photo}))


@pytest.fixture
def photo():
    return PhotoFactory(renditions=True, focal_x=0.52, focal_y=0.3)


def test_modern_formats_come_first_from_narrow_to_wide(photo):
    html = drawn(photo, 'sizes="50vw"')
    assert re.findall(r'<source type="([^"]+)"', html) == ["image/avif", "image/webp"]
    for candidates in re.findall(r'srcset="([^"]+)"', html):
        widths = [int(width) for width in re.findall(r" (\d+)w", candidates)]
        assert widths == sorted(widths) == [360, 480, 800, 1200]
    assert html.count('sizes="50vw"') == 2


def test_a_browser_that_knows_neither_gets_a_jpeg_of_moderate_width(photo):
    assert re.search(r'src="[^"]+/w1200-[^"]+\.jpg"', drawn(photo))


def test_the_picture_keeps_its_place_while_it_loads(photo):
    assert 'width="1200" height="800"' in drawn(photo)


def test_the_lead_picture_is_fetched_first_and_the_others_when_they_come_near(photo):
    lead, other = drawn(photo, "lead=True"), drawn(photo)
    assert 'fetchpriority="high"' in lead
    assert "lazy" not in lead
    assert 'loading="lazy"' in other
    assert "fetchpriority" not in other


def test_the_focal_point_is_a_pair_of_classes(photo):
    assert 'class="focus-x-50 focus-y-30 ' in drawn(photo)


def test_the_alternative_text_is_in_the_language_of_the_page(photo):
    photo.alt_de, photo.alt_en = 'Auto "20"', 'Car "20"'
    assert 'alt="Auto &quot;20&quot;"' in drawn(photo)
    with translation.override("en"):
        assert 'alt="Car &quot;20&quot;"' in drawn(photo)


def test_decoration_says_nothing():
    assert 'alt=""' in drawn(PhotoFactory(decorative=True))


def test_a_photo_whose_sizes_are_being_made_shows_the_one_that_is_there(client):
    photo = PhotoFactory(file=picture_file(size=(1500, 1000)))
    assert photo.renditions.waiting().count() > 8
    assert re.findall(r'(?:src|srcset)="([^"]+)"', drawn(photo)) == [photo.sources["jpeg"][0].url]
    assert "<source" not in drawn(photo) and "w1200" in drawn(photo)
    assert client.get(photo.sources["jpeg"][0].url).status_code == 200


def test_a_photo_that_lost_its_sizes_shows_its_original():
    photo = PhotoFactory()
    photo.renditions.all().delete()
    assert f'src="{photo.file.url}"' in drawn(Photo.objects.get())


def test_a_small_photo_is_not_offered_larger_than_it_is():
    photo = PhotoFactory(file=picture_file(size=(300, 200)), renditions=True)
    assert set(re.findall(r" (\d+)w", drawn(photo))) == {"300"}


def test_an_address_for_others_begins_with_the_site():
    assert absolute("/media/photos/a.jpg") == "http://testserver/media/photos/a.jpg"
    assert absolute("https://files.example/a.jpg") == "https://files.example/a.jpg"


@pytest.mark.parametrize("days", [-1, 0, 1, None])
def test_a_photo_at_hand_is_licensed_when_the_queryset_says_so(days):
    ends = None if days is None else timezone.localdate() + timedelta(days=days)
    photo = PhotoFactory(licence_ends_on=ends)
    assert photo.is_licensed() == Photo.objects.licensed().filter(pk=photo.pk).exists()


def test_a_photo_whose_licence_has_ended_is_on_no_page(client):
    ended = PhotoFactory(renditions=True, licence_ends_on=timezone.localdate() - timedelta(days=1))
    article = ArticleFactory(lead_photo=ended)
    article.gallery_photos.create(photo=ended)
    for address in ("/", "/news/", article.get_absolute_url(), "/galerie/", "/presse/"):
        assert ended.checksum[:24] not in client.get(address).text, address


def test_the_shared_picture_of_an_article_is_its_own(client, photo):
    article = ArticleFactory(lead_photo=photo)
    shared = re.search(r'property="og:image" content="([^"]+)"', client.get(article.get_absolute_url()).text)[
        1
    ]
    assert shared == f"http://testserver{photo.share_image.url}"


def test_every_picture_of_an_article_carries_its_credit(client, photo):
    article = ArticleFactory(lead_photo=photo)
    article.gallery_photos.create(photo=PhotoFactory(credit="Foto: Max Beispiel"))
    page = client.get(article.get_absolute_url()).text
    assert photo.credit in page
    assert "Foto: Max Beispiel" in page


def test_the_colours_of_a_photo_stand_in_its_place_while_it_loads():
    image, out = Image.new("RGB", (60, 40), "#fff"), BytesIO()
    image.paste("#f00", (0, 20, 60, 40))
    image.save(out, "PNG")
    photo = PhotoFactory(file=SimpleUploadedFile("a.png", out.getvalue()))
    assert photo.tones == "777700"
    html = drawn(photo)
    assert 'tone top-r7 top-g7 top-b7 low-r7 low-g0 low-b0"' in html
    assert "style=" not in html and "data:" not in html


def test_every_colour_has_its_rule_in_the_style_sheet():
    rules = Path(finders.find("css/site.css")).read_text()
    for part in ("top-r", "top-g", "top-b", "low-r", "low-g", "low-b"):
        for step in range(8):
            assert f".{part}{step} {{ --{part}:" in rules


@pytest.mark.parametrize(
    ("caption", "line"),
    {
        "Zweite im Ziel": "Zweite im Ziel · Foto: Erika Muster",
        "Zweite im Ziel.": "Zweite im Ziel. Foto: Erika Muster",
        "„Sehr stark!“": "„Sehr stark!“ Foto: Erika Muster",
        "": "Foto: Erika Muster",
    }.items(),
)
def test_caption_and_credit_do_not_run_into_each_other(client, caption, line):
    photo = PhotoFactory(caption_de=caption, credit="Foto: Erika Muster")
    page = client.get(
        ArticleFactory(body=f'<figure data-photo="{photo.pk}"></figure>').get_absolute_url()
    ).text
    words = re.search("<figcaption>(.*?)</figcaption>", page.split('<div class="prose">')[1])[1]
    assert re.sub("<[^>]+>", "", words) == line
