"""What of an article is advertising for a partner, and has to be called so: a check of the panel that knows them."""

import re
from urllib.parse import urlsplit

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from news.blocks import BOX
from news.html import text_of
from news.links import links_in
from news.panel import Check
from news.panel.findings import warns
from sponsors.models import Sponsor

# Nobody writes this in a report that is no advertisement.
OFFER = re.compile(
    r"\b(?:Rabatt\w*|Gutschein\w*|Sonderangebot\w*|Preisvorteil\w*|Aktionscode\w*|jetzt\s+(?:kaufen|bestellen|sichern)"
    r"|discount\w*|vouchers?|promo(?:tional)?\s+codes?|special\s+offers?|(?:buy|order|shop)\s+now)\b"
    r"|\d\s?(?:%|Prozent|percent)\s+(?:off|Nachlass|auf\s+(?:alle|das|den|die))\b",
    re.I,
)


def advertising(written):
    """Links to a partner and offers that stand outside of a box "Anzeige"."""
    body = BOX.sub(lambda box: "" if box[1] == "anzeige" else box[0], written.article.body)
    links = [(words, host) for address, words in links_in(body) if (host := _host(address))]
    partners = _partners() if links else {}
    for words, host in links:
        if partner := partners.get(host):
            said = _(
                "A link to the website of your partner %(partner)s. If it is paid for, put it into a box “Anzeige”."
            )
            yield warns("body", said % {"partner": partner}, quote=words)
    for found in OFFER.finditer(text_of(body)):
        said = _("This reads like an offer. Advertising has to stand in a box “Anzeige”.")
        yield warns("body", said, quote=found[0])


def _partners():
    """{host of the website: name}; one question."""
    named = Sponsor.objects.exclude(website="").values_list("website", "name")
    return {host: name for website, name in named if (host := _host(website))}


def _host(address):
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


CHECK = Check("advertising", gettext_lazy("Advertising"), advertising)
