"""The photo library: many uploads at once, filters, where a photo is used, another file, and taking down."""

import re
from datetime import date, timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from news.models import Article, GalleryPhoto, Photo
from tests import factories
from tests.forms import complaints, filled_in
from tests.test_admin_photos import change_page, files_stored, jpeg

pytestmark = pytest.mark.django_db

UPLOAD = "/admin/news/photo/upload/"
COMPLETE = "/admin/news/photo/complete/"
TAKE_DOWN = "/admin/news/photo/take-down/"
LIST = "/admin/news/photo/"


@pytest.fixture
def at_once(django_capture_on_commit_callbacks):
    """What waits for the commit is done when the block ends."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def sent(*files, **values):
    return {"files": [SimpleUploadedFile(f"{n}.jpg", data) for n, data in enumerate(files)], **values}


def stored(photo):
    return {photo.file.name, *photo.renditions.values_list("file", flat=True)} - {""}


def test_several_files_are_each_answered_by_themselves(admin_client, work):
    here = jpeg()
    admin_client.post(UPLOAD, sent(here, credit="Foto: Erika Muster"))
    (first,) = Photo.objects.all()
    page = admin_client.post(UPLOAD, sent(jpeg(), here, b"no picture", credit="Foto: Max Beispiel"))
    states = [answer.state for answer in page.context["answers"]]
    assert states == ["stored", "duplicate", "refused"]
    assert change_page(first) in page.text and "kein Bild" in page.text
    new = Photo.objects.exclude(pk=first.pk).get()
    assert (new.credit, new.uploaded_by.username) == ("Foto: Max Beispiel", "admin")
    work()
    assert new.renditions.exists() and new.share_image


def test_the_script_gets_the_row_that_the_page_would_draw(admin_client):
    race = factories.RaceFactory()
    asked = sent(jpeg(), race=race.pk, taken_on="2014-04-06", place="Brünnchen")
    said = admin_client.post(UPLOAD, asked, headers={"Accept": "application/json"}).json()
    photo = Photo.objects.get()
    assert said["states"] == ["stored"] and f'value="{photo.pk}" checked' in said["html"]
    assert (photo.race, str(photo.taken_on), photo.place) == (race, "2014-04-06", "Brünnchen")


def test_a_race_leads_to_its_uploads(admin_client):
    race = factories.RaceFactory(name="VLN Lauf 2")
    address = f"{UPLOAD}?race={race.pk}"
    assert address in admin_client.get(reverse("admin:news_race_change", args=[race.pk])).text
    assert filled_in(admin_client.get(address))["race"] == [str(race.pk)]
    assert "race" not in filled_in(admin_client.get(f"{UPLOAD}?race=abc"))


def test_what_is_wrong_above_the_files_is_said_and_nothing_stored(admin_client):
    asked = sent(jpeg(), taken_on="0014-04-06")
    said = admin_client.post(UPLOAD, asked, headers={"Accept": "application/json"}).json()
    assert said["html"] == "" and "14" in said["wrong"]
    assert "Wählen Sie" in admin_client.post(UPLOAD, {"credit": "x"}).text
    assert not Photo.objects.exists() and files_stored() == []


@pytest.fixture
def full_at(monkeypatch):
    """`full_at("w480")`: the disk takes half of the file of this name, and says so."""
    save = FileSystemStorage._save

    def disk_is_full(at):
        def full(storage, name, content):
            if at in name:
                save(storage, name, ContentFile(b"half"))
                raise OSError(28, "No space left on device")
            return save(storage, name, content)

        monkeypatch.setattr(FileSystemStorage, "_save", full)

    return disk_is_full


def test_a_disk_that_is_full_half_way_leaves_nothing(admin_client, full_at):
    full_at("original")
    page = admin_client.post(UPLOAD, sent(jpeg()))
    assert page.context["answers"][0].state == "refused" and "nicht speichern" in page.text
    assert not Photo.objects.exists() and files_stored() == []


@pytest.mark.parametrize("at", ["w480", "share"])
def test_a_disk_without_room_for_the_sizes_leaves_the_photo_as_it_came(admin_client, full_at, work, at):
    full_at(at)
    admin_client.post(UPLOAD, sent(jpeg()))
    assert work() == 1
    photo = Photo.objects.get()
    assert {*files_stored()} == stored(photo) and len(stored(photo)) == 2
    page = admin_client.get(change_page(photo)).text
    assert "versucht es von selbst wieder" in page and "konnten nicht erstellt werden" in page
    full_at("nowhere")
    DBTaskResult.objects.update(run_after=timezone.now())
    assert work() == 1 and photo.drawing_state == "ready"
    assert "konnten nicht erstellt werden" not in admin_client.get(change_page(photo)).text


def test_the_words_of_several_photos_are_typed_in_one_form(admin_client):
    photos = factories.PhotoFactory.create_batch(2, credit="", alt_de="", alt_en="")
    address = f"{COMPLETE}?photos={photos[0].pk}&photos={photos[1].pk}"
    page = admin_client.get(address)
    typed = {"form-0-credit": "Foto: Erika Muster", "form-0-alt_de": "Auto", "form-0-alt_en": "Car"}
    assert admin_client.post(address, filled_in(page, **typed)).status_code == 302
    done, left = (Photo.objects.get(pk=photo.pk) for photo in photos)
    assert done.missing("de") == done.missing("en") == [] and left.missing("de") == ["credit", "alt"]
    assert "fehlt noch etwas" in admin_client.get(LIST).text


def test_a_page_takes_sixty_photos_and_says_so(admin_client, monkeypatch):
    monkeypatch.setattr("news.admin.asked.AT_ONCE", 2)
    photos = factories.PhotoFactory.create_batch(3)
    marked = {"action": "complete", "_selected_action": [photo.pk for photo in photos]}
    page = admin_client.post(LIST, marked, follow=True)
    assert "die ersten 2" in page.text and len(page.context["rows"]) == 2
    assert "kein Foto ausgewählt" in admin_client.get(COMPLETE, follow=True).text


def test_a_reporter_completes_own_photos_only(client):
    reporter = factories.member("Reporter")
    client.force_login(reporter)
    own, other = factories.PhotoFactory(uploaded_by=reporter), factories.PhotoFactory()
    page = client.get(f"{COMPLETE}?photos={own.pk},{other.pk}")
    assert [row.instance for row in page.context["rows"]] == [own]
    typed = filled_in(page, **{"form-0-id": str(other.pk), "form-0-credit": "x"})
    client.post(f"{COMPLETE}?photos={own.pk}", typed)
    other.refresh_from_db()
    assert other.credit == "Foto: Erika Muster"


def found(client, query):
    return set(client.get(f"{LIST}?{query}").context["cl"].queryset)


def test_filters_find_what_is_to_be_done(admin_client, admin_user):
    today, make = timezone.localdate(), factories.PhotoFactory
    race = factories.RaceFactory(first_day=date(2013, 5, 4))
    no_credit, no_english = make(credit=""), make(alt_en="")
    ending = make(licence_ends_on=today + timedelta(days=9), race=race)
    ended = make(licence_ends_on=today - timedelta(days=1), taken_on="2014-04-06")
    lead, in_gallery, portrait, press = make(), make(), make(), make(for_press=True)
    gone = make(uploaded_by=admin_user)
    gone.take_down(admin_user, "Auf Wunsch")
    article = factories.ArticleFactory(lead_photo=lead, stage="writing", published_at=None)
    GalleryPhoto.objects.create(article=article, photo=in_gallery)
    factories.DriverFactory(portrait=portrait)
    decoration = make(decorative=True, alt_de="", alt_en="", race=race)
    used = {lead, in_gallery, portrait, press}
    assert found(admin_client, "lacks=credit") == {no_credit}
    assert found(admin_client, "lacks=alt_en") == {no_english}
    assert found(admin_client, "licence=ending") == {ending}
    assert found(admin_client, "licence=ended") == found(admin_client, "year=2014") == {ended}
    assert found(admin_client, "used=yes") == used
    assert found(admin_client, "used=no") == set(Photo.objects.all()) - used - {gone}
    assert found(admin_client, "used=gone") == found(admin_client, "mine=yes") == {gone}
    assert found(admin_client, f"race={race.pk}") == {ending, decoration}
    assert found(admin_client, "race=abc&year=x&lacks=y") == set(Photo.objects.all())


def test_the_list_costs_the_same_for_three_photos_or_thirty(admin_client, django_assert_max_num_queries):
    article = factories.ArticleFactory()
    for number in range(30):
        photo = factories.PhotoFactory(race=factories.RaceFactory())
        GalleryPhoto.objects.create(article=article, photo=photo, order=number)
    with django_assert_max_num_queries(12):
        admin_client.get(LIST)


def test_the_form_says_where_the_photo_is_used_and_how_that_stands(admin_client):
    photo = factories.PhotoFactory(for_press=True)
    factories.ArticleFactory(headline="Als Aufmacher", lead_photo=photo)
    GalleryPhoto.objects.create(
        article=factories.ArticleFactory(stage="review", headline="Galerie"), photo=photo
    )
    driver = factories.DriverFactory(portrait=photo)
    uses = admin_client.get(change_page(photo)).text.split('class="readonly"')
    (text,) = [part for part in uses if "Als Aufmacher" in part]
    for words in ("is-public", "is-review", "Galerie", str(driver), "/presse/#photos"):
        assert words in text, words


def test_another_file_keeps_every_use_and_the_old_one_goes(admin_client, at_once, work):
    photo = factories.PhotoFactory(renditions=True, focal_x=0.2)
    article = factories.ArticleFactory(lead_photo=photo)
    before = stored(photo)
    page = filled_in(
        admin_client.get(change_page(photo)), file=SimpleUploadedFile("neu.jpg", jpeg((900, 600)))
    )
    with at_once():
        assert admin_client.post(change_page(photo), page).status_code == 302
    photo = Photo.objects.get()
    assert (photo.width, photo.focal_x, photo.credit) == (900, 0.2, "Foto: Erika Muster")
    assert Article.objects.get(pk=article.pk).lead_photo == photo
    # What shows it until its sizes are made is the new picture, in no size the old one.
    assert set(files_stored()) == stored(photo) and len(stored(photo)) == 2 and not stored(photo) & before
    work()
    assert set(files_stored()) == stored(photo) and not stored(photo) & before
    assert photo.drawing_state == "ready"
    log = LogEntry.objects.get()
    assert log.user.username == "admin" and "Datei" in log.get_change_message()


def test_a_replaced_file_stays_when_the_new_one_finds_no_room(admin_client, at_once, monkeypatch):
    photo = factories.PhotoFactory(renditions=True)
    before = files_stored()

    def no_room(storage, name, content):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(FileSystemStorage, "_save", no_room)
    page = filled_in(admin_client.get(change_page(photo)), file=SimpleUploadedFile("neu.jpg", jpeg()))
    with at_once():
        assert "file" in complaints(admin_client.post(change_page(photo), page))
    assert files_stored() == before


def test_a_new_focal_point_leaves_no_old_crop_behind(at_once):
    photo = factories.PhotoFactory(renditions=True)
    photo.focal_y = 0
    photo.save()
    with at_once():
        photo.make_renditions()
    assert set(files_stored()) == stored(Photo.objects.get())


def test_the_same_picture_is_not_stored_twice_by_any_way(admin_client):
    data = jpeg()
    photo = factories.PhotoFactory(file=SimpleUploadedFile("a.jpg", data))
    add = filled_in(admin_client.get("/admin/news/photo/add/"), file=SimpleUploadedFile("b.jpg", data))
    assert change_page(photo) in complaints(admin_client.post("/admin/news/photo/add/", add))["file"][0]
    other = factories.PhotoFactory()
    page = filled_in(admin_client.get(change_page(other)), file=SimpleUploadedFile("b.jpg", data))
    assert "file" in complaints(admin_client.post(change_page(other), page))
    assert Photo.objects.count() == 2


def test_deleted_photos_take_their_files_with_them(admin_client, at_once):
    one, two = factories.PhotoFactory.create_batch(2, renditions=True)
    with at_once():
        one.delete()
    assert set(files_stored()) == stored(two)
    with at_once():
        marked = {"action": "delete_selected", "_selected_action": [two.pk], "post": "yes"}
        admin_client.post(LIST, marked)
    assert files_stored() == [] and not Photo.objects.exists()


@pytest.fixture
def taken_down(admin_client, at_once):
    photo = factories.PhotoFactory(renditions=True, for_press=True)
    article = factories.ArticleFactory(lead_photo=photo)
    GalleryPhoto.objects.create(article=article, photo=photo)
    factories.DriverFactory(last_name="Muster", ours=True, portrait=photo)
    photo.addresses = [photo.file.url, *(rendition.file.url for rendition in photo.renditions.all())]
    with at_once():
        sent = {"reason": "Auf Wunsch der Fotografin."}
        assert admin_client.post(f"{TAKE_DOWN}?photos={photo.pk}", sent).status_code == 302
    return photo


def test_a_photo_that_is_taken_down_is_on_no_page_and_in_no_file(client, taken_down):
    article = Article.objects.get()
    for page in (
        "/",
        "/news/",
        article.get_absolute_url(),
        "/galerie/",
        "/presse/",
        "/fahrer/muster/",
        "/feed.json",
    ):
        assert taken_down.checksum[:24] not in client.get(page, follow=True).text, page
    assert files_stored() == []
    for address in taken_down.addresses:
        answer = client.get(address)
        assert answer.status_code == 410 and answer["Cache-Control"] == "no-store"
    assert client.get("/media/photos/aa/nothing/original.jpg").status_code == 404


def test_the_row_of_a_photo_that_is_gone_says_who_and_why_and_where(admin_client, taken_down):
    page = admin_client.get(change_page(taken_down)).text
    for words in ("Auf Wunsch der Fotografin.", "admin", Article.objects.get().headline):
        assert words in page
    assert "Auf Wunsch" in LogEntry.objects.get().change_message
    assert admin_client.post(change_page(taken_down), {"credit": "x"}).status_code == 403
    assert admin_client.get(f"{TAKE_DOWN}?photos={taken_down.pk}").status_code == 404


def test_a_photo_that_was_taken_down_is_not_taken_in_again(admin_client, at_once):
    data = jpeg()
    photo = factories.PhotoFactory(file=SimpleUploadedFile("a.jpg", data))
    photo.take_down(None, "Auf Wunsch der Fotografin.")
    (answer,) = admin_client.post(UPLOAD, sent(data)).context["answers"]
    assert answer.state == "refused"
    assert re.sub("<.*?>", "", answer.sentence).endswith(" aufgenommen: Auf Wunsch der Fotografin.")


def test_taking_down_asks_for_a_reason_and_names_the_uses(admin_client):
    photo = factories.PhotoFactory()
    factories.ArticleFactory(headline="Als Aufmacher", lead_photo=photo)
    asked = admin_client.get(f"{TAKE_DOWN}?photos={photo.pk}")
    assert "Als Aufmacher" in asked.text
    admin_client.post(f"{TAKE_DOWN}?photos={photo.pk}", {"reason": " "})
    assert Photo.objects.get().taken_down_at is None


def test_a_select_offers_no_photo_that_is_gone(admin_client, taken_down):
    asked = {"app_label": "news", "model_name": "article", "field_name": "lead_photo", "term": "Boxengasse"}
    assert admin_client.get("/admin/autocomplete/", asked).json()["results"] == []
    assert reverse("admin:news_photo_change", args=[taken_down.pk]) in admin_client.get(LIST).text
