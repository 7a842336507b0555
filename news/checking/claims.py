"""A report as claims: what it says of the race that a record can know. Pure."""

from types import SimpleNamespace

from news.checking import english, english_figures, german, german_figures
from news.checking.dates import dates_in, patterns_of
from news.checking.figures import endings_in, gaps_in, laps_in, numbers_in, rounds_in, starters_in, times_in
from news.checking.people import People
from news.checking.places import places_in
from news.checking.sentences import Sentence, sentences_of
from news.checking.subjects import Subjects

# All patterns of a language under one name; its modules are two only for their length.
LANGUAGES = {
    "de": SimpleNamespace(**vars(german) | vars(german_figures)),
    "en": SimpleNamespace(**vars(english) | vars(english_figures)),
}
READERS = (places_in, times_in, gaps_in, laps_in, starters_in, rounds_in, numbers_in, endings_in)


def claims_in(text, language, record):
    """(sentence, its claims in the order of the text) of every sentence that makes one."""
    words = LANGUAGES[language]
    subjects = Subjects(words, record)
    people, days = People(words, record, subjects), patterns_of(words)
    is_another = False
    for n, (plain, begins) in enumerate(sentences_of(text)):
        sentence = Sentence(plain, words, record, follows_another=is_another and not begins)
        is_another = sentence.is_about_another
        found = [claim for read in READERS for claim in read(sentence, subjects)]
        found += dates_in(sentence, days, is_first=n < 4)
        found += people.claims_in(sentence)
        if found:
            yield sentence, sorted(found, key=lambda claim: claim.start)
