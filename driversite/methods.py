"""What may be done with an address: pages are read, and only where a form leads may something be sent."""

from functools import cached_property

from django.conf import settings
from django.http import HttpResponse, HttpResponseNotAllowed
from django.urls import reverse
from django.utils.translation import get_language_from_path, override
from django.utils.translation import gettext as _

from driversite.languages import in_every_language

READ, SEND = ("GET", "HEAD"), ("GET", "HEAD", "POST")


class MethodsMiddleware:
    """Refuses everything else before a page is looked for, rendered or asked for its form's token.

    Most views would answer any word with the whole page, and where nobody expects a form, Django's complaint about it
    would be about cookies.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        allowed = SEND if request.path_info.startswith(self._forms) else READ
        if request.method in allowed:
            return self.get_response(request)
        if request.method == "OPTIONS":
            return HttpResponse(status=204, headers={"Allow": ", ".join(allowed)})
        with override(get_language_from_path(request.path_info) or settings.LANGUAGE_CODE):
            sentence = _("This address can be read; nothing can be sent to it.")
        return HttpResponseNotAllowed(allowed, f"{sentence}\n", content_type="text/plain; charset=utf-8")

    @cached_property
    def _forms(self):
        """The newsroom, the choice about cookies, and the answer of whoever was sent a draft."""
        drafts = (address.removesuffix("-/") for address in in_every_language("shared", token="-"))
        return (reverse("admin:index"), reverse("consent"), *drafts)
