"""Uploaded logos: drawings (SVG) filtered by svg-hush, bitmaps decoded and written anew. Pure."""

import hashlib
import re
import warnings
from dataclasses import dataclass
from io import BytesIO
from xml.etree import ElementTree

from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError
from py_svg_hush import filter_svg

MAX_BYTES = 2 * 1024 * 1024
MAX_PIXELS = 20_000_000
MAX_EDGE = 1600


class BadLogo(ValueError):
    """The upload is no logo that we take; the message says what is wrong and what would be right."""


@dataclass(frozen=True)
class Logo:
    """A clean logo: its bytes as written by us, the file ending, and its size in pixels."""

    data: bytes
    ending: str
    width: int
    height: int

    @property
    def checksum(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


def clean_logo(upload: bytes) -> Logo:
    """The logo reduced to what may be shown. Raises BadLogo with a sentence for the editor."""
    if len(upload) > MAX_BYTES:
        raise BadLogo(_("A logo has at most 2 MB. Ask the partner for an SVG file, or export a smaller PNG."))
    if re.match(rb"(?:\xef\xbb\xbf)?\s*<", upload):
        return _clean_drawing(upload)
    return _clean_bitmap(upload)


def _clean_drawing(upload: bytes) -> Logo:
    """The drawing without whatever runs, loads or links; its own styles stay, for logos are made of them."""
    try:
        drawing = filter_svg(upload, {"image": ["png", "jpeg", "webp"]})
        root = ElementTree.fromstring(drawing)
    except (ValueError, ElementTree.ParseError) as error:
        raise BadLogo(
            _("This SVG file cannot be read (%(error)s). Export it again as plain SVG.") % {"error": error}
        ) from error
    width, height = _drawn_size(root)
    return Logo(drawing, "svg", width, height)


def _drawn_size(root) -> tuple[int, int]:
    box = re.findall(r"-?[\d.]+", root.get("viewBox", ""))
    sides = (
        box[2:4]
        if len(box) == 4
        else [re.sub(r"[^\d.]", "", root.get(side, "")) for side in ("width", "height")]
    )
    try:
        width, height = (float(side) for side in sides)
    except ValueError:
        width = height = 0.0
    if width <= 0 or height <= 0:
        raise BadLogo(
            _("The drawing does not say how large it is. Export it with a viewBox or with width and height.")
        )
    scale = 400 / max(width, height)
    return max(1, round(width * scale)), max(1, round(height * scale))


def _clean_bitmap(upload: bytes) -> Logo:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(BytesIO(upload), formats=("PNG", "JPEG", "WEBP"))
            if image.width * image.height > MAX_PIXELS:
                raise BadLogo(_("The logo has more than 20 megapixels. Export it smaller."))
            image = ImageOps.exif_transpose(image).convert("RGBA")
    except UnidentifiedImageError as error:
        raise BadLogo(_("This is no picture that can be read. Upload a logo as SVG, PNG or WebP.")) from error
    except (Image.DecompressionBombWarning, Image.DecompressionBombError, OSError, SyntaxError) as error:
        raise BadLogo(
            _("The logo is damaged or too large. Export it again and upload the new file.")
        ) from error
    image.thumbnail((MAX_EDGE, MAX_EDGE))
    image.info = {}
    out = BytesIO()
    image.save(out, format="PNG", optimize=True)
    return Logo(out.getvalue(), "png", *image.size)
