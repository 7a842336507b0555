"""Mails of the newsroom: a step was taken, a draft was answered. What they say is written when it happens, and stored
with it; they go out soon afterwards (news/tasks.py), or when the mail server is there again."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from news.models import Step
from news.tasks import send_mail

# To those who release; the other steps are told to those who wrote.
TO_EDITORS = (Step.Kind.HAND_IN, Step.Kind.WITHDRAW)


def editors():
    """Those who may release."""
    return get_user_model().objects.with_perm(
        "news.release_article", backend="django.contrib.auth.backends.ModelBackend"
    )


def writers(article):
    """Its author, and who handed it in last."""
    handed_in = article.steps.filter(kind=Step.Kind.HAND_IN).first()
    return [user for user in (article.author, handed_in and handed_in.user) if user]


def step_taken(step, language) -> list[str]:
    """Tell whom the step concerns, but not who took it."""
    people = editors() if step.kind in TO_EDITORS else writers(step.article)
    return _send("step", people, {"step": step, "article": step.article}, language, but=step.user)


def answered(answer, language) -> list[str]:
    """Tell editors, who wrote the article and who made the link."""
    people = [*editors(), *writers(answer.article), answer.link.created_by]
    return _send("answer", people, {"answer": answer, "article": answer.article}, language)


def _send(name, people, context, language, but=None):
    """One mail for each, in the language of the site; the first line of the template is the subject. Whom it is for."""
    to = sorted({user.email for user in people if user and user.is_active and user.email and user != but})
    address = reverse("admin:news_article_change", args=[context["article"].pk])
    context |= {"address": f"{settings.SITE_URL}{address}", "site_url": settings.SITE_URL}
    with translation.override(language):
        subject, _newline, body = render_to_string(f"news/mail/{name}.txt", context).strip().partition("\n")
    for each in to:
        send_mail.enqueue(each, " ".join(subject.split()), f"{body.strip()}\n")
    return to
