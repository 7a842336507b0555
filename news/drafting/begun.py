"""Articles that begin as drafts: one translation group, one transaction, and a first version in the history of each."""

import uuid
from enum import StrEnum

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from news.drafting import LANGUAGES, preview_of, report_of
from news.history import first_version
from news.models import Article, Entry, Photo, Result


class Writes(StrEnum):
    """What can be written of a race on a day."""

    REPORT = "report"
    PREVIEW = "preview"
    ANNOUNCEMENT = "announcement"
    NOTHING = ""


def what_to_write(race, on=None) -> Writes:
    """A report once there is a result of ours, a preview until the race is over, the word that it is off."""
    if race.is_off:
        return Writes.ANNOUNCEMENT
    if lines_of(race).exists():
        return Writes.REPORT
    return Writes.NOTHING if race.is_over(on) else Writes.PREVIEW


def lines_of(race):
    """Our lines in the lists in force of its races."""
    return (
        Result.objects.current()
        .in_races()
        .ours()
        .filter(classification__session__race=race, classification__session__cancelled=False)
    )


def why_no_report(race, on=None) -> str:
    """In a sentence for the editor; "" where there can be one."""
    writes = what_to_write(race, on)
    if writes == Writes.ANNOUNCEMENT and race.state == race.State.CANCELLED:
        return _("This race was cancelled: there is nothing to report, but it can be announced.")
    if writes == Writes.ANNOUNCEMENT:
        return _("This race was postponed: there is nothing to report yet, but it can be announced.")
    if writes == Writes.PREVIEW:
        return _("This race has no result yet: a preview can be written now, the report after it.")
    if writes == Writes.NOTHING and not Entry.objects.filter(race=race).ours().exists():
        return _("None of our drivers is entered in this race. Enter the car with its crew first.")
    if writes == Writes.NOTHING:
        return _("No result of ours is entered yet. Enter it first: the report is written from it.")
    return ""


def existing(race, kind):
    """Articles of this kind about the race, whoever has begun them."""
    return Article.objects.about(race).filter(kind=kind).order_by("pk")


def lead_photo_of(race):
    """The newest photo of the race that may be shown; None without any."""
    of_race = Q(race=race) | Q(lead_of__race=race) | Q(in_galleries__race=race)
    return Photo.objects.showable().filter(of_race).newest_first().first()


def begin(race, user, *, first_language, on=None) -> list[Article]:
    """The article in every language, the first one being the source of the others; [] where there is none to write."""
    writes = what_to_write(race, on)
    if not writes:
        return []
    draft_of = report_of if writes == Writes.REPORT else preview_of
    languages = sorted(LANGUAGES, key=lambda code: code != first_language)
    shared = {
        "kind": Article.Kind(writes.value),
        "race": race,
        "author": user,
        "lead_photo": lead_photo_of(race),
        "translation_group": uuid.uuid4(),
    }
    with first_version(user, comment=_("Written from the result") if writes == Writes.REPORT else ""):
        return _saved(shared, {code: draft_of(race, code, on or timezone.localdate()) for code in languages})


def _saved(shared, drafts):
    articles = []
    for language, draft in drafts.items():
        article = Article(
            language=language,
            headline=draft.headline,
            teaser=draft.teaser,
            dateline=draft.dateline,
            body=draft.body,
            **shared,
        )
        if articles:
            article.follows(articles[0])
        article.save()
        articles.append(article)
    return articles
