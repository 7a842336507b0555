"""Words as the search of articles finds them: folded, by their stem, in the language of the article. Pure.

Databases differ in what they know of German, so both get words that we have worked out, on the side of the text and on
that of the question.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer

from news.slugs import folded

WORD = re.compile(r"[^\W_]+")
# No word of a language is longer, and no article has so many letters of different words: PostgreSQL takes a megabyte.
LONGEST_WORD, MOST_LETTERS = 40, 150_000
# So many words of a question are looked for; so many letters are the beginning of something.
MOST_ASKED, A_BEGINNING = 10, 3
SNOWBALL = {"de": "german", "en": "english"}


@lru_cache
def _stemmer(language):
    return snowballstemmer.stemmer(SNOWBALL[language]) if language in SNOWBALL else None


@lru_cache(maxsize=20_000)
def stem(word: str, language: str) -> str:
    """Fahrerin and Fahrerinnen are one; in a language without rules a word is its own stem."""
    stemmer = _stemmer(language)
    return stemmer.stemWord(word) if stemmer else word


@lru_cache(maxsize=20_000)
def plain(word: str) -> str:
    return folded(word)[:LONGEST_WORD]


def words_of(text: str) -> list[str]:
    """Each word once, folded, in the order in which they come."""
    return list(dict.fromkeys(word[:LONGEST_WORD] for word in WORD.findall(folded(text))))


def mark_of(language: str) -> str:
    """Stands among the words of each article of the language; no text has such a word."""
    return f"§{language}"


def indexed(language: str, *texts: str) -> str:
    """All that an article is found by: its words, their stems and the mark of its language, parted by blanks."""
    words = words_of(" ".join(texts))
    found = dict.fromkeys([mark_of(language), *(stem(word, language) for word in words), *words])
    kept, letters = [], 0
    for word in found:
        letters += len(word) + 1
        if letters > MOST_LETTERS:
            break
        kept.append(word)
    return " ".join(kept)


@dataclass(frozen=True)
class Question:
    """What somebody asks for: every word must be there, in any of its forms; `begun` also finds what the last one is
    the beginning of."""

    words: tuple[str, ...]
    languages: tuple[str, ...]
    begun: bool = False

    @classmethod
    def of(cls, text: str, *languages: str, begun: bool = False) -> "Question":
        return cls(tuple(words_of(text)[:MOST_ASKED]), languages, begun)

    @property
    def forms(self) -> list[tuple[str, ...]]:
        """For each word the stems that it may have."""
        return [tuple(dict.fromkeys(stem(word, code) for code in self.languages)) for word in self.words]

    @property
    def beginning(self) -> str:
        """What other words may begin with; "" for none."""
        last = self.words[-1] if self.words else ""
        return last if self.begun and len(last) >= A_BEGINNING else ""

    def marks(self, word: str) -> bool:
        """Whether a word of a text, as it is written there, is one that was asked for."""
        here = plain(word)
        stems = {stem(here, code) for code in self.languages}
        if any(stems & {*forms} for forms in self.forms):
            return True
        return bool(self.beginning) and here.startswith(self.beginning)
