"""What the newsroom says when database or storage is away, the disk full or a form too old: what is stored, where the
text is, and how it goes on."""

import errno
import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.defaults import server_error

NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EIO)
SECONDS = "30"


def answer(request):
    """For `handler500`: called while the error is being handled, so that it can be looked at."""
    error = sys.exc_info()[1]
    if not (request.path_info.startswith("/admin/") and cannot_store(error)):
        return server_error(request)
    if "application/json" in request.headers.get("Accept", ""):
        why = _("The database cannot be reached.")
        response = JsonResponse({"why": why}, status=503)
    else:
        # Without the request: what pages know of their reader comes from the database.
        page = render_to_string("admin/no_database.html", {"address": request.path})
        response = HttpResponse(page, status=503)
    response.headers["Retry-After"] = SECONDS
    return response


def cannot_store(error):
    is_full = isinstance(error, OSError) and error.errno in NO_ROOM
    return is_full or isinstance(error, (OperationalError, InterfaceError))


def form_has_expired(request, reason=""):
    """For CSRF_FAILURE_VIEW: a tab was open for too long, or somebody logged in since. Opened anew it is taken."""
    form = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(form, {request.get_host()}, require_https=request.is_secure()):
        form = reverse("admin:index")
    return render(request, "403_csrf.html", {"form": form}, status=403)
