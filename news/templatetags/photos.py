"""Pictures as pages show them: modern formats first, the size that fits, the focal point kept."""

from django import template

from news.links import absolute

register = template.Library()
register.filter(absolute)

# What a browser gets that knows neither srcset nor the newer formats.
PLAIN_WIDTH = 800


@register.inclusion_tag("news/_picture.html")
def picture(photo, sizes="100vw", lead=False):
    """The photo for a slot of this width; `lead=True` for the one that a visitor sees first."""
    sources = photo.sources
    plain = [r for r in sources["jpeg"] if r.width <= PLAIN_WIDTH] or sources["jpeg"]
    return {
        "photo": photo,
        "sizes": sizes,
        "lead": lead,
        "sources": [(f"image/{form}", sources[form]) for form in ("avif", "webp") if sources[form]],
        "plain": plain[-1].file if plain else photo.file,
    }


@register.simple_tag
def largest(photo):
    """The address of the largest rendition for looking at; the original where none is made yet."""
    found = photo.sources["webp"] or photo.sources["jpeg"]
    return found[-1].file.url if found else photo.file.url
