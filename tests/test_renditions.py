"""The sizes of photos come about beside everything else: whatever happens then, no file is lost, left or revived."""

import threading
from io import StringIO

import pytest
from django.core.files.storage import FileSystemStorage, default_storage
from django.core.management import call_command
from django.db import connection, connections
from django.utils import timezone

from driversite.pages import changes
from news import pictures
from news.models import LooseFile, Photo, Rendition, drawing, loose
from news.models.loose import LONGEST, sweep
from news.tasks import make_renditions
from tests.factories import ArticleFactory, PhotoFactory, picture_file
from tests.test_admin_photos import files_stored
from tests.test_photo_library import stored

# Whoever waits for a commit must get one.
pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


class Killed(BaseException):
    """As a process ends that is killed: nothing of ours catches it."""


@pytest.fixture
def meanwhile(monkeypatch):
    """`meanwhile(act)`: it happens once, after a worker has drawn and before it puts anything anywhere."""

    def happens(act):
        once, drawn = [act], drawing.drawn

        def drawn_and_then(*args, **kwargs):
            made = drawn(*args, **kwargs)
            if once:
                once.pop()()
            return made

        monkeypatch.setattr(drawing, "drawn", drawn_and_then)

    return happens


@pytest.fixture
def photo():
    return PhotoFactory(file=picture_file(size=(500, 400)))


def reloaded(photo):
    return Photo.objects.get(pk=photo.pk)


def test_a_size_that_no_template_uses_is_made_for_nobody(client, photo):
    photo.make_renditions()
    before = files_stored()
    address = photo.sources["webp"][0].url
    for wish in (
        address.replace("w360", "w361"),
        address + "?width=9000",
        address.replace(".webp", ".png"),
        f"/media/{photo.folder}/",
    ):
        client.get(wish)
        client.post(wish, {"width": 9000})
    assert client.get(address.replace("w360", "w361")).status_code == 404
    assert files_stored() == before


def test_a_photo_deleted_while_it_is_drawn_leaves_no_file(photo, meanwhile):
    meanwhile(lambda: reloaded(photo).delete())
    make_renditions.func(photo.pk)
    assert files_stored() == [] and not Rendition.objects.exists()


def test_a_photo_taken_down_while_it_is_drawn_stays_down(client, photo, meanwhile):
    article = ArticleFactory(lead_photo=photo)
    meanwhile(lambda: reloaded(photo).take_down(None, "Auf Wunsch."))
    make_renditions.func(photo.pk)
    assert files_stored() == [] and not Rendition.objects.exists()
    assert photo.checksum[:24] not in client.get(article.get_absolute_url()).text


def test_a_photo_replaced_while_it_is_drawn_gets_nothing_of_the_old_picture(photo, meanwhile):
    def replace():
        other = reloaded(photo)
        other.file = picture_file(size=(640, 480))
        other.save()

    meanwhile(replace)
    make_renditions.func(photo.pk)
    now = reloaded(photo)
    assert now.folder != photo.folder and {*files_stored()} == stored(now) and len(stored(now)) == 2
    make_renditions.func(photo.pk)
    assert now.drawing_state == "ready" and {*files_stored()} == stored(now)
    assert {row.width for row in reloaded(photo).sources["avif"]} == {360, 480, 640}


def test_a_replaced_original_that_cannot_be_read_any_more_is_no_failure(photo, monkeypatch):
    def replace_and_read(original, *args):
        other = reloaded(photo)
        other.file = picture_file(size=(640, 480))
        other.save()
        raise OSError("gone")

    monkeypatch.setattr(drawing, "drawn", replace_and_read)
    make_renditions.func(photo.pk)
    assert not Rendition.objects.failed().exists()


def test_a_focal_point_moved_meanwhile_is_not_answered_with_the_old_crop(photo, meanwhile):
    def move():
        other = reloaded(photo)
        other.focal_y = 0
        other.save()

    meanwhile(move)
    make_renditions.func(photo.pk)
    assert [row.crop for row in photo.renditions.waiting()] == ["share"]
    make_renditions.func(photo.pk)
    assert photo.drawing_state == "ready" and {*files_stored()} == stored(photo)


def test_two_workers_at_once_make_one_set_of_files(photo, monkeypatch):
    both, drawn, wrong = threading.Barrier(2, timeout=60), drawing.drawn, []

    def drawn_by_both(*args, **kwargs):
        made = drawn(*args, **kwargs)
        both.wait()
        return made

    def work():
        try:
            make_renditions.func(photo.pk)
        except BaseException as error:
            wrong.append(error)
        finally:
            connections.close_all()

    monkeypatch.setattr(drawing, "drawn", drawn_by_both)
    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    connection.close()
    assert not wrong and photo.drawing_state == "ready"
    assert {*files_stored()} == stored(reloaded(photo))


@pytest.fixture
def killed_while_writing(monkeypatch, photo):
    """A worker dies with the fourth file half written."""
    save, written = FileSystemStorage._save, []

    def dies(storage, name, content):
        written.append(name)
        if len(written) == 4:
            content = type(content)(content.read()[:100])
        saved = save(storage, name, content)
        if len(written) == 4:
            raise Killed
        return saved

    with monkeypatch.context() as patched:
        patched.setattr(FileSystemStorage, "_save", dies)
        with pytest.raises(Killed):
            make_renditions.func(photo.pk)
    assert len(files_stored()) == 6 and not reloaded(photo).sources["avif"]
    return written


def test_what_a_killed_worker_has_begun_the_next_one_ends(photo, killed_while_writing):
    make_renditions.func(photo.pk)
    now = reloaded(photo)
    assert now.drawing_state == "ready" and stored(now) < {*files_stored()}
    assert all(default_storage.size(name) > 100 for name in stored(now))


def test_what_a_killed_worker_has_left_goes_an_hour_later(photo, killed_while_writing):
    make_renditions.func(photo.pk)
    sweep(timezone.now() + LONGEST / 2)
    assert {*killed_while_writing} < {*files_stored()}
    sweep(timezone.now() + 2 * LONGEST)
    assert {*files_stored()} == stored(reloaded(photo)) and not LooseFile.objects.exists()


def test_what_a_killed_worker_has_left_goes_with_the_photo(photo, killed_while_writing):
    reloaded(photo).delete()
    assert files_stored() == []


def test_doing_it_twice_changes_nothing(photo):
    make_renditions.func(photo.pk)
    before = files_stored(), list(Rendition.objects.values_list("pk", "file", "state").order_by("pk"))
    make_renditions.func(photo.pk)
    assert before == (
        files_stored(),
        list(Rendition.objects.values_list("pk", "file", "state").order_by("pk")),
    )


def test_a_form_opened_before_the_files_were_signed_anew_does_not_bring_the_old_name_back(photo):
    form, other = reloaded(photo), reloaded(photo)
    other.credit = "Foto: Max Beispiel"
    other.save()
    make_renditions.func(photo.pk)
    form.caption_de = "Am Abend"
    form.save()
    assert default_storage.exists(reloaded(photo).file.name)


def test_a_form_opened_before_a_photo_was_taken_down_does_not_bring_it_back(photo):
    form, with_file = reloaded(photo), reloaded(photo)
    reloaded(photo).take_down(None, "Auf Wunsch.")
    form.caption_de, form.for_press = "Am Abend", True
    form.save()
    with_file.file = picture_file()
    with_file.save()
    now = reloaded(photo)
    assert now.taken_down_at and not now.file and not now.for_press and files_stored() == []
    assert now.caption_de == with_file.caption_de and not Rendition.objects.exists()


def test_the_command_makes_what_is_missing_lost_or_of_another_quality(photo, monkeypatch):
    def said():
        out = StringIO()
        call_command("renditions", stdout=out)
        return out.getvalue()

    assert "Sizes of 1 photos were made" in said() and photo.drawing_state == "ready"
    assert "1 photos had all of theirs" in said()
    default_storage.delete(reloaded(photo).sources["avif"][0].file)
    assert "Sizes of 1 photos" in said()
    assert default_storage.exists(reloaded(photo).sources["avif"][0].file)
    monkeypatch.setitem(pictures.FORMATS["webp"], "quality", 40)
    before = reloaded(photo).sources["webp"][0].file
    assert "Sizes of 1 photos" in said()
    assert reloaded(photo).sources["webp"][0].file != before
    assert {*files_stored()} == stored(reloaded(photo))


def test_the_command_names_a_photo_that_cannot_be_drawn_and_goes_on(photo):
    other = PhotoFactory(file=picture_file(size=(300, 200)))
    default_storage.delete(photo.file.name)
    out, wrong = StringIO(), StringIO()
    call_command("renditions", stdout=out, stderr=wrong)
    assert f"Photo {photo.pk}:" in wrong.getvalue() and "1 could not be drawn" in out.getvalue()
    assert photo.drawing_state == "failed" and other.drawing_state == "ready"


@pytest.fixture
def begun(monkeypatch):
    """What lies in the storage each time that a generation of pages begins."""
    seen = []
    monkeypatch.setattr(changes, "changed", lambda: seen.append({*files_stored()}))
    return seen


def test_the_command_begins_one_generation_for_many_photos_and_lets_old_files_go_after_it(
    photo, begun, monkeypatch
):
    other = PhotoFactory(file=picture_file(size=(300, 200)))
    call_command("renditions", stdout=StringIO())
    named = stored(reloaded(photo)) | stored(reloaded(other))
    monkeypatch.setitem(pictures.FORMATS["webp"], "quality", 40)
    begun.clear()
    call_command("renditions", stdout=StringIO())
    assert len(begun) == 1 and named < begun[0]
    assert {*files_stored()} == stored(reloaded(photo)) | stored(reloaded(other)) != named
    begun.clear()
    call_command("renditions", stdout=StringIO())
    assert begun == []


def test_the_command_that_is_stopped_tells_what_it_has_done(photo, begun, monkeypatch):
    PhotoFactory(file=picture_file(size=(300, 200)))
    drawn = drawing.draw

    def stopped(*args, **kwargs):
        drawn(*args, **kwargs)
        raise KeyboardInterrupt

    begun.clear()
    monkeypatch.setattr(drawing, "draw", stopped)
    with pytest.raises(KeyboardInterrupt):
        call_command("renditions", stdout=StringIO())
    assert len(begun) == 1 and photo.drawing_state == "ready"


def test_the_command_that_is_killed_leaves_the_files_that_pages_name_until_they_are_swept_away(
    photo, begun, monkeypatch
):
    call_command("renditions", stdout=StringIO())
    named = stored(reloaded(photo))
    monkeypatch.setitem(pictures.FORMATS["webp"], "quality", 40)
    # As far as it had come: nobody was told, nothing was deleted.
    monkeypatch.setattr(loose, "_delete", lambda names: 0)
    call_command("renditions", stdout=StringIO())
    assert named < {*files_stored()}
    monkeypatch.undo()
    loose.sweep(timezone.now() + 2 * loose.LONGEST)
    assert {*files_stored()} == stored(reloaded(photo)) != named
