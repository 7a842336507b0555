"""Uploaded pictures: decoded, checked, turned upright, stripped and written anew; and drawn in all sizes. Pure."""

import hashlib
import warnings
from collections.abc import Iterable
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from itertools import groupby
from threading import Lock
from typing import NamedTuple

from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from news.rights import NOTHING_KNOWN, Rights, signed, xmp

READABLE = ("JPEG", "PNG", "WEBP", "AVIF")
MAX_BYTES = 30 * 1024 * 1024
MAX_PIXELS = 60_000_000
# Of WebP the decoder keeps four copies: at this size they are as large as twice the pixels of another format.
MAX_PIXELS_OF = {"WEBP": 20_000_000}
# A JPEG may be sent in many passes, each over the whole picture: cameras and programs need about ten.
MOST_PASSES, PASS = 100, b"\xff\xda"
# What the templates' `sizes` ask for: a card's 120 px and a picture's 390 px at once, twice and three times as dense,
# then half a desktop, all of it, and all of it on a dense screen.
WIDTHS = (360, 480, 800, 1200, 1600, 1920)
# The one JPEG: for browsers that know nothing newer, and for everybody until the other sizes are made.
PLAIN_WIDTH = 1200
SHARE_SIZE = (1200, 630)
# Quality and effort by format; AVIF at speed 8 takes a tenth of the time of speed 6 for a few per cent more bytes, and
# one thread leaves the other core to visitors.
FORMATS = {
    "avif": {"format": "AVIF", "quality": 55, "speed": 8, "max_threads": 1},
    "webp": {"format": "WEBP", "quality": 76, "method": 4},
    "jpeg": {"format": "JPEG", "quality": 80, "progressive": True, "optimize": True},
}
# Without `optimize`, which keeps the whole picture in memory twice over.
ORIGINAL = {"format": "JPEG", "quality": 92, "subsampling": 0}
# Ten uploads at once need the memory of one: in a process, pictures are decoded one after the other.
_one_at_a_time = Lock()


class BadPicture(ValueError):
    """The upload is no picture that we take; the message says what is wrong and what would be right."""


class Size(NamedTuple):
    """One of the files of a picture; `crop` is empty for the whole of it."""

    crop: str
    format: str
    width: int
    height: int


@dataclass(frozen=True)
class Picture:
    """A picture as written by us: its bytes, its format's file ending and its size in pixels."""

    data: bytes
    ending: str
    width: int
    height: int

    @property
    def checksum(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


class Taken(NamedTuple):
    """What is made of an upload at once. `tones` are the colours of its upper and lower half, each as three digits
    from 0 to 7: what is shown in its place while it loads."""

    original: Picture
    plain: Picture
    tones: str


def plain_size(width: int, height: int) -> Size:
    return _whole("jpeg", min(PLAIN_WIDTH, width), width, height)


def sizes(width: int, height: int) -> list[Size]:
    """All files of a picture of this size, none larger than itself. Nobody can ask for others."""
    widths = [w for w in WIDTHS if w < width] + ([width] if width <= WIDTHS[-1] else [])
    whole = [_whole(form, w, width, height) for form in ("avif", "webp") for w in widths]
    scale = min(1, width / SHARE_SIZE[0], height / SHARE_SIZE[1])
    share = Size("share", "jpeg", *(max(1, round(side * scale)) for side in SHARE_SIZE))
    return [plain_size(width, height), *whole, share]


def _whole(form, width, of_width, of_height):
    return Size("", form, width, max(1, round(of_height * width / of_width)))


def taken_in(upload: bytes) -> Taken:
    """The upload decoded once and written anew: upright, sRGB, on white, without metadata.

    Raises BadPicture with a sentence for the editor.
    """
    with _one_at_a_time:
        image = _on_white(_in_our_colours(_decoded(upload)))
        original = _written(image, ORIGINAL)
        plain = _resized(image, plain_size(*image.size))
        del image
        return Taken(original, _written(plain, FORMATS["jpeg"]), _tones(plain))


def too_large() -> str:
    words = _("The file is too large: at most %(limit)d MB are taken. Export the picture smaller, as JPEG.")
    return words % {"limit": MAX_BYTES / 1024 / 1024}


def _decoded(upload: bytes) -> Image.Image:
    """All that a hostile file can do happens here, behind limits."""
    if len(upload) > MAX_BYTES:
        raise BadPicture(too_large())
    with _reading():
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(BytesIO(upload), formats=READABLE)
        _limited(image, upload)
        image.load()
    return image


@contextmanager
def _reading():
    """What Pillow says of a file, as sentences."""
    try:
        yield
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise BadPicture(
            _("The picture has more pixels than any camera makes. Export it smaller.")
        ) from error
    except UnidentifiedImageError as error:
        raise BadPicture(
            _("This is no picture that can be read. Upload a JPEG, PNG, WebP or AVIF file.")
        ) from error
    except (OSError, ValueError, SyntaxError, EOFError) as error:
        if isinstance(error, BadPicture):
            raise
        raise BadPicture(
            _("The picture is damaged or not complete. Export it again and upload the new file.")
        ) from error


def _limited(image, upload):
    limit = min(MAX_PIXELS, MAX_PIXELS_OF.get(image.format, MAX_PIXELS))
    if image.width * image.height > limit:
        words = _("The picture has %(width)d × %(height)d pixels; at most %(limit)d megapixels are taken.")
        if limit < MAX_PIXELS:
            words = _(
                "The picture has %(width)d × %(height)d pixels; in its format at most %(limit)d megapixels are taken. "
                "Export it as JPEG."
            )
        raise BadPicture(words % {"width": image.width, "height": image.height, "limit": limit / 1_000_000})
    if image.format in ("JPEG", "MPO") and upload.count(PASS) > MOST_PASSES:
        raise BadPicture(_("The picture is packed in a way that no camera does. Export it again as JPEG."))


def _in_our_colours(image: Image.Image) -> Image.Image:
    """Turned as the camera was held, and in sRGB: both would be lost with the metadata that we drop. In place where it
    can be: each copy of a large picture is a hundred megabytes."""
    ImageOps.exif_transpose(image, in_place=True)
    if image.mode == "I;16":
        image = image.point(lambda value: value / 256).convert("L")
    if profile := image.info.get("icc_profile"):
        mode = "RGBA" if image.has_transparency_data else "RGB"
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            if not ImageCms.getProfileDescription(source).startswith("sRGB"):
                ours, in_place = ImageCms.createProfile("sRGB"), image.mode == mode
                changed = ImageCms.profileToProfile(image, source, ours, outputMode=mode, inPlace=in_place)
                image = changed or image
        except (ImageCms.PyCMSError, OSError):
            # A profile that does not fit its picture is common; the numbers are then taken as sRGB.
            return image
    return image


def _on_white(image: Image.Image) -> Image.Image:
    if image.has_transparency_data:
        image = image if image.mode == "RGBA" else image.convert("RGBA")
        ground = Image.new("RGB", image.size, "white")
        ground.paste(image, mask=image.getchannel("A"))
        return ground
    return image if image.mode == "RGB" else image.convert("RGB")


def _resized(image: Image.Image, size: Size, focal=(0.5, 0.5)) -> Image.Image:
    """Smaller, first roughly and then well: as good as well alone, in a fifth of the time."""
    box = _box(image, size, focal) if size.crop else None
    return image.resize((size.width, size.height), Image.Resampling.LANCZOS, box=box, reducing_gap=2.0)


def _box(image, size, focal):
    """The largest part of the picture that has the shape of the size, as near to the focal point as its edges allow."""
    scale = min(image.width / size.width, image.height / size.height)
    width, height = size.width * scale, size.height * scale
    left, top = (image.width - width) * focal[0], (image.height - height) * focal[1]
    return left, top, min(left + width, image.width), min(top + height, image.height)


def _tones(image: Image.Image) -> str:
    """Its upper and lower half, as the two colours that are nearest among 512."""
    halves = image.resize((1, 2), Image.Resampling.BOX)
    return "".join(str(round(value * 7 / 255)) for y in (0, 1) for value in halves.getpixel((0, y)))


def _written(image: Image.Image, how: dict, rights: Rights = NOTHING_KNOWN) -> Picture:
    """A new file from the pixels alone: nothing of the old one's metadata comes along."""
    image.info = {}
    is_jpeg, out = how["format"] == "JPEG", BytesIO()
    image.save(out, exif=b"", **how, **({} if is_jpeg or not rights else {"xmp": xmp(rights)}))
    data = signed(out.getvalue(), rights) if is_jpeg else out.getvalue()
    return Picture(data, "jpg" if is_jpeg else how["format"].lower(), *image.size)


def drawn(
    original: bytes, wanted: Iterable[Size], focal=(0.5, 0.5), rights: Rights = NOTHING_KNOWN
) -> list[tuple[Size, Picture]]:
    """These sizes of a picture that we have taken in; crops as near to the focal point (0 to 1 from the top left) as
    they can be. Raises BadPicture where the original was damaged since."""
    wanted = list(wanted)
    with _one_at_a_time:
        with _reading():
            image = Image.open(BytesIO(original), formats=READABLE)
            # The decoder leaves out what no size needs: a large picture comes out at half or a quarter of its width.
            image.draft("RGB", _at_least(image, wanted))
            image.load()
        made = []
        for (crop, width, height), alike in groupby(sorted(wanted, key=_shape), _shape):
            small = _resized(image, Size(crop, "", width, height), focal)
            made += [(size, _written(small, FORMATS[size.format], rights)) for size in alike]
        return made


def _shape(size):
    return size.crop, size.width, size.height


def _at_least(image, wanted):
    """What all sizes can be made of: crops are cut from a picture that is larger than they are."""
    scale = max(max(size.width / image.width, size.height / image.height) for size in wanted)
    return max(1, int(image.width * scale)), max(1, int(image.height * scale))
