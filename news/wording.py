"""What has changed from one wording to another, word by word: both texts, with what went and what came marked. Pure.

Marks stand around words only, never around tags, so that marked HTML is as well-formed as what it was made of. It is
not made harmless here: whoever hands in HTML has sanitized it.
"""

import re
from difflib import SequenceMatcher
from html import escape, unescape
from typing import NamedTuple

TAG = re.compile(r"""<(?:"[^"]*"|'[^']*'|[^"'>])*>""")
# A lap time, a date and a word with a hyphen are one word each; other marks stand for themselves.
WORD = re.compile(r"\s+|\w+(?:[-.,:’']\w+)*|[^\w\s]")
VOID = re.compile(r"<(?:br|hr|img|input|wbr)\b", re.I)
# Of what stands around a word: these say where it stands, not how it reads.
FRAME = re.compile(r"<(?:p|div|figure|figcaption|section)\b", re.I)
BLOCK = re.compile(r"<(?:p|h\d|li|blockquote|figure|div|section|aside|table|tr|td|th)\b", re.I)
# Beyond this many pairs of words, those that stand everywhere are no longer taken for landmarks: the marks get a little
# coarser, and a hostile text of one word ten thousand times cannot keep the server busy.
MANY = 4_000_000


class Part(NamedTuple):
    """A piece of a text. What has a key is compared by it; blanks and tags have none."""

    html: str
    key: tuple | None = None
    is_tag: bool = False


def marked(before: str, after: str) -> tuple[str, str]:
    """Two versions of rich text, words that are gone in <del> and words that are new in <ins>. A word counts as changed
    where it has become bold, a link or a heading, too."""
    old, new = _parts(before), _parts(after)
    gone, come = _changed([part.key for part in old if part.key], [part.key for part in new if part.key])
    return _with_marks(old, gone, "del"), _with_marks(new, come, "ins")


def marked_text(before: str, after: str) -> tuple[str, str]:
    """The same for plain text; what comes back is HTML."""
    return marked(escape(before, quote=False), escape(after, quote=False))


def _parts(html: str) -> list[Part]:
    parts, around, begins_block = [], [], False
    position = 0
    for tag in TAG.finditer(html):
        parts += _words(html[position : tag.start()], tuple(around), begins_block)
        begins_block = begins_block and not _has_words(html[position : tag.start()])
        position = tag.end()
        text = tag.group()
        if VOID.match(text):
            parts.append(Part(text, (text, *around)))
        elif not text.startswith("</"):
            around.append(text)
            begins_block = begins_block or bool(BLOCK.match(text))
            parts.append(Part(text, is_tag=True))
        elif around:
            opened = around.pop()
            if parts[-1].is_tag and parts[-1].html == opened:
                # An element that says nothing itself stands for something: it is compared as a whole.
                parts[-1] = Part(opened + text, (opened, *around))
            else:
                parts.append(Part(text, is_tag=True))
    return parts + _words(html[position:], tuple(around), begins_block)


def _has_words(text):
    return bool(text.strip())


def _words(text: str, around: tuple, begins_block: bool) -> list[Part]:
    """The words of a stretch of text; the first of a block is told apart, so that a divided paragraph is seen."""
    parts, manner = [], [tag for tag in around if not FRAME.match(tag)]
    for word in WORD.findall(unescape(text)):
        key = None if word.isspace() else (word, begins_block, *manner)
        begins_block = begins_block and key is None
        parts.append(Part(escape(word, quote=False), key))
    return parts


def _changed(old: list, new: list) -> tuple[set[int], set[int]]:
    """Numbers of the words that are gone, and of those that have come."""
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    old, new = old[start : len(old) - end], new[start : len(new) - end]
    matcher = SequenceMatcher(None, old, new, autojunk=len(old) * len(new) > MANY)
    gone, come = set(), set()
    codes = matcher.get_opcodes()
    for number, (what, i, i_end, j, j_end) in enumerate(codes):
        is_between = 0 < number < len(codes) - 1
        # A lone comma between two changes would only make them harder to read.
        if what != "equal" or (is_between and i_end - i == 1 and not re.search(r"\w", old[i][0])):
            gone |= set(range(i + start, i_end + start))
            come |= set(range(j + start, j_end + start))
    return gone, come


def _with_marks(parts: list[Part], changed: set[int], mark: str) -> str:
    """Neighbours share a mark with the blanks between them; a tag ends it."""
    done, number, waiting, is_open = [], -1, "", False
    for part in parts:
        if part.key is None and not part.is_tag:
            waiting += part.html
            continue
        number += part.key is not None
        belongs = part.key is not None and number in changed
        if is_open and not belongs:
            done.append(f"</{mark}>")
            is_open = False
        done.append(waiting)
        if belongs and not is_open:
            done.append(f"<{mark}>")
            is_open = True
        done.append(part.html)
        waiting = ""
    return "".join([*done, f"</{mark}>" if is_open else "", waiting])
