"""A photo whose licence has ended is at no address any more, kept for the newsroom, and back when it is renewed."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import connection
from django.utils import timezone

from driversite.models import SiteProfile
from driversite.tasks.rounds import Rounds
from news.models import LooseFile, Photo, withholding
from news.models.loose import LONGEST, sweep
from news.tasks import make_renditions
from tests.factories import ArticleFactory, PhotoFactory, member, picture_file
from tests.forms import filled_in
from tests.patience import until
from tests.test_admin_photos import change_page, files_stored
from tests.test_photo_library import LIST, stored
from tests.worker import WorkerProcess

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
DAY = timedelta(days=1)


def everything():
    """All that lies in the storage, wherever."""

    def below(folder):
        folders, files = default_storage.listdir(folder)
        yield from (f"{folder}/{name}" for name in files)
        for name in folders:
            yield from below(f"{folder}/{name}")

    return {
        name for folder in ("photos", "withheld") if default_storage.exists(folder) for name in below(folder)
    }


def rounds():
    """As often as there is something to be done; how often."""
    made = 0
    while Rounds().make():
        made += 1
    return made


def licensed_until(photo, day):
    Photo.objects.filter(pk=photo.pk).update(licence_ends_on=day)


def addresses(photo):
    return [photo.file.url, *(row.file.url for row in photo.renditions.all())]


@pytest.fixture
def photo():
    return PhotoFactory(renditions=True, for_press=True)


@pytest.fixture
def ended(photo):
    """Put away since its licence ended yesterday."""
    photo.before = addresses(photo)
    with photo.file.open("rb") as file:
        photo.bytes = file.read()
    licensed_until(photo, timezone.localdate() - DAY)
    assert rounds() == 1
    photo.refresh_from_db()
    return photo


def test_no_address_leads_to_a_photo_whose_licence_has_ended(client, ended):
    assert len(ended.before) > 8
    for address in [*ended.before, *(f"/media/{name}" for name in stored(ended))]:
        assert client.get(address).status_code == 404, address
    assert files_stored() == [] and everything() == stored(ended)
    with ended.file.open("rb") as file:
        assert file.read() == ended.bytes


def test_the_newsroom_sees_it_and_says_so(client, admin_client, ended):
    page = admin_client.get(change_page(ended)).text
    address = ended.sources["webp"][0].url
    assert "/admin/withheld/" in page and "Zu den Dateien führt keine Adresse mehr" in page
    assert address in admin_client.get(LIST).text
    answer = admin_client.get(address)
    assert answer.status_code == 200 and {"private", "no-store"} <= {*answer["Cache-Control"].split(", ")}
    assert answer["Content-Type"] == "image/webp"
    client.logout()
    assert client.get(address).status_code == 302
    stranger = member("Reporter")
    stranger.groups.clear()
    client.force_login(stranger)
    assert client.get(address).status_code == 403


def test_a_renewed_licence_brings_it_back_with_its_files(client, admin_client, ended):
    article = ArticleFactory(lead_photo=ended)
    page = filled_in(admin_client.get(change_page(ended)), licence_ends_on=str(timezone.localdate() + DAY))
    assert admin_client.post(change_page(ended), page).status_code == 302
    # Until its files are back it is on no page, not even broken.
    assert ended.checksum[:24] not in client.get(article.get_absolute_url()).text
    assert "wird zurückgelegt" in admin_client.get(change_page(ended)).text
    shown = ended.sources["webp"][0].url
    assert rounds() == 1
    now = Photo.objects.get()
    # The form may still show it where it was.
    assert admin_client.get(shown).url == now.sources["webp"][0].url
    assert now.drawing_state == "ready" and {*files_stored()} == everything() == stored(now)
    shown = client.get(article.get_absolute_url()).text
    assert now.sources["avif"][0].url in shown
    assert all(client.get(address).status_code == 200 for address in addresses(now))
    assert "zurückgelegt" not in admin_client.get(change_page(ended)).text and rounds() == 0


@pytest.mark.parametrize("zone", ["Europe/Berlin", "Pacific/Auckland", "America/Los_Angeles"])
def test_its_day_ends_at_the_site_s_own_midnight(monkeypatch, photo, zone):
    SiteProfile.objects.update_or_create(pk=1, defaults={"time_zone": zone})
    licensed_until(photo, datetime(2014, 6, 22).date())
    midnight = datetime(2014, 6, 23, tzinfo=ZoneInfo(zone))
    for at, moved in ((midnight - timedelta(seconds=1), 0), (midnight, 1)):
        monkeypatch.setattr("django.utils.timezone.now", lambda at=at: at)
        assert rounds() == moved


def test_the_worker_beside_the_site_does_it_by_itself(photo, tmp_path):
    worker = WorkerProcess(tmp_path / "worker.log")
    try:
        licensed_until(photo, timezone.localdate() - DAY)
        until(lambda: files_stored() == [], worker.log)
        licensed_until(photo, None)
        until(lambda: {*files_stored()} == stored(Photo.objects.get()), worker.log)
    finally:
        worker.end()


def test_what_changes_while_it_is_moved_is_moved_as_it_is_then(photo, monkeypatch):
    Photo.objects.update(credit="Foto: Max Beispiel")
    licensed_until(photo, timezone.localdate() - DAY)
    Photo.objects.get().plan_renditions()
    acts, copy = [lambda: make_renditions.func(photo.pk)], withholding._copy

    def copied(*names):
        copy(*names)
        if acts:
            acts.pop()()

    monkeypatch.setattr(withholding, "_copy", copied)
    assert rounds() == 2
    assert files_stored() == [] and everything() == stored(Photo.objects.get())
    assert Photo.objects.get().drawing_state == "ready" and not LooseFile.objects.exists()


def test_a_killed_worker_leaves_it_where_it_was(photo, monkeypatch):
    before = stored(photo)

    class Killed(BaseException):
        pass

    def killed(*args):
        raise Killed

    licensed_until(photo, timezone.localdate() - DAY)
    with monkeypatch.context() as patched:
        patched.setattr(withholding, "_name", killed)
        with pytest.raises(Killed):
            rounds()
    assert before == stored(Photo.objects.get()) < everything()
    assert rounds() == 1
    sweep(timezone.now() + 2 * LONGEST)
    assert files_stored() == [] and everything() == stored(Photo.objects.get())


def test_one_that_cannot_be_moved_holds_up_no_other(photo, monkeypatch, caplog):
    other = PhotoFactory()
    save = FileSystemStorage._save

    def no_room(storage, name, content):
        if photo.checksum[:24] in name:
            raise OSError(28, "No space left on device")
        return save(storage, name, content)

    monkeypatch.setattr(FileSystemStorage, "_save", no_room)
    Photo.objects.update(licence_ends_on=timezone.localdate() - DAY)
    round_ = Rounds()
    assert [round_.make() for _ in range(3)] == [True, True, False]
    assert {*files_stored()} == stored(photo) and Photo.objects.get(pk=other.pk).withheld_at
    assert f"photo {photo.pk} could not be moved" in caplog.text


def test_a_new_credit_another_file_and_taking_down_reach_what_is_put_away(ended):
    ended.credit = "Foto: Max Beispiel"
    ended.save()
    make_renditions.func(ended.pk)
    assert files_stored() == [] and everything() == stored(Photo.objects.get())
    with Photo.objects.get().file.open("rb") as file:
        assert "Max Beispiel" in file.read().decode("latin-1")
    ended.file = picture_file()
    ended.save()
    assert {*files_stored()} == everything() and rounds() == 1
    assert files_stored() == [] and everything() == stored(Photo.objects.get())
    Photo.objects.get().take_down(None, "Auf Wunsch.")
    assert everything() == set()


def test_a_form_opened_before_does_not_bring_the_old_address_back(photo):
    form = Photo.objects.get()
    licensed_until(photo, timezone.localdate() - DAY)
    rounds()
    form.licence_ends_on, form.caption_de = timezone.localdate() - DAY, "Am Abend"
    form.save()
    now = Photo.objects.get()
    assert now.withheld_at and now.caption_de and everything() == stored(now)


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="how SQLite finds its rows")
def test_looking_for_them_every_second_reads_an_index_and_no_photo():
    to_put_away, to_put_back = Photo.objects.out_of_place()
    assert "photo_to_put_away" in to_put_away.explain()
    assert "photo_put_away" in to_put_back.explain()
    assert connection.vendor == "sqlite"
