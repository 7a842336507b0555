"""What the templates of the admin need beyond Django's own tags."""

from django import template
from js_asset import Media

from news.admin.release import chip

register = template.Library()
register.filter("release_chip", chip)


@register.filter
def with_nonce(media, nonce):
    """The scripts of a form with the request's nonce: the import map of the text editor is an inline script."""
    return (
        Media.from_media(media).with_nonce(str(nonce))
        if not isinstance(media, Media)
        else media.with_nonce(str(nonce))
    )


@register.filter
def rows_with_a_page(rows):
    """What is deleted along, as an editor knows it: rows that have a page here, not those of tables in between."""
    kept = []
    for row in rows:
        if isinstance(row, list):
            kept += [below] if (below := rows_with_a_page(row)) else []
        elif "<a " in row:
            kept.append(row)
    return kept
