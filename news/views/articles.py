from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language

from news.models import Article, Classification, Result, Tag

ON_A_PAGE = 12
RELATED = 3


def article_list(request):
    """All public articles of this language, the newest first; by kind or tag where asked for."""
    articles = Article.objects.public().in_language(get_language()).newest_first().with_pictures()
    kind, tag = request.GET.get("kind", ""), request.GET.get("tag", "")
    if kind in Article.Kind.values:
        articles = articles.filter(kind=kind)
    if tag:
        articles = articles.filter(tags__slug=tag)
    return render(
        request,
        "news/article_list.html",
        {
            "page": Paginator(articles, ON_A_PAGE).get_page(request.GET.get("page")),
            "kinds": Article.Kind,
            "kind": kind,
            "tag": Tag.objects.filter(slug=tag).first() if tag else None,
        },
    )


def article_detail(request, slug):
    """One public article in the language of the address."""
    articles = Article.objects.in_language(get_language()).with_pictures()
    article = get_object_or_404(articles.public().select_related("race__circuit", "race__layout"), slug=slug)
    return render(request, "news/article_detail.html", article_context(article))


def article_context(article):
    """All that the article's page shows; the preview in the admin shows the same."""
    public = Article.objects.public().in_language(article.language)
    return {
        "article": article,
        "gallery": [row.photo for row in article.gallery_photos.select_related("photo").prefetch_related("photo__renditions")],
        "versions": Article.objects.public().versions_of(article),
        "before": public.before(article).first() if article.published_at else None,
        "after": public.after(article).first() if article.published_at else None,
        "related": public.exclude(pk=article.pk).related_to(article).with_pictures()[:RELATED],
        **(race_context(article.race) if article.race else {}),
    }


def race_context(race):
    """The result list of the race in force and our line in it: what the fact box and the table are made from."""
    classification = (
        Classification.objects.current().filter(session__race=race).in_races().with_results().first()
    )
    own = next((line for line in classification.results.all() if line.entry.is_ours), None) if classification else None
    qualifying = (
        Result.objects.current().in_qualifying().filter(entry=own.entry).order_by("best_lap_ms").first() if own else None
    )
    return {"classification": classification, "own_result": own, "qualifying": qualifying}
