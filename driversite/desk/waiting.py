"""What the start page says of work in the background that does not get done, and what can be done about it there."""

import logging

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from driversite.tasks import rows
from driversite.tasks.troubles import troubles

MAY = "driversite.retry_tasks"
log = logging.getLogger(__name__)


def waiting(may):
    """For those who can have it tried again, and know whom to tell."""
    return list(troubles()) if may(MAY) else []


@require_POST
def answered(request):
    """Try again at once what is delayed or was given up; or forget what was given up, as far as it was shown."""
    if not request.user.has_perm(MAY):
        raise PermissionDenied
    # What was given up since then was not shown to whoever pressed the button.
    until = shown_until(request.POST.get("until", ""))
    if "forget" in request.POST:
        n = rows.forget(until) if until else 0
        said = ngettext("%(n)d task is forgotten.", "%(n)d tasks are forgotten.", n)
        log.info("%s had %d tasks forgotten that were given up.", request.user, n)
    else:
        n = rows.from_the_start(until) if until else rows.at_once()
        said = ngettext("%(n)d task is tried again now.", "%(n)d tasks are tried again now.", n)
    said = said % {"n": n} if n else _("Nothing was left to be done.")
    messages.success(request, said)
    return HttpResponseRedirect(reverse("admin:index"))


def shown_until(text):
    try:
        return parse_datetime(text)
    except ValueError:
        return None
