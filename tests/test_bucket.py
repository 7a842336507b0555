"""Uploads in a bucket: stored, shown, replaced, taken down and deleted over the real S3 API, on loopback."""

from datetime import timedelta
from urllib.request import urlopen

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from driversite.environment import backing
from driversite.tasks.rounds import Rounds
from news.models import Photo, Rendition
from tests.bucket import client_of, new_bucket, s3_server, storage_url
from tests.factories import ArticleFactory, PhotoFactory, SponsorFactory, picture_file
from tests.forms import complaints, filled_in
from tests.test_admin_photos import change_page

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.one_database,
]
LOGO = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 10"><script>alert(1)</script><path d="M0 0h40"/></svg>'


@pytest.fixture(scope="module")
def server():
    with s3_server() as address:
        yield address


@pytest.fixture
def bucket(server, settings):
    """The site's storage is a bucket of its own for each test, handed out by the site itself."""
    return _use(settings, server, public=False)


@pytest.fixture
def public_bucket(server, settings):
    """The same, with the bucket's own address for visitors."""
    return _use(settings, server, public=True)


def _use(settings, server, public):
    bucket = new_bucket(server)
    storage = backing.storage(storage_url(server, bucket, public=public))
    settings.STORAGES = settings.STORAGES | {"default": storage}
    return lambda: {
        each["Key"] for each in client_of(server).list_objects_v2(Bucket=bucket).get("Contents", [])
    }


def head(server, bucket_address):
    with urlopen(bucket_address) as answer:
        return answer.status, dict(answer.headers)


def test_a_photo_and_its_sizes_lie_in_the_bucket_and_nowhere_else(bucket, tmp_path):
    photo = PhotoFactory(renditions=True)
    assert bucket() == {photo.file.name, *photo.renditions.values_list("file", flat=True)} - {""}
    assert len(bucket()) > 3
    assert not (tmp_path / "media").exists()


def test_the_site_hands_out_what_lies_in_the_bucket(bucket, client):
    photo = PhotoFactory(renditions=True)
    page = client.get(ArticleFactory(lead_photo=photo).get_absolute_url())
    for each in [photo, *photo.renditions.all()]:
        answer = client.get(each.file.url)
        assert each.file.url.startswith("/media/photos/") and answer.status_code == 200
        assert answer.getvalue() == each.file.open().read()
        assert answer["Content-Type"] == f"image/{each.file.name.rpartition('.')[2]}".replace("jpg", "jpeg")
        assert "immutable" in answer["Cache-Control"] and "sandbox" in answer["Content-Security-Policy"]
        assert int(answer["Content-Length"]) == each.file.size
    assert photo.renditions.filter(format="avif").first().file.url in page.text


def test_what_is_in_no_bucket_is_not_found(bucket, client):
    assert client.get("/media/photos/00/nothing/original.jpg").status_code == 404


def test_a_public_bucket_is_where_pages_point_and_the_policy_allows_it(
    public_bucket, client, server, settings
):
    photo = PhotoFactory(renditions=True)
    source = backing.sources(settings.STORAGES["default"])
    assert len(source) == 1 and source[0].startswith(f"{server}/pictures-")
    page = client.get(ArticleFactory(lead_photo=photo).get_absolute_url())
    addresses = [each.file.url for each in photo.renditions.all()]
    assert all(address.startswith(source[0]) for address in addresses)
    assert any(address in page.text for address in addresses)
    assert f'property="og:image" content="{source[0]}' in page.text
    with urlopen(addresses[0]) as answer:
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert answer.headers["Content-Type"].startswith("image/")


def test_feeds_name_the_pictures_of_a_public_bucket_once(public_bucket, client, server):
    photo = PhotoFactory(renditions=True)
    ArticleFactory(lead_photo=photo)
    for feed in ("/feed/", "/feed.json"):
        text = client.get(feed).text
        assert f'length="{photo.share_image.length}"' in text or feed == "/feed.json"
        assert f"{server}/pictures-" in text and f"testserver{server}" not in text


def test_another_file_takes_the_place_of_the_first(bucket, admin_client):
    photo = PhotoFactory(renditions=True)
    before = bucket()
    sent = filled_in(admin_client.get(change_page(photo)), file=picture_file(colour="#0050c8"))
    assert complaints(admin_client.post(change_page(photo), sent)) == {}
    photo = Photo.objects.get()
    assert bucket() == {photo.file.name, *photo.renditions.values_list("file", flat=True)} - {""}
    assert not before & bucket()


def test_what_is_taken_down_is_gone_from_the_bucket_and_says_so(bucket, client):
    photo = PhotoFactory(renditions=True)
    address = photo.renditions.first().file.url
    photo.take_down(None, "Auf Wunsch")
    assert bucket() == set() and client.get(address).status_code == 410


def test_a_deleted_photo_leaves_nothing(bucket):
    PhotoFactory(renditions=True).delete()
    assert bucket() == set()


def test_the_same_picture_is_not_stored_twice(bucket, admin_client):
    upload = picture_file()
    PhotoFactory(file=upload, renditions=True)
    before = bucket()
    upload.seek(0)
    sent = {
        "file": SimpleUploadedFile("again.jpg", upload.read(), "image/jpeg"),
        "credit": "Foto: Erika Muster",
    }
    admin_client.post(reverse("admin:news_photo_upload"), sent)
    assert Photo.objects.count() == 1 and bucket() == before


def test_a_logo_is_clean_before_it_reaches_the_bucket(public_bucket):
    sponsor = SponsorFactory(logo=SimpleUploadedFile("logo.svg", LOGO, "image/svg+xml"))
    assert public_bucket() == {sponsor.logo.name}
    with urlopen(sponsor.logo.url) as answer:
        assert answer.headers["Content-Type"] == "image/svg+xml"
        assert b"<script" not in answer.read()


def test_names_are_never_given_to_other_bytes(bucket):
    names = {default_storage.save("photos/one.jpg", ContentFile(data)) for data in (b"one", b"two")}
    assert len(names) == 2 and bucket() == names


def test_an_upload_to_a_storage_that_is_away_leaves_a_sentence_and_no_row(settings, admin_client):
    with s3_server() as address:
        gone = storage_url(address, new_bucket(address))
    settings.STORAGES = settings.STORAGES | {"default": backing.storage(gone)}
    sent = {"file": picture_file(), "credit": "Foto: Erika Muster"}
    answer = admin_client.post(
        reverse("admin:news_photo_upload"), sent, headers={"accept": "application/json"}
    )
    assert answer.status_code < 500 and not Photo.objects.exists() and not Rendition.objects.exists()
    with pytest.raises(OSError, match="storage"):
        default_storage.exists("photos/one.jpg")


def test_a_photo_whose_licence_has_ended_lies_where_nobody_finds_it_until_it_is_renewed(
    public_bucket, admin_client
):
    photo = PhotoFactory(renditions=True)
    before, size = public_bucket(), photo.file.size
    Photo.objects.update(licence_ends_on=timezone.localdate() - timedelta(days=1))
    assert Rounds().make() and not Rounds().make()
    apart, photo = public_bucket(), Photo.objects.get()
    assert len(apart) == len(before) and all(name.startswith("withheld/") for name in apart)
    assert photo.file.size == size and all(len(name.split("/")[1]) > 50 for name in apart)
    answer = admin_client.get(photo.sources["webp"][0].url)
    assert (
        answer.status_code == 200
        and answer.getvalue()
        == photo.renditions.first().file.storage.open(photo.sources["webp"][0].file).read()
    )
    Photo.objects.update(licence_ends_on=None)
    assert Rounds().make()
    back = public_bucket()
    assert len(back) == len(before) and all(name.startswith("photos/") for name in back)
    assert head(None, Photo.objects.get().sources["webp"][0].url)[0] == 200
