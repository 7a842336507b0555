"""The other languages of the article: whether they are there, and still say what this one says."""

from django.utils.translation import get_language_info, ngettext
from django.utils.translation import gettext as _

from news.checking.sentences import blocks_of
from news.models import Article
from news.models.translations import LANGUAGES
from news.panel.findings import fine, warns

SHORT = 5


def versions(written):
    article = written.article
    others = {each.language: each for each in article.versions().select_related("source").defer("body")}
    if article.is_stale:
        words = _("The %(language)s text has changed since this one was translated from it.")
        yield warns("body", words % {"language": spoken(article.source.language)})
    yield from _untranslated(written)
    for code in LANGUAGES:
        if code != article.language:
            yield _version(code, others.get(code))


def _untranslated(written):
    """Paragraphs of the source that still stand in its language, as a translation begins. Short ones, such as names and
    times, are the same in every language."""
    article = written.article
    if article.source is None:
        return
    of_source = set(blocks_of(article.source.body))
    same = [block for block in blocks_of(article.body) if block in of_source and len(block.split()) >= SHORT]
    if same:
        words = ngettext(
            "%(n)d paragraph still stands as in the %(language)s text.",
            "%(n)d paragraphs still stand as in the %(language)s text.",
            len(same),
        )
        said = words % {"n": len(same), "language": spoken(article.source.language)}
        yield warns("body", said, quote=same[0][:80])


def _version(code, version):
    language = {"language": spoken(code)}
    if version is None:
        return warns("language", _("There is no version in %(language)s yet.") % language)
    if version.is_stale:
        words = _("The version in %(language)s does not follow the last change of this text.")
        return warns("language", words % language)
    if version.stage != Article.Stage.RELEASED:
        return warns("language", _("The version in %(language)s is not released yet.") % language)
    return fine("language", _("There is a version in %(language)s.") % language)


def spoken(code):
    return get_language_info(code)["name_translated"]
