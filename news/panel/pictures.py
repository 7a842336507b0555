"""Photos: whether there is one, and whether each may be printed and can be heard."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from news.days import day_in_words
from news.panel.findings import blocks, fine, warns
from news.panel.languages import spoken

SOON = timedelta(days=30)


def lead_photo(written):
    if not written.article.lead_photo_id:
        yield warns("lead_photo", _("There is no lead photo: lists and shared links stay without a picture."))


def photos(written):
    """What each photo lacks in the article's language, on the day on which it appears."""
    day = timezone.localdate(written.appears_at)
    good = 0
    for field, photo in written.photos:
        found = list(_of_photo(field, photo, written.article.language, day))
        good += not found
        yield from found
    if good:
        words = ngettext(
            "%(n)d photo has alt text, credit and licence.",
            "%(n)d photos have alt text, credit and licence.",
            good,
        )
        yield fine(written.photos[0][0], words % {"n": good})


def _of_photo(field, photo, language, day):
    name, lacks = {"photo": photo}, photo.missing(language, day)
    if photo.Lack.TAKEN_DOWN in lacks:
        yield blocks(field, _("“%(photo)s” was taken down: visitors will not see it.") % name, photo=photo)
        return
    if photo.Lack.CREDIT in lacks:
        yield blocks(field, _("“%(photo)s” has no credit.") % name, photo=photo)
    if photo.Lack.ALT in lacks:
        words = _("“%(photo)s” has no alt text in %(language)s, and is not marked as decorative.")
        yield blocks(field, words % {**name, "language": spoken(language)}, photo=photo)
    if photo.Lack.LICENCE in lacks:
        words = _("The licence of “%(photo)s” ended on %(day)s: visitors will not see it.")
        yield blocks(field, words % {**name, "day": day_in_words(photo.licence_ends_on)}, photo=photo)
    elif photo.licence_ends_on and photo.licence_ends_on <= day + SOON:
        words = _("The licence of “%(photo)s” ends on %(day)s: from then on visitors will not see it.")
        yield warns(field, words % {**name, "day": day_in_words(photo.licence_ends_on)}, photo=photo)
