"""Who else has an article open: a page that is looked at reports every few seconds, and hears who else does."""

from django.http import JsonResponse
from django.middleware.csrf import get_token
from django.urls import path
from django.utils.translation import gettext as _

from news.admin.answers import article_or_refusal
from news.admin.conflicts import moved_on, number_in
from news.models import OpenForm
from news.people import clock, name_of


def others_in_words(article_id, user):
    """ "Also open: Maria, since 18:01"; empty where nobody else is there."""
    there = OpenForm.objects.filter(article=article_id).there().others_than(user)
    each = [
        _("%(name)s, since %(time)s") % {"name": name_of(row.user), "time": clock(row.since)} for row in there
    ]
    return _("Also open: %(people)s") % {"people": "; ".join(each)} if each else ""


def news_for(request, article):
    """What an open form must know: who else is there, whether somebody has saved the article since, and a token that
    counts after a new sign-in as well."""
    is_old = "seen" in request.POST and number_in(request.POST) != article.version
    return {
        "others": others_in_words(article.pk, request.user),
        "why": moved_on(article, request.user) if is_old else "",
        "token": get_token(request),
    }


class ShowsPresence:
    """For the admin class of articles."""

    def get_urls(self):
        return [
            path("<int:pk>/presence/", self.presence_view, name="news_article_presence"),
            *super().get_urls(),
        ]

    def presence_view(self, request, pk):
        """Asked with GET it only answers; a report is a POST, as all that writes."""
        article, refusal = article_or_refusal(self, request, pk)
        if refusal:
            return refusal
        if request.method == "POST":
            if "leaves" in request.POST:
                OpenForm.objects.filter(article=article, user=request.user).delete()
            else:
                OpenForm.objects.report(article.pk, request.user)
        return JsonResponse(news_for(request, article))

    def render_change_form(self, request, context, obj=None, **kwargs):
        context["others"] = others_in_words(obj.pk, request.user) if obj else ""
        return super().render_change_form(request, context, obj=obj, **kwargs)
