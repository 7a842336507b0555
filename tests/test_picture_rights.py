"""Files of photos say whose they are, and nothing else: credit and copyright are ours to write, the rest is gone."""

import struct
from io import BytesIO

import pytest
from defusedxml import ElementTree
from django.core.files.base import ContentFile
from PIL import ExifTags, Image, PngImagePlugin

from news.metadata import said_in
from news.models import Photo
from news.pictures import drawn, sizes, taken_in
from news.rights import NOTHING_KNOWN, Rights, signed, xmp
from tests.factories import PhotoFactory, picture_file
from tests.test_admin_photos import change_page, files_stored
from tests.test_photo_metadata import iptc

RIGHTS = Rights("Foto: Erika Muster / Agentur Eifel", "© 2014 Erika Muster")
HOSTILE = "\"><script>alert(1)</script> & <!-- ]]> \x00\x0b\ud800 '"
SECRETS = [b"SECRET", b"Brand-X", b"49.33", b"Exif", b"MPF\0", b"http://evil.example"]


def every_file(upload, rights=NOTHING_KNOWN):
    """The original and all sizes, as they lie in the storage."""
    taken = taken_in(upload)
    made = drawn(taken.original.data, sizes(taken.original.width, taken.original.height), rights=rights)
    return [
        signed(taken.original.data, rights),
        signed(taken.plain.data, rights),
        *(p.data for _size, p in made),
    ]


def thumbnail():
    out = BytesIO()
    Image.new("RGB", (160, 120), "red").save(out, "JPEG", comment=b"SECRET thumbnail")
    return out.getvalue()


def planted_exif():
    exif = Image.Exif()
    exif[ExifTags.Base.Make], exif[ExifTags.Base.Artist] = "Brand-X", "SECRET artist"
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.BodySerialNumber] = "SECRET serial number"
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.MakerNote] = b"SECRET maker note"
    place = exif.get_ifd(ExifTags.IFD.GPSInfo)
    place[ExifTags.GPS.GPSLatitudeRef], place[ExifTags.GPS.GPSLatitude] = "N", (49.0, 20.0, 51.0)
    return exif


PLANTED_XMP = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    b'<rdf:Description xmlns:exif="http://ns.adobe.com/exif/1.0/" exif:GPSLatitude="49.33" aux="SECRET"/>'
    b"</rdf:RDF></x:xmpmeta>"
)


def planted(form):
    """A picture that says too much in all ways that its format has."""
    image, out = Image.effect_noise((900, 600), 40).convert("RGB"), BytesIO()
    how = {"exif": planted_exif(), "icc_profile": b"SECRET and no profile"}
    if form == "PNG":
        text = PngImagePlugin.PngInfo()
        text.add_itxt("XML:com.adobe.xmp", PLANTED_XMP.decode())
        text.add_text("Comment", "SECRET http://evil.example")
        image.save(out, form, pnginfo=text, **how)
    elif form == "MPO":
        image.save(out, form, save_all=True, append_images=[image.rotate(9)], **how, xmp=PLANTED_XMP)
    else:
        image.save(out, form, **how, xmp=PLANTED_XMP)
    data = out.getvalue()
    if form in ("JPEG", "MPO"):
        block = iptc(_80=b"SECRET author", _25=b"SECRET keyword")
        comment, old = b"SECRET comment", b"JFXX\0\x10" + thumbnail()
        data = data[:2] + block + segment(0xFE, comment) + segment(0xE0, old) + data[2:] + thumbnail()
    return data


def segment(marker, data):
    return struct.pack(">BBH", 0xFF, marker, len(data) + 2) + data


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF", "MPO"])
def test_no_file_tells_where_and_with_what_a_picture_was_taken(form):
    upload = planted(form)
    assert b"SECRET" in upload
    for data in every_file(upload, RIGHTS):
        assert not [secret for secret in SECRETS if secret in data]
        image = Image.open(BytesIO(data))
        assert not image.getexif() and "icc_profile" not in image.info and getattr(image, "n_frames", 1) == 1


@pytest.mark.parametrize("rights", [RIGHTS, Rights("Foto: Ünal Öz"), Rights(copyright="© 2014")], ids=str)
def test_every_file_says_whose_it_is(rights):
    for data in every_file(picture_file().read(), rights):
        said = said_in(data)
        assert (said.credit or said.copyright) == (rights.credit or rights.copyright)
        assert said.copyright == rights.copyright


def test_programs_that_know_iptc_only_read_it_in_a_jpeg():
    bare = signed(taken_in(picture_file().read()).original.data, RIGHTS)
    without_xmp = bare[:2] + bare[4 + int.from_bytes(bare[4:6]) :]
    assert b"Photoshop 3.0" in without_xmp and b"xmpmeta" not in without_xmp
    assert said_in(without_xmp).credit == RIGHTS.credit


def test_a_file_of_a_photo_without_credit_says_nothing():
    assert not any(b"xmpmeta" in data or b"Photoshop" in data for data in every_file(picture_file().read()))


def test_signing_anew_leaves_the_pixels_and_nothing_of_the_old_name():
    bare = taken_in(picture_file().read()).original.data
    twice = signed(signed(bare, Rights("Foto: Old Name")), RIGHTS)
    assert twice == signed(bare, RIGHTS) and b"Old Name" not in twice
    assert signed(twice, NOTHING_KNOWN) == bare


def test_a_hostile_credit_is_words_in_the_files_as_well():
    rights = Rights(HOSTILE, HOSTILE)
    packet = xmp(rights)
    root = ElementTree.fromstring(packet.decode())
    assert not list(root.iter("script"))
    for data in every_file(picture_file().read(), rights):
        Image.open(BytesIO(data)).load()
        assert "<script>alert(1)</script>" in said_in(data).copyright


def test_the_creator_is_the_credit_without_its_label():
    for credit in ("Foto: Erika Muster", "Photo Erika Muster", "© Erika Muster", "Erika Muster"):
        assert Rights(credit).creator == "Erika Muster"
    assert Rights("Fotografin Muster").creator == "Fotografin Muster"


@pytest.mark.django_db
def test_a_new_credit_reaches_every_file_and_leaves_the_pictures_as_they_are(
    admin_client, work, django_capture_on_commit_callbacks
):
    photo = PhotoFactory(credit="Foto: Old Name", renditions=True)
    before = {name: photo.file.storage.open(name).read() for name in files_stored()}
    assert len(before) > 8 and all(b"Old Name" in data for data in before.values())
    form = admin_client.get(change_page(photo))
    sent = {**form.context["adminform"].form.initial, "credit": "Foto: Erika Muster", "copyright": "© 2014"}
    sent = {key: value for key, value in sent.items() if value is not None and key != "file"}
    with django_capture_on_commit_callbacks(execute=True):
        assert admin_client.post(change_page(photo), sent).status_code == 302
        assert work() == 1
    after = {name: photo.file.storage.open(name).read() for name in files_stored()}
    assert len(after) == len(before) and not after.keys() & before.keys()
    assert all(b"Erika Muster" in data and b"Old Name" not in data for data in after.values())
    now = Photo.objects.get()
    assert now.checksum == photo.checksum and now.drawing_state == "ready"
    assert signed(after[now.file.name], NOTHING_KNOWN) == signed(before[photo.file.name], NOTHING_KNOWN)


@pytest.mark.django_db
def test_what_a_photographer_wrote_into_the_file_stays_in_it():
    data = every_file(picture_file().read(), RIGHTS)[0]
    photo = Photo(file=ContentFile(data, name="a.jpg"))
    photo.save()
    assert (photo.credit, photo.copyright) == (RIGHTS.credit, RIGHTS.copyright)
    with photo.file.open("rb") as stored:
        assert said_in(stored.read()).copyright == RIGHTS.copyright
