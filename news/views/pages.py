from django.shortcuts import get_object_or_404, render

from news.models import Page


def legal(request, kind):
    """Imprint, privacy or accessibility statement."""
    return render(request, "news/page.html", {"page": get_object_or_404(Page.objects.public(), kind=kind)})


def page(request, slug):
    return render(request, "news/page.html", {"page": get_object_or_404(Page.objects.public(), kind="free", slug=slug)})
