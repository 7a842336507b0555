"""An article like an earlier one: a draft with its words, photos and tags, without its times, address and past."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from news.copies import duplicate
from news.models import Article


class MakesDuplicates:
    """For the admin class of articles."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.duplicate_page)
        return [path("<int:pk>/duplicate/", view, name="news_article_duplicate"), *super().get_urls()]

    def render_change_form(self, request, context, obj=None, **kwargs):
        if obj and self.has_add_permission(request):
            page = reverse("admin:news_article_duplicate", args=[obj.pk])
            context["tools"] = [*context.get("tools", []), (page, _("Duplicate"))]
        return super().render_change_form(request, context, obj=obj, **kwargs)

    def duplicate_page(self, request, pk):
        article = get_object_or_404(Article, pk=pk)
        if not (self.has_view_permission(request, article) and self.has_add_permission(request)):
            raise PermissionDenied
        if request.method == "POST":
            copies = duplicate(article, request.user, every_language="every" in request.POST)
            for copy in copies:
                self.log_addition(request, copy, [{"added": {}}])
            said = ngettext("%(n)d draft made.", "%(n)d drafts made, one in each language.", len(copies))
            self.message_user(request, said % {"n": len(copies)}, messages.SUCCESS)
            return HttpResponseRedirect(reverse("admin:news_article_change", args=[copies[0].pk]))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": article,
            "title": _("Duplicate"),
            "versions": article.versions(),
        }
        return TemplateResponse(request, "admin/news/article/duplicate.html", context)
