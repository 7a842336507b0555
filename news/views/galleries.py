from django.core.paginator import Paginator
from django.shortcuts import render

from news.models import Photo

ON_A_PAGE = 24


def gallery(request):
    """All photos that visitors may see, the newest first."""
    photos = Photo.objects.public().newest_first().prefetch_related("renditions")
    page = Paginator(photos, ON_A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "news/gallery.html",
        {"page": page, "page_query": f"?page={page.number}" if page.number > 1 else ""},
    )
