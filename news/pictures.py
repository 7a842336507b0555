"""Uploaded pictures: decoded, checked, turned upright, stripped and written anew; and their renditions. Pure."""

import hashlib
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

READABLE = ("JPEG", "PNG", "WEBP", "AVIF")
MAX_BYTES = 30 * 1024 * 1024
MAX_PIXELS = 60_000_000
WIDTHS = (480, 800, 1200, 1600)
# Quality and effort by format; AVIF at speed 8 takes a tenth of the time of speed 6 for a few per cent more bytes.
FORMATS = {
    "avif": {"format": "AVIF", "quality": 55, "speed": 8},
    "webp": {"format": "WEBP", "quality": 76, "method": 4},
    "jpeg": {"format": "JPEG", "quality": 80, "progressive": True, "optimize": True},
}
SHARE_SIZE = (1200, 630)


class BadPicture(ValueError):
    """The upload is no picture that we take; the message says what is wrong and what would be right."""


@dataclass(frozen=True)
class Picture:
    """A clean picture: `data` as written by us, its format's file ending and its size in pixels."""

    data: bytes
    ending: str
    width: int
    height: int

    @property
    def checksum(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


def clean_picture(upload: bytes, *, keep_alpha: bool = False) -> Picture:
    """The upload decoded and written anew: upright, sRGB, without metadata; PNG where transparency is kept.

    Raises BadPicture with a sentence for the editor.
    """
    image = _upright(_decode(upload))
    if keep_alpha and image.has_transparency_data:
        return _written(image.convert("RGBA"), "png", format="PNG", optimize=True)
    return _written(_on_white(image), "jpg", format="JPEG", quality=92, subsampling=0, optimize=True)


def check_picture(upload: bytes) -> None:
    """Decode the upload and keep nothing: what passes is a picture that we take. Raises BadPicture."""
    _decode(upload)


def _decode(upload: bytes) -> Image.Image:
    if len(upload) > MAX_BYTES:
        raise BadPicture(
            _("The file is too large: at most %(limit)d MB are taken. Export the picture as JPEG.")
            % {"limit": MAX_BYTES / 1024 / 1024}
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(BytesIO(upload), formats=READABLE)
            if image.width * image.height > MAX_PIXELS:
                raise BadPicture(
                    _(
                        "The picture has %(width)d × %(height)d pixels; at most %(limit)d megapixels are taken."
                    )
                    % {"width": image.width, "height": image.height, "limit": MAX_PIXELS / 1_000_000}
                )
            image.load()
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
    return image


def _upright(image: Image.Image) -> Image.Image:
    """Turned as the camera was held, and in sRGB: both would be lost with the metadata that we drop."""
    image = ImageOps.exif_transpose(image)
    if profile := image.info.get("icc_profile"):
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            mode = "RGBA" if image.has_transparency_data else "RGB"
            image = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode=mode)
        except ImageCms.PyCMSError:
            # A profile that does not fit its picture is common; the numbers are then taken as sRGB.
            return image
    return image


def _on_white(image: Image.Image) -> Image.Image:
    if not image.has_transparency_data:
        return image.convert("RGB")
    ground = Image.new("RGBA", image.size, "white")
    return Image.alpha_composite(ground, image.convert("RGBA")).convert("RGB")


def _written(image: Image.Image, ending: str, **how) -> Picture:
    """A new file from the pixels alone: nothing of the old one's metadata comes along."""
    bare = image.copy()
    bare.info = {}
    out = BytesIO()
    bare.save(out, **how)
    return Picture(out.getvalue(), ending, *image.size)


def renditions(picture: bytes) -> Iterator[tuple[str, Picture]]:
    """All sizes of a clean picture as (format, Picture), never larger than itself; no crops."""
    image = Image.open(BytesIO(picture), formats=READABLE)
    image.load()
    for width in [w for w in WIDTHS if w < image.width] + (
        [image.width] if image.width <= WIDTHS[-1] else []
    ):
        height = max(1, round(image.height * width / image.width))
        small = image.convert("RGB").resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3)
        for name, how in FORMATS.items():
            yield name, _written(small, "jpg" if name == "jpeg" else name, **how)


def share_crop(picture: bytes, focal_x: float, focal_y: float) -> Picture:
    """The 1200 × 630 crop that other sites show beside a link, around the focal point (0 to 1 from top left)."""
    image = Image.open(BytesIO(picture), formats=READABLE).convert("RGB")
    crop = ImageOps.fit(image, SHARE_SIZE, Image.Resampling.LANCZOS, centering=(focal_x, focal_y))
    return _written(crop, "jpg", **FORMATS["jpeg"])
