"""The other languages of the article: whether they are there, and still say what this one says."""

from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from news.models import Article
from news.models.translations import LANGUAGES
from news.panel.findings import fine, warns


def versions(written):
    article = written.article
    others = {each.language: each for each in article.versions().select_related("source").defer("body")}
    if article.is_stale:
        words = _("The %(language)s text has changed since this one was translated from it.")
        yield warns("body", words % {"language": spoken(article.source.language)})
    for code in LANGUAGES:
        if code != article.language:
            yield _version(code, others.get(code))


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
