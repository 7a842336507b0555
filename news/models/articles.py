"""Articles. The versions of one article in several languages share a translation group."""

import uuid
from functools import partial

import reversion
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_prose_editor.fields import ProseEditorField

from news.blocks import photos_in
from news.editor import EDITOR
from news.html import sanitize, text_of, words_only
from news.limits import in_our_time
from news.models.addresses import KeepsFormerAddresses
from news.models.changes import with_fields
from news.models.indexes import OF_ARTICLES
from news.models.seen import SeenByVisitors
from news.models.translations import Translated
from news.models.words import FoundByItsWords
from news.querysets.articles import ArticleQuerySet
from news.slots import open_slots
from news.slugs import slug_of


# Corrections are no part of a version: what readers were told stays told when an older text comes back.
@reversion.register(
    follow=["gallery_photos"],
    exclude=[
        "body_text",
        "search_text",
        "headline_key",
        "text_version",
        "source_text_version",
        "modified_at",
        "been_public",
    ],
)
class Article(FoundByItsWords, Translated, SeenByVisitors, KeepsFormerAddresses):
    class Kind(models.TextChoices):
        REPORT = "report", _("Race report")
        PREVIEW = "preview", _("Preview")
        INTERVIEW = "interview", _("Interview")
        ANNOUNCEMENT = "announcement", _("Announcement")
        BACKGROUND = "background", _("Background")
        COLUMN = "column", _("Column")

    class Stage(models.TextChoices):
        WRITING = "writing", _("In writing")
        REVIEW = "review", _("In review")
        RELEASED = "released", _("Released")

    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES, default="de")
    headline = models.CharField(
        _("headline"),
        max_length=140,
        blank=True,
        help_text=_("What happened, in one line: “From eleventh on the grid to second”."),
    )
    slug = models.SlugField(
        _("address"),
        max_length=120,
        blank=True,
        help_text=_("The last part of the address. Left empty, it is made from the headline on release."),
    )
    dateline = models.CharField(
        _("dateline"),
        max_length=60,
        blank=True,
        help_text=_("Where the report is filed from, such as Leimen."),
    )
    teaser = models.TextField(
        _("teaser"),
        max_length=300,
        blank=True,
        help_text=_(
            "One or two sentences under the headline, in lists and when shared. Up to 300 characters."
        ),
    )
    body = ProseEditorField(
        _("text"),
        blank=True,
        extensions=EDITOR,
        sanitize=sanitize,
    )
    kind = models.CharField(
        _("kind"),
        max_length=20,
        choices=Kind,
        default=Kind.REPORT,
        help_text=_("What readers expect: a preview before the weekend, a report after it."),
    )
    stage = models.CharField(
        _("stage"),
        max_length=20,
        choices=Stage,
        default=Stage.WRITING,
        # Moved by steps (news/steps.py) alone.
        editable=False,
    )
    published_at = models.DateTimeField(
        _("time of release"),
        null=True,
        blank=True,
        help_text=_(
            "Empty: at once when released. In the future: the article appears by itself at that second."
        ),
        validators=[in_our_time],
    )
    expires_at = models.DateTimeField(
        _("disappears at"),
        null=True,
        blank=True,
        help_text=_("Usually empty: a report stays for ever."),
        validators=[in_our_time],
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, verbose_name=_("author")
    )
    byline = models.CharField(
        _("byline"),
        max_length=120,
        blank=True,
        help_text=_("The name under the text, if one should stand there."),
    )
    race = models.ForeignKey(
        "news.Race",
        models.SET_NULL,
        null=True,
        blank=True,
        db_index=False,
        related_name="articles",
        verbose_name=_("race"),
        help_text=_("Fact box and result table come from here by themselves."),
    )
    lead_photo = models.ForeignKey(
        "news.Photo",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="lead_of",
        verbose_name=_("lead photo"),
        help_text=_(
            "On top of the article, in lists and where somebody shares it. A wide picture works best."
        ),
    )
    gallery = models.ManyToManyField(
        "news.Photo", through="news.GalleryPhoto", related_name="in_galleries", verbose_name=_("gallery")
    )
    body_photos = models.ManyToManyField(
        "news.Photo", through="news.BodyPhoto", related_name="in_articles", editable=False
    )
    tags = models.ManyToManyField(
        "news.Tag",
        blank=True,
        related_name="articles",
        verbose_name=_("tags"),
        help_text=_("Such as “Nürburgring” or “Fan club”: readers find all articles of a tag together."),
    )
    pinned = models.BooleanField(_("pinned"), default=False, help_text=_("Stays on top of the home page."))
    translation_group = models.UUIDField(
        _("translation group"), default=uuid.uuid4, editable=False, db_index=True
    )
    # Counts every save: what an editor has open is out of date when the number has moved on (news/history.py).
    version = models.PositiveIntegerField(_("version"), default=0, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("last changed"), auto_now=True)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ["-published_at", "-pk"]
        permissions = [("release_article", _("Can release articles"))]
        indexes = OF_ARTICLES
        constraints = [
            models.UniqueConstraint(
                fields=["language", "slug"],
                name="article_address_is_unique",
                condition=~Q(slug=""),
                violation_error_message=_(
                    "Another article in this language has this address. Change one of them."
                ),
            ),
            models.UniqueConstraint(
                fields=["language", "translation_group"],
                name="article_once_a_language",
                violation_error_message=_("This article already has a version in this language."),
            ),
            models.CheckConstraint(
                condition=~Q(stage="released") | Q(published_at__isnull=False),
                name="released_article_has_a_time",
                violation_error_message=_("A released article needs a time of release."),
            ),
            models.CheckConstraint(
                condition=~Q(stage="released") | ~(Q(headline="") | Q(slug="")),
                name="released_article_has_a_headline",
                violation_error_message=_("A released article needs a headline and an address."),
            ),
            models.CheckConstraint(
                condition=Q(expires_at=None) | Q(published_at=None) | Q(expires_at__gt=F("published_at")),
                name="article_expires_after_release",
                violation_error_message=_("The article would disappear before it appears. Check both times."),
            ),
        ]

    def __str__(self):
        return self.headline or gettext("(no headline yet)")

    def get_absolute_url(self):
        """Where it is, or while it is a draft without an address of its own, where it would be."""
        address = partial(reverse, "news:article", kwargs={"slug": self.slug or self._wanted_slug()})
        if translation.get_language() == self.language:
            return address()
        with translation.override(self.language):
            return address()

    def clean(self):
        """A draft may be as unfinished as it is; what is handed in has a headline, and what is released is complete.
        Only then it gets its address: until then the headline may change with every word."""
        missing = {}
        if self.stage != self.Stage.WRITING and not words_only(self.headline).strip():
            missing["headline"] = _("The headline is empty. Write it before the article is handed in.")
        if self.stage == self.Stage.RELEASED and not text_of(self.body):
            missing["body"] = _("The text is empty. Write it before the article is released.")
        elif self.stage == self.Stage.RELEASED and open_slots(self.body):
            missing["body"] = _("A quote is still to be filled in: write what was said, or remove the quote.")
        if self.stage == self.Stage.RELEASED:
            self.slug = self.slug or self._free_slug()
            self.published_at = self.published_at or timezone.now()
        if missing:
            raise ValidationError(missing)

    def clean_texts(self):
        """What is stored is what may be shown; what comes by import or code is no better than what is typed."""
        for name in ("headline", "dateline", "teaser", "byline"):
            setattr(self, name, words_only(getattr(self, name)))
        self.body = sanitize(self.body)

    def save(self, **kwargs):
        self.clean_texts()
        self.keep_words_to_find()
        if self.stage == self.Stage.RELEASED:
            self.slug = self.slug or self._free_slug()
        self.version += 1
        super().save(**with_fields(kwargs, ["version", "slug"]))
        if "body" in (kwargs.get("update_fields") or ["body"]):
            self.body_photos.through.objects.follow(photos_in(self.body), article=self)

    def _wanted_slug(self):
        return slug_of(self.headline, 110) or "artikel"

    def _free_slug(self):
        """The headline's slug, with a number if another article has it."""
        wanted = self._wanted_slug()
        others = type(self).objects.in_language(self.language).exclude(pk=self.pk)
        taken = set(others.filter(slug__startswith=wanted).values_list("slug", flat=True))
        numbered = (f"{wanted}-{n}" for n in range(2, len(taken) + 3))
        return next(slug for slug in [wanted, *numbered] if slug not in taken)

    def addresses(self):
        return [self.get_absolute_url()] if self.slug else []

    @property
    def picture(self):
        """The lead photo as long as it may be shown."""
        return self.lead_photo if self.lead_photo and self.lead_photo.is_showable() else None

    @cached_property
    def day(self):
        """The day that the article speaks of, in the site's zone: partners are those of this day."""
        return timezone.localdate(self.published_at) if self.published_at else timezone.localdate()
