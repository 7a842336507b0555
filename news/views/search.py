from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.translation import get_language

from news.models import Article, Race

ON_A_PAGE = 20
LONGEST_QUESTION = 100


def search(request):
    """Articles of this language and races in which every word asked for is found."""
    query = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:LONGEST_QUESTION]
    articles = Article.objects.none()
    races = Race.objects.none()
    if query:
        articles = Article.objects.public().in_language(get_language()).search(query).newest_first()
        races = Race.objects.search(query).with_place()[:10]
    page = Paginator(articles, ON_A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "news/search.html",
        {"query": query, "page": page, "races": races, "filters": f"{urlencode({'q': query})}&"},
    )
