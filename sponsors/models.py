"""Partners, in which tier and from when to when: the strip of a day shows the partners of that day."""

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from translated_fields import TranslatedField

from sponsors.logos import MAX_BYTES, BadLogo, clean_logo
from sponsors.querysets import SponsorshipQuerySet


class Tier(models.Model):
    name = TranslatedField(models.CharField(_("name"), max_length=60, help_text=_("Such as main partners.")))
    order = models.PositiveSmallIntegerField(
        _("order"), default=0, help_text=_("The smallest number stands first.")
    )

    class Meta:
        verbose_name = _("tier")
        verbose_name_plural = _("tiers")
        ordering = ["order", "pk"]

    def __str__(self):
        return self.name


def in_our_time(day):
    """A mistyped year would show a partner for centuries, or never."""
    if not 1900 <= day.year <= 2100:
        raise ValidationError(
            _("The year %(year)d lies outside 1900 to 2100. Check how it is typed."),
            params={"year": day.year},
        )


def logo_path(sponsor, filename):
    return f"logos/{sponsor.slug}/{filename}"


class Sponsor(models.Model):
    name = models.CharField(_("name"), max_length=100, unique=True)
    slug = models.SlugField(_("address"), max_length=100, unique=True)
    logo = models.FileField(
        _("logo for light ground"),
        upload_to=logo_path,
        help_text=_("SVG is best, PNG or WebP with transparent ground will do."),
    )
    logo_dark = models.FileField(
        _("logo for dark ground"),
        upload_to=logo_path,
        blank=True,
        help_text=_("Empty: the other one on a light plate."),
    )
    logo_width = models.PositiveSmallIntegerField(default=0, editable=False)
    logo_height = models.PositiveSmallIntegerField(default=0, editable=False)
    website = models.URLField(
        _("website"), blank=True, help_text=_("Where the logo leads, such as https://www.example.org/.")
    )
    text = TranslatedField(
        models.TextField(
            _("text"), max_length=600, blank=True, help_text=_("Two sentences for the partner page.")
        )
    )

    class Meta:
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        ordering = ["name"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return f"{reverse('sponsors:partners')}#{self.slug}"

    def clean(self):
        for name in ("logo", "logo_dark"):
            try:
                self._take_in(name)
            except BadLogo as error:
                raise ValidationError({name: str(error)}) from error

    def save(self, **kwargs):
        """Store logos as clean files (promise: hostile until sanitized). Raises BadLogo."""
        for name in ("logo", "logo_dark"):
            self._take_in(name)
        super().save(**kwargs)

    def _take_in(self, name):
        """Put a clean logo in the place of the upload, once."""
        upload = getattr(self, name)
        if not upload or upload._committed or getattr(upload.file, "is_clean", False):
            return
        logo = clean_logo(upload.read(MAX_BYTES + 1))
        clean = ContentFile(logo.data, name=f"{name}-{logo.checksum[:12]}.{logo.ending}")
        clean.is_clean = True
        setattr(self, name, clean)
        if name == "logo":
            self.logo_width, self.logo_height = logo.width, logo.height

    @property
    def mark_size(self):
        """Width and height in CSS pixels at which all marks weigh the same: long names lower, short ones taller."""
        ratio = (self.logo_width / self.logo_height) if self.logo_height else 4
        height = max(20, min(48, round(54 * ratio**-0.42)))
        return round(height * ratio), height


class Sponsorship(models.Model):
    sponsor = models.ForeignKey(
        Sponsor, models.CASCADE, related_name="sponsorships", verbose_name=_("partner")
    )
    tier = models.ForeignKey(
        Tier,
        models.PROTECT,
        related_name="sponsorships",
        verbose_name=_("tier"),
        help_text=_("Decides size and order of the logo, such as “Main partner”."),
    )
    starts_on = models.DateField(
        _("from"),
        validators=[in_our_time],
        help_text=_("The first day on which the logo is shown, such as 1 January."),
    )
    ends_on = models.DateField(
        _("to"),
        null=True,
        blank=True,
        help_text=_("The last day. Empty: until further notice."),
        validators=[in_our_time],
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0, help_text=_("Within the tier."))

    objects = SponsorshipQuerySet.as_manager()

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        ordering = ["-starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="sponsorship_ends_after_it_starts",
                violation_error_message=_("The agreement ends before it starts. Check both days."),
            )
        ]

    def __str__(self):
        return f"{self.sponsor} ({self.tier})"

    def clean(self):
        """Two agreements of one partner on one day would show the logo twice."""
        if not (self.sponsor_id and self.starts_on):
            return
        others = Sponsorship.objects.filter(sponsor=self.sponsor).exclude(pk=self.pk)
        overlapping = others.filter(Q(ends_on=None) | Q(ends_on__gte=self.starts_on))
        if self.ends_on:
            overlapping = overlapping.filter(starts_on__lte=self.ends_on)
        if other := overlapping.first():
            raise ValidationError(
                _("This partner already has an agreement from %(start)s on. End that one first."),
                params={"start": date_format(other.starts_on, "DATE_FORMAT")},
            )
