"""Articles to begin with: what is on record of a race, written as a press officer would, in every language.

Nothing is said that is not known, and what is said agrees with the fact check (news.checking).
"""

from django.utils import translation

from news.drafting import english, german
from news.drafting.facts import Draft, Event
from news.drafting.gather import event_of

__all__ = ["LANGUAGES", "Draft", "Event", "preview_of", "report_of"]

WRITERS = {"de": german, "en": english}
LANGUAGES = tuple(WRITERS)


def report_of(race, language, on=None) -> Draft:
    """The report of a race that has been run."""
    with translation.override(language):
        return WRITERS[language].report(event_of(race, on))


def preview_of(race, language, on=None) -> Draft:
    """What is to come; of a race that was called off or put off, the announcement of that."""
    with translation.override(language):
        return WRITERS[language].preview(event_of(race, on))
