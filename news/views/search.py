from urllib.parse import urlencode

from django.shortcuts import render
from django.utils.translation import get_language

from news.models import Article, Race
from news.slugs import question
from news.views.windows import window
from news.words import Question

ON_A_PAGE = 20
# Nobody reads further, and every page costs more than the one before.
MOST_PAGES = 50


def search(request):
    """Articles of this language and races in which every word asked for is found."""
    query = question(request.GET.get("q", ""))
    page = window(_found(query), request.GET.get("page"), ON_A_PAGE, MOST_PAGES)
    races = Race.objects.search(query).with_place()[:10] if query and page.number == 1 else []
    return render(
        request,
        "news/search.html",
        {"query": query, "page": page, "races": races, "filters": f"{urlencode({'q': query})}&"},
    )


def _found(query):
    """The articles from one place to the other. Where whole words fill no page, what the last one is the beginning of
    is found as well: on all pages of a question or on none."""
    articles = Article.objects.public().in_language(get_language())
    whole, begun = (Question.of(query, get_language(), begun=begun) for begun in (False, True))

    def stretch(start, end):
        first = articles.newest_with(whole, 0, ON_A_PAGE + 1)
        if len(first) <= ON_A_PAGE:
            return articles.newest_with(begun, start, end)
        return articles.newest_with(whole, start, end) if start else first

    return stretch
