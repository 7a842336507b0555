"""Pictures as pages show them: modern formats first, the size that fits, the focal point kept."""

import re

from django import template

from news.links import absolute
from news.querysets.renditions import address_of

# How a sentence ends, within quotes and brackets as well.
ENDED = re.compile(r"[.!?…:][\"'“”‘’»«)]*$")

register = template.Library()
register.filter(absolute)


@register.filter
def before_credit(caption):
    """A caption that is no sentence does not run into the credit: “At the finish · Photo: Erika Muster”."""
    return caption if ENDED.search(caption) else f"{caption} ·"


@register.inclusion_tag("news/_picture.html")
def picture(photo, sizes="100vw", lead=False):
    """The photo for a slot of this width; `lead=True` for the one that a visitor sees first."""
    sources = photo.sources
    return {
        "photo": photo,
        "sizes": sizes,
        "lead": lead,
        "sources": [(f"image/{form}", srcset(sources[form])) for form in ("avif", "webp") if sources[form]],
        "plain": plain_address(photo),
    }


def srcset(renditions):
    return ", ".join(f"{rendition.url} {rendition.width}w" for rendition in renditions)


def plain_address(photo):
    """The JPEG, which is there with the photo; the original should it be lost."""
    found = photo.sources["jpeg"]
    return found[-1].url if found else address_of(photo.file.name) if photo.file else ""


@register.simple_tag
def largest(photo):
    """The address of the largest rendition for looking at."""
    found = photo.sources["webp"]
    return found[-1].url if found else plain_address(photo)


@register.simple_tag
def at_least(photo, width):
    """The address of the smallest rendition that is as wide; the widest where none is."""
    found = photo.sources["webp"]
    wide = (rendition for rendition in found if rendition.width >= width)
    rendition = next(wide, found[-1] if found else None)
    return rendition.url if rendition else plain_address(photo)
