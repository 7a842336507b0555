"""Pages that stay: imprint, privacy, accessibility, and free ones."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from django_prose_editor.fields import ProseEditorField
from translated_fields import TranslatedField

from news.blocks import photos_in
from news.editor import EDITOR
from news.html import sanitize
from news.limits import in_our_time
from news.models.addresses import KeepsFormerAddresses
from news.querysets.articles import PageQuerySet


class Page(KeepsFormerAddresses):
    class Kind(models.TextChoices):
        IMPRINT = "imprint", _("Imprint")
        PRIVACY = "privacy", _("Privacy")
        ACCESSIBILITY = "accessibility", _("Accessibility")
        FREE = "free", _("Free page")

    kind = models.CharField(
        _("kind"),
        max_length=20,
        choices=Kind,
        default=Kind.FREE,
        help_text=_("Imprint, privacy and accessibility have their place in the foot of every page."),
    )
    slug = models.SlugField(
        _("address"),
        max_length=80,
        unique=True,
        help_text=_("The last part of a free page’s address, such as fan-club."),
    )
    title = TranslatedField(models.CharField(_("title"), max_length=140))
    body = TranslatedField(ProseEditorField(_("text"), blank=True, extensions=EDITOR, sanitize=sanitize))
    published_at = models.DateTimeField(
        _("time of release"),
        default=timezone.now,
        null=True,
        blank=True,
        help_text=_("Empty: visitors do not see the page."),
        validators=[in_our_time],
    )
    updated_at = models.DateTimeField(_("last changed"), auto_now=True)

    body_photos = models.ManyToManyField(
        "news.Photo", through="news.BodyPhoto", related_name="in_pages", editable=False
    )

    objects = PageQuerySet.as_manager()

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        ordering = ["kind", "slug"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind"],
                condition=~Q(kind="free"),
                name="one_page_of_each_legal_kind",
                violation_error_message=_("There is already a page of this kind. Change that one."),
            )
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        if self.kind == self.Kind.FREE:
            return reverse("news:page", kwargs={"slug": self.slug})
        return reverse(f"news:{self.kind}")

    def save(self, **kwargs):
        for language in type(self).body.languages:
            name = f"body_{language}"
            setattr(self, name, sanitize(getattr(self, name)))
        super().save(**kwargs)
        bodies = "".join(getattr(self, f"body_{language}") for language in type(self).body.languages)
        self.body_photos.through.objects.follow(photos_in(bodies), page=self)

    def is_public(self, at=None):
        """What the queryset's `public(at)` answers, for a row at hand."""
        return self.published_at is not None and self.published_at <= (at or timezone.now())

    was_public = is_public

    def address_in(self, language):
        with translation.override(language):
            return self.get_absolute_url()

    def addresses(self):
        return [self.address_in(language) for language in type(self).body.languages]
