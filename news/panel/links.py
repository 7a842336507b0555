"""Links inside the site: whether they lead where visitors find something."""

from django.utils.translation import gettext as _

from news.links import dead_links
from news.models import Article
from news.panel.findings import warns


def links(written):
    article = written.article
    for link in dead_links(article.body, article.language):
        where = {"address": link.address}
        if isinstance(link.hidden, Article) and link.hidden.stage == Article.Stage.RELEASED:
            words = _("This link leads to an article that visitors cannot see yet, or no longer: %(address)s")
        elif link.hidden is not None:
            words = _("This link leads to a page that is not public: %(address)s")
        else:
            words = _("This link leads to a page that does not exist: %(address)s")
        yield warns("body", words % where, quote=link.words)
