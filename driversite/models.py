"""The site itself: one row that says whose newsroom this is; and the processes that work for it."""

from datetime import timedelta

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from translated_fields import TranslatedField

from news.models.circuits import valid_time_zone
from prepared import prepared


class SiteProfile(models.Model):
    name = models.CharField(
        _("name of the site"),
        max_length=80,
        default="Driversite",
        help_text=_("Usually the driver’s or the team’s name."),
    )
    claim = TranslatedField(
        models.CharField(
            _("claim"), max_length=120, blank=True, help_text=_("Such as “GT driver from Leimen”.")
        )
    )
    description = TranslatedField(
        models.CharField(
            _("description"), max_length=200, blank=True, help_text=_("One sentence for search engines.")
        )
    )
    accent = models.CharField(
        _("accent colour"),
        max_length=7,
        default="#d63c12",
        validators=[RegexValidator(r"^#[0-9a-fA-F]{6}$", _("Write the colour like #d63c12."))],
        help_text=_("The one colour of the site. Lightness is adjusted so that text stays readable."),
    )
    contact_name = models.CharField(
        _("contact"),
        max_length=120,
        blank=True,
        help_text=_("Who answers for the site, such as Erika Muster."),
    )
    contact_email = models.EmailField(
        _("contact: e-mail"),
        blank=True,
        help_text=_("Such as office@example.org; stands on the site, so everybody can read it."),
    )
    contact_phone = models.CharField(
        _("contact: telephone"), max_length=40, blank=True, help_text=_("Such as +49 6224 12345.")
    )
    contact_address = models.TextField(
        _("contact: address"),
        max_length=300,
        blank=True,
        help_text=_("Street, then postcode and town, each on a line of its own."),
    )
    press_name = models.CharField(
        _("press contact"),
        max_length=120,
        blank=True,
        help_text=_("Whom journalists may call, such as Max Muster."),
    )
    press_email = models.EmailField(
        _("press contact: e-mail"), blank=True, help_text=_("Such as press@example.org.")
    )
    press_phone = models.CharField(
        _("press contact: telephone"), max_length=40, blank=True, help_text=_("Such as +49 171 1234567.")
    )
    footer = TranslatedField(
        models.TextField(
            _("text in the footer"), max_length=300, blank=True, help_text=_("Two sentences at most.")
        )
    )
    time_zone = models.CharField(
        _("time zone"),
        max_length=50,
        default="Europe/Berlin",
        validators=[valid_time_zone],
        help_text=_("Release times are entered and shown in this zone, such as Europe/Berlin."),
    )
    default_language = models.CharField(
        _("default language"),
        max_length=5,
        choices=settings.LANGUAGES,
        default="de",
        help_text=_("New articles start in this language; search engines send everyone else there."),
    )
    qualifying_races_count = models.BooleanField(
        _("qualifying races count"),
        default=True,
        help_text=_("Whether starts, wins and podiums of qualifying races stand in the career’s numbers."),
    )
    updated_at = models.DateTimeField(_("last changed"), auto_now=True)

    class Meta:
        verbose_name = _("site profile")
        verbose_name_plural = _("site profile")
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_site_profile")]

    def __str__(self):
        return self.name

    def save(self, **kwargs):
        self.pk = 1
        super().save(**kwargs)

    @classmethod
    def current(cls):
        """The one row with its `links`, in one question; a site that nobody has described yet shows the defaults."""
        rows = _profile_with_links()
        profile = rows[0] if rows else cls(pk=1)
        profile.links = [{"name": row.link, "url": row.link_url} for row in rows if row.link_url]
        return profile


@prepared()
def _profile_with_links():
    name, url = F("social_links__name"), F("social_links__url")
    rows = SiteProfile.objects.annotate(link=name, link_url=url)
    return rows.order_by("social_links__order", "social_links__pk")


class SocialLink(models.Model):
    profile = models.ForeignKey(
        SiteProfile, models.CASCADE, related_name="social_links", verbose_name=_("site profile")
    )
    name = models.CharField(_("network"), max_length=40, help_text=_("Such as Instagram."))
    url = models.URLField(_("address"))
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("social link")
        verbose_name_plural = _("social links")
        ordering = ["order", "pk"]

    def __str__(self):
        return self.name


class WorkerQuerySet(models.QuerySet):
    """By the clock of the database: those of several machines need not agree."""

    def alive(self):
        return self.filter(seen_at__gte=Now() - timedelta(seconds=Worker.DEAD_AFTER))

    def dead(self):
        return self.filter(seen_at__lt=Now() - timedelta(seconds=Worker.DEAD_AFTER))

    def give_sign(self, pk):
        if not self.filter(pk=pk).update(seen_at=Now()):
            self.create(pk=pk, seen_at=Now())


class Worker(models.Model):
    """A process that does tasks, on whatever machine, for as long as it gives signs of life."""

    # Seconds of silence.
    DEAD_AFTER = 60

    id = models.CharField(primary_key=True, max_length=64)
    seen_at = models.DateTimeField()

    objects = WorkerQuerySet.as_manager()

    class Meta:
        verbose_name = _("work in the background")
        verbose_name_plural = _("work in the background")
        default_permissions = ()
        permissions = [("retry_tasks", "Can have failed tasks tried again")]

    def __str__(self):
        return self.id
