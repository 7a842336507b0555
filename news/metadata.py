"""What a picture file says of itself: caption, credit, copyright, date, place, words for the blind; XMP, IPTC and EXIF.

Read before the picture is written anew, which drops all of it. A file is hostile: what it says is bounded, plain words
in one line, and where it makes no sense it says nothing. Where the camera stood is not read at all. Pure.
"""

import re
import warnings
from dataclasses import dataclass, field
from datetime import date, timedelta
from io import BytesIO
from xml.etree.ElementTree import Element

from defusedxml import ElementTree
from django.core.exceptions import ValidationError
from PIL import ExifTags, Image, IptcImagePlugin

from news.html import words_only
from news.limits import in_our_time
from news.pictures import READABLE

MOST_XMP = 512 * 1024
LONGEST = 2000
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
DC = "{http://purl.org/dc/elements/1.1/}"
PHOTOSHOP = "{http://ns.adobe.com/photoshop/1.0/}"
IPTC_CORE = "{http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/}"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
# The numbers of IPTC's second record.
CAPTION, CREDIT, BYLINE, COPYRIGHT, DAY = (2, 120), (2, 110), (2, 80), (2, 116), (2, 55)
PLACES = [(2, 92), (2, 90), (2, 101)]
UTF8 = b"\x1b%G"
# What cameras write where a caption belongs.
NO_CAPTION = re.compile(
    r"(olympus digital camera|sony dsc|minolta digital camera|kodak.*camera|samsung.*|dcim\S*|default|untitled)",
    re.I,
)
# Signs that turn the direction of what follows, or take no room: they make words look like others.
UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]")


@dataclass(frozen=True)
class Said:
    """Words by language; "" for a language that the file does not name."""

    caption: dict[str, str] = field(default_factory=dict)
    alt: dict[str, str] = field(default_factory=dict)
    credit: str = ""
    place: str = ""
    taken_on: date | None = None
    copyright: str = ""


def said_in(upload: bytes, today: date | None = None) -> Said:
    """What the file says; nothing of what cannot be read or cannot be true."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image = Image.open(BytesIO(upload), formats=READABLE)
            xmp, iptc, exif = _part(_xmp, image), _part(_iptc, image), _part(_exif, image)
    except (OSError, ValueError, SyntaxError):
        return Said()
    days = (_day(text, today or date.today()) for part in (xmp, iptc, exif) for text in part.get("days", ()))
    return Said(
        caption=xmp.get("caption") or _unnamed(iptc, exif),
        alt=xmp.get("alt", {}),
        credit=xmp.get("credit") or iptc.get("credit") or exif.get("credit", ""),
        place=xmp.get("place") or iptc.get("place", ""),
        taken_on=next(filter(None, days), None),
        copyright=next(filter(None, (part.get("copyright") for part in (xmp, iptc, exif))), ""),
    )


def _part(read, image) -> dict:
    try:
        return read(image)
    except Exception:
        # Whatever a hostile or broken block makes its reader raise: the picture itself has been looked at before,
        # and a caption that cannot be read is typed.
        return {}


def _unnamed(*parts):
    """The first caption among those that name no language."""
    caption = next(filter(None, (part.get("caption", "") for part in parts)), "")
    return {"": caption} if caption else {}


def _xmp(image) -> dict:
    data = image.info.get("xmp") or image.info.get("XML:com.adobe.xmp") or b""
    data = data.encode() if isinstance(data, str) else data
    if not data or len(data) > MOST_XMP:
        return {}
    root = ElementTree.fromstring(data.strip(b"\0 \r\n\t"), forbid_dtd=True)
    places = [_text(root, IPTC_CORE + "Location"), *(_text(root, PHOTOSHOP + x) for x in ("City", "Country"))]
    line, creator = _text(root, PHOTOSHOP + "Credit"), _text(root, DC + "creator")
    rights = _text(root, DC + "rights")
    return {
        "caption": _by_language(root, DC + "description"),
        "alt": _by_language(root, IPTC_CORE + "AltTextAccessibility"),
        "credit": _credit(line, creator, rights),
        "copyright": rights,
        "place": _together(places),
        "days": [_text(root, PHOTOSHOP + "DateCreated")],
    }


def _first(root: Element, name: str) -> Element | None:
    return next(root.iter(name), None)


def _text(root: Element, name: str) -> str:
    """A value as XMP writes it: an attribute of a description, an element, or the first of a list."""
    for description in root.iter(RDF + "Description"):
        if name in description.attrib:
            return _words(description.attrib[name])
    found = _first(root, name)
    if found is None:
        return ""
    items = [_words(item.text) for item in found.iter(RDF + "li")]
    return next(filter(None, items), "") or _words(found.text)


def _by_language(root: Element, name: str) -> dict[str, str]:
    found = _first(root, name)
    if found is None:
        return {"": text} if (text := _text(root, name)) else {}
    words = {}
    for item in found.iter(RDF + "li"):
        code = item.attrib.get(LANGUAGE, "").lower()
        if text := _words(item.text):
            words.setdefault("" if code in ("", "x-default") else code[:2], text)
    return words or ({"": text} if (text := _words(found.text)) else {})


def _iptc(image) -> dict:
    block = IptcImagePlugin.getiptcinfo(image) or {}
    is_utf8 = block.get((1, 90)) == UTF8

    def text(key):
        value = block.get(key)
        value = value[0] if isinstance(value, list) else value
        return _words(_decoded(value, is_utf8)) if value else ""

    return {
        "caption": _caption(text(CAPTION)),
        "credit": _credit(text(CREDIT), text(BYLINE), text(COPYRIGHT)),
        "copyright": text(COPYRIGHT),
        "place": _together(map(text, PLACES)),
        "days": [text(DAY)],
    }


def _exif(image) -> dict:
    exif = image.getexif()

    def text(tag):
        value = exif.get(tag)
        if isinstance(value, str):
            # Read as Latin-1 by the standard's letter; cameras of today write UTF-8.
            value = value.encode("latin-1", "replace")
        return _words(_decoded(value)) if isinstance(value, bytes) else ""

    own = exif.get_ifd(ExifTags.IFD.Exif)
    taken = own.get(ExifTags.Base.DateTimeOriginal)
    return {
        "caption": _caption(text(ExifTags.Base.ImageDescription)),
        "credit": _credit("", text(ExifTags.Base.Artist), text(ExifTags.Base.Copyright)),
        "copyright": text(ExifTags.Base.Copyright),
        "days": [taken] if isinstance(taken, str) else [],
    }


def _decoded(data: bytes, is_utf8=False) -> str:
    """UTF-8 where it is that, whatever the block calls itself; else what Windows writes."""
    try:
        return data[:LONGEST].decode("utf-8", "ignore" if is_utf8 or len(data) > LONGEST else "strict")
    except UnicodeDecodeError:
        return data[:LONGEST].decode("cp1252", "replace").replace("\ufffd", "")


def _words(text: str | None) -> str:
    """One line of plain words, cut at a length that no caption has."""
    plain = UNSEEN.sub("", words_only((text or "")[:LONGEST]))
    return " ".join(re.sub(r"[\x7f-\x9f]", " ", plain).split())


def _caption(text: str) -> str:
    return "" if NO_CAPTION.fullmatch(text) else text


def _credit(line: str, creator: str, rights: str) -> str:
    """The line as it is to be printed; whoever took the picture stands in it."""
    if line and creator and creator.casefold() not in line.casefold():
        return f"{creator} / {line}"
    return line or creator or rights


def _together(parts) -> str:
    return ", ".join(dict.fromkeys(filter(None, parts)))


def _day(text: str, today: date) -> date | None:
    """The day of "2014:04:06 17:03:11", "20140406" or "2014-04-06T17:03"; none ahead of today or before our time."""
    found = re.match(r"(\d{4})[:-]?(\d{2})[:-]?(\d{2})(?!\d)", text)
    try:
        day = date(*map(int, found.groups())) if found else None
        if day:
            in_our_time(day)
    except (ValueError, ValidationError):
        return None
    # A day more: the camera may stand where it is tomorrow already.
    return day if day and day <= today + timedelta(days=1) else None
