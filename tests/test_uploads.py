"""Promise 9 for files: whatever is uploaded is decoded, checked and written anew, or refused with a sentence."""

import subprocess
import sys
import threading
from collections import Counter
from io import BytesIO
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageCms, ImageFile, PngImagePlugin

from news import pictures
from news.pictures import BadPicture, drawn, sizes, taken_in
from sponsors.logos import BadLogo, clean_logo
from tests.factories import PhotoFactory, SponsorFactory, picture_file


def photo_bytes(size=(60, 40), form="JPEG", **how):
    out = BytesIO()
    Image.new("RGB", size, "#345").save(out, form, **how)
    return out.getvalue()


def opened(picture):
    return Image.open(BytesIO(picture.data))


def test_a_photo_held_upright_is_turned_upright():
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was turned by 90 degrees
    picture = taken_in(photo_bytes((60, 40), exif=exif)).original
    assert (picture.width, picture.height) == (40, 60)


def test_place_and_camera_are_removed():
    exif = Image.Exif()
    exif[0x010F] = "Secret Camera"
    exif.get_ifd(0x8825)[1] = "N"
    data = taken_in(photo_bytes(exif=exif, comment=b"hidden")).original.data
    assert b"Secret Camera" not in data and b"hidden" not in data and b"Exif" not in data


def test_text_hidden_in_a_png_is_removed():
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", "<script>alert(1)</script>")
    assert b"script" not in taken_in(photo_bytes(form="PNG", pnginfo=info)).original.data


def test_what_is_appended_to_a_picture_is_removed():
    assert b"<?php" not in taken_in(photo_bytes() + b"<?php system('id'); ?>").original.data


@pytest.mark.parametrize(
    ("upload", "sentence"),
    [
        (b"This is text.", "kein Bild"),
        (b"", "kein Bild"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "kein Bild"),
        (photo_bytes((600, 400))[:900], "beschädigt"),
        (b"x" * (31 * 1024 * 1024), "MB"),
    ],
    ids=["text", "nothing", "drawing", "cut off", "too large"],
)
def test_a_bad_photo_is_refused_with_a_sentence(upload, sentence):
    with pytest.raises(BadPicture, match=sentence):
        taken_in(upload)


def test_a_bomb_is_refused_before_it_is_unpacked():
    bomb = photo_bytes((12000, 12000), form="PNG")
    assert len(bomb) < 1_000_000
    with pytest.raises(BadPicture, match="Megapixel"):
        taken_in(bomb)


@pytest.mark.django_db
def test_a_form_shows_the_sentence_at_the_file():
    photo = PhotoFactory.build(file=SimpleUploadedFile("photo.jpg", b"no picture"))
    with pytest.raises(ValidationError) as refused:
        photo.full_clean()
    assert "file" in refused.value.message_dict


def all_sizes(upload, **how):
    original = taken_in(upload).original
    return drawn(original.data, sizes(original.width, original.height), **how)


def test_no_size_is_larger_than_the_original_and_each_is_what_it_says():
    made = all_sizes(photo_bytes((1000, 500)))
    assert {size.format for size, _picture in made} == {"avif", "webp", "jpeg"}
    assert sorted({size.width for size, _picture in made if not size.crop}) == [360, 480, 800, 1000]
    for size, picture in made:
        assert opened(picture).size == (picture.width, picture.height) == (size.width, size.height)
        assert size.crop or abs(picture.width / picture.height - 2) < 0.02


def test_a_small_picture_is_cut_for_sharing_and_not_blown_up():
    (share,) = (size for size in sizes(600, 600) if size.crop)
    assert (share.width, share.height) == (600, 315)


def test_the_share_picture_keeps_the_focal_point():
    image = Image.new("RGB", (1200, 2400), "white")
    image.paste("red", (0, 0, 1200, 300))
    out = BytesIO()
    image.save(out, "PNG")
    top, bottom = (
        opened(next(picture for size, picture in all_sizes(out.getvalue(), focal=(0.5, y)) if size.crop))
        for y in (0, 1)
    )
    assert top.size == (1200, 630) and top.getpixel((600, 20))[1] < 60 and bottom.getpixel((600, 20))[1] > 200


@pytest.mark.django_db
def test_a_stored_photo_is_the_clean_one_and_knows_its_size(client):
    photo = PhotoFactory(file=picture_file(size=(900, 600)), renditions=True)
    assert (photo.width, photo.height, len(photo.checksum)) == (900, 600, 64)
    answer = client.get(photo.sources["webp"][0].url)
    assert answer.status_code == 200 and answer["Content-Type"] == "image/webp"
    assert "sandbox" in answer["Content-Security-Policy"] and "immutable" in answer["Cache-Control"]
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.django_db
def test_a_picture_goes_out_as_it_lies_there_whatever_a_browser_can_unpack(client):
    file = PhotoFactory(renditions=True).renditions.filter(format="webp").first().file
    answer = client.get(file.url, headers={"Accept-Encoding": "gzip, deflate, br, zstd"})
    assert "Content-Encoding" not in answer and int(answer["Content-Length"]) == file.size


@pytest.mark.parametrize(
    "path",
    [
        "../db.sqlite3",
        "photos/../../manage.py",
        "logos/x.html",
        "backup.zip",
        "photos/none.jpg",
        "photos/%2e%2e/x.jpg",
    ],
)
def test_media_serves_nothing_but_uploaded_pictures(client, db, path):
    assert client.get(f"/media/{path}").status_code == 404


SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 200 50">{}</svg>'
HOSTILE_DRAWINGS = [
    "<script>alert(1)</script>",
    '<path d="M0 0" onload="alert(1)"/>',
    '<a href="javascript:alert(1)"><path d="M0 0"/></a>',
    '<use href="https://evil.example/x.svg#a"/>',
    '<use xlink:href="//evil.example/x.svg#a"/>',
    '<image href="https://evil.example/x.png"/>',
    "<foreignObject><body xmlns='http://www.w3.org/1999/xhtml'><script>alert(1)</script></body></foreignObject>",
    '<style>@import "https://evil.example/x.css";</style>',
    '<rect fill="url(https://evil.example/x)"/>',
    '<rect style="fill:url(https://evil.example/x)"/>',
    "<style>.a { fill: url(https://evil.example/x) }</style>",
    '<animate attributeName="href" to="javascript:alert(1)"/>',
    '<set attributeName="onload" to="alert(1)"/>',
]


@pytest.mark.parametrize("inside", HOSTILE_DRAWINGS)
def test_a_hostile_drawing_keeps_nothing_that_runs_or_loads(inside):
    clean = clean_logo(SVG.format(inside + '<path d="M1 1h9"/>').encode()).data.decode()
    for trace in (
        "<script",
        "onload",
        "//",
        "evil.example",
        "@import",
        'href="javascript',
        "attributeName",
        "foreignObject",
    ):
        assert trace not in clean.replace("http://www.w3.org", "")
    assert "M1 1h9" in clean


@pytest.mark.parametrize(
    "upload",
    [
        b"<html><body>no drawing</body></html>",
        b"<svg",
        b'<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg xmlns="http://www.w3.org/2000/svg">&x;</svg>',
        b'<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><svg xmlns="http://www.w3.org/2000/svg">&b;</svg>',
        SVG.format("").replace('viewBox="0 0 200 50"', "").encode(),
        b"no picture",
        b"<" * (3 * 1024 * 1024),
    ],
    ids=["page", "cut off", "entity", "laughs", "no size", "text", "too large"],
)
def test_a_bad_logo_is_refused_with_a_sentence(upload):
    with pytest.raises(BadLogo) as refused:
        clean_logo(upload)
    assert str(refused.value).endswith((".", ".)"))


def test_a_drawing_keeps_its_own_styles():
    """Drawing programs write colours as classes; without them a logo would turn black."""
    clean = clean_logo(
        SVG.format('<style>.a{fill:#c00}</style><path class="a" d="M1 1h9"/>').encode()
    ).data.decode()
    assert ".a{fill:#c00}" in clean and 'class="a"' in clean


def test_a_logo_keeps_its_transparency():
    image = Image.new("RGBA", (40, 20), (0, 0, 0, 0))
    out = BytesIO()
    image.save(out, "PNG")
    assert opened(clean_logo(out.getvalue())).getpixel((0, 0))[3] == 0


@pytest.mark.django_db
def test_a_hostile_logo_is_clean_once_stored():
    upload = SimpleUploadedFile(
        "logo.svg", SVG.format('<script>alert(1)</script><path d="M1 1h9"/>').encode()
    )
    sponsor = SponsorFactory(logo=upload)
    with sponsor.logo.open() as stored:
        assert b"script" not in stored.read()
    assert sponsor.mark_size[0] > sponsor.mark_size[1] > 0


def test_pictures_are_decoded_one_after_the_other(monkeypatch):
    """Ten uploads at once must not need the memory of ten."""
    inside, most, load = Counter(), [], pictures._decoded

    def counted(upload):
        inside["now"] += 1
        most.append(inside["now"])
        try:
            return load(upload)
        finally:
            inside["now"] -= 1

    monkeypatch.setattr(pictures, "_decoded", counted)
    upload = photo_bytes((1200, 900))
    uploads = [threading.Thread(target=taken_in, args=(upload,)) for _ in range(6)]
    for one in uploads:
        one.start()
    for one in uploads:
        one.join()
    assert len(most) == 6 and max(most) == 1


def passes(count):
    """A JPEG whose picture is sent in very many passes."""
    data = photo_bytes((60, 40), progressive=True)
    start = data.index(b"\xff\xda")
    again = data[start : data.index(b"\xff", start + 2 + 2)]
    return data[:start] + again * count + data[start:]


def test_a_picture_in_endless_passes_is_refused():
    with pytest.raises(BadPicture, match="gepackt"):
        taken_in(passes(2000))


def claims(width, height):
    """A WebP of a few bytes that says it is as large as this."""
    size = b"".join((side - 1).to_bytes(3, "little") for side in (width, height))
    body = (
        b"WEBPVP8X"
        + (10).to_bytes(4, "little")
        + b"\x02\0\0\0"
        + size
        + b"ANIM"
        + bytes([6, 0, 0, 0])
        + bytes(6)
    )
    return b"RIFF" + len(body).to_bytes(4, "little") + body


def test_a_file_that_claims_to_be_enormous_is_refused_before_there_is_room_for_it():
    with pytest.raises(BadPicture, match="Megapixel"):
        taken_in(claims(16000, 16000))


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_a_bomb_of_any_format_is_refused_with_a_sentence(monkeypatch, form):
    """With a limit that a test can reach: at the real one, packing such a picture needs more than a gigabyte."""
    bomb = photo_bytes((1100, 1000), form)
    monkeypatch.setattr(pictures, "MAX_PIXELS", 1_000_000)
    monkeypatch.setattr(ImageFile.ImageFile, "load", lambda image: pytest.fail("unpacked"))
    with pytest.raises(BadPicture, match="1 Megapixel"):
        taken_in(bomb)


def test_of_a_format_that_needs_much_memory_less_is_taken_and_another_named(monkeypatch):
    monkeypatch.setitem(pictures.MAX_PIXELS_OF, "WEBP", 1_000_000)
    with pytest.raises(BadPicture, match=r"1 Megapixel.*JPEG"):
        taken_in(photo_bytes((1100, 1000), "WEBP"))
    assert taken_in(photo_bytes((1100, 1000), "PNG"))


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_a_picture_that_is_cut_off_anywhere_is_refused(form):
    image, out = Image.effect_noise((300, 200), 60).convert("RGB"), BytesIO()
    image.save(out, form)
    data = out.getvalue()
    for part in (12, 40, len(data) // 3, len(data) - 200):
        with pytest.raises(BadPicture):
            taken_in(data[:part])


def packed(image, form, **how):
    out = BytesIO()
    image.save(out, form, **how)
    return out.getvalue()


RED = Image.new("RGB", (60, 40), (200, 30, 20))
MODES = {
    "CMYK": packed(RED.convert("CMYK"), "JPEG"),
    "grey": packed(RED.convert("L"), "JPEG"),
    "16 bit grey": packed(Image.new("I;16", (60, 40), 32768), "PNG"),
    "palette": packed(RED.convert("P"), "PNG"),
    "palette with a hole": packed(RED.convert("P"), "PNG", transparency=0),
    "one bit": packed(RED.convert("1"), "PNG"),
    "grey with alpha": packed(RED.convert("LA"), "PNG"),
    "moving WebP": packed(RED, "WEBP", save_all=True, append_images=[RED.rotate(90)] * 3),
    "moving AVIF": packed(RED, "AVIF", save_all=True, append_images=[RED.rotate(90)] * 3),
    "moving PNG": packed(RED, "PNG", save_all=True, append_images=[RED.rotate(90)] * 3),
    "with a second picture": packed(RED, "MPO", save_all=True, append_images=[RED]),
}


@pytest.mark.parametrize("name", MODES)
def test_whatever_a_program_exports_becomes_a_plain_photo(name):
    picture = taken_in(MODES[name]).original
    image = opened(picture)
    assert (image.mode, image.size, image.format) == ("RGB", (60, 40), "JPEG")
    if name == "16 bit grey":
        assert all(abs(value - 128) < 3 for value in image.getpixel((30, 20)))
    if name.startswith("moving") or name in ("CMYK", "with a second picture"):
        red, green, blue = image.getpixel((30, 20))
        assert red > 150 and green < 70 and blue < 70


MEMORY = """
import sys
from io import BytesIO
import django
django.setup()
from news.pictures import drawn, sizes, taken_in
from news.rights import Rights
taken = taken_in(sys.stdin.buffer.read())
drawn(taken.original.data, sizes(taken.original.width, taken.original.height), rights=Rights("Foto: Muster"))
(most,) = (line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(int(most) // 1024)
"""


@pytest.mark.skipif(
    not Path("/proc/self/status").exists(), reason="only Linux says how much memory was needed"
)
def test_a_picture_of_25_megapixels_needs_less_than_400_megabytes():
    """Held upright and in another colour space, so that nothing is left out; the whole process counts."""
    exif = Image.Exif()
    exif[0x0112] = 6
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    other = profile.replace(b"\0s\0R\0G\0B", b"\0x\0R\0G\0B")
    upload = photo_bytes((6144, 4096), exif=exif, icc_profile=other)
    done = subprocess.run([sys.executable, "-c", MEMORY], input=upload, stdout=subprocess.PIPE, check=True)
    assert 100 < int(done.stdout) < 400
