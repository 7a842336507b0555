"""What a check has to say: how grave it is, in one sentence, and which field of the form it is about."""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Severity(TextChoices):
    BLOCKS = "blocks", _("Needed for release")
    WARNS = "warns", _("Please check")
    FINE = "fine", _("Fine")


@dataclass(frozen=True)
class Finding:
    severity: Severity
    field: str
    sentence: str
    # The words that it is about, the sentence of the text in which they stand, and where in it.
    quote: str = ""
    passage: str = ""
    start: int = 0
    # The row in which it can be mended, where that is not the article itself.
    photo: object = None


def blocks(field, sentence, **more):
    return Finding(Severity.BLOCKS, field, sentence, **more)


def warns(field, sentence, **more):
    return Finding(Severity.WARNS, field, sentence, **more)


def fine(field, sentence, **more):
    return Finding(Severity.FINE, field, sentence, **more)
