"""The way of a photo: uploaded among others, filled in, cut around its middle, shown, replaced and taken down."""

import os

import pytest
from django.core.files.storage import default_storage

from news.models import Photo
from news.pictures import MAX_BYTES
from tests.browser.chromium import PHONE
from tests.browser.newsroom import fits, log_in, until_in
from tests.factories import ArticleFactory, picture_file
from tests.test_photo_metadata import XMP

pytestmark = pytest.mark.one_database

FOLLOW_THE_BARS = """() => {
  window.filled = [];
  const note = (changes) => changes.forEach(({ target }) => target.matches("progress") && filled.push(target.value));
  new MutationObserver(note).observe(document.querySelector("[data-rows]"), { subtree: true, attributes: true });
}"""


def files(tmp_path):
    """A photo that says what it shows, the same once more, and half a photo."""
    data = picture_file(size=(1600, 1000), xmp=(XMP % "").encode()).read()
    named = {"start.jpg": data, "start-kopie.jpg": data, "kaputt.jpg": data[:4000]}
    for name, content in named.items():
        (tmp_path / name).write_bytes(content)
    return [tmp_path / name for name in named]


def hold_first(page):
    """The first file waits in its row, with its bar, until it may go."""
    held = []

    def answer(route):
        if route.request.method == "POST" and not held:
            held.append(route)
        else:
            route.continue_()

    page.route("**/photo/upload/", answer)
    return held


def test_a_photo_is_uploaded_filled_in_cut_shown_replaced_and_taken_down(
    desktop, phone, watch, editor, tmp_path
):
    watched = watch(desktop)
    log_in(desktop, editor)
    desktop.goto("/admin/news/photo/upload/")
    desktop.locator("#id_place").fill("Brünnchen")
    held = hold_first(desktop)
    desktop.locator("#id_files").set_input_files(files(tmp_path))
    desktop.locator(".answer progress").nth(2).wait_for()
    desktop.evaluate(FOLLOW_THE_BARS)
    assert desktop.locator("[data-status]").inner_text() == "0 von 3 Dateien"
    held[0].continue_()
    desktop.locator(".answer.is-stored").wait_for()
    desktop.locator(".answer.is-duplicate a").wait_for()
    assert "beschädigt" in desktop.locator(".answer.is-refused").inner_text()
    assert max(desktop.evaluate("filled")) == 1
    photo = Photo.objects.get()

    desktop.locator("#answers_form [type=submit]").click()
    assert desktop.locator("#id_form-0-alt_de").input_value() == "BMW vor der Box"
    assert desktop.locator("#id_form-0-credit").input_value() == "Erika Muster / Agentur Eifel"
    desktop.locator("#id_form-0-alt_en").fill("BMW in front of the pit")
    desktop.locator("#complete_form [type=submit]").click()
    desktop.locator(".messagelist .success").wait_for()

    desktop.goto(f"/admin/news/photo/{photo.pk}/change/")
    picture = desktop.locator("[data-focal] > div > img")
    box = picture.bounding_box()
    picture.click(position={"x": box["width"] * 0.25, "y": box["height"] * 0.75})
    desktop.keyboard.press("Shift+ArrowRight")
    desktop.keyboard.press("ArrowUp")
    assert abs(float(desktop.locator("#id_focal_x").input_value()) - 0.35) < 0.02
    assert abs(float(desktop.locator("#id_focal_y").input_value()) - 0.74) < 0.02
    cuts = desktop.locator("[data-crops] img").evaluate_all(
        "all => all.map((one) => one.style.objectPosition)"
    )
    assert len(set(cuts)) == 1 and cuts[0].startswith("3")
    desktop.locator("[name=_continue]").click()
    desktop.locator(".messagelist .success").wait_for()

    article = ArticleFactory(lead_photo=Photo.objects.get())
    shown = phone.locator("article picture img, main picture img").first
    phone.goto(article.get_absolute_url())
    until_in(phone, "() => document.querySelector('main picture img').naturalWidth > 0")
    before = Photo.objects.get().file.url

    (tmp_path / "neu.jpg").write_bytes(picture_file(size=(1500, 1000)).read())
    desktop.locator("#id_file").set_input_files(tmp_path / "neu.jpg")
    desktop.locator("[name=_continue]").click()
    desktop.locator(".messagelist .success").wait_for()
    assert article.headline in desktop.locator(".field-uses").inner_text()
    photo = Photo.objects.get()
    assert photo.width == 1500 and photo.focal_x < 0.4 and photo.alt_de == "BMW vor der Box"
    phone.reload()
    assert photo.checksum[:24] in shown.get_attribute("src")
    assert phone.request.get(before).status == 404

    desktop.get_by_role("link", name="Zurückziehen").click()
    desktop.locator("#id_reason").fill("Auf Wunsch der Fotografin.")
    desktop.locator("#take_down_form [type=submit]").click()
    desktop.locator(".messagelist .success").wait_for()
    phone.reload()
    assert article.headline in phone.locator("main").inner_text() and shown.count() == 0
    assert phone.request.get(photo.file.url).status == 410
    assert watched.foreign == [] and watched.complaints == []


def test_a_file_that_is_too_large_is_refused_before_it_is_sent(phone, watch, editor, tmp_path):
    watched = watch(phone)
    (tmp_path / "roh.jpg").write_bytes(b"")
    os.truncate(tmp_path / "roh.jpg", MAX_BYTES + 1)
    (tmp_path / "start.jpg").write_bytes(picture_file().read())
    log_in(phone, editor)
    phone.goto("/admin/news/photo/upload/")
    sent = []
    phone.on("request", lambda request: request.method == "POST" and sent.append(request.url))
    phone.locator("#id_files").set_input_files([tmp_path / "roh.jpg", tmp_path / "start.jpg"])
    phone.locator(".answer.is-stored").wait_for()
    refused = phone.locator(".answer.is-refused")
    assert "Höchstens 30 MB" in refused.inner_text()
    assert refused.locator("button").count() == 0
    assert phone.locator("[data-status]").inner_text() == "2 von 2 Dateien"
    assert len([url for url in sent if url.endswith("/photo/upload/")]) == 1
    assert watched.complaints == []


def test_a_server_that_has_too_much_to_do_is_asked_again(phone, editor, tmp_path):
    (tmp_path / "DSC_0815.jpg").write_bytes(picture_file().read())
    log_in(phone, editor)
    phone.goto("/admin/news/photo/upload/")
    full = [503]

    def answer(route):
        if route.request.method == "POST" and full:
            route.fulfill(status=full.pop(), body="Too many requests are waiting.")
        else:
            route.continue_()

    phone.route("**/photo/upload/", answer)
    phone.locator("#id_files").set_input_files(tmp_path / "DSC_0815.jpg")
    assert "gerade zu viel zu tun" in phone.locator(".answer.is-refused").inner_text()
    phone.locator(".answer.is-refused button").click()
    phone.locator(".answer.is-stored").wait_for()
    phone.goto("/admin/news/photo/")
    assert phone.get_by_role("link", name="DSC_0815.jpg").count() == 1


def test_a_page_shows_a_picture_whatever_was_lost_of_its_files(open_page):
    photo = Photo(file=picture_file(size=(900, 600)), credit="Foto: Erika Muster", decorative=True)
    photo.save()
    photo.make_renditions()
    address = ArticleFactory(lead_photo=photo).get_absolute_url()
    sizes = [row.file.name for row in photo.renditions.all()]
    # Each time somebody comes who has none of it yet.
    for lost in ([], sizes, [photo.file.name]):
        for name in lost:
            default_storage.delete(name)
        visitor = open_page(**PHONE)
        visitor.goto(address)
        until_in(visitor, "() => document.querySelector('main picture img').naturalWidth > 0")


def test_the_library_fits_a_phone(phone, watch, editor):
    watched = watch(phone)
    photo = Photo(file=picture_file())
    photo.save()
    photo.make_renditions()
    log_in(phone, editor)
    for page in (
        "",
        "upload/",
        f"complete/?photos={photo.pk}",
        f"{photo.pk}/change/",
        f"take-down/?photos={photo.pk}",
    ):
        phone.goto(f"/admin/news/photo/{page}")
        assert fits(phone), page
    assert watched.complaints == []
