from django.conf import settings
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language

from news.bodies import blocks_in
from news.models import Page


def legal(request, kind):
    """Imprint, privacy or accessibility statement. Every page links here, so a site that has just been set up says that
    the text is still to come."""
    page = Page.objects.public().filter(kind=kind).first()
    if page is None:
        return render(request, "news/page_unwritten.html", {"title": Page.Kind(kind).label})
    return _shown(request, page)


def page(request, slug):
    return _shown(request, get_object_or_404(Page.objects.public(), kind="free", slug=slug))


def _shown(request, page):
    """The page in the language of the address; where it is not written yet, in the one in which it is."""
    written = [code for code, _name in settings.LANGUAGES if getattr(page, f"body_{code}")]
    here = get_language()
    shown_in = here if here in written or not written else written[0]
    body = getattr(page, f"body_{shown_in}")
    context = {
        "page": page,
        "title": getattr(page, f"title_{shown_in}"),
        "body": body,
        "blocks": blocks_in(body),
        "shown_in": shown_in,
        "versions": {code: page.address_in(code) for code in written},
    }
    return render(request, "news/page.html", context)
