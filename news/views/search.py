from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.translation import get_language

from news.models import Article, Race
from news.slugs import question

ON_A_PAGE = 20


def search(request):
    """Articles of this language and races in which every word asked for is found."""
    query = question(request.GET.get("q", ""))
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
