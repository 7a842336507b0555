"""A text as it is shown: its marks give way to what they stand for, its boxes get their names."""

from datetime import date

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, override

from news.blocks import BOX, MARK

register = template.Library()

# Where a video is looked at without a player of ours.
VIDEOS = {"youtube": "https://www.youtube.com/watch?v=", "vimeo": "https://vimeo.com/"}


@register.simple_tag
def rich_text(html, blocks, language=None, folder="news/blocks"):
    """The stored text, sanitized when it was saved, with its blocks from the templates of this folder."""
    with override(language or get_language()):
        html = BOX.sub(lambda found: _box(folder, *found.groups()), html)
        return mark_safe(MARK.sub(lambda found: _block(folder, blocks, *found.groups()), html))


def _box(folder, kind, day, words):
    context = {"kind": kind, "day": date.fromisoformat(day) if day else None, "words": mark_safe(words)}
    return render_to_string(f"{folder}/_box.html", context).strip()


def _block(folder, blocks, kind, value, title):
    context = {"blocks": blocks, "value": value, **SHOWN[kind](blocks, value, title)}
    return render_to_string(f"{folder}/_{kind}.html", context).strip()


def _photos(blocks, value, title):
    keys = [int(key) for key in value.split(",")]
    return {
        "photos": [blocks.photos[key] for key in keys if key in blocks.photos],
        "missing": [key for key in keys if key not in blocks.photos],
    }


def _session(blocks, value, title):
    found = blocks.sessions.get(int(value))
    return {"found": found, "is_told": found and blocks.tells(found.session)}


def _video(blocks, value, title):
    provider, _colon, number = value.partition(":")
    names = {"youtube": "YouTube", "vimeo": "Vimeo"}
    return {
        "provider": names[provider],
        "address": VIDEOS[provider] + number,
        # Escaped as it is stored.
        "title": mark_safe(title or ""),
    }


SHOWN = {"photo": _photos, "gallery": _photos, "results": _session, "facts": _session, "video": _video}
