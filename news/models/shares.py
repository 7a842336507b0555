"""A draft shown to somebody without an account, and what they answered."""

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from news.html import words_only
from news.querysets.shares import ShareLinkQuerySet

# The key alone opens nothing: the address also carries a signature made with SECRET_KEY, so a copy of the database
# gives no draft away, and the newsroom can show the link again whenever somebody has lost it.
SIGNER = Signer(sep=".", salt="news.sharelink")
# An answer is a word, not a flood.
MOST_ANSWERS = 20


def new_key():
    return get_random_string(22)


class ShareLink(models.Model):
    article = models.ForeignKey(
        "news.Article", models.CASCADE, related_name="share_links", verbose_name=_("article")
    )
    name = models.CharField(
        _("for whom"), max_length=80, help_text=_("Who gets the link, such as the driver or their manager.")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="shared_drafts",
        verbose_name=_("account"),
        help_text=_(
            "Usually empty: the link needs no account. With one, it also stands in their list of shared drafts."
        ),
    )
    both_languages = models.BooleanField(_("with the other language"), default=False)
    key = models.CharField(max_length=22, unique=True, default=new_key, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("made by"),
    )
    created_at = models.DateTimeField(_("made on"), default=timezone.now, editable=False)
    expires_at = models.DateTimeField(_("ends on"))
    revoked_at = models.DateTimeField(_("revoked on"), null=True, editable=False)
    opens = models.PositiveIntegerField(_("opened"), default=0, editable=False)
    last_opened_at = models.DateTimeField(_("last opened"), null=True, editable=False)

    objects = ShareLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("share link")
        verbose_name_plural = _("shared drafts")
        default_permissions = ("add", "view")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")),
                name="share_link_ends_after_it_began",
                violation_error_message=_("The link would end before it begins."),
            )
        ]

    def __str__(self):
        return f"{self.article} → {self.name}"

    def get_absolute_url(self):
        return self.address_in(self.article.language)

    def address_in(self, language):
        with override(language):
            return reverse("shared", args=[self.token])

    def save(self, **kwargs):
        self.name = words_only(self.name)
        super().save(**kwargs)

    @property
    def token(self):
        return SIGNER.sign(self.key)

    @classmethod
    def of(cls, token):
        """The link that this token belongs to; None for one that nobody has signed."""
        try:
            return cls.objects.with_article().filter(key=SIGNER.unsign(token)).first()
        except BadSignature:
            return None

    def is_open(self, at=None):
        """What the queryset's `open(at)` answers, for a row at hand."""
        return self.revoked_at is None and self.expires_at > (at or timezone.now())

    def shows(self, language):
        """The version of the article that the link shows in this language, or None."""
        if language == self.article.language:
            return self.article
        if not self.both_languages:
            return None
        return self.article.versions().in_language(language).with_pictures().first()

    def languages(self):
        """Of the versions that it shows, its article's first."""
        others = self.article.versions().values_list("language", flat=True) if self.both_languages else ()
        return [self.article.language, *others]

    def is_answered_out(self):
        return self.answers.count() >= MOST_ANSWERS


class Answer(models.Model):
    """One word on one version of the text: what is approved is what was read, and nothing that came later."""

    class Verdict(models.TextChoices):
        APPROVED = "approved", _("Approved")
        CHANGES = "changes", _("Asks for changes")

    link = models.ForeignKey(ShareLink, models.CASCADE, related_name="answers", verbose_name=_("share link"))
    # Of a link with both languages, the one that was read.
    article = models.ForeignKey(
        "news.Article", models.CASCADE, related_name="answers", verbose_name=_("article")
    )
    verdict = models.CharField(_("answer"), max_length=20, choices=Verdict)
    name = models.CharField(_("name"), max_length=80)
    remark = models.TextField(_("remark"), max_length=2000, blank=True)
    version = models.PositiveIntegerField(_("version"))
    # Of all that a reader saw then (Article.fingerprint): the number of a version also counts what nobody sees.
    fingerprint = models.CharField(max_length=64, editable=False)
    given_at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        default_permissions = ()
        ordering = ["-given_at", "-pk"]

    def __str__(self):
        return f"{self.name}: {self.get_verdict_display()}"

    def save(self, **kwargs):
        self.name, self.remark = words_only(self.name), words_only(self.remark)
        super().save(**kwargs)

    def is_out_of_date(self, fingerprint=None):
        """Whether the text that it speaks of has changed since. Who has many answers brings today's fingerprint."""
        return self.fingerprint != (fingerprint or self.article.fingerprint())
