"""Photos: the upload, its sizes, and where a photo is used."""

import logging

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.forms import Script
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from news.admin.fields import OurFields
from news.admin.release import day_in_words
from news.admin.selects import thumbnail, thumbnail_of
from news.models import Article, Driver, Photo
from news.pictures import MAX_BYTES, BadPicture, check_picture

logger = logging.getLogger(__name__)
# What makes all sizes out of date.
DRAWN_FROM = {"file", "focal_x", "focal_y"}


class PictureField(forms.FileField):
    """An upload that only our own check looks into: Django's would try every format that Pillow has ever read."""

    def to_python(self, data):
        upload = super().to_python(data)
        if upload:
            try:
                check_picture(upload.read(MAX_BYTES + 1))
            except BadPicture as error:
                raise ValidationError(str(error), code="invalid") from error
            upload.seek(0)
        return upload


class PhotoForm(forms.ModelForm):
    could_not_be_stored = False

    class Meta:
        field_classes = {"file": PictureField}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            self.fields["file"].widget.attrs["accept"] = "image/jpeg,image/png,image/webp,image/avif"
            self.fields["file"].required = not self.could_not_be_stored

    def full_clean(self):
        """A browser forgets the chosen file when the form comes back: that is said at its field."""
        super().full_clean()
        if self.is_bound and self._errors and self.files and "file" not in self._errors:
            self.add_error("file", _("Choose the file again: it was not kept while the rest was wrong."))

    def clean(self):
        if self.could_not_be_stored:
            raise ValidationError(
                {
                    "file": _(
                        "The server could not store the picture: it has no room or no access. Nothing was changed."
                    )
                }
            )
        return super().clean()


def uses_of(photo):
    """Links to everything that shows the photo, each with what it is there."""
    used = [(article, _("lead photo")) for article in Article.objects.filter(lead_photo=photo)]
    used += [(article, _("gallery")) for article in Article.objects.filter(gallery=photo)]
    used += [(row, _("in the text")) for row in (*photo.in_articles.all(), *photo.in_pages.all())]
    used += [(driver, _("portrait")) for driver in Driver.objects.filter(portrait=photo)]
    return [
        format_html(
            '<a href="{}">{}</a> ({})',
            reverse(f"admin:news_{row._meta.model_name}_change", args=[row.pk]),
            row,
            place,
        )
        for row, place in used
    ]


@admin.register(Photo)
class PhotoAdmin(OurFields, admin.ModelAdmin):
    form = PhotoForm
    list_display = ["picture", "title", "credit", "taken_on", "licence", "press"]
    list_display_links = ["title"]
    list_filter = ["for_press", "decorative", ("licence_ends_on", admin.EmptyFieldListFilter)]
    list_per_page = 50
    date_hierarchy = "taken_on"
    search_fields = ["caption_de", "caption_en", "alt_de", "alt_en", "credit"]
    search_help_text = gettext_lazy("Words of the caption, of what is to be seen, or of the credit.")
    readonly_fields = ["preview", "size", "uploaded_at", "uses"]
    fieldsets = [
        (
            gettext_lazy("Picture"),
            {"fields": ["preview", "file", ("focal_x", "focal_y")], "classes": ["beside"]},
        ),
        (
            gettext_lazy("Credit and words"),
            {"fields": ["credit", "alt_de", "alt_en", "decorative", "caption_de", "caption_en"]},
        ),
        (gettext_lazy("Rights"), {"fields": [("taken_on", "licence_ends_on"), "for_press"]}),
        (
            gettext_lazy("Further details"),
            {"fields": ["uses", ("size", "uploaded_at")], "classes": ["collapse"]},
        ),
    ]

    class Media:
        js = [Script("js/admin/focal.js", type="module")]

    def option(self, photo):
        """The photo's name in selects: what it shows, and whose it is."""
        return f"{photo} · {photo.credit}"

    def option_picture(self, photo):
        rendition = thumbnail_of(photo)
        return rendition.file.url if rendition else ""

    @admin.display(description=gettext_lazy("picture"))
    def picture(self, photo):
        return thumbnail(photo)

    @admin.display(description=gettext_lazy("what is to be seen"))
    def title(self, photo):
        return format_html("<b>{}</b>", photo.caption or photo.alt_text or photo.credit)

    @admin.display(description=gettext_lazy("licence ends on"), ordering="licence_ends_on")
    def licence(self, photo):
        return (
            day_in_words(photo.licence_ends_on) if photo.licence_ends_on else self.get_empty_value_display()
        )

    @admin.display(description=gettext_lazy("press"), ordering="for_press")
    def press(self, photo):
        return _("free for press") if photo.for_press else ""

    @admin.display(description=gettext_lazy("focal point"))
    def preview(self, photo):
        return render_to_string("admin/news/_focal.html", {"photo": photo})

    @admin.display(description=gettext_lazy("size"))
    def size(self, photo):
        return f"{photo.width} × {photo.height}" if photo.width else self.get_empty_value_display()

    @admin.display(description=gettext_lazy("used in"))
    def uses(self, photo):
        links = uses_of(photo) if photo.pk else []
        return format_html_join(", ", "{}", ([link] for link in links)) or _("nowhere yet")

    def get_fieldsets(self, request, obj=None):
        """Where the middle of a picture is can be said once there is one."""
        (title, first), *others = super().get_fieldsets(request, obj)
        return [(title, first if obj else first | {"fields": ["file"]}), *others]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("renditions")

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        form.could_not_be_stored = getattr(request, "photo_could_not_be_stored", False)
        return form

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """A full disk rolls the whole save back; the form comes again with all that was typed."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except OSError:
            logger.exception("A photo could not be stored.")
            request.photo_could_not_be_stored = True
            request.FILES.clear()
            return super().changeform_view(request, object_id, form_url, extra_context)

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if DRAWN_FROM & set(form.changed_data):
            try:
                obj.make_renditions()
            except OSError:
                if "file" in form.changed_data:
                    obj.file.storage.delete(obj.file.name)
                raise

    def has_change_permission(self, request, obj=None):
        """What visitors can see, or soon will, is changed by those who may release it."""
        allowed = super().has_change_permission(request, obj)
        if not allowed or obj is None or request.user.has_perm("news.release_article"):
            return allowed
        return not (
            obj.for_press
            or obj.portrait_of.exists()
            or obj.in_pages.exists()
            or Article.objects.released().showing(obj).exists()
        )

    def get_deleted_objects(self, objs, request):
        """Why a photo cannot be deleted: the pages that show it, not the rows of tables in between."""
        rows, counts, missing_permissions, protected = super().get_deleted_objects(objs, request)
        shown = [link for photo in objs for link in uses_of(photo)] if protected else []
        return rows, counts, missing_permissions, shown
