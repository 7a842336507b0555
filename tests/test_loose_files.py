"""Files are written before their rows and deleted after them: nobody waits for a slow storage, and nothing is left."""

import pytest
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import timezone

from driversite.tasks.worker import Worker
from news.models import LooseFile, Photo
from news.models.loose import LONGEST, sweep
from news.models.pictures import CleanFile
from news.rights import Rights
from news.tasks import make_renditions
from tests.factories import PhotoFactory, picture_file
from tests.forms import complaints, filled_in
from tests.test_admin_photos import ADD, UPLOAD, change_page, files_stored, jpeg, upload
from tests.test_photo_library import stored

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


class Killed(BaseException):
    """As a process ends that is killed: nothing of ours catches it."""


@pytest.fixture
def within(monkeypatch):
    """For each file that is written or deleted, whether others who want to write wait for it meanwhile."""
    waits = []
    for name in ("_save", "delete"):
        done = getattr(FileSystemStorage, name)

        def watched(storage, *args, done=done):
            waits.append(connection.in_atomic_block)
            return done(storage, *args)

        monkeypatch.setattr(FileSystemStorage, name, watched)
    return waits


def test_nobody_who_writes_waits_for_files_to_be_stored(admin_client, within):
    upload(admin_client, jpeg())
    admin_client.post(UPLOAD, {"files": [SimpleUploadedFile("a.jpg", jpeg())]})
    assert len(within) == 4
    photo = Photo.objects.first()
    make_renditions.func(photo.pk)
    page = admin_client.get(change_page(photo))
    admin_client.post(change_page(photo), filled_in(page, file=picture_file(), credit="Foto: Max Beispiel"))
    make_renditions.func(photo.pk)
    photo.delete()
    assert len(within) > 40 and not any(within)
    assert {*files_stored()} == stored(Photo.objects.get()) and not LooseFile.objects.exists()


def test_the_form_signs_its_files_at_once_as_it_was_filled_in(admin_client):
    upload(admin_client, jpeg(), credit="  Foto: Max Beispiel ")
    photo = Photo.objects.get()
    plain = photo.sources["jpeg"][0]
    assert photo.renditions.ready().count() == 1
    for name in (photo.file.name, plain.file):
        assert b"Foto: Max Beispiel" in photo.file.storage.open(name).read()


def test_files_that_were_signed_otherwise_than_the_row_are_signed_again():
    clean = CleanFile(picture_file())
    clean.put(Rights("Foto: Guessed"))
    photo = Photo(file=clean, credit="Foto: Erika Muster")
    photo.save()
    assert photo.sources["jpeg"] and not photo.renditions.ready().exists()
    make_renditions.func(photo.pk)
    photo = Photo.objects.get()
    assert {*files_stored()} == stored(photo) and photo.drawing_state == "ready"
    assert not any(b"Guessed" in photo.file.storage.open(name).read() for name in stored(photo))


def test_a_good_picture_in_a_form_that_is_wrong_is_not_kept(admin_client):
    refused = upload(admin_client, jpeg(), taken_on="gestern")
    assert "taken_on" in complaints(refused)
    assert not Photo.objects.exists() and files_stored() == [] and not LooseFile.objects.exists()


def test_an_upload_whose_process_is_killed_before_the_row_goes_an_hour_later(admin_client, monkeypatch):
    def killed(photo, *args, **kwargs):
        raise Killed

    monkeypatch.setattr(Photo, "_save", killed)
    with pytest.raises(Killed):
        Photo(file=picture_file()).save()
    assert len(files_stored()) == 2
    assert sweep() == 0 and len(files_stored()) == 2
    assert sweep(timezone.now() + 2 * LONGEST) == 1
    assert files_stored() == [] and not LooseFile.objects.exists()


def test_the_worker_sweeps_by_itself():
    LooseFile.objects.create(name="photos/aa/none/", since=timezone.now() - 2 * LONGEST)
    Worker()._tidy()
    assert not LooseFile.objects.exists()


def test_what_could_not_be_deleted_is_tried_again(monkeypatch, caplog):
    photo = PhotoFactory(renditions=True)

    def away(storage, name):
        raise OSError(5, "The storage did not do it.")

    with monkeypatch.context() as patched:
        patched.setattr(FileSystemStorage, "delete", away)
        photo.take_down(None, "Auf Wunsch.")
    assert len(files_stored()) > 5 and "could not be deleted" in caplog.text
    assert sweep(timezone.now() + 2 * LONGEST) == 1
    assert files_stored() == [] and not LooseFile.objects.exists()


@pytest.mark.parametrize("way", ["take_down", "delete", "delete many", "another file"])
def test_files_are_gone_before_a_cache_in_front_may_ask_again(monkeypatch, way):
    photo = PhotoFactory(renditions=True)
    old, left = stored(photo), []
    monkeypatch.setattr("driversite.pages.changes.purge", lambda: left.append(old & {*files_stored()}))
    if way == "take_down":
        photo.take_down(None, "Auf Wunsch.")
    elif way == "delete":
        photo.delete()
    elif way == "delete many":
        Photo.objects.filter(pk=photo.pk).delete()
    else:
        photo.file = picture_file()
        photo.save()
    assert left == [set()]


def test_who_may_add_no_photos_puts_no_files(client, django_user_model, within):
    client.force_login(django_user_model.objects.create_user("nobody", is_staff=True))
    assert client.post(ADD, {"file": picture_file()}).status_code == 403
    assert within == []
