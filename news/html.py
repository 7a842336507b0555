"""What rich text may hold. Everything typed or pasted passes here on the server before it is stored. Pure."""

import re
from html import unescape

import nh3

from news import blocks

TAGS = {"p", "h2", "h3", "ul", "ol", "li", "strong", "em", "a", "blockquote", "hr", "br"} | {
    "figure",
    "figcaption",
    "aside",
}
# Old spellings and the page's own top heading become what the site's styles know.
SAME_AS = {"b": "strong", "i": "em", "h1": "h2", "h4": "h3", "h5": "h3", "h6": "h3", "div": "p"}
SCHEMES = {"http", "https", "mailto", "tel"}
# What is around an address by mistake: the blanks of all scripts, and control characters.
AROUND = "".join(char for char in map(chr, range(0x3001)) if char.isspace() or char < " ")
# Empty blocks go with the blanks in them; of other empty elements the blanks stay.
BLOCKS = {"p", "h2", "h3", "li", "ul", "ol", "blockquote", "figure", "figcaption", "aside"}
BLANK = re.compile(r"(?:\s|&nbsp;|<br>)*")
LINK = re.compile(r'<a (?:[a-z]+="[^"]*" )*?href="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
ATTRIBUTE = re.compile(r'([a-z-]+)="([^"]*)"')
NOWHERE = re.compile(r'<a(?: (?!href=)[a-z]+="[^"]*")*>')
# What is taken out of a text can bring together what a browser keeps apart, such as a link in a link, and a browser
# would then read another text than was stored. Two rounds settle that; a few more cost nothing.
ROUNDS = 6
# All that XML calls no character.
UNWRITABLE = re.compile("[^\\t\\n\\r\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")


def _attribute(tag: str, name: str, value: str) -> str | None:
    """Keep an address only if it leads somewhere plain: //host and /\\host look like ours and are not. An address typed
    as people say it, www.example.org or name@example.org, gets its scheme."""
    if tag in ("figure", "aside"):
        return blocks.attribute(name, value)
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
    attributes={
        "*": set(),
        "a": {"href", "hreflang", "title"},
        "figure": {"class", "data-title", *(f"data-{kind}" for kind in blocks.MARKS)},
        "aside": {"class", "data-date"},
    },
    url_schemes=SCHEMES,
    link_rel="noopener",
    attribute_filter=_attribute,
    strip_comments=True,
    clean_content_tags={"script", "style", "title"},
)


def sanitize(html: str) -> str:
    """The same text with only the tags and addresses that an article may hold; what is empty goes. Sanitizing the
    result changes nothing any more."""
    for old, new in SAME_AS.items():
        html = re.sub(rf"<(/?){old}(?=[\s>/])", rf"<\1{new}", html, flags=re.I)
    # Where a document is wrapped in an element that says of itself that it is not bold.
    html = re.sub(r"<(?:b|strong)(?=\s[^>]*font-weight:\s*(?:normal|400))", "<span", html, flags=re.I)
    # Cells of a pasted table are words of their own.
    html = re.sub(r"</(td|th)\s*>", " ", html, flags=re.I)
    for _round in range(ROUNDS):
        before, html = html, _cleaned(html)
        if html == before:
            break
    return html


def sanitize_plain(html: str) -> str:
    """The same for texts that hold no blocks and boxes, only the words in them."""
    return sanitize(re.sub(r"</?aside[^>]*>", "", blocks.MARK.sub("", sanitize(html))))


def _cleaned(html: str) -> str:
    """One round: what is allowed where it stands, without links that lead nowhere any more and without what is empty,
    from the inside out; one pass, however deep it is nested."""
    text = Text()
    for part in re.split(r"(<[^>]+>)", UNWRITABLE.sub("", CLEANER.clean(html))):
        if part.startswith("</"):
            text.end(part[2:-1])
        elif part in ("<br>", "<hr>"):
            text.add(part, seen=part == "<hr>")
        elif part.startswith("<"):
            text.start(part)
        else:
            text.add(part, seen=not BLANK.fullmatch(part))
    return "".join(text.done).strip()


class Text:
    """A text as it is put together again. An element that may not stand where it does leaves its words behind."""

    def __init__(self):
        self.done = []
        # Of every open element, what it is and where in `done` it began; (None, None) for one that is left out.
        self.open = []
        # The names of the open ones that are kept, and where the last thing that can be seen stands.
        self.inside, self.last = [], -1

    def add(self, part, *, seen):
        if seen:
            self.last = len(self.done)
        self.done.append(part)

    def start(self, part):
        name = re.match(r"<([a-z0-9]+)", part)[1]
        kept = self._kept(name, part)
        self.open.append((name, len(self.done)) if kept else (None, None))
        if kept:
            self.inside.append(name)
            self.done.append(kept)

    def _kept(self, name, part):
        """The tag as it is stored; None for an element that is left out here."""
        where = self.inside[-1] if self.inside else None
        if name == "figure":
            return self._figure(part, where)
        if name == "aside":
            return None if where else blocks.box(dict(ATTRIBUTE.findall(part)))
        if name == "figcaption":
            return part if where == "figure" else None
        if (where == "figcaption" and name in BLOCKS) or NOWHERE.fullmatch(part):
            return None
        return part

    def _figure(self, part, where):
        """A mark is closed at once: what stood in it comes after it. Neither a mark nor a quote stands inside words."""
        if where not in (None, "aside"):
            return None
        attributes = dict(ATTRIBUTE.findall(part))
        if found := blocks.mark(attributes):
            self.add(found, seen=True)
            return None
        return '<figure class="quote">' if attributes.get("class") == "quote" else None

    def end(self, name):
        kind, start = self.open.pop()
        if kind is None:
            return
        self.inside.pop()
        if self.last < start:
            del self.done[start : None if name in BLOCKS else start + 1]
        elif name == "figure" and not self._is_quote(start):
            self.done[start] = ""
        else:
            self.done.append(f"</{name}>")

    def _is_quote(self, start):
        """Whether somebody is quoted: words, and behind them at most the name of who said them."""
        inside = [part for part in self.done[start + 1 :] if part.strip()]
        names = inside.count("<figcaption>")
        ends = "</figcaption>" if names else "</blockquote>"
        return inside[:1] == ["<blockquote>"] and names < 2 and inside[-1:] == [ends]


def words_only(text: str) -> str:
    """A line of plain words without the control characters that come along when it is pasted: XML can hold none of
    them, and one in a headline would take the whole feed down. Vertical tabs are the line breaks of slides."""
    return UNWRITABLE.sub("", re.sub(r"[\x0b\x0c]", " ", text))


def text_of(html: str) -> str:
    """The words of rich text without its tags, blocks parted by a space: for search, feeds and counting. Of what a mark
    stands for, only the words that were typed with it."""
    words = blocks.MARK.sub(lambda found: f" {found[3] or ''} ", html)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", words)).split())
