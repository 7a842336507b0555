"""Taking a photo down: every size is deleted for good, and the row says who asked for it and why."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from news.admin.asked import AT_ONCE, address_for, ids_in
from news.admin.photo_uses import uses_of
from news.models import Photo


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=Photo._meta.get_field("taken_down_reason").max_length,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text=Photo._meta.get_field("taken_down_reason").help_text,
    )


class TakesDown:
    """For the admin class of photos: a page that says what disappears, and asks for the reason."""

    actions = ["take_down"]

    def get_urls(self):
        view = self.admin_site.admin_view(self.take_down_page)
        return [path("take-down/", view, name="news_photo_take_down"), *super().get_urls()]

    def has_take_down_permission(self, request):
        """For those who release: what they have put out, they can take back."""
        return request.user.has_perms(["news.change_photo", "news.release_article"])

    @admin.action(description=gettext_lazy("Take down for good"), permissions=["take_down"])
    def take_down(self, request, queryset):
        return redirect(address_for(request, "admin:news_photo_take_down", queryset))

    def take_down_page(self, request):
        if not self.has_take_down_permission(request):
            raise PermissionDenied
        asked = Photo.objects.present().filter(pk__in=ids_in(request, "photos")[:AT_ONCE])
        photos = list(asked.prefetch_related("renditions"))
        if not photos:
            raise Http404
        form = ReasonForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            self._take_down(request, [photo.pk for photo in photos], form.cleaned_data["reason"])
            return redirect("admin:news_photo_changelist")
        context = {
            **self.admin_site.each_context(request),
            "title": _("Take down"),
            "opts": self.opts,
            "form": form,
            "photos": [(photo, uses_of(photo)) for photo in photos],
            "back": reverse("admin:news_photo_changelist"),
        }
        return TemplateResponse(request, "admin/news/photo_take_down.html", context)

    def _take_down(self, request, pks, reason):
        with transaction.atomic():
            photos = list(Photo.objects.present().select_for_update().filter(pk__in=pks))
            for photo in photos:
                photo.take_down(request.user, reason)
                self.log_change(request, photo, _("Taken down: %(reason)s") % {"reason": reason})
        said = ngettext("%(n)d photo is taken down.", "%(n)d photos are taken down.", len(photos))
        self.message_user(request, said % {"n": len(photos)}, messages.SUCCESS)


def take_down_address(photo):
    return f"{reverse('admin:news_photo_take_down')}?photos={photo.pk}"
