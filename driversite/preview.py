"""An article before its release, for those with access to the newsroom: as visitors will see it, whole, as a teaser in
lists and as a card on other sites, on a phone and at a desk, with what its editor has typed and not saved yet."""

from csp.constants import SELF
from csp.decorators import csp
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin

from news.models import Article, Photo, Race, RollingDraft
from news.views.articles import article_context

FORMS = {
    "article": gettext_lazy("Article"),
    "teaser": gettext_lazy("Teaser"),
    "share": gettext_lazy("Share card"),
}
WIDTHS = {"phone": pgettext_lazy("a screen", "Phone"), "desk": pgettext_lazy("a screen", "Desk")}
# The policy of public pages, but that a page of the newsroom may hold this one in a frame.
FRAMED = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"] | {"frame-ancestors": [SELF]}
FRAMING = settings.ADMIN_CONTENT_SECURITY_POLICY["DIRECTIVES"] | {"frame-src": [SELF]}
# What is typed and can be shown before it is saved.
TYPED_TEXTS = ("headline", "dateline", "teaser", "byline", "body", "kind")
TYPED_ROWS = {"race": Race, "lead_photo": Photo}


def article_for(request, pk, articles):
    article = get_object_or_404(articles, pk=pk)
    if not admin.site.get_model_admin(Article).has_view_permission(request, article):
        raise PermissionDenied
    return article


def typed_by(user, article):
    """What this user has typed since the article was last saved, or None."""
    return RollingDraft.objects.filter(article=article, user=user, based_on=article.version).first()


def with_typed(article, draft):
    """The article as it would be saved now; nothing of it is stored."""
    typed = {name: values[0] for name, values in draft.data.get("fields", {}).items() if values}
    for name in TYPED_TEXTS:
        if name in typed:
            setattr(article, name, typed[name])
    for name, model in TYPED_ROWS.items():
        if name in typed:
            key = typed[name]
            setattr(article, name, model.objects.filter(pk=key).first() if str(key).isdecimal() else None)
    article.clean_texts()
    return article


def shown(request, pk):
    """The article that a preview shows, and what was typed of it."""
    articles = Article.objects.with_pictures().select_related("race__circuit", "race__layout")
    article = article_for(request, pk, articles)
    draft = None if request.GET.get("saved") else typed_by(request.user, article)
    article = with_typed(article, draft) if draft else article
    # What has no time of release yet would have that of now.
    article.published_at = article.published_at or timezone.now()
    return article, draft


@never_cache
@xframe_options_sameorigin
@csp(FRAMED)
def article_preview(request, pk, form="article"):
    """The public page, or the pieces in which the article stands elsewhere; machines are told to leave it alone."""
    if form not in FORMS:
        raise Http404
    article, draft = shown(request, pk)
    # What is said about the preview, is said in the language of whoever looks at it.
    spoken = translation.get_language()
    with translation.override(article.language):
        context = article_context(article) if form == "article" else {"article": article}
        if form == "article":
            # What visitors would simply not see is said to whoever can put it right.
            context["blocks"].for_newsroom = True
        context |= {"draft": draft, "is_framed": bool(request.GET.get("framed")), "spoken": spoken}
        response = render(request, f"admin/news/{form}_preview.html", context)
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Content-Language"] = article.language
    return response


@never_cache
@csp(FRAMING)
def article_look(request, pk):
    """The preview in a frame, with switches for form, width and language."""
    article = article_for(request, pk, Article.objects.all())
    form, width = request.GET.get("as"), request.GET.get("on")
    versions = {row.language: row for row in [article, *Article.objects.versions_of(article)]}
    context = admin.site.each_context(request) | {
        "title": _("Preview"),
        "opts": Article._meta,
        "original": article,
        "article": article,
        "forms": FORMS,
        "form_shown": form if form in FORMS else "article",
        "widths": WIDTHS,
        "width_shown": width if width in WIDTHS else "phone",
        "languages": [(code, name, versions.get(code)) for code, name in settings.LANGUAGES],
        "may_add": admin.site.get_model_admin(Article).has_add_permission(request),
        "typed": typed_by(request.user, article),
        "as_saved": bool(request.GET.get("saved")),
    }
    return render(request, "admin/news/article_look.html", context)
