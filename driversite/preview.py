"""An article before its release, for those with access to the newsroom: as visitors will see it, under a bar."""

from csp.decorators import csp
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, render
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache

from news.models import Article
from news.views.articles import article_context


@never_cache
@csp(settings.CONTENT_SECURITY_POLICY["DIRECTIVES"])
def article_preview(request, pk):
    """The public page with the public page's policy; only machines are told to leave it alone."""
    articles = Article.objects.with_pictures().select_related("race__circuit", "race__layout")
    article = get_object_or_404(articles, pk=pk)
    if not admin.site.get_model_admin(Article).has_view_permission(request, article):
        raise PermissionDenied
    # What has no time of release yet would have that of now.
    article.published_at = article.published_at or timezone.now()
    with translation.override(article.language):
        context = article_context(article)
        # What visitors would simply not see is said to whoever can put it right.
        context["blocks"].for_newsroom = True
        response = render(request, "admin/news/article_preview.html", context)
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Content-Language"] = article.language
    return response
