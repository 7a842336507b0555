"""Where an article stands between its first word and its last day, in words; and who may move it on."""

from datetime import timedelta

from django.utils import timezone
from django.utils.dateformat import format as written
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from news.days import day_in_words
from news.models import Article

STATES = {
    "writing": gettext_lazy("in writing"),
    "review": gettext_lazy("in review"),
    "scheduled": gettext_lazy("scheduled"),
    "public": gettext_lazy("public"),
    "expired": gettext_lazy("expired"),
}


def state_of(article, at=None):
    """One of STATES: the stage, and for released articles whether their time has come or gone."""
    at = at or timezone.now()
    if article.stage != Article.Stage.RELEASED:
        return article.stage
    if article.published_at is None:
        # As a form holds it whose release was refused: nothing of it is stored.
        return Article.Stage.WRITING
    if article.is_public(at):
        return "public"
    return "scheduled" if article.published_at > at else "expired"


def in_words(article, at=None):
    """What an editor wants to know: "appears on Sunday 18:00", "public since 6 April 2014"."""
    at = at or timezone.now()
    state = state_of(article, at)
    if state == "scheduled":
        return _appears(timezone.localtime(article.published_at), timezone.localtime(at))
    if state == "expired":
        return _("expired on %(day)s") % {"day": day_in_words(timezone.localtime(article.expires_at))}
    if state == "public" and article.expires_at:
        return _("public until %(day)s") % {"day": day_in_words(timezone.localtime(article.expires_at))}
    if state == "public":
        return _("public since %(day)s") % {"day": day_in_words(timezone.localtime(article.published_at))}
    return str(STATES[state])


def _appears(moment, now):
    """Near days are called by name, as in a newsroom; later ones by their date."""
    time = written(moment, "H:i")
    ahead = moment.date() - now.date()
    if not ahead:
        return _("appears today %(time)s") % {"time": time}
    if ahead == timedelta(days=1):
        return _("appears tomorrow %(time)s") % {"time": time}
    if ahead < timedelta(days=7):
        return _("appears on %(weekday)s %(time)s") % {"weekday": written(moment, "l"), "time": time}
    return _("appears on %(day)s, %(time)s") % {"day": day_in_words(moment), "time": time}


def chip(article):
    """The state as lists show it: a mark and words, never colour alone."""
    return format_html('<span class="chip is-{}">{}</span>', state_of(article), in_words(article))


class SeenOnSite:
    """For admin classes of what has a page: the link leads to where it is saved, not to what is being typed."""

    def view_on_site(self, row):
        saved = self.model._default_manager.get(pk=row.pk)
        return saved.get_absolute_url() if self.is_seen(saved) else None

    def is_seen(self, row):
        return row.is_public()


class ReleasedByEditors:
    """For the admin class of articles: without the permission to release, nobody changes or deletes what is released,
    or sets when it appears. That nobody else releases is a rule of the steps (news/steps.py)."""

    @staticmethod
    def has_release_permission(request):
        return request.user.has_perm("news.release_article")

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and self._is_within_reach(request, obj)

    def has_delete_permission(self, request, obj=None):
        """Who may not release may throw away a mistaken draft, if it is their own and visitors never knew it: the
        address of another one would be gone for them."""
        allowed = super().has_delete_permission(request, obj) and self._is_within_reach(request, obj)
        if not allowed or obj is None or self.has_release_permission(request):
            return allowed
        return obj.author_id == request.user.pk and not obj.was_public()

    def _is_within_reach(self, request, article):
        return (
            article is None or article.stage != Article.Stage.RELEASED or self.has_release_permission(request)
        )

    def get_readonly_fields(self, request, obj=None):
        always = super().get_readonly_fields(request, obj)
        return (
            always
            if self.has_release_permission(request)
            else [*always, "published_at", "expires_at", "pinned"]
        )

    def get_fieldsets(self, request, obj=None):
        """When an article appears is for editors to say; others see it as soon as there is something to see."""
        fieldsets = super().get_fieldsets(request, obj)
        if self.has_release_permission(request) or (obj and (obj.published_at or obj.expires_at)):
            return fieldsets
        return [(title, part) for title, part in fieldsets if "pinned" not in part["fields"]]
