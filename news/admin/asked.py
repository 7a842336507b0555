"""Which rows an address of the newsroom asks for: `?lists=3,7`, or `?photos=3&photos=7` as ticked boxes say it."""

from django.contrib import messages
from django.urls import reverse
from django.utils.translation import gettext as _

# Photos on one page, whether they get their words or are taken down: the others in turn.
AT_ONCE = 60
# No table has more rows than an id of so many figures, and no database column holds much longer ones.
LONGEST = 9


def ids_in(request, name) -> list[str]:
    """The ids that stand in the address under this name; what is none is left out."""
    texts = ",".join(request.GET.getlist(name)).split(",")
    return [text for text in texts if text.isdecimal() and len(text) <= LONGEST]


def address_for(request, name, photos):
    """The address of a page about the photos that are ticked in a list; of too many, the first ones."""
    pks = list(photos.order_by("pk").values_list("pk", flat=True)[: AT_ONCE + 1])
    if len(pks) > AT_ONCE:
        messages.warning(request, _("These are the first %(n)d of the chosen photos.") % {"n": AT_ONCE})
    return f"{reverse(name)}?photos={','.join(map(str, pks[:AT_ONCE]))}"
