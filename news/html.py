"""What rich text may hold. Everything typed or pasted passes here on the server before it is stored. Pure."""

import re
from html import unescape

import nh3

TAGS = {"p", "h2", "h3", "ul", "ol", "li", "strong", "em", "a", "blockquote", "hr", "br"}
# Old spellings and the page's own top heading become what the site's styles know.
SAME_AS = {"b": "strong", "i": "em", "h1": "h2", "h4": "h3", "h5": "h3", "h6": "h3", "div": "p"}
SCHEMES = {"http", "https", "mailto", "tel"}


def _attribute(tag: str, name: str, value: str) -> str | None:
    """Keep an address only if it leads somewhere plain: //host and /\\host look like ours and are not. An address typed
    as people say it, www.example.org or name@example.org, gets its scheme."""
    if name != "href":
        return value
    if re.match(r"[\s\x00-\x1f]*[/\\]{2}", value):
        return None
    value = value.strip()
    if re.fullmatch(r"[^\s@/:]+@[^\s@/:]+\.[a-z]{2,}", value, re.I):
        return f"mailto:{value}"
    if re.match(r"[\w-]+(\.[\w-]+)*\.[a-z]{2,}([/?#]|$)", value, re.I):
        return f"https://{value}"
    return value


CLEANER = nh3.Cleaner(
    tags=TAGS,
    attributes={"a": {"href", "hreflang", "title"}},
    url_schemes=SCHEMES,
    link_rel="noopener",
    attribute_filter=_attribute,
    strip_comments=True,
)


def sanitize(html: str) -> str:
    """The same text with only the tags and addresses that an article may hold; empty paragraphs go."""
    for old, new in SAME_AS.items():
        html = re.sub(rf"<(/?){old}(?=[\s>/])", rf"<\1{new}", html, flags=re.I)
    # Cells of a pasted table are words of their own.
    html = re.sub(r"</(td|th)\s*>", " ", html, flags=re.I)
    clean = CLEANER.clean(html)
    # A link that leads nowhere any more is text.
    clean = re.sub(r'<a(?: (?!href=)[a-z]+="[^"]*")*>(.*?)</a>', r"\1", clean, flags=re.S)
    return re.sub(r"<(p|h2|h3|li|blockquote)>(?:\s|&nbsp;|<br>)*</\1>", "", clean).strip()


def text_of(html: str) -> str:
    """The words of rich text without its tags, blocks parted by a space: for search, feeds and counting."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())
