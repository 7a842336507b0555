"""The blocks of a text, said in words where the text is compared and not shown."""

from django.utils.html import format_html
from django.utils.translation import gettext as _

from news.blocks import MARK, photos_in, sessions_in
from news.models import Photo, Session


def in_readable_blocks(html: str) -> str:
    """Sanitized rich text with a line for each block: "Photo: BMW number 20 in the pit lane"."""
    photos = Photo.objects.in_bulk(photos_in(html))
    sessions = Session.objects.select_related("race").in_bulk(sessions_in(html))

    def photo(key):
        return str(photos.get(int(key)) or _("(no longer there)"))

    def session(key):
        found = sessions.get(int(key))
        return f"{found.race}, {found}" if found else _("(no longer there)")

    def line(found):
        kind, value, title = found.groups()
        words = {
            "photo": lambda: (_("Photo"), photo(value)),
            "gallery": lambda: (_("Gallery"), "; ".join(map(photo, value.split(",")))),
            "results": lambda: (_("Result list"), session(value)),
            "facts": lambda: (_("Fact box"), session(value)),
            "video": lambda: (_("Video"), title or value),
        }
        return format_html('<span class="block">{}: {}</span>', *words[kind]())

    return MARK.sub(line, html)
