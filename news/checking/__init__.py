"""The fact check: what a report says of its race, beside what the results know."""

from dataclasses import dataclass

from news.checking.claims import LANGUAGES, claims_in
from news.checking.known import known_of
from news.checking.record import record_of
from news.checking.verdicts import AGREES, CONTRADICTS, UNKNOWN, verdict_of

__all__ = ["AGREES", "CONTRADICTS", "LANGUAGES", "UNKNOWN", "Row", "check", "check_against", "record_of"]


@dataclass(frozen=True)
class Row:
    """One claim of the text with the record's answer, in the language in force."""

    quote: str
    kind: str
    said: str
    record: str
    verdict: str
    # The sentence in which the quote stands, and where in it.
    passage: str = ""
    start: int = 0


def check(text: str, language: str, race) -> list[Row]:
    """The claims of a report (plain or rich text, "de" or "en") about its race, each with a verdict."""
    return check_against(text, language, record_of(race))


def check_against(text, language, record) -> list[Row]:
    """The same with a record at hand: for several texts about one race."""
    return [
        Row(
            claim.quote,
            claim.kind,
            claim.said,
            known_of(claim, record),
            verdict_of(claim, record),
            sentence.text,
            claim.start,
        )
        for sentence, claims in claims_in(text, language, record)
        for claim in claims
    ]
