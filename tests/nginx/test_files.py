"""Static files and uploads straight from the disk: what the application itself would send, without asking it."""

import gzip
import re

import pytest

from tests.patience import until
from tests.shipped import ROOT, ask

# What depends on who holds the file, not on what it is.
TRANSPORT = {"date", "server", "connection", "etag", "last-modified", "accept-ranges"} | {
    "content-length",
    "transfer-encoding",
}
# Fonts and scripts are asked for by our own pages only; WhiteNoise lets every site have them.
# That a picture is shown and not stored is what browsers do anyway.
LEFT_OUT = {
    "access-control-allow-origin",
    "content-disposition",
    "permissions-policy",
    "content-language",
    "x-frame-options",
}


def said(answer):
    headers = {name.lower(): value.replace('"', "") for name, value in answer.headers.items()}
    return {name: value for name, value in headers.items() if name not in TRANSPORT | LEFT_OUT}


def static_files():
    """One of each kind."""
    found = {}
    for path in sorted((ROOT / "driversite" / "static").rglob("*.*")):
        found.setdefault(
            path.suffix, f"/static/{path.relative_to(ROOT / 'driversite' / 'static').as_posix()}"
        )
    return [path for ending, path in found.items() if ending != ".html"]


@pytest.mark.parametrize("path", static_files())
@pytest.mark.parametrize("accepted", ["gzip", "identity"])
def test_a_static_file_comes_with_the_headers_of_the_application(site, nginx, path, accepted):
    by_nginx = nginx.ask(path, Accept_Encoding=accepted)
    by_app = ask(site.app.port, path, Accept_Encoding=accepted)
    assert (by_nginx.status, by_nginx.body) == (200, by_app.body)
    assert said(by_nginx) == said(by_app)


def test_a_static_file_with_its_checksum_in_the_name_may_be_kept_for_ever(site, nginx):
    path = re.search(r"/static/css/site\.[0-9a-f]{12}\.css", nginx.ask("/").body.decode()).group()
    assert said(nginx.ask(path)) == said(ask(site.app.port, path))
    assert "immutable" in nginx.ask(path).headers["Cache-Control"]


def test_a_static_file_travels_packed_as_it_lies_there(nginx):
    packed = nginx.ask("/static/css/site.css", Accept_Encoding="gzip")
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.body) == nginx.ask("/static/css/site.css").body


def test_an_upload_comes_with_the_headers_of_the_application(site, nginx):
    by_nginx, by_app = nginx.ask(site.photo), ask(site.app.port, site.photo)
    assert (by_nginx.status, by_nginx.body) == (200, by_app.body)
    assert said(by_nginx) == {name: value for name, value in said(by_app).items() if name != "vary"}
    assert "sandbox" in by_nginx.headers["Content-Security-Policy"]
    assert by_nginx.kept is None


LOSE = """
from django.core.files.storage import default_storage
from tests.factories import PhotoFactory, picture_file
photo = PhotoFactory(file=picture_file(size=(700, 500)), renditions=True)
lost, left = photo.sources["avif"][0], photo.sources["webp"][0]
default_storage.delete(lost.file)
print(lost.url, left.url)
"""
LICENSED = """
from tests.factories import PhotoFactory, picture_file
print(PhotoFactory(file=picture_file(size=(710, 500))).file.url)
"""
ENDED = "from news.models import Photo; Photo.objects.filter(file={!r}).update(licence_ends_on='2014-04-06')"


@pytest.fixture
def drawing(site):
    folder = site.app.media / "logos"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "mb-0123456789ab.svg").write_text(
        f"<svg xmlns='http://www.w3.org/2000/svg'>{'<g/>' * 500}</svg>"
    )
    return "/media/logos/mb-0123456789ab.svg"


def test_a_drawing_travels_packed_also_by_way_of_a_proxy_and_with_the_headers_of_the_application(
    site, nginx, drawing
):
    plain, by_app = nginx.ask(drawing), ask(site.app.port, drawing, Accept_Encoding="gzip")
    assert plain.headers["Content-Encoding"] is None
    for headers in ({}, {"Via": "1.1 cdn"}):
        packed = nginx.ask(drawing, Accept_Encoding="gzip, br", **headers)
        assert packed.headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(packed.body) == gzip.decompress(by_app.body) == plain.body
        assert said(packed) == said(by_app)


def test_a_photo_is_not_packed_again(nginx, site):
    photo = nginx.ask(site.photo, Accept_Encoding="gzip, br")
    assert (photo.headers["Content-Encoding"], photo.body[:3]) == (None, b"\xff\xd8\xff")


@pytest.mark.parametrize("path", ["/static/", "/static/css/", "/media/", "/media/photos/", "folder"])
def test_a_folder_is_a_page_that_is_not_there(site, nginx, path):
    answer = nginx.ask(site.photo.rsplit("/", 1)[0] + "/" if path == "folder" else path)
    assert answer.status == 404
    assert "Neben der Strecke" in answer.body.decode()


def test_a_lost_size_is_shown_in_another_one_also_by_nginx(site, nginx):
    lost, left = site.app.shell(LOSE).split()
    answer = nginx.ask(lost)
    assert (answer.status, answer.headers["Location"]) == (302, left)
    assert answer.headers["Cache-Control"] == "no-store" and nginx.ask(left).status == 200


def test_nobody_gets_a_photo_whose_licence_has_ended(site, nginx):
    before = site.app.shell(LICENSED)
    assert nginx.ask(before).status == 200
    site.app.shell(ENDED.format(before.removeprefix("/media/")))
    until(lambda: nginx.ask(before).status == 404)
    (apart,) = (file for file in (site.app.media / "withheld").rglob("*") if "original" in file.name)
    name = apart.relative_to(site.app.media).as_posix()
    assert nginx.ask(f"/media/{name}").status == nginx.ask(f"/media/photos/../{name}").status == 404
    assert nginx.ask(f"/admin/{name}").status == 302


def test_files_are_served_with_the_application_away(site, nginx):
    site.app.stop()
    try:
        assert nginx.ask(site.photo).status == nginx.ask("/static/css/site.css").status == 200
    finally:
        site.app.start()


def test_a_photo_that_was_taken_down_is_gone_and_one_that_never_was_is_not_there(site, nginx):
    gone = nginx.ask(site.gone)
    assert (gone.status, gone.kept) == (410, None)
    assert gone.headers["Cache-Control"] == "no-store"
    assert nginx.ask("/media/photos/aa/never/was.jpg").status == 404


@pytest.mark.parametrize(
    "path",
    [
        "/media/imports/list.csv",
        "/media/../site.sqlite3",
        "/media/photos/../../site.sqlite3",
        "/media/photos/%2e%2e/hidden.txt",
        "/static/../site.sqlite3",
        "/static..%2fsite.sqlite3",
    ],
)
def test_nothing_but_the_public_folders_is_handed_out(site, nginx, path):
    for folder in ("imports", "photos"):
        (site.app.media / folder).mkdir(parents=True, exist_ok=True)
    (site.app.media / "imports" / "list.csv").write_text("only-for-us")
    (site.app.media / "hidden.txt").write_text("only-for-us")
    answer = nginx.ask(path)
    assert answer.status in (400, 404)
    assert b"only-for-us" not in answer.body and b"SQLite" not in answer.body
