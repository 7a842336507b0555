"""The fact check on an article: its headline, its teaser and its text, each by itself."""

from news.blocks import BOX
from news.checking import CONTRADICTS, LANGUAGES, check_against

# Where a reader meets numbers and names, as the form's fields are called.
FIELDS = ("headline", "teaser", "body")


def rows_of(article, record):
    """[(field, row)] of all that the article says of its race."""
    if article.language not in LANGUAGES:
        return []
    # A box is nobody's report: a correction says what was wrong before.
    texts = ((field, BOX.sub(" ", getattr(article, field))) for field in FIELDS)
    return [(field, row) for field, text in texts for row in check_against(text, article.language, record)]


def contradictions_of(article, record):
    return [(field, row) for field, row in rows_of(article, record) if row.verdict == CONTRADICTS]
