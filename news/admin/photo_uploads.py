"""Several photos at once: taken in one by one, each with its own answer, then completed in one form."""

import logging
from dataclasses import dataclass
from functools import partial

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from news.admin.asked import AT_ONCE, address_for, ids_in
from news.admin.photo_forms import ACCEPT, OF_EACH, SHARED, RowForm, is_here_already, no_room
from news.admin.sizes import store
from news.html import words_only
from news.models import Photo
from news.pictures import MAX_BYTES, MAX_PIXELS, BadPicture, too_large

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Answer:
    """What became of one file: stored, a duplicate of `photo`, or refused; and why."""

    name: str
    state: str
    sentence: SafeString | str = ""
    photo: Photo | None = None


def taken_in(upload, values, user) -> Answer:
    """Store one file as a photo, or say why not; nothing of it is left then. Its sizes follow."""
    name = words_only(upload.name)[-80:]
    photo = Photo(file=upload, uploaded_by=user, **values)
    try:
        photo.clean()
        if twin := Photo.objects.same_picture(photo).first():
            return _of_twin(name, twin)
        store(photo)
    except (ValidationError, BadPicture) as error:
        return Answer(name, "refused", " ".join(getattr(error, "messages", [str(error)])))
    except OSError:
        logger.exception("A photo could not be stored.")
        return Answer(name, "refused", no_room())
    except IntegrityError:
        # Somebody else stored the same picture in this very moment.
        twin = Photo.objects.same_picture(photo).first()
        return _of_twin(name, twin) if twin else Answer(name, "refused", no_room())
    return Answer(name, "stored", photo=photo)


def _of_twin(name, twin):
    state = "refused" if twin.taken_down_at else "duplicate"
    return Answer(name, state, is_here_already(twin), twin if state == "duplicate" else None)


class UploadsPhotos:
    """For the admin class of photos: a page that takes many files, and one where each gets its words."""

    actions = ["complete"]

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("upload/", view(self.upload_page), name="news_photo_upload"),
            path("complete/", view(self.complete_page), name="news_photo_complete"),
            *super().get_urls(),
        ]

    @admin.action(description=gettext_lazy("Fill in words and credit"), permissions=["change"])
    def complete(self, request, queryset):
        return redirect(address_for(request, "admin:news_photo_complete", queryset))

    def upload_page(self, request):
        if not self.has_add_permission(request):
            raise PermissionDenied
        form, answers = self._shared_form(request), []
        files = request.FILES.getlist("files")
        if request.method == "POST" and form.is_valid():
            answers = [taken_in(file, form.cleaned_data, request.user) for file in files]
            for answer in answers:
                if answer.state == "stored":
                    self.log_addition(request, answer.photo, [{"added": {}}])
        if request.headers.get("Accept") == "application/json":
            return JsonResponse(self._said(request, form, answers))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Upload photos"),
            "opts": self.opts,
            "form": form,
            "media": self.media + form.media,
            "answers": answers,
            "no_file": request.method == "POST" and not files,
            "accept": ACCEPT,
            "limits": {
                "bytes": MAX_BYTES,
                "megabytes": MAX_BYTES // 1024 // 1024,
                "megapixels": MAX_PIXELS // 1_000_000,
                "too_large": too_large(),
            },
        }
        return TemplateResponse(request, "admin/news/photo_upload.html", context)

    def _shared_form(self, request):
        kinds = partial(self.formfield_for_dbfield, request=request)
        shared = forms.modelform_factory(Photo, fields=SHARED, formfield_callback=kinds)
        form = shared(
            request.POST if request.method == "POST" else None, initial={"race": request.GET.get("race")}
        )
        form.fields["race"].widget = form.fields["race"].widget.widget
        return form

    @staticmethod
    def _said(request, form, answers):
        """For the page's own script: the row of each file as the page itself would draw it, or what is wrong above."""
        wrong = [f"{form[name].label}: {' '.join(errors)}" for name, errors in form.errors.items()]
        rows = (
            render_to_string("admin/news/_upload_answer.html", {"answer": answer}, request)
            for answer in answers
        )
        return {
            "html": "".join(rows),
            "states": [answer.state for answer in answers],
            "wrong": " ".join(wrong),
        }

    def complete_page(self, request):
        photos = self._to_complete(request)
        if photos is None:
            self.message_user(request, _("No photo is chosen."), messages.WARNING)
            return redirect("admin:news_photo_changelist")
        kinds = partial(self.formfield_for_dbfield, request=request)
        rows = forms.modelformset_factory(
            Photo, form=RowForm, fields=OF_EACH, extra=0, max_num=AT_ONCE, formfield_callback=kinds
        )(request.POST or None, queryset=photos)
        if request.method == "POST" and rows.is_valid():
            with transaction.atomic():
                self._save_rows(request, rows)
            return redirect("admin:news_photo_changelist")
        context = {
            **self.admin_site.each_context(request),
            "title": _("Words and credit"),
            "opts": self.opts,
            "rows": rows,
            "media": self.media + rows.media,
        }
        return TemplateResponse(request, "admin/news/photo_complete.html", context)

    def _to_complete(self, request):
        """The photos that are asked for, as far as their user may change them; None where none is asked for."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        if not (ids := ids_in(request, "photos")[:AT_ONCE]):
            return None
        asked = self.get_queryset(request).filter(pk__in=ids)
        allowed = [photo.pk for photo in asked if self.has_change_permission(request, photo)]
        if not allowed:
            raise Http404
        return asked.filter(pk__in=allowed).order_by("pk")

    def _save_rows(self, request, rows):
        rows.save(commit=False)
        for photo, names in rows.changed_objects:
            store(photo)
            self.log_change(request, photo, [{"changed": {"fields": names}}])
        left = sum(bool(form.lacks()) for form in rows)
        changed = len(rows.changed_objects)
        said = ngettext("%(n)d photo saved.", "%(n)d photos saved.", changed) % {"n": changed}
        said = said if changed else _("Nothing was changed.")
        if left:
            words = ngettext("%(n)d photo still lacks something.", "%(n)d photos still lack something.", left)
            said = f"{said} {words % {'n': left}}"
        self.message_user(request, said, messages.WARNING if left else messages.SUCCESS)
