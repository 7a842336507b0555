"""Answers to the scripts of the newsroom: short, in the user's language, and never a sign-in page."""

from django.http import JsonResponse
from django.utils.translation import gettext as _

from news.models import Article


def refused(status, why):
    return JsonResponse({"why": why}, status=status)


def not_signed_in(model_admin, request):
    """The refusal, or None. The sign-in page would be taken for an answer, and warn of each single try."""
    if model_admin.admin_site.has_permission(request):
        return None
    return refused(403, _("You are no longer signed in."))


def article_or_refusal(model_admin, request, pk):
    """(article, None) for who may change it, else (None, what to answer)."""
    if refusal := not_signed_in(model_admin, request):
        return None, refusal
    article = Article.objects.filter(pk=pk).first()
    if not model_admin.has_change_permission(request, article):
        return None, refused(403, _("You may not change this article, or no longer."))
    if article is None:
        return None, refused(404, _("This article has been deleted."))
    return article, None
