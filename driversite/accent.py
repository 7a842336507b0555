"""The site's one colour as a stylesheet: the policy allows no inline style, and the default needs no request."""

import re

from django.http import Http404, HttpResponse
from django.views.decorators.cache import cache_control


@cache_control(public=True, max_age=365 * 24 * 3600, immutable=True)
def stylesheet(request, colour):
    """`/accent-d63c12.css`: the colour stands in the address, so the answer never changes."""
    if not re.fullmatch(r"[0-9a-f]{6}", colour):
        raise Http404
    return HttpResponse(f":root {{ --accent: #{colour}; }}\n", content_type="text/css")
