"""Uploaded logos: drawings (SVG) reduced to what draws, bitmaps decoded and written anew. Pure."""

import hashlib
import re
import warnings
from dataclasses import dataclass
from io import BytesIO
from xml.etree import ElementTree

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

MAX_BYTES = 2 * 1024 * 1024
MAX_PIXELS = 20_000_000
MAX_EDGE = 1600
SVG = "http://www.w3.org/2000/svg"
# What draws, and nothing that runs, loads, links or animates.
ELEMENTS = set(
    "svg g path rect circle ellipse line polyline polygon text tspan title desc defs use symbol clipPath mask"
    " linearGradient radialGradient stop".split()
)
ATTRIBUTES = set(
    "viewBox width height x y x1 x2 y1 y2 cx cy r rx ry fx fy d points transform id fill fill-rule fill-opacity stroke"
    " stroke-width stroke-linecap stroke-linejoin stroke-miterlimit stroke-dasharray stroke-opacity opacity offset"
    " stop-color stop-opacity gradientUnits gradientTransform spreadMethod clip-path clip-rule clipPathUnits mask"
    " font-family font-size font-weight text-anchor letter-spacing preserveAspectRatio role aria-label href"
    " version".split()
)


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
    try:
        root = fromstring(upload, forbid_dtd=False)
    except (ElementTree.ParseError, DefusedXmlException, ValueError) as error:
        raise BadLogo(_("This SVG file cannot be read (%(error)s). Export it again as plain SVG.") % {"error": error}) from error
    if root.tag != f"{{{SVG}}}svg":
        raise BadLogo(_("This file is no SVG drawing. Upload a logo as SVG, PNG or WebP."))
    _strip(root)
    width, height = _drawn_size(root)
    ElementTree.register_namespace("", SVG)
    return Logo(ElementTree.tostring(root, encoding="utf-8"), "svg", width, height)


def _strip(element):
    """Take away, at every depth, each element and attribute that is not on the lists above."""
    for child in list(element):
        known = isinstance(child.tag, str) and child.tag.removeprefix(f"{{{SVG}}}") in ELEMENTS
        if not known:
            element.remove(child)
        else:
            _strip(child)
    for name, value in list(element.attrib.items()):
        plain = name.rpartition("}")[2]
        # href and url(…) may point inside the drawing only.
        outside = (plain == "href" and not value.strip().startswith("#")) or re.search(r"url\(\s*['\"]?\s*[^#'\"\s]", value)
        if plain not in ATTRIBUTES or outside:
            del element.attrib[name]


def _drawn_size(root) -> tuple[int, int]:
    box = re.findall(r"-?[\d.]+", root.get("viewBox", ""))
    sides = box[2:4] if len(box) == 4 else [re.sub(r"[^\d.]", "", root.get(side, "")) for side in ("width", "height")]
    try:
        width, height = (float(side) for side in sides)
    except ValueError:
        width = height = 0.0
    if width <= 0 or height <= 0:
        raise BadLogo(_("The drawing does not say how large it is. Export it with a viewBox or with width and height."))
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
        raise BadLogo(_("The logo is damaged or too large. Export it again and upload the new file.")) from error
    image.thumbnail((MAX_EDGE, MAX_EDGE))
    image.info = {}
    out = BytesIO()
    image.save(out, format="PNG", optimize=True)
    return Logo(out.getvalue(), "png", *image.size)
