"""Links to drafts: made and revoked at the article, listed with how often they were opened and what was answered."""

from datetime import timedelta

from django import forms
from django.contrib import admin, messages
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from news.models import Article, ShareLink
from news.people import name_of

DAYS = (1, 3, 7, 14, 30)
# So many links of one article can be open at a time: more are a mistake, or a mailing list.
MOST_OPEN = 20


class ShareForm(forms.ModelForm):
    days = forms.TypedChoiceField(
        label=gettext_lazy("Valid for"),
        coerce=int,
        initial=7,
        choices=[(n, ngettext_lazy("%(n)d day", "%(n)d days", n) % {"n": n}) for n in DAYS],
    )

    class Meta:
        model = ShareLink
        fields = ["name", "both_languages", "user"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        drivers = get_user_model().objects.filter(groups__name="Driver", is_active=True)
        self.fields["user"].queryset = drivers
        if not drivers.exists():
            del self.fields["user"]
        if not self.instance.article.versions().exists():
            del self.fields["both_languages"]

    def clean(self):
        if self.instance.article.is_public():
            raise forms.ValidationError(_("The article is public: share its address instead."))
        if not self.instance.article.headline:
            raise forms.ValidationError(_("The draft has no headline yet. Write one, then share it."))
        if self.instance.article.share_links.open().count() >= MOST_OPEN:
            text = _("%(n)d links to this draft are open. Revoke those that nobody needs any more.")
            raise forms.ValidationError(text, params={"n": MOST_OPEN})
        self.instance.expires_at = self.instance.created_at + timedelta(days=self.cleaned_data.get("days", 7))
        return super().clean()


class HasShareLinks:
    """For the admin class of articles: a piece beside the form and a page with all links of the article."""

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/share/", view(self.share_view), name="news_article_share"),
            path("<int:pk>/share/<int:link>/revoke/", view(self.revoke_view), name="news_article_revoke"),
            *super().get_urls(),
        ]

    def share_view(self, request, pk):
        article = self._article_to_share(request, pk)
        form = ShareForm(request.POST or None, instance=ShareLink(article=article, created_by=request.user))
        if request.method == "POST" and form.is_valid():
            link = form.save()
            said = _("The link for %(name)s is ready: copy it below.") % {"name": link.name}
            self.message_user(request, said, messages.SUCCESS)
            return HttpResponseRedirect(f"{request.path}#link-{link.pk}")
        context = self.admin_site.each_context(request) | {
            "opts": self.opts,
            "original": article,
            "title": _("Share the draft"),
            "form": form,
            "links": links_of(article),
        }
        return render(request, "admin/news/article_share.html", context)

    def revoke_view(self, request, pk, link):
        article = self._article_to_share(request, pk)
        if request.method == "POST":
            get_object_or_404(article.share_links, pk=link)
            article.share_links.filter(pk=link).revoke()
            self.message_user(request, _("The link is revoked: it leads nowhere any more."), messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:news_article_share", args=[pk]))

    def _article_to_share(self, request, pk):
        """Who may write on it may show it: a link gives away what is not public yet."""
        article = get_object_or_404(Article, pk=pk)
        if not (self.has_change_permission(request, article) and request.user.has_perm("news.add_sharelink")):
            raise PermissionDenied
        return article

    def render_change_form(self, request, context, obj=None, **kwargs):
        if obj and self.has_change_permission(request, obj) and not obj.is_public():
            context["share_links"] = [link for link in links_of(obj) if link.is_open()]
            context["share_url"] = reverse("admin:news_article_share", args=[obj.pk])
        if obj:
            context["draft_answers"] = _dated(obj.answers.select_related("article")[:5])
        return super().render_change_form(request, context, obj=obj, **kwargs)


def links_of(article):
    links = article.share_links.select_related("article", "created_by").prefetch_related("answers__article")
    return [_with_address(link) for link in links]


def _dated(answers):
    """The answers with whether they speak of the text as it is."""
    today = {}
    for answer in answers:
        if answer.article_id not in today:
            today[answer.article_id] = answer.article.fingerprint()
        answer.is_stale = answer.is_out_of_date(today[answer.article_id])
    return answers


def _with_address(link):
    link.address, link.state, link.maker = link.get_absolute_url(), state_of(link), name_of(link.created_by)
    link.answered = _dated(link.answers.all())
    return link


@admin.register(ShareLink)
class ShareLinkAdmin(admin.ModelAdmin):
    """All shared drafts; for a driver's account those that were shared with it. Links are made at the article."""

    list_display = ["draft", "name", "state", "opens", "last_opened_at", "expires_at"]
    list_display_links = None
    list_select_related = ["article", "created_by"]
    search_fields = ["name", "article__headline"]
    fields = readonly_fields = ["draft", "name", "state", "opens", "last_opened_at", "expires_at"]

    @admin.display(description=gettext_lazy("draft"))
    def draft(self, link):
        if not link.is_open():
            return str(link.article)
        return format_html('<a href="{}">{}</a>', link.get_absolute_url(), link.article)

    @admin.display(description=gettext_lazy("state"))
    def state(self, link):
        return state_of(link)

    def get_queryset(self, request):
        links = super().get_queryset(request)
        return links if request.user.has_perm("news.view_article") else links.of(request.user).open()

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


def state_of(link):
    """In words: until when it is open, or why no longer."""
    if link.article.is_public():
        return _("ended: the article is public")
    if link.revoked_at:
        return _("revoked")
    return _("open") if link.expires_at > timezone.now() else _("ended")
