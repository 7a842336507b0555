"""Files that were lost from the storage, or damaged there: pages show what is left, editors are told, the rest is made
again."""

import re
from io import StringIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django_tasks_db.models import DBTaskResult

from news.models import Photo
from tests.factories import ArticleFactory, PhotoFactory, picture_file
from tests.forms import filled_in
from tests.test_admin_photos import change_page, files_stored
from tests.test_photo_library import LIST, stored

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture
def photo():
    return PhotoFactory(file=picture_file(size=(900, 600)), renditions=True, for_press=True)


@pytest.fixture
def article(photo):
    return ArticleFactory(lead_photo=photo)


def cut(name):
    """Its first half, as a full disk or a broken copy leaves it."""
    with default_storage.open(name) as file:
        half = file.read()[: default_storage.size(name) // 2]
    default_storage.delete(name)
    assert default_storage.save(name, ContentFile(half)) == name


def shown(client, article):
    """Status and type of every picture that the page names, wherever it leads."""
    text = client.get(article.get_absolute_url()).text
    addresses = {*re.findall(r"/media/photos/[\w./-]+", text)}
    assert len(addresses) > 5
    answers = [client.get(address, follow=True) for address in sorted(addresses)]
    return {(answer.status_code, answer["Content-Type"].partition("/")[0]) for answer in answers}


def test_a_lost_size_is_shown_in_another_one_and_made_again(client, photo, article, work):
    lost = photo.sources["avif"][0]
    default_storage.delete(lost.file)
    answer = client.get(lost.url)
    assert answer.status_code == 302 and answer["Cache-Control"] == "no-store"
    assert answer.url == photo.sources["webp"][0].url
    assert shown(client, article) == {(200, "image")}
    client.get(lost.url)
    assert DBTaskResult.objects.count() == 1 and work() == 1
    now = Photo.objects.get()
    assert now.drawing_state == "ready" and {*files_stored()} == stored(now)
    assert now.sources["avif"][0].url in client.get(article.get_absolute_url()).text


def test_with_every_size_lost_the_original_is_shown_until_they_are_made_again(client, photo, article, work):
    for row in photo.renditions.all():
        default_storage.delete(row.file.name)
    assert shown(client, article) == {(200, "image")}
    work()
    assert {*files_stored()} == stored(Photo.objects.get()) and len(files_stored()) > 5


def test_a_lost_original_is_shown_in_its_largest_size_and_the_newsroom_says_so(
    client, admin_client, photo, article, work
):
    default_storage.delete(photo.file.name)
    answer = client.get(photo.file.url)
    assert answer.status_code == 302 and answer.url == photo.sources["webp"][-1].url
    assert shown(client, article) == {(200, "image")} and not DBTaskResult.objects.exists()
    assert "Original verloren" in admin_client.get(f"{LIST}?lacks=original").text
    page = admin_client.get(change_page(photo))
    assert "fehlt auf dem Server oder ist dort beschädigt" in page.text
    assert admin_client.post(change_page(photo), filled_in(page, file=picture_file())).status_code == 302
    work()
    assert "Original verloren" not in admin_client.get(change_page(photo)).text
    assert not Photo.objects.lost().exists() and shown(client, article) == {(200, "image")}


def test_with_everything_lost_a_page_shows_that_there_was_a_picture(client, photo, article):
    for name in stored(photo):
        default_storage.delete(name)
    answer = client.get(photo.sources["webp"][0].url)
    assert answer.status_code == 302 and answer.url.endswith("no-picture.svg")
    assert not DBTaskResult.objects.exists() and Photo.objects.lost().exists()


@pytest.mark.parametrize("how", [cut, default_storage.delete])
def test_an_editor_who_opens_the_form_hears_of_an_original_that_nobody_has_asked_for(
    admin_client, photo, how
):
    how(photo.file.name)
    assert "Original verloren" in admin_client.get(change_page(photo)).text
    assert "Original verloren" in admin_client.get(LIST).text


def test_one_that_was_only_away_is_not_lost_any_more(client, admin_client, photo):
    with default_storage.open(photo.file.name) as file:
        data = file.read()
    default_storage.delete(photo.file.name)
    client.get(photo.file.url)
    assert Photo.objects.lost().exists()
    default_storage.save(photo.file.name, ContentFile(data))
    assert "Original verloren" not in admin_client.get(change_page(photo)).text
    assert not Photo.objects.lost().exists()


@pytest.mark.parametrize("how", [cut, default_storage.delete])
def test_sizes_that_need_a_lost_original_are_given_up_with_a_sentence(admin_client, photo, how, work):
    how(photo.file.name)
    page = filled_in(admin_client.get(change_page(photo)), focal_x="0.1")
    admin_client.post(change_page(photo), page)
    assert work() == 1
    assert DBTaskResult.objects.get().exception_class_path.endswith("Hopeless")
    assert Photo.objects.lost().exists()
    assert photo.share_image.file in stored(photo) <= {*files_stored(), photo.file.name}


def test_the_command_finds_what_was_damaged(photo):
    other = PhotoFactory(file=picture_file(size=(300, 200)), renditions=True)
    cut(photo.sources["webp"][1].file)
    cut(other.file.name)
    out, wrong = StringIO(), StringIO()
    call_command("renditions", stdout=out, stderr=wrong)
    assert "Sizes of 1 photos were made" in out.getvalue() and "1 could not be drawn" in out.getvalue()
    assert f"Photo {other.pk}: The original is missing or damaged" in wrong.getvalue()
    now = Photo.objects.get(pk=photo.pk)
    assert all(default_storage.size(row.file.name) == row.length for row in now.renditions.all())


@pytest.mark.parametrize("values", [{"credit": ""}, {"licence_ends_on": "2014-04-06"}])
def test_nobody_gets_by_a_lost_file_what_they_may_not_see(client, values):
    photo = PhotoFactory(renditions=True, **values)
    default_storage.delete(photo.sources["webp"][0].file)
    assert client.get(photo.sources["webp"][0].url).status_code == 404
    assert not DBTaskResult.objects.exists()
