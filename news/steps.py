"""The steps by which an article goes through the newsroom: which there are, from where, and for whom.

The stage moves here and nowhere else, whether a form, a list or a script asks for it.
"""

from dataclasses import dataclass

import reversion
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from news.history import RELEASED as WAS_RELEASED
from news.history import RETURNED, SUBMITTED, WITHDRAWN, call_it, new_version
from news.models import Article, ShareLink, Step
from news.panel import Written, refusals

MAY_RELEASE = "news.release_article"
WRITING, REVIEW, RELEASED = Article.Stage.WRITING, Article.Stage.REVIEW, Article.Stage.RELEASED
Kind = Step.Kind


@dataclass(frozen=True)
class Rule:
    starts: tuple[str, ...]
    leads_to: str
    for_editors: bool = True
    needs_remark: bool = False


RULES = {
    Kind.HAND_IN: Rule((WRITING,), REVIEW, for_editors=False),
    Kind.WITHDRAW: Rule((REVIEW,), WRITING, for_editors=False),
    Kind.RETURN: Rule((REVIEW,), WRITING, needs_remark=True),
    Kind.RELEASE: Rule((WRITING, REVIEW), RELEASED),
    Kind.SCHEDULE: Rule((WRITING, REVIEW), RELEASED),
    Kind.TAKE_BACK: Rule((RELEASED,), REVIEW),
}

# What is public afterwards, or will be.
TO_VISITORS = [kind for kind, rule in RULES.items() if rule.leads_to == RELEASED]
# What the history calls the version that comes of a step.
MILESTONES = {
    Kind.HAND_IN: SUBMITTED,
    Kind.RETURN: RETURNED,
    Kind.RELEASE: WAS_RELEASED,
    Kind.SCHEDULE: WAS_RELEASED,
    Kind.TAKE_BACK: WITHDRAWN,
}


def possible(article, at=None) -> list[Kind]:
    """The steps that lead on from where the article stands. What waits for its time can still be given another."""
    waits = article.stage == RELEASED and _is_ahead(article, at or timezone.now())
    again = (Kind.RELEASE, Kind.SCHEDULE) if waits else ()
    return [kind for kind, rule in RULES.items() if article.stage in rule.starts or kind in again]


def open_to(article, user, at=None) -> list[Kind]:
    """Of these, the ones that this person may take. Editors return with a remark instead of withdrawing."""
    may_release = user.has_perm(MAY_RELEASE)
    offered = [kind for kind in possible(article, at) if may_release or not RULES[kind].for_editors]
    return [kind for kind in offered if not (may_release and kind == Kind.WITHDRAW)]


def moved_on():
    return _("This step is not open any more: somebody has moved the article on. Open it anew and look.")


def begin(article, kind, user, remark="", at=None):
    """Move the article on, without saving it. A ValidationError says why it does not go."""
    at = at or timezone.now()
    rule = RULES[kind]
    if rule.for_editors and not user.has_perm(MAY_RELEASE):
        raise ValidationError(
            _("You can write and hand in: choose “Hand in”, and an editor releases the article.")
        )
    if kind not in possible(article, at):
        raise ValidationError(moved_on())
    if rule.needs_remark and not remark.strip():
        raise ValidationError({"step_remark": _("Say in a remark what is to be changed.")})
    if rule.leads_to == RELEASED:
        _set_time(article, kind, at)
    article.stage = rule.leads_to


def _is_ahead(article, at):
    return article.published_at is not None and article.published_at > at


def _set_time(article, kind, at):
    """A time in the past stays: reports of former years are released, too."""
    is_ahead = _is_ahead(article, at)
    if kind == Kind.SCHEDULE and not is_ahead:
        raise ValidationError(
            {"published_at": _("Enter when the article shall appear: a time that is still to come.")}
        )
    if kind == Kind.RELEASE and is_ahead and article.stage != RELEASED:
        raise ValidationError(
            {
                "published_at": _(
                    "This time is still to come. Choose “Schedule”, or empty the field to release at once."
                )
            }
        )
    if article.expires_at and article.expires_at <= at:
        raise ValidationError(
            {
                "expires_at": _(
                    "At this time the article has disappeared already. Empty it or choose a later one."
                )
            }
        )
    if kind == Kind.RELEASE and (is_ahead or article.published_at is None):
        article.published_at = at


def record(article, kind, user, remark=""):
    """Note the step that has just been saved, also in the history of the text."""
    if kind in MILESTONES and reversion.is_active():
        call_it(MILESTONES[kind])
    if kind == Kind.TAKE_BACK:
        # Who was shown the draft has seen it published: what it becomes now is shown by a new link, or not at all.
        ShareLink.objects.filter(article=article).revoke()
    return Step.objects.create(
        article=article,
        kind=kind,
        user=user,
        remark=remark.strip(),
        appears_at=article.published_at if kind == Kind.SCHEDULE else None,
        version=article.version,
    )


def take(pk, kind, user, remark="", seen=None):
    """The whole step for a stored article, as one version of its history. Raises as `begin` does, and Stale where it is
    no longer the version that was `seen`."""
    with new_version(pk, user, seen=seen) as article:
        begin(article, kind, user, remark)
        if article.stage == RELEASED:
            article.full_clean()
            _refuse(article)
        article.save()
        return record(article, kind, user, remark)


def _refuse(article):
    """What the panel calls needed, is needed whoever releases it and from where."""
    if found := [finding.sentence for finding in refusals(Written(article))]:
        raise ValidationError(found)
