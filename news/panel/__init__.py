"""The panel beside an article's form: what is needed before its release, what deserves a look, what is fine."""

from collections import Counter
from collections.abc import Callable, Iterable
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from news.panel import languages, links, moments, pictures, racing, texts
from news.panel.findings import Finding, Severity
from news.panel.written import Written

__all__ = ["CHECKS", "Check", "Panel", "Written", "panel_of", "refusals"]


class Check(NamedTuple):
    """One question to an article. One that `refuses` can hold up its release; Article.clean refuses what no article
    can be without, whatever it is changed with."""

    name: str
    title: str
    find: Callable[[Written], Iterable[Finding]]
    refuses: bool = False


# In the order of the form. Who knows more than articles (partners, say) appends a check of their own.
CHECKS = [
    Check("headline", _("Headline"), texts.headline),
    Check("dateline", _("Dateline"), texts.dateline),
    Check("teaser", _("Teaser"), texts.teaser),
    Check("text", _("Text"), texts.text),
    Check("links", _("Links"), links.links),
    Check("slots", _("Quotes"), texts.slots),
    Check("embargo", _("Embargo"), texts.embargo),
    Check("facts", _("Fact check"), racing.facts),
    Check("race", _("Race"), racing.race),
    Check("lead_photo", _("Lead photo"), pictures.lead_photo),
    Check("photos", _("Photos"), pictures.photos, refuses=True),
    Check("release", _("Time of release"), moments.release),
    Check("expiry", _("Disappears at"), moments.expiry, refuses=True),
    Check("languages", _("Other language"), languages.versions),
]
ORDER = list(Severity)


class Row(NamedTuple):
    check: Check
    finding: Finding


class Panel:
    """The rows, gravest first and then in the order of the form."""

    def __init__(self, rows):
        self.rows = sorted(rows, key=lambda row: ORDER.index(row.finding.severity))
        self.counts = Counter(row.finding.severity.value for row in rows)

    @property
    def open(self):
        """How many rows want something done."""
        return self.counts[Severity.BLOCKS.value] + self.counts[Severity.WARNS.value]


def panel_of(written) -> Panel:
    return Panel([Row(check, finding) for check in CHECKS for finding in check.find(written)])


def refusals(written) -> list[Finding]:
    """What holds up a release: the same sentences as the panel's."""
    found = [finding for check in CHECKS if check.refuses for finding in check.find(written)]
    return [finding for finding in found if finding.severity == Severity.BLOCKS]
