"""A draft behind its share link: the article as visitors will see it, for whoever has the link, and their answer."""

from functools import wraps

from django import forms
from django.db import transaction
from django.http import Http404, HttpResponseForbidden, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods
from django.views.defaults import page_not_found

from news import mails
from news.models import Answer, ShareLink
from news.models.shares import MOST_ANSWERS
from news.views.articles import article_context

# Nobody keeps it, nobody lists it, and no page that it links to learns the address.
HEADERS = {
    "Cache-Control": "private, no-store",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Referrer-Policy": "no-referrer",
}
# Of the address that leads back to the page after an answer.
ANSWERED = "answered"


def _for_nobody_else(view):
    @wraps(view)
    def answered(request, token):
        try:
            response = view(request, token)
        except Http404 as missing:
            # A typing error away from one that opens something.
            response = page_not_found(request, missing)
        for name, value in HEADERS.items():
            response.headers[name] = value
        return response

    return answered


class AnswerForm(forms.Form):
    verdict = forms.ChoiceField(choices=Answer.Verdict)
    name = forms.CharField(label=_("Your name"), max_length=80)
    remark = forms.CharField(
        label=_("Remark"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    # What was on the page: nobody approves what they have not read.
    seen = forms.CharField(max_length=64)

    def __init__(self, *args, link, article, **kwargs):
        super().__init__(*args, **kwargs)
        self.link, self.article = link, article

    def clean(self):
        super().clean()
        if self.link.is_answered_out():
            text = _("This link has been answered %(n)d times. Please call the newsroom instead.")
            raise forms.ValidationError(text, params={"n": MOST_ANSWERS})
        if self.cleaned_data.get("seen") != self.article.fingerprint():
            raise forms.ValidationError(
                _("The text has changed while you were reading. Please read it again, then answer.")
            )
        asks = self.cleaned_data.get("verdict") == Answer.Verdict.CHANGES
        if asks and not self.cleaned_data.get("remark") and "remark" not in self.errors:
            self.add_error("remark", _("Please write what is to be changed."))

    def save(self):
        said = {name: self.cleaned_data[name] for name in ("verdict", "name", "remark")}
        return Answer.objects.create(
            link=self.link,
            article=self.article,
            version=self.article.version,
            fingerprint=self.cleaned_data["seen"],
            **said,
        )


# No token of ours stands in the form: whoever can send it has the address, which nobody else knows. Browsers that say
# where a form comes from are asked all the same; its Origin is "null", because the page sends no referrer.
@csrf_exempt
@_for_nobody_else
@require_http_methods(["GET", "HEAD", "POST"])
def shared(request, token):
    link = ShareLink.of(token)
    article = link and link.shows(get_language())
    if not article:
        raise Http404
    if article.is_public():
        return redirect(article)
    if not link.is_open() or article.is_over():
        return render(request, "news/share_ended.html", {"versions": {}}, status=410)
    if request.method == "POST":
        return _answer(request, link, article)
    if _is_opened(request):
        ShareLink.objects.filter(pk=link.pk).opened()
    return _page(request, link, article, AnswerForm(initial={"name": link.name}, link=link, article=article))


def _is_opened(request):
    """Not by a browser that looks ahead, nor by who comes back from answering."""
    looks_ahead = "prefetch" in request.headers.get("Sec-Purpose", "")
    return request.method == "GET" and not looks_ahead and ANSWERED not in request.GET


def _answer(request, link, article):
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        return HttpResponseForbidden(_("This answer was sent from another site and is not stored."))
    form = AnswerForm(request.POST, link=link, article=article)
    if not form.is_valid():
        return _page(request, link, article, form, status=422)
    with transaction.atomic():
        mails.answered(form.save(), request.profile.default_language)
    return HttpResponseRedirect(f"{request.path}?{ANSWERED}#answer", status=303)


def _page(request, link, article, form, status=200):
    # What has no time of release yet would have that of now.
    article.published_at = article.published_at or timezone.now()
    context = article_context(article) | {
        "link": link,
        "form": form,
        "fingerprint": article.fingerprint(),
        "answers": link.answers.filter(article=article).order_by("given_at"),
        "versions": {code: link.address_in(code) for code in link.languages()},
        # What is said of the page elsewhere does not name it.
        "canonical": reverse("news:home"),
    }
    return render(request, "news/article_shared.html", context, status=status)
