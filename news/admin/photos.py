"""Photos: the library as a list, the form of one, and who may change it."""

import logging

from django.contrib import admin
from django.forms import Script
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from news.admin.fields import OurFields
from news.admin.photo_filters import InUse, Lacking, LicenceEnd, Mine, RaceShown, YearTaken
from news.admin.photo_forms import PhotoForm, lacks_of, put_first, take_in
from news.admin.photo_uploads import UploadsPhotos
from news.admin.photo_uses import uses_of
from news.admin.selects import thumbnail, thumbnail_of
from news.admin.sizes import lost_in_words, put_away_in_words, sizes_in_words, store
from news.admin.takedown import TakesDown, take_down_address
from news.models import Article, Photo

logger = logging.getLogger(__name__)


@admin.register(Photo)
class PhotoAdmin(UploadsPhotos, TakesDown, OurFields, admin.ModelAdmin):
    form = PhotoForm
    list_display = ["picture", "title", "marks"]
    list_display_links = ["title"]
    list_filter = [Lacking, LicenceEnd, InUse, Mine, YearTaken, RaceShown]
    list_select_related = ["race"]
    list_per_page = 60
    show_full_result_count = False
    actions = [*UploadsPhotos.actions, *TakesDown.actions]
    autocomplete_fields = ["race"]
    search_fields = [
        "caption_de",
        "caption_en",
        "alt_de",
        "alt_en",
        "file_name",
        "credit",
        "place",
        "race__name",
        "race__name_en",
    ]
    search_help_text = gettext_lazy(
        "Words of the caption, of what is to be seen, the credit, the place or the race; or the name of the file."
    )
    readonly_fields = ["preview", "size", "file_name", "uploaded", "uses"]
    fieldsets = [
        (
            gettext_lazy("Picture"),
            {"fields": ["preview", ("focal_x", "focal_y"), "file"], "classes": ["beside"]},
        ),
        (
            gettext_lazy("Credit and words"),
            {"fields": ["credit", "alt_de", "alt_en", "decorative", "caption_de", "caption_en"]},
        ),
        (
            gettext_lazy("Origin and rights"),
            {"fields": [("taken_on", "licence_ends_on"), "copyright", "place", "race", "for_press"]},
        ),
        (gettext_lazy("Used in"), {"fields": ["uses"]}),
        (
            gettext_lazy("Further details"),
            {"fields": [("size", "file_name", "uploaded")], "classes": ["collapse"]},
        ),
    ]

    class Media:
        js = [Script("js/admin/focal.js", type="module")]
        css = {"all": ["css/admin-photos.css"]}

    def option(self, photo):
        """The photo's name in selects: what it shows, and whose it is."""
        return f"{photo} · {photo.credit or Photo.Lack.CREDIT.label}"

    def option_picture(self, photo):
        rendition = thumbnail_of(photo)
        return rendition.url if rendition else ""

    @admin.display(description=gettext_lazy("picture"))
    def picture(self, photo):
        return thumbnail(photo)

    @admin.display(description=gettext_lazy("what is to be seen"))
    def title(self, photo):
        about = render_to_string("admin/news/_photo_about.html", {"photo": photo})
        return format_html("<b>{}</b> <small>{}</small> <small>{}</small>", photo, photo.credit, about)

    @admin.display(description=gettext_lazy("state"))
    def marks(self, photo):
        return render_to_string("admin/news/_photo_marks.html", {"photo": photo, "lacks": lacks_of(photo)})

    @admin.display(description=gettext_lazy("focal point"))
    def preview(self, photo):
        return render_to_string("admin/news/_focal.html", {"photo": photo})

    @admin.display(description=gettext_lazy("size"))
    def size(self, photo):
        return f"{photo.width} × {photo.height}" if photo.width else self.get_empty_value_display()

    @admin.display(description=gettext_lazy("uploaded"))
    def uploaded(self, photo):
        return render_to_string("admin/news/_photo_uploaded.html", {"photo": photo})

    @admin.display(description=gettext_lazy("used in"))
    def uses(self, photo):
        return render_to_string("admin/news/_photo_uses.html", {"uses": uses_of(photo) if photo.pk else []})

    def get_fieldsets(self, request, obj=None):
        """Where the middle of a picture is can be said once there is one."""
        (title, first), *others = super().get_fieldsets(request, obj)
        if obj is None:
            first, others = first | {"fields": ["file"]}, others[:2]
        return [(title, first), *others]

    def get_readonly_fields(self, request, obj=None):
        """What is free for the press is public at once: that is for those who release."""
        always = super().get_readonly_fields(request, obj)
        return always if request.user.has_perm("news.release_article") else [*always, "for_press"]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("renditions")

    def get_search_results(self, request, queryset, search_term):
        """A select offers no photo that is gone."""
        photos, duplicates = super().get_search_results(request, queryset, search_term)
        return photos.present() if "field_name" in request.GET else photos, duplicates

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        form.could_not_be_stored = getattr(request, "photo_could_not_be_stored", False)
        return form

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """A full disk rolls the whole save back; the form comes again with all that was typed."""
        uploads = request.FILES.getlist("file")
        try:
            self._take_in(request, uploads, is_new=object_id is None)
            return super().changeform_view(request, object_id, form_url, extra_context)
        except OSError:
            logger.exception("A photo could not be stored.")
            request.photo_could_not_be_stored = True
            request.FILES.clear()
            return super().changeform_view(request, object_id, form_url, extra_context)
        finally:
            for upload in uploads:
                getattr(getattr(upload, "taken_in", None), "take_back", bool)()

    def _take_in(self, request, uploads, is_new):
        """What takes its time, before the transaction of the form begins."""
        for upload in uploads:
            take_in(upload)
        if self.has_add_permission(request) if is_new else self.has_change_permission(request):
            for upload in uploads:
                put_first(upload, request.POST, is_new)

    def render_change_form(self, request, context, obj=None, **kwargs):
        if obj and not obj.taken_down_at and self.has_take_down_permission(request):
            context["tools"] = [(take_down_address(obj), _("Take down"))]
        if obj:
            gone = obj.taken_down_at and render_to_string("admin/news/_photo_gone.html", {"photo": obj})
            context["standing"] = gone or format_html(
                "{}{}{}", lost_in_words(obj), put_away_in_words(obj), sizes_in_words(obj)
            )
        return super().render_change_form(request, context, obj=obj, **kwargs)

    def save_model(self, request, obj, form, change):
        if not change:
            obj.uploaded_by = request.user
        store(obj)

    def has_change_permission(self, request, obj=None):
        """Who may not release changes photos of their own, as long as visitors do not see them and will not soon.
        What was taken down stays as it is."""
        allowed = super().has_change_permission(request, obj)
        if not allowed or obj is None:
            return allowed
        if obj.taken_down_at or request.user.has_perm("news.release_article"):
            return not obj.taken_down_at
        return obj.uploaded_by_id == request.user.pk and not (
            obj.for_press
            or obj.portrait_of.exists()
            or obj.in_pages.exists()
            or Article.objects.released().showing(obj).exists()
        )

    def get_deleted_objects(self, objs, request):
        """Why a photo cannot be deleted: the pages that show it, not the rows of tables in between."""
        rows, counts, missing_permissions, protected = super().get_deleted_objects(objs, request)
        shown = [use.link for photo in objs for use in uses_of(photo)] if protected else []
        return rows, counts, missing_permissions, shown
