"""The versions of one article in several languages: which there are, and how a missing one is begun."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import OuterRef, Subquery
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from news.models import Article
from news.models.translations import LANGUAGES

# What is the same in every language, and so need not be entered again.
SHARED = ("kind", "race", "lead_photo")


def original_of(request):
    """The article that a new version is made of, as the address of the add form says; or None."""
    asked = request.GET.get("translation_of", "")
    return Article.objects.filter(pk=asked).first() if asked.isdecimal() else None


class VersionForm(forms.ModelForm):
    """An article's form that joins a new version to its original and refuses a second one in a language."""

    translation_of = forms.ModelChoiceField(
        Article.objects.all(), required=False, widget=forms.HiddenInput, label=""
    )

    def clean(self):
        original = self.cleaned_data.get("translation_of")
        if original and not self.instance.pk:
            self.instance.translation_group = original.translation_group
            self.instance.follows(original)
        versions = Article.objects.versions_of(self.instance).in_language(self.cleaned_data.get("language"))
        if version := versions.first():
            words = _("There is already a version in this language: “%(headline)s”. Open that one.")
            raise ValidationError({"language": words % {"headline": version}})
        return super().clean()


class HasVersions:
    """For the admin class of articles: a column of languages, and an add form filled in from the original."""

    def get_queryset(self, request):
        group = Article.objects.filter(translation_group=OuterRef("translation_group"))
        versions = {
            f"version_{code}": Subquery(group.in_language(code).values("pk")[:1]) for code in LANGUAGES
        }
        return super().get_queryset(request).annotate(**versions)

    @admin.display(description=gettext_lazy("languages"))
    def languages(self, article):
        versions = [(code, getattr(article, f"version_{code}", None)) for code in LANGUAGES]
        return render_to_string("admin/news/_languages.html", {"article": article, "versions": versions})

    @staticmethod
    def missing_languages(article):
        return [code for code in LANGUAGES if not getattr(article, f"version_{code}", None)]

    def get_changeform_initial_data(self, request):
        initial = {"language": request.profile.default_language} | super().get_changeform_initial_data(
            request
        )
        if original := original_of(request):
            initial |= {name: getattr(original, name) for name in (*SHARED, "dateline", "byline")}
            initial["tags"] = list(original.tags.all())
        return initial

    def get_formset_kwargs(self, request, obj, inline, prefix):
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        if request.method == "GET" and not obj.pk and (original := original_of(request)):
            kwargs["initial"] = list(original.gallery_photos.values("photo", "order"))
        return kwargs
