"""The race of the article: whether it is attached and has results, and whether the article agrees with them."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from news.checking import AGREES, CONTRADICTS
from news.checking.articles import rows_of
from news.checking.known import KINDS
from news.models import Article
from news.panel.findings import fine, warns


def race(written):
    article, record = written.article, written.record
    if article.kind != Article.Kind.REPORT:
        return
    if record is None:
        yield warns("race", _("This is a race report without a race: fact box and result table stay empty."))
    elif record.last_day < timezone.localdate(written.at) and not record.races:
        words = _("No result of ours is entered for %(race)s: the numbers of the text cannot be checked.")
        yield warns("race", words % {"race": article.race.short})
    else:
        yield fine("race", article.race.short)


def facts(written):
    """Each contradiction with what the record says; what agrees is counted, what it cannot know left alone."""
    if written.record is None:
        return
    rows = rows_of(written.article, written.record)
    for field, row in rows:
        if row.verdict == CONTRADICTS:
            words = _("%(kind)s: the results say %(record)s.")
            said = words % {"kind": KINDS[row.kind], "record": row.record or _("something else")}
            yield warns(field, said, quote=row.quote, passage=row.passage, start=row.start)
    if agreed := sum(row.verdict == AGREES for _field, row in rows):
        words = ngettext(
            "%(n)d statement agrees with the results.", "%(n)d statements agree with the results.", agreed
        )
        yield fine("body", words % {"n": agreed})
