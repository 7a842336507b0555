"""What a picture file says of itself fills in what nobody typed; what it says wrongly, or to do harm, is left out."""

import struct
from datetime import date
from io import BytesIO

import pytest
from django.utils import translation
from PIL import ExifTags, Image, PngImagePlugin

from news.metadata import Said, said_in
from news.models import Photo
from tests.factories import PhotoFactory, RaceFactory, picture_file

TODAY = date(2014, 5, 1)
XMP = """<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"
 xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/">
<rdf:Description photoshop:City="Nürburg" photoshop:Credit="Agentur Eifel" photoshop:DateCreated="2014-04-06T17:03:11">
<dc:creator><rdf:Seq><rdf:li>Erika Muster</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">Zweiter im Ziel</rdf:li><rdf:li xml:lang="en-GB">Second at the
 finish</rdf:li></rdf:Alt></dc:description>
<Iptc4xmpCore:AltTextAccessibility><rdf:Alt><rdf:li xml:lang="de">BMW vor der Box</rdf:li></rdf:Alt>
</Iptc4xmpCore:AltTextAccessibility>%s</rdf:Description></rdf:RDF></x:xmpmeta>"""


def iptc(**values):
    """A block as photo agencies write it into JPEG files: numbers of the second record and their bytes."""
    sets = [(1, 90, b"\x1b%G")] if values.pop("utf8", True) else []
    sets += [(2, int(key[1:]), data) for key, data in values.items()]
    records = b"".join(b"\x1c" + struct.pack(">BBH", *where, len(data)) + data for *where, data in sets)
    resource = b"8BIM\x04\x04\0\0" + struct.pack(">I", len(records)) + records + b"\0" * (len(records) % 2)
    block = b"Photoshop 3.0\0" + resource
    return b"\xff\xed" + struct.pack(">H", len(block) + 2) + block


def jpeg(block=b"", **how):
    data = picture_file(**how).read()
    return data[:2] + block + data[2:]


def with_exif(**tags):
    exif = Image.Exif()
    for name, value in tags.items():
        if name == "DateTimeOriginal":
            exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = value
        else:
            exif[ExifTags.Base[name]] = value
    return jpeg(exif=exif)


def said(data):
    return said_in(data, TODAY)


def test_xmp_names_the_languages_of_its_words():
    found = said(jpeg(xmp=(XMP % "").encode()))
    assert found.caption == {"": "Zweiter im Ziel", "en": "Second at the finish"}
    assert found.alt == {"de": "BMW vor der Box"}
    assert (found.credit, found.place) == ("Erika Muster / Agentur Eifel", "Nürburg")
    assert found.taken_on == date(2014, 4, 6)


@pytest.mark.parametrize("form", ["PNG", "WEBP", "AVIF"])
def test_other_formats_carry_the_same_words(form):
    out = BytesIO()
    text = PngImagePlugin.PngInfo()
    text.add_itxt("XML:com.adobe.xmp", XMP % "")
    Image.new("RGB", (60, 40)).save(
        out, form, **{"pnginfo": text} if form == "PNG" else {"xmp": (XMP % "").encode()}
    )
    assert said(out.getvalue()).alt == {"de": "BMW vor der Box"}


def test_iptc_is_read_in_utf8_and_in_what_windows_wrote():
    caption = "Brünnchen, „gelb“"
    for utf8, encoding in ((True, "utf-8"), (False, "cp1252")):
        block = iptc(
            utf8=utf8, _120=caption.encode(encoding), _80=b"Erika Muster", _90=b"Adenau", _55=b"20140406"
        )
        found = said(jpeg(block))
        assert found == Said({"": caption}, {}, "Erika Muster", "Adenau", date(2014, 4, 6))


def test_exif_is_asked_where_nothing_else_is_said():
    found = said(
        with_exif(ImageDescription="Start", Artist="Erika Muster", DateTimeOriginal="2014:04:06 17:03:11")
    )
    assert (found.caption, found.credit, found.taken_on) == ({"": "Start"}, "Erika Muster", date(2014, 4, 6))
    assert said(with_exif(ImageDescription="OLYMPUS DIGITAL CAMERA")).caption == {}


@pytest.mark.parametrize(
    "day",
    ["0000:00:00 00:00:00", "1066:10:14 09:00:00", "2014:13:40 00:00:00", "2031:01:01 00:00:00", "morgen"],
)
def test_a_day_that_cannot_be_is_left_out(day):
    assert said(with_exif(DateTimeOriginal=day)).taken_on is None


def test_control_characters_and_turned_words_become_plain_ones():
    block = iptc(_120="Ziel\x00\x1b[31m\r\n nach\u202e links\u200b <b>fett</b>".encode())
    (caption,) = said(jpeg(block)).caption.values()
    assert caption == "Ziel[31m nach links <b>fett</b>"


def test_endless_words_end():
    block = iptc(_120=b"x" * 30_000)
    (caption,) = said(jpeg(block)).caption.values()
    assert len(caption) == 2000


@pytest.mark.parametrize(
    "block",
    [
        b'<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]><a>&c;</a>',
        b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
        b"<a>" * 5000,
        b"<a>" * 5000 + b"</a>" * 5000,
        b"\xff\xfe\x00nonsense",
        b"",
    ],
    ids=["entities", "file", "open", "deep", "nonsense", "nothing"],
)
def test_a_hostile_block_says_nothing_and_stops_nothing(block):
    assert said(jpeg(xmp=block)) == Said()


@pytest.mark.parametrize("cut", [10, 40, 120, 300, 700])
def test_half_a_file_says_nothing_wrong(cut):
    data = jpeg(iptc(_120=b"Start", _80=b"Erika Muster"), xmp=(XMP % "").encode())
    assert isinstance(said(data[:cut]), Said)
    assert isinstance(said(data[:cut] + b"\x1c\x02\xff\xff" + data[cut:]), Said)


def test_no_picture_says_nothing():
    assert said(b"<svg/>") == said(b"") == Said()


def test_where_the_camera_stood_is_not_read():
    exif = Image.Exif()
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (50.0, 20.0, 8.0)
    assert said(jpeg(exif=exif)) == Said()


@pytest.mark.django_db
def test_what_was_typed_stands_and_the_rest_is_filled_in():
    upload = picture_file(xmp=(XMP % "").encode())
    photo = PhotoFactory(file=upload, credit="Foto: Erika Muster", alt_de="", alt_en="", caption_en="Typed")
    stored = Photo.objects.get(pk=photo.pk)
    assert (stored.credit, stored.caption_en) == ("Foto: Erika Muster", "Typed")
    assert (stored.alt_de, stored.caption_de, stored.place) == (
        "BMW vor der Box",
        "Zweiter im Ziel",
        "Nürburg",
    )
    assert stored.taken_on == date(2014, 4, 6)


@pytest.mark.django_db
def test_words_without_a_language_are_those_of_whoever_uploads():
    with translation.override("en"):
        photo = PhotoFactory(file=picture_file(xmp=b"<a/>", comment="x"), caption_de="", caption_en="")
        photo.fill_in(Said(caption={"": "At the start"}))
    assert (photo.caption_de, photo.caption_en) == ("", "At the start")


@pytest.mark.django_db
def test_words_are_cut_to_their_column():
    photo = PhotoFactory.build(credit="")
    photo.fill_in(Said(credit="x" * 2000))
    assert len(photo.credit) == 140


@pytest.mark.django_db
def test_a_new_photo_is_of_the_race_of_its_day_where_there_is_one_only():
    race = RaceFactory(first_day=date(2014, 4, 5), last_day=date(2014, 4, 6))
    assert PhotoFactory(taken_on=date(2014, 4, 6)).race == race
    assert PhotoFactory(taken_on=date(2014, 4, 7)).race is None
    other = RaceFactory(first_day=date(2014, 4, 6))
    assert PhotoFactory(taken_on=date(2014, 4, 6)).race is None
    assert PhotoFactory(taken_on=date(2014, 4, 6), race=other).race == other
