"""Mails of the newsroom: a step was taken, a draft was answered. Nothing waits for them, or is lost without."""

import logging
from dataclasses import dataclass, field
from smtplib import SMTPRecipientsRefused, SMTPResponseException

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from news.models import Step

# Of one address, by a server that is there.
REFUSED = (SMTPRecipientsRefused, SMTPResponseException)
log = logging.getLogger(__name__)
# To those who release; the other steps are told to those who wrote.
TO_EDITORS = (Step.Kind.HAND_IN, Step.Kind.WITHDRAW)


@dataclass(frozen=True)
class Sent:
    """What became of a mail: whom it was for, and whether the server took it."""

    to: list[str] = field(default_factory=list)
    failed: bool = False


def editors():
    """Those who may release."""
    return get_user_model().objects.with_perm(
        "news.release_article", backend="django.contrib.auth.backends.ModelBackend"
    )


def writers(article):
    """Its author, and who handed it in last."""
    handed_in = article.steps.filter(kind=Step.Kind.HAND_IN).first()
    return [user for user in (article.author, handed_in and handed_in.user) if user]


def step_taken(step, language) -> Sent:
    """Tell whom the step concerns, but not who took it."""
    people = editors() if step.kind in TO_EDITORS else writers(step.article)
    return _send("step", people, {"step": step, "article": step.article}, language, but=step.user)


def answered(answer, language) -> Sent:
    """Tell editors, who wrote the article and who made the link."""
    people = [*editors(), *writers(answer.article), answer.link.created_by]
    return _send("answer", people, {"answer": answer, "article": answer.article}, language)


def _send(name, people, context, language, but=None):
    """One mail for each, in the language of the site; the first line of the template is the subject."""
    to = sorted({user.email for user in people if user and user.is_active and user.email and user != but})
    address = reverse("admin:news_article_change", args=[context["article"].pk])
    context |= {"address": f"{settings.SITE_URL}{address}", "site_url": settings.SITE_URL}
    with translation.override(language):
        subject, _newline, body = render_to_string(f"news/mail/{name}.txt", context).strip().partition("\n")
    subject = " ".join(subject.split())
    try:
        with get_connection() as connection:
            sent = [_goes_out(subject, body, each, connection) for each in to]
    except OSError:
        log.exception("The mail “%s” could not be sent.", subject)
        return Sent(to, failed=True)
    return Sent(to, failed=not all(sent))


def _goes_out(subject, body, address, connection):
    """Whether the server took it. One address that is none, or that the server refuses, keeps nobody else uninformed; a
    server that is away is not waited for again with every address."""
    try:
        EmailMessage(subject, f"{body.strip()}\n", to=[address], connection=connection).send()
    except (*REFUSED, ValueError):
        log.exception("The mail “%s” to %r could not be sent.", subject, address)
        return False
    return True
