"""Corrections of what visitors have read, and the changes around a text that they see."""

from django.utils.translation import gettext_lazy as _

from news.admin.fields import InRows
from news.history import CORRECTED, call_it
from news.models import Correction


class CorrectionInline(InRows):
    model = Correction
    fields = ["text", "noted_at"]
    verbose_name_plural = _("Corrections for readers")


class NotesCorrections:
    """For the admin class of articles: once visitors have seen it, a correction can be noted; and whatever changes
    around the text before their eyes – gallery, tags, corrections – is a change of the article."""

    def get_inlines(self, request, obj):
        inlines = [*super().get_inlines(request, obj)]
        return [*inlines, CorrectionInline] if obj and obj.was_public() else inlines

    def save_related(self, request, form, formsets, change):
        article = form.instance
        before = article.around()
        super().save_related(request, form, formsets, change)
        after = article.around()
        if after["corrections"] != before["corrections"]:
            call_it(CORRECTED)
        if change and after != before:
            article.changed_around()
