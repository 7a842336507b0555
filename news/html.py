"""What rich text may hold. Everything typed or pasted passes here on the server before it is stored. Pure."""

import re
from html import unescape

import nh3

TAGS = {"p", "h2", "h3", "ul", "ol", "li", "strong", "em", "a", "blockquote", "hr", "br"}
# Old spellings and the page's own top heading become what the site's styles know.
SAME_AS = {"b": "strong", "i": "em", "h1": "h2", "h4": "h3", "h5": "h3", "h6": "h3", "div": "p"}
SCHEMES = {"http", "https", "mailto", "tel"}
# What is around an address by mistake: the blanks of all scripts, and control characters.
AROUND = "".join(char for char in map(chr, range(0x3001)) if char.isspace() or char < " ")
# Empty blocks go with the blanks in them; of other empty elements the blanks stay.
BLOCKS = {"p", "h2", "h3", "li", "ul", "ol", "blockquote"}
BLANK = re.compile(r"(?:\s|&nbsp;|<br>)*")
NOWHERE = re.compile(r'<a(?: (?!href=)[a-z]+="[^"]*")*>')
# What is taken out of a text can bring together what a browser keeps apart, such as a link in a link, and a browser
# would then read another text than was stored. Two rounds settle that; a few more cost nothing.
ROUNDS = 6
# All that XML calls no character.
UNWRITABLE = re.compile("[^\\t\\n\\r\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")


def _attribute(tag: str, name: str, value: str) -> str | None:
    """Keep an address only if it leads somewhere plain: //host and /\\host look like ours and are not. An address typed
    as people say it, www.example.org or name@example.org, gets its scheme."""
    if name != "href":
        return value
    # As browsers read it: tabs and line breaks count for nothing wherever they stand; "/<tab>/host" is "//host".
    value = re.sub(r"[\t\n\r]", "", value).strip(AROUND)
    if not value or re.match(r"[/\\]{2}", value):
        return None
    if re.fullmatch(r"[^\s@/:]+@[^\s@/:]+\.[a-z]{2,}", value, re.I):
        return f"mailto:{value}"
    if re.match(r"[\w-]+(\.[\w-]+)*\.[a-z]{2,}([/?#]|$)", value, re.I):
        return f"https://{value}"
    # The cleaner has looked at the schemes before: "<no-break space>javascript:" was none to it, and is one by now.
    scheme, colon, _rest = re.split(r"[/?#]", value, maxsplit=1)[0].partition(":")
    return None if colon and scheme.lower() not in SCHEMES else value


CLEANER = nh3.Cleaner(
    tags=TAGS,
    # Without "*" every element would keep `lang` and `title`.
    attributes={"*": set(), "a": {"href", "hreflang", "title"}},
    url_schemes=SCHEMES,
    link_rel="noopener",
    attribute_filter=_attribute,
    strip_comments=True,
)


def sanitize(html: str) -> str:
    """The same text with only the tags and addresses that an article may hold; what is empty goes. Sanitizing the
    result changes nothing any more."""
    for old, new in SAME_AS.items():
        html = re.sub(rf"<(/?){old}(?=[\s>/])", rf"<\1{new}", html, flags=re.I)
    # Cells of a pasted table are words of their own.
    html = re.sub(r"</(td|th)\s*>", " ", html, flags=re.I)
    for _round in range(ROUNDS):
        before, html = html, _cleaned(html)
        if html == before:
            break
    return html


def _cleaned(html: str) -> str:
    """One round: what is allowed, without links that lead nowhere any more and without what is empty, from the inside
    out; one pass, however deep it is nested."""
    # Where open elements stand in `done`, and where the last thing that can be seen.
    done, starts, last = [], [], -1
    for part in re.split(r"(<[^>]+>)", CLEANER.clean(html)):
        if part.startswith("</"):
            start = starts.pop()
            if start is None:
                continue
            if last < start:
                del done[start : None if part[2:-1] in BLOCKS else start + 1]
                continue
        elif NOWHERE.fullmatch(part):
            starts.append(None)
            continue
        elif part.startswith("<") and part not in ("<br>", "<hr>"):
            starts.append(len(done))
        elif part == "<hr>" or not BLANK.fullmatch(part):
            last = len(done)
        done.append(part)
    return "".join(done).strip()


def words_only(text: str) -> str:
    """A line of plain words without the control characters that come along when it is pasted: XML can hold none of
    them, and one in a headline would take the whole feed down. Vertical tabs are the line breaks of slides."""
    return UNWRITABLE.sub("", re.sub(r"[\x0b\x0c]", " ", text))


def text_of(html: str) -> str:
    """The words of rich text without its tags, blocks parted by a space: for search, feeds and counting."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())
