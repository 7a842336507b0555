"""Headline, teaser, dateline and text: whether they are there, and as long as portals and readers can use."""

import re

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from news.models import Article
from news.panel.findings import blocks, fine, warns
from news.slots import open_slots

# Search results and phones cut a headline that is longer, shared links a teaser.
HEADLINE, TEASER = (15, 80), (40, 220)
WITH_DATELINE = (Article.Kind.REPORT, Article.Kind.PREVIEW, Article.Kind.ANNOUNCEMENT)
EMBARGO = re.compile(r"\b(?:Sperrfrist\w*|Sperrvermerk\w*|Embargo(?:ed|es)?)\b", re.I)


def headline(written):
    length, most = len(written.article.headline), Article._meta.get_field("headline").max_length
    shortest, longest = HEADLINE
    if not length:
        yield blocks("headline", _("The headline is missing."))
    elif length > most:
        yield blocks("headline", _too_long(length, most))
    elif length > longest:
        words = _("%(n)d characters: search results and phones cut it after about %(most)d.")
        yield warns("headline", words % {"n": length, "most": longest})
    elif length < shortest:
        words = _("Only %(n)d characters: does it say what happened?")
        yield warns("headline", words % {"n": length})
    else:
        yield fine("headline", _characters(length))


def teaser(written):
    length, most = len(written.article.teaser), Article._meta.get_field("teaser").max_length
    shortest, longest = TEASER
    if not length:
        yield warns("teaser", _("The teaser is missing: lists, shared links and search results show it."))
    elif length > most:
        yield blocks("teaser", _too_long(length, most))
    elif length > longest:
        words = _("%(n)d characters: shared links cut it after about %(most)d.")
        yield warns("teaser", words % {"n": length, "most": longest})
    elif length < shortest:
        words = _("Only %(n)d characters: one or two full sentences make a reader go on.")
        yield warns("teaser", words % {"n": length})
    else:
        yield fine("teaser", _characters(length))


def dateline(written):
    article = written.article
    if article.dateline:
        yield fine("dateline", article.dateline)
    elif article.kind in WITH_DATELINE:
        yield warns("dateline", _("The dateline is missing: where is this reported from?"))


def text(written):
    if not written.text:
        yield blocks("body", _("The text is empty. Write it before the article is released."))
        return
    words = len(written.text.split())
    yield fine("body", ngettext("%(n)d word.", "%(n)d words.", words) % {"n": words})


def slots(written):
    """What a draft has left for a person to write."""
    for slot in dict.fromkeys(open_slots(written.text)):
        words = _("A quote is still to be filled in: write what was said, or remove the quote.")
        yield blocks("body", words, quote=slot)


def embargo(written):
    """A line that was meant for newsrooms only, and that every reader would see."""
    article = written.article
    for field, words in (("headline", article.headline), ("teaser", article.teaser), ("body", written.text)):
        if found := EMBARGO.search(words):
            sentence = _(
                "The text speaks of an embargo, and every reader will see it. The time of release keeps it."
            )
            yield warns(field, sentence, quote=found[0])


def _too_long(length, most):
    return _("%(n)d characters are too long: %(most)d at most.") % {"n": length, "most": most}


def _characters(length):
    return ngettext("%(n)d character.", "%(n)d characters.", length) % {"n": length}
